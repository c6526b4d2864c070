import { phrase } from '../../kernel/phrase.ts'
import { type AllocationProposal, compare, type OpenReceivable, payInOrder, type ReceiptToAllocate } from './allocation.ts'

/** 按比例核销: every item gets its share of the money in proportion to what is open, by largest remainder, so that the shares add up. */
export function proRata(receipt: ReceiptToAllocate, items: readonly OpenReceivable[]): AllocationProposal {
  const sorted = [...items].sort((a, b) => compare(a.no, b.no) || compare(a.id, b.id))
  return payInOrder(receipt, [sorted], (item, amount) => phrase('allocations.rules.proRata', { no: item.no, amount }))
}
