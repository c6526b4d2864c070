import { minorUnits } from '../../kernel/currency.ts'
import type { Day } from '../../kernel/day.ts'
import { parseMinor } from '../../kernel/money.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { announce } from '../../platform/events.ts'
import { entryDays } from '../receivables/entry-days.query.ts'
import { refuseReceipts, toAllocate } from './allocate-receipts.command.ts'
import { receiptsToPropose } from './allocation.query.ts'
import type { ProposedAllocation } from './allocation.ts'
import type { AllocationBatch } from './allocation-events.ts'
import { bookAllocations, type Locked } from './book-allocations.command.ts'
import type { NamedDocument } from './by-reference.ts'
import { type AllocationRule, decideAllocations, namedDocuments, type RuledReceipt } from './decide-allocations.ts'
import { lockDocuments } from './lock-documents.query.ts'
import { type OpenItem, openItems } from './open-items.query.ts'

/** What a payer named, the amount (if said) as decimal text of the receipt's currency. */
type SaidDocument = { readonly reference: string; readonly amount?: string | undefined }
export type RuledAllocation = {
  readonly receiptIds: readonly string[]
  readonly rule: AllocationRule
  readonly receivableIds?: readonly string[] | undefined
  readonly named?: readonly SaidDocument[] | undefined
  readonly entryOn?: Day | undefined
  readonly bulk?: boolean
}

/**
 * 按规则核销: one rule over one or many receipts (1,000 × 1,000 in one statement) against the open items of their customers, or only those named. Decides on what it has read, locks only what
 * it will touch, and decides again under the locks when somebody was faster. Money that the rule finds nothing for stays unallocated. Throws what keeps a receipt from being allocated;
 * finding nothing is no error.
 */
export async function allocateByRule(tx: Tx, wanted: RuledAllocation): Promise<AllocationBatch[]> {
  announce(tx, 'receipts.allocated')
  const { receiptIds, rule, receivableIds, entryOn = tx.today, bulk = false } = wanted
  const [seen, open] = await Promise.all([
    receiptsToPropose(tx, receiptIds),
    openItems(tx, { ofReceipts: receiptIds, ...(receivableIds ? { receivableIds } : {}) }),
  ])
  const items = await payableOn(tx, open, entryOn)
  const payable = seen.flatMap((receipt) =>
    receipt.customerId === null ? [] : [ruled({ ...receipt, customerId: receipt.customerId }, wanted.named)],
  )
  const proposed = decideAllocations(payable, items, rule).flatMap((proposal) => proposal.allocations)
  const locked = await lockDocuments(tx, receiptIds, [...new Set(proposed.map((one) => one.receivableId))])
  refuseReceipts(tx, locked.receipts, () => entryOn)
  const book = (documents: Locked, allocations: readonly ProposedAllocation[]): Promise<AllocationBatch[]> =>
    bookAllocations(tx, documents, { allocations, adjustments: [], entryOn, how: rule, bulk })
  if (unchanged(locked, payable, items)) return book(locked, proposed)
  const all = await lockDocuments(
    tx,
    receiptIds,
    items.map((item) => item.id),
  )
  refuseReceipts(tx, all.receipts, () => entryOn)
  const now = all.receipts.map((receipt) => ruled({ ...receipt, ...toAllocate(receipt) }, wanted.named))
  const left = items.flatMap((item) => openNow(item, all))
  return book(
    all,
    decideAllocations(now, left, rule).flatMap((proposal) => proposal.allocations),
  )
}

/** What may be settled on that day: a backdated allocation leaves out what came into the books, was given back or was moved later. */
async function payableOn(tx: Tx, open: readonly OpenItem[], entryOn: Day): Promise<OpenItem[]> {
  const issued = open.filter((item) => item.issuedOn <= entryOn)
  if (entryOn >= tx.today) return issued
  const days = await entryDays(
    tx,
    issued.map((item) => item.id),
  )
  return issued.filter((item) => days.get(item.id)!.settledFrom <= entryOn)
}

type Named = Omit<RuledReceipt, 'named'> & { readonly reference: string | null }

/** With what the payer named: said now, or written on the receipt. */
function ruled(
  { id, customerId, currency, unallocated, receivedOn, orderId, reference }: Named,
  said: readonly SaidDocument[] | undefined,
): RuledReceipt {
  const named = said === undefined ? namedDocuments(reference) : said.map((one, index) => saidDocument(one, currency, index))
  return { id, customerId, currency, unallocated, receivedOn, orderId: orderId ?? null, named }
}

function saidDocument({ reference, amount }: SaidDocument, currency: string, index: number): NamedDocument {
  if (amount === undefined) return { reference }
  const minor = parseMinor(amount, currency)
  if (minor !== undefined) return { reference, amount: minor }
  const params = { currency, units: minorUnits(currency) }
  const issues = [{ path: `named.${index}.amount`, code: 'platform.tooManyDecimals', params }]
  throw new Problem('allocations.invalid', { count: 1 }, { issues })
}

/** Is everything that was decided on still so, now that it is locked? */
function unchanged({ receipts, receivables }: Locked, seen: readonly RuledReceipt[], items: readonly OpenItem[]): boolean {
  const open = new Map(items.map((item) => [item.id, item.open]))
  const money = new Map(seen.map((receipt) => [receipt.id, receipt.unallocated]))
  return (
    [...receivables.values()].every((item) => item.open === open.get(item.id)) &&
    receipts.every(({ id, amount, allocated, refunded }) => amount - allocated - refunded === money.get(id))
  )
}

/** The item as it is under its lock; nothing when somebody was faster. */
function openNow(item: OpenItem, locked: Locked): OpenItem[] {
  const now = locked.receivables.get(item.id)
  return now === undefined || now.open === 0n ? [] : [{ ...item, open: now.open }]
}
