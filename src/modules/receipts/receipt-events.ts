import type { Day } from '../../kernel/day.ts'

/** 收款单, confirmed money in. `amount` is gross of `fee`. `account` is the ledger account of our bank account. */
type ConfirmedReceipt = {
  readonly id: string
  readonly voucherId: string
  readonly entityId: string
  readonly customerId: string | null
  readonly orderId: string | null
  readonly currency: string
  readonly amount: bigint
  readonly amountBase: bigint
  readonly fee: bigint
  readonly feeBase: bigint
  readonly receivedOn: Day
  readonly account: string
  /** What the payer named, if anything. */
  readonly reference: string | null
  readonly createdBy: string
  /** Brought in by an import, which allocates it itself. */
  readonly isHistory: boolean
  /** It was there at go-live (红字, 预收): no bank account moved on that day. */
  readonly isOpening?: boolean
}
export type ReceiptsConfirmed = { readonly type: 'receipts.confirmed'; readonly receipts: readonly ConfirmedReceipt[] }
/** 认款: confirmed money whose payer was found out later. `voucherId` is the voucher that moves it from 不明来款 to the customer, on `identifiedOn`. */
type IdentifiedReceipt = Omit<ConfirmedReceipt, 'customerId'> & { readonly customerId: string; readonly identifiedOn: Day }
export type ReceiptsIdentified = { readonly type: 'receipts.identified'; readonly receipts: readonly IdentifiedReceipt[] }
export type ReceiptsReversed = {
  readonly type: 'receipts.reversed'
  readonly receipts: readonly (ConfirmedReceipt & {
    readonly reversesVoucherId: string
    readonly reversedOn: Day
    readonly reason: string
  })[]
}
