import {
  type AllocationProposal,
  type OpenReceivable,
  type ProposedAllocation,
  payableItems,
  proposal,
  type ReceiptToAllocate,
} from './allocation.ts'
import { allocateInBulk } from './bulk.ts'
import { byReference, type NamedDocument } from './by-reference.ts'
import { oldestFirst } from './oldest-first.ts'
import { proRata } from './pro-rata.ts'
import { statutoryOrder } from './statutory-order.ts'

export type AllocationRule = 'reference' | 'statutory' | 'oldest' | 'proRata'

export type RuledReceipt = ReceiptToAllocate & {
  /** What the payer named (rule 'reference'). */
  readonly named?: readonly NamedDocument[]
  /** Only items of this order. */
  readonly orderId?: string | null
}
export type RuledItem = OpenReceivable & { readonly orderId?: string | null }

/**
 * One rule over many receipts: the earlier receipt first, each against its own customer's items of its currency as the ones before left them. An order on the receipt narrows
 * 'reference' to that order's items. Same input, same result, whatever the order of the lists.
 */
export function decideAllocations(
  receipts: readonly RuledReceipt[],
  items: readonly RuledItem[],
  rule: AllocationRule,
): AllocationProposal[] {
  if (rule === 'oldest' || rule === 'statutory') return bulkProposals(receipts, items, rule)
  const left = new Map(items.map((item) => [item.id, item.open]))
  const itemsOf = Map.groupBy(items, (item) => `${item.customerId} ${item.currency}`)
  return [...receipts].sort(earlier).map((receipt) => {
    const own = (itemsOf.get(`${receipt.customerId} ${receipt.currency}`) ?? [])
      .map((item) => ({ ...item, open: left.get(item.id)! }))
      .filter((item) => item.open > 0n)
    const decided = rule === 'proRata' ? proRata(receipt, own) : byPayersWord(receipt, own)
    for (const { receivableId, amount } of decided.allocations) left.set(receivableId, left.get(receivableId)! - amount)
    return decided
  })
}

/** What the payer named; an order without further words means that order's items, oldest first. */
function byPayersWord(receipt: RuledReceipt, items: readonly RuledItem[]): AllocationProposal {
  const ofOrder = receipt.orderId ? items.filter((item) => item.orderId === receipt.orderId) : items
  if (receipt.named && receipt.named.length > 0) {
    const named = byReference(receipt, items, receipt.named)
    if (named.allocations.length > 0 || !receipt.orderId) return named
  }
  return receipt.orderId ? oldestFirst(receipt, ofOrder) : proposal(receipt, [])
}

function bulkProposals(receipts: readonly RuledReceipt[], items: readonly RuledItem[], rule: 'oldest' | 'statutory'): AllocationProposal[] {
  if (receipts.length === 1)
    return [
      rule === 'oldest' ? oldestFirst(receipts[0]!, mine(receipts[0]!, items)) : statutoryOrder(receipts[0]!, mine(receipts[0]!, items)),
    ]
  const { allocations } = allocateInBulk([...receipts], items, rule)
  const byReceipt = Map.groupBy(allocations, (one: ProposedAllocation) => one.receiptId)
  return [...receipts].sort(earlier).map((receipt) => proposal(receipt, byReceipt.get(receipt.id) ?? []))
}

function mine(receipt: ReceiptToAllocate, items: readonly RuledItem[]): OpenReceivable[] {
  return payableItems(
    receipt,
    items.filter((item) => item.customerId === receipt.customerId && item.currency === receipt.currency),
  )
}

/** 'AR-2611-0001, AR-2611-0002：1000' → the documents a payer names in a free text, without amounts. Separators of both scripts. */
export function namedDocuments(text: string | null): NamedDocument[] {
  const NAMES_AT_MOST = 200
  const words = (text ?? '')
    .normalize('NFKC')
    .split(/[,;、\s/|]+/)
    .filter((word) => word.length >= 3)
  return [...new Set(words)].slice(0, NAMES_AT_MOST).map((reference) => ({ reference }))
}

function earlier(a: ReceiptToAllocate, b: ReceiptToAllocate): number {
  return a.receivedOn < b.receivedOn ? -1 : a.receivedOn > b.receivedOn ? 1 : a.id < b.id ? -1 : 1
}
