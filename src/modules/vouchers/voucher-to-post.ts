import type { Day } from '../../kernel/day.ts'
import type { VoucherLine } from './voucher-lines.ts'
import type { VoucherSource } from './voucher-sources.ts'

/** 会计凭证 to be posted. `sourceKind` and `sourceId` name what happened; a source has one voucher, and `reversesId` one mirror of it. */
export type VoucherToPost = {
  readonly id: string
  readonly voucherOn: Day
  readonly sourceKind: VoucherSource
  readonly sourceId: string
  readonly reversesId: string | null
  readonly summary: string
  readonly lines: readonly VoucherLine[]
}
