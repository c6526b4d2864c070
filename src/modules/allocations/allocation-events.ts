import type { Day } from '../../kernel/day.ts'

/** One receipt's allocations of one command, with what settled beside money. One voucher a batch. */
export type AllocationBatch = {
  readonly id: string
  readonly voucherId: string
  readonly receiptId: string
  readonly currency: string
  readonly entryOn: Day
  readonly lines: readonly AllocationLine[]
  readonly adjustments: readonly AdjustmentLine[]
}
export type AllocationLine = {
  readonly allocationId: string
  readonly receivableId: string
  readonly customerId: string
  readonly amount: bigint
  readonly amountBase: bigint
  readonly receiptBase: bigint
}
export type AdjustmentLine = {
  readonly adjustmentId: string
  readonly receivableId: string
  readonly customerId: string
  readonly kind: 'discount' | 'shortPayment'
  readonly reasonCode: string
  readonly amount: bigint
  readonly amountBase: bigint
}
export type ReceiptsAllocated = { readonly type: 'receipts.allocated'; readonly batches: readonly AllocationBatch[] }
/** A whole or part of a batch undone: the lines carry negative amounts, `id` is the new batch. */
export type AllocationsReversed = {
  readonly type: 'allocations.reversed'
  readonly batches: readonly (AllocationBatch & { readonly reversesBatchId: string })[]
}
