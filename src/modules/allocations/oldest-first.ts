import { phrase } from '../../kernel/phrase.ts'
import {
  type AllocationProposal,
  compare,
  type OpenReceivable,
  type PaymentGroups,
  payInOrder,
  type ReceiptToAllocate,
} from './allocation.ts'

/** 先到期先核销: earliest due day first; on the same day the earlier issued, then the lower number. */
export function oldestFirst(receipt: ReceiptToAllocate, items: readonly OpenReceivable[]): AllocationProposal {
  return payInOrder(receipt, oldestGroups(items), explainOldest)
}

export function oldestGroups(items: readonly OpenReceivable[]): PaymentGroups {
  return [...items].sort(byAge).map((item) => [item])
}

export function explainOldest(item: OpenReceivable, amount: string) {
  return phrase('allocations.rules.oldest', { no: item.no, amount, dueOn: item.dueOn })
}

function byAge(a: OpenReceivable, b: OpenReceivable): number {
  return compare(a.dueOn, b.dueOn) || compare(a.issuedOn, b.issuedOn) || compare(a.no, b.no) || compare(a.id, b.id)
}
