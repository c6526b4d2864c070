import type { Day } from '../../kernel/day.ts'
import type { VoucherSource } from './voucher-sources.ts'

type NamedVoucher = { readonly id: string; readonly no: string }
/** A voucher as lists and pages show it; `totalBase` in minor units of the base currency. */
export type VoucherRow = {
  readonly id: string
  readonly no: string
  readonly voucherOn: Day
  readonly period: number
  readonly sourceKind: VoucherSource
  readonly sourceId: string
  /** Number of the document it comes from; of the receipt where it comes from an allocation. */
  readonly sourceNo: string | null
  /** Of an allocation: the receipt it belongs to. */
  readonly receiptId: string | null
  /** Of an allocation: how many receivables it settles, and the first of them. */
  readonly receivables: number
  readonly receivableNo: string | null
  readonly receivableKind: 'order' | 'manual' | 'opening' | null
  /** Of a receipt: money or credit that was there at go-live. */
  readonly isOpeningReceipt: boolean
  readonly orderNo: string | null
  /** What it takes back: the voucher it mirrors, or the one of the allocation that it undoes. */
  readonly reverses: NamedVoucher | null
  readonly reversedBy: readonly NamedVoucher[]
  readonly reversed: boolean
  /** What was typed when it came about: a reason, a bank reference. */
  readonly note: string
  readonly customerName: string | null
  readonly totalBase: bigint
  /** 制单人: who made what it comes from, or took that back. None where no person did. */
  readonly makerName: string | null
  /** 审核人: the second person, who confirmed the receipt or approved the order. */
  readonly checkerName: string | null
}
