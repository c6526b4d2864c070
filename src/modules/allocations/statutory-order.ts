import type { Day } from '../../kernel/day.ts'
import { phrase } from '../../kernel/phrase.ts'
import {
  type AllocationProposal,
  compare,
  type OpenReceivable,
  type PaymentGroups,
  payInOrder,
  type ReceiptToAllocate,
} from './allocation.ts'

/**
 * 民法典 560, when the payer says nothing and the contract neither: debts that are due first; of these the least secured, then the more
 * burdensome, then the earlier due; what is equal in all of that is paid in proportion. Inside a debt costs, interest, principal (561).
 * Due is judged on the day the money came. With `includeNotDue` false, money beyond the due debts stays unallocated.
 */
export function statutoryOrder(receipt: ReceiptToAllocate, items: readonly OpenReceivable[], includeNotDue = true): AllocationProposal {
  return payInOrder(receipt, statutoryGroups(items, receipt.receivedOn, includeNotDue), explainStatutory(receipt.receivedOn))
}

export function statutoryGroups(items: readonly OpenReceivable[], on: Day, includeNotDue = true): PaymentGroups {
  const groups: OpenReceivable[][] = []
  const counted = includeNotDue ? [...items] : items.filter((item) => item.dueOn <= on)
  for (const item of counted.sort((a, b) => byLaw(a, b, on) || compare(a.no, b.no) || compare(a.id, b.id))) {
    const last = groups.at(-1)
    if (last?.[0] && byLaw(last[0], item, on) === 0) last.push(item)
    else groups.push([item])
  }
  return groups
}

export function explainStatutory(on: Day) {
  return (item: OpenReceivable, amount: string) =>
    phrase(`allocations.rules.${item.dueOn <= on ? 'statutoryDue' : 'statutoryNotDue'}`, { no: item.no, amount, dueOn: item.dueOn })
}

function byLaw(a: OpenReceivable, b: OpenReceivable, on: Day): number {
  return (
    compare(a.dueOn <= on ? 0 : 1, b.dueOn <= on ? 0 : 1) ||
    compare(a.security ?? 0, b.security ?? 0) ||
    compare(b.burden ?? 0, a.burden ?? 0) ||
    compare(a.dueOn, b.dueOn)
  )
}
