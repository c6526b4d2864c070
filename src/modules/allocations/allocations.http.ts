import { formatMinor } from '../../kernel/money.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { type BoundRoute, read, write } from '../../platform/http.ts'
import { cutPage } from '../../platform/paging.ts'
import { reverseReceipts } from '../receipts/reverse-receipts.command.ts'
import { allocateByRule } from './allocate-by-rule.command.ts'
import { allocateByHand } from './allocate-receipts.command.ts'
import { allocationSums, allocationsPage, receiptsToPropose } from './allocation.query.ts'
import type { AllocationBatch } from './allocation-events.ts'
import { allocationSettings } from './allocation-settings.query.ts'
import * as api from './allocations.api.ts'
import type { OfferedDiscount } from './decide-adjustments.ts'
import { type AllocationRule, decideAllocations, namedDocuments } from './decide-allocations.ts'
import { offeredDiscounts } from './offered-discounts.query.ts'
import { openItems } from './open-items.query.ts'
import { previewAllocations } from './preview-allocations.query.ts'
import { reverseAllocations } from './reverse-allocations.command.ts'

/** So many receipts in one call leave one audit entry instead of one each. */
const BULK_FROM = 50

export const allocationsHttp: readonly BoundRoute[] = [
  read(api.proposeAllocations, (reader, { params, query }) => propose(reader, params.id, query.rule)),
  write(api.allocateByHand, async (tx, { body }) => answer(await allocateByHand(tx, body))),
  write(api.allocateByRule, async (tx, { body }) =>
    answer(await allocateByRule(tx, { ...body, bulk: body.receiptIds.length > BULK_FROM })),
  ),
  read(api.previewAllocations, (reader, { body }) => previewAllocations(reader, body.receiptIds, body.rule)),
  write(api.reverseAllocations, async (tx, { body }) => ({ ids: await reverseAllocations(tx, body) })),
  write(api.undoReceipt, async (tx, { params, body: { version, reversedOn, reason } }) => {
    // the receipt's own reversal must see that nothing is allocated any more: pays for a flush
    await reverseAllocations(tx, { receiptId: params.id, entryOn: reversedOn, reason }).catch(ifNothingWasAllocated)
    await tx.flush()
    await reverseReceipts(tx, [{ id: params.id, version, reversedOn, reason }])
    return { ok: true as const }
  }),
  read(api.listAllocations, async (reader, { query: { cursor, limit, ...filter } }) => {
    const [rows, sums] = await Promise.all([allocationsPage(reader, filter, limit, cursor), allocationSums(reader, filter)])
    const { items, nextCursor } = cutPage(rows, limit, (row) => [row.entryOn, row.id])
    return {
      items: items.map((row) => ({ ...row, amount: formatMinor(row.amount, row.currency) })),
      nextCursor,
      total: sums.reduce((sum, one) => sum + one.count, 0),
      sums: sums.map(({ currency, amount }) => ({ currency, amount: formatMinor(amount, currency) })),
    }
  }),
]

async function propose(reader: Reader, id: string, rule: AllocationRule) {
  const [[receipt], items, { tolerance }] = await Promise.all([
    receiptsToPropose(reader, [id]),
    openItems(reader, { ofReceipts: [id], family: true }),
    allocationSettings(reader),
  ])
  const { customerId, currency, unallocated, reference } = receipt!
  const money = (minor: bigint): string => formatMinor(minor, currency)
  const shown = items.filter((item) => item.currency === currency && item.issuedOn <= reader.today)
  const discounts = await offeredDiscounts(
    reader,
    shown.map((item) => item.id),
    receipt!.receivedOn,
  )
  const own = shown.filter((item) => item.customerId === customerId)
  const proposal =
    customerId === null || unallocated <= 0n
      ? undefined
      : decideAllocations([{ ...receipt!, customerId, named: namedDocuments(reference) }], own, rule)[0]
  return {
    receiptId: id,
    currency,
    unallocated: money(unallocated),
    left: money(proposal?.unallocated ?? unallocated),
    explanation: [...(proposal?.explanation ?? [])],
    tolerance,
    allocations: (proposal?.allocations ?? []).map(({ receivableId, amount, explanation }) => ({
      receivableId,
      amount: money(amount),
      explanation,
    })),
    items: shown.map(({ openBase, orderId, references, ...item }) => ({
      ...item,
      amount: money(item.amount),
      open: money(item.open),
      references: [...(references ?? [])],
      discount: discountShown(discounts.get(item.id), money),
    })),
  }
}

function discountShown(offered: OfferedDiscount | undefined, money: (minor: bigint) => string) {
  return offered ? { ...offered, amount: money(offered.amount) } : null
}

function answer(batches: readonly AllocationBatch[]) {
  const total = (amounts: readonly { amount: bigint }[], currency: string): string =>
    formatMinor(
      amounts.reduce((sum, one) => sum + one.amount, 0n),
      currency,
    )
  return {
    batches: batches.map(({ id, receiptId, lines, adjustments, currency }) => ({
      id,
      receiptId,
      currency,
      allocated: total(lines, currency),
      adjusted: total(adjustments, currency),
    })),
  }
}

function ifNothingWasAllocated(error: unknown): void {
  if (error instanceof Problem && (error.code === 'allocations.nothingToReverse' || error.code === 'allocations.alreadyReversed')) return
  throw error
}
