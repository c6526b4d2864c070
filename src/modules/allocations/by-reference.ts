import { formatMinor, leastMinor } from '../../kernel/money.ts'
import { type Phrase, phrase } from '../../kernel/phrase.ts'
import {
  type AllocationProposal,
  allocation,
  type OpenReceivable,
  type ProposedAllocation,
  payableItems,
  proposal,
  type ReceiptToAllocate,
} from './allocation.ts'

/** A document the payer named, with the amount if they said one (minor units). */
export type NamedDocument = { readonly reference: string; readonly amount?: bigint }

/**
 * 按付款人指定: the payer's designation wins over everything but the contract. Documents in the order they were named, each up to its
 * amount or what is open. A name that nothing has, or that two items have, is said and paid nothing; the money stays unallocated.
 */
export function byReference(
  receipt: ReceiptToAllocate,
  items: readonly OpenReceivable[],
  named: readonly NamedDocument[],
): AllocationProposal {
  const byName = itemsByName(payableItems(receipt, items))
  const paid = new Map<string, ProposedAllocation>()
  const said: Phrase[] = []
  let left = receipt.unallocated
  for (const { reference, amount } of named) {
    const found = byName.get(comparableReference(reference)) ?? []
    const [item] = found
    if (item === undefined || found.length > 1) {
      said.push(phrase(`allocations.rules.${item ? 'referenceTwice' : 'referenceUnknown'}`, { reference }))
      continue
    }
    const before = paid.get(item.id)?.amount ?? 0n
    const wanted = leastMinor(leastMinor(amount ?? item.open, item.open - before), left)
    if (amount !== undefined && wanted < amount)
      said.push(phrase('allocations.rules.referenceLess', { no: item.no, amount: formatMinor(wanted, item.currency) }))
    if (wanted <= 0n) continue
    const total = before + wanted
    paid.set(
      item.id,
      allocation(
        receipt,
        item,
        total,
        phrase('allocations.rules.reference', { no: item.no, reference, amount: formatMinor(total, item.currency) }),
      ),
    )
    left -= wanted
  }
  return proposal(receipt, [...paid.values()], said)
}

/** Payers write 'inv 2026-001' for 'INV2026-001': width, case and white space do not matter; punctuation does. */
function comparableReference(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .toUpperCase()
}

function itemsByName(items: readonly OpenReceivable[]): Map<string, OpenReceivable[]> {
  const found = new Map<string, OpenReceivable[]>()
  for (const item of items) {
    for (const name of new Set([item.no, ...(item.references ?? [])].map(comparableReference))) {
      if (name !== '') found.set(name, [...(found.get(name) ?? []), item])
    }
  }
  return found
}
