import { assert } from '../../kernel/assert.ts'
import type { Day } from '../../kernel/day.ts'
import { formatMinor, leastMinor, splitByWeight } from '../../kernel/money.ts'
import { type Phrase, phrase } from '../../kernel/phrase.ts'
import { Problem } from '../../kernel/problem.ts'

/** A receivable with something open, minor units. */
export type OpenReceivable = {
  readonly id: string
  readonly no: string
  readonly customerId: string
  readonly currency: string
  readonly open: bigint
  readonly issuedOn: Day
  readonly dueOn: Day
  /** Other numbers the payer may know it by: invoice, order, customer's own order. */
  readonly references?: readonly string[]
  /** 担保: how well the debt is secured, 0 = not at all. */
  readonly security?: number
  /** 负担: how heavy the debt is on who owes it, for example its interest rate in basis points. */
  readonly burden?: number
  /** What `open` consists of (民法典 561); it must add up to `open`. All principal when left out. */
  readonly components?: DebtComponents
}
type DebtComponents = { readonly costs: bigint; readonly interest: bigint; readonly principal: bigint }

/** A confirmed receipt with money not yet allocated, minor units. */
export type ReceiptToAllocate = {
  readonly id: string
  readonly customerId: string
  readonly currency: string
  readonly unallocated: bigint
  readonly receivedOn: Day
}

/** So much of this receipt settles that receivable, and why. */
export type ProposedAllocation = {
  readonly receiptId: string
  readonly receivableId: string
  readonly amount: bigint
  readonly components: DebtComponents
  readonly explanation: Phrase
}
export type AllocationProposal = {
  readonly allocations: readonly ProposedAllocation[]
  readonly unallocated: bigint
  readonly explanation: readonly Phrase[]
}

/** Items in the order in which they are paid; a group is paid together, in proportion to what is open. */
export type PaymentGroups = readonly (readonly OpenReceivable[])[]

/**
 * Pays group after group until the money is gone. Never more than is open, never more than there is; what is left stays unallocated.
 * Throws Problem allocations.currencyDiffers when an item is in another currency than the receipt.
 */
export function payInOrder(
  receipt: ReceiptToAllocate,
  groups: PaymentGroups,
  reason: (item: OpenReceivable, amount: string) => Phrase,
): AllocationProposal {
  let left = receipt.unallocated
  const allocations: ProposedAllocation[] = []
  for (const group of groups) {
    if (left <= 0n) break
    const payable = payableItems(receipt, group)
    const owed = payable.reduce((sum, item) => sum + item.open, 0n)
    const paid = leastMinor(owed, left)
    const parts = splitByWeight(
      paid,
      payable.map((item) => item.open),
    )
    payable.forEach((item, i) => {
      const amount = parts[i]!
      if (amount > 0n) allocations.push(allocation(receipt, item, amount, reason(item, formatMinor(amount, item.currency))))
    })
    left -= paid
  }
  return proposal(receipt, allocations)
}

/** One allocation, its amount split over costs, interest and principal in the order of 民法典 561. */
export function allocation(receipt: ReceiptToAllocate, item: OpenReceivable, amount: bigint, explanation: Phrase): ProposedAllocation {
  assert(amount > 0n && amount <= item.open, 'an allocation is positive and never more than is open')
  return { receiptId: receipt.id, receivableId: item.id, amount, components: costsFirst(item, amount), explanation }
}

/** The proposal with its sum proven: allocated + unallocated = the money there was. */
export function proposal(
  receipt: ReceiptToAllocate,
  allocations: readonly ProposedAllocation[],
  said: readonly Phrase[] = [],
): AllocationProposal {
  const unallocated = receipt.unallocated - allocations.reduce((sum, one) => sum + one.amount, 0n)
  assert(unallocated >= 0n, 'no more is allocated than was received')
  const rest = unallocated > 0n ? [phrase('allocations.rules.rest', { amount: formatMinor(unallocated, receipt.currency) })] : []
  return { allocations, unallocated, explanation: [...said, ...rest] }
}

/** Items with something open; refuses another currency. */
export function payableItems(receipt: ReceiptToAllocate, items: readonly OpenReceivable[]): OpenReceivable[] {
  return items.filter((item) => {
    if (item.currency !== receipt.currency)
      throw new Problem('allocations.currencyDiffers', { receipt: receipt.currency, receivable: item.currency, no: item.no })
    return item.open > 0n
  })
}

/** 民法典 561: costs, then interest, then principal. */
function costsFirst(item: OpenReceivable, amount: bigint): DebtComponents {
  const owed = item.components ?? { costs: 0n, interest: 0n, principal: item.open }
  assert(owed.costs + owed.interest + owed.principal === item.open, 'costs, interest and principal make the open amount')
  const costs = leastMinor(amount, owed.costs)
  const interest = leastMinor(amount - costs, owed.interest)
  return { costs, interest, principal: amount - costs - interest }
}

/** Text order that is the same everywhere. */
export function compare<T extends string | number | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}
