import type { Day } from '../../kernel/day.ts'
import {
  type AllocationProposal,
  compare,
  type OpenReceivable,
  type PaymentGroups,
  type ProposedAllocation,
  payInOrder,
  type ReceiptToAllocate,
} from './allocation.ts'
import { explainOldest, oldestGroups } from './oldest-first.ts'
import { explainStatutory, statutoryGroups } from './statutory-order.ts'

export type BulkRule = 'oldest' | 'statutory'
export type BulkResult = {
  readonly allocations: readonly ProposedAllocation[]
  /** What is left of each receipt, by id. */
  readonly unallocated: ReadonlyMap<string, bigint>
}

/**
 * 批量核销: many receipts against many items, customer by customer and currency by currency, the earlier receipt first. Same result as the
 * rule applied receipt after receipt, but items already settled are never looked at again: 1,000 × 1,000 in milliseconds.
 */
export function allocateInBulk(receipts: readonly ReceiptToAllocate[], items: readonly OpenReceivable[], rule: BulkRule): BulkResult {
  const itemsOf = Map.groupBy(items, accountOf)
  const allocations: ProposedAllocation[] = []
  const unallocated = new Map<string, bigint>()
  for (const [account, own] of Map.groupBy(receipts, accountOf)) {
    let groups: PaymentGroups = rule === 'oldest' ? oldestGroups(itemsOf.get(account) ?? []) : [itemsOf.get(account) ?? []]
    let rankedOn: Day | undefined
    for (const receipt of own.sort((a, b) => compare(a.receivedOn, b.receivedOn) || compare(a.id, b.id))) {
      if (rule === 'statutory' && receipt.receivedOn !== rankedOn) groups = statutoryGroups(groups.flat(), receipt.receivedOn)
      rankedOn = receipt.receivedOn
      const paid = payInOrder(receipt, groups, rule === 'oldest' ? explainOldest : explainStatutory(receipt.receivedOn))
      for (const one of paid.allocations) allocations.push(one)
      unallocated.set(receipt.id, paid.unallocated)
      groups = afterPaying(groups, paid)
    }
  }
  return { allocations, unallocated }
}

/** What is still open. Money is used from the front, so only groups up to the last one paid are looked at. */
function afterPaying(groups: PaymentGroups, { allocations }: AllocationProposal): PaymentGroups {
  if (allocations.length === 0) return groups
  const paid = new Map(allocations.map((one) => [one.receivableId, one]))
  const last = allocations.at(-1)!.receivableId
  const reached = groups.findIndex((group) => group.some((item) => item.id === last))
  const left = groups.slice(0, reached + 1).map((group) => group.flatMap((item) => leftOf(item, paid.get(item.id))))
  return [...left.filter((group) => group.length > 0), ...groups.slice(reached + 1)]
}

function leftOf(item: OpenReceivable, paid: ProposedAllocation | undefined): OpenReceivable[] {
  const open = item.open - (paid?.amount ?? 0n)
  if (open === 0n) return []
  if (paid === undefined) return [item]
  const owed = item.components ?? { costs: 0n, interest: 0n, principal: item.open }
  const components = {
    costs: owed.costs - paid.components.costs,
    interest: owed.interest - paid.components.interest,
    principal: owed.principal - paid.components.principal,
  }
  return [{ ...item, open, components }]
}

function accountOf(one: { readonly customerId: string; readonly currency: string }): string {
  return `${one.customerId} ${one.currency}`
}
