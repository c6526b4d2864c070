import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { VoucherLine } from './voucher-lines.ts'
import type { VoucherSource } from './voucher-sources.ts'

export type LiveVoucher = {
  readonly id: string
  readonly sourceKind: VoucherSource
  readonly sourceId: string
  readonly lines: readonly VoucherLine[]
}

type LineRow = {
  id: string
  sourceKind: VoucherSource
  sourceId: string
  account: string
  customerId: string | null
  currency: string
  debit: bigint
  credit: bigint
  debitBase: bigint
  creditBase: bigint
}

/** By source id: its vouchers that were not reversed, with their lines, in the order in which they were posted. */
export async function liveVouchersOf(reader: Reader, sourceIds: readonly string[]): Promise<Map<string, LiveVoucher[]>> {
  const rows =
    await reader.all<LineRow>(sql`select v.id, v.source_kind, v.source_id, l.account, l.customer_id, l.currency, l.debit, l.credit, l.debit_base, l.credit_base
    from ar.vouchers v join ar.voucher_lines l on l.tenant_id = v.tenant_id and l.voucher_id = v.id
    where v.tenant_id = ${reader.caller.tenantId} and v.source_id = any(${sourceIds}::uuid[]) and v.reverses_id is null
      and not exists (select 1 from ar.vouchers m where m.tenant_id = v.tenant_id and m.reverses_id = v.id)
    order by v.id, l.line_no`)
  const vouchers = [...Map.groupBy(rows, (row) => row.id).values()].map((lines): LiveVoucher => {
    const { id, sourceKind, sourceId } = lines[0]!
    return { id, sourceKind, sourceId, lines: lines.map(lineOf) }
  })
  return Map.groupBy(vouchers, (voucher) => voucher.sourceId)
}

function lineOf({ account, customerId, currency, debit, credit, debitBase, creditBase }: LineRow): VoucherLine {
  return { account, ...(customerId === null ? {} : { customerId }), currency, debit, credit, debitBase, creditBase }
}
