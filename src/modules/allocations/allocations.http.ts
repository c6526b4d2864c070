import { formatMinor, parseMinor } from '../../kernel/money.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Reader, Tx } from '../../platform/db.ts'
import { type BoundRoute, read, write } from '../../platform/http.ts'
import { cutPage } from '../../platform/paging.ts'
import { sql } from '../../platform/sql.ts'
import { reverseReceipts } from '../receipts/reverse-receipts.command.ts'
import { allocateByHand, allocateByRule } from './allocate-receipts.command.ts'
import { allocationSums, allocationsPage, receiptToPropose } from './allocation.query.ts'
import type { AllocationBatch } from './allocation-events.ts'
import { allocationSettings } from './allocation-settings.query.ts'
import * as api from './allocations.api.ts'
import { type AllocationRule, decideAllocations, namedDocuments } from './decide-allocations.ts'
import { openItems } from './open-items.query.ts'
import { reverseAllocations } from './reverse-allocations.command.ts'

export const allocationsHttp: readonly BoundRoute[] = [
  read(api.proposeAllocations, (reader, { params, query }) => propose(reader, params.id, query.rule)),
  write(api.allocateByHand, async (tx, { body }) => {
    const currencies = await currenciesOf(
      tx,
      body.lines.map((line) => line.receiptId),
    )
    const lines = body.lines.map((line, index) => ({ ...line, amount: minorOf(line.amount, currencies.get(line.receiptId), index) }))
    return answer(await allocateByHand(tx, { lines, adjustments: body.adjustments, entryOn: body.entryOn }))
  }),
  write(api.allocateByRule, async (tx, { body }) => {
    const currencies = body.named === undefined ? new Map<string, string>() : await currenciesOf(tx, body.receiptIds)
    const named = body.named?.map(({ reference, amount }, index) => ({
      reference,
      ...(amount === undefined ? {} : { amount: minorOf(amount, currencies.get(body.receiptIds[0]!), index) }),
    }))
    return answer(await allocateByRule(tx, { ...body, named, bulk: body.receiptIds.length > 50 }))
  }),
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
  const receipt = await receiptToPropose(reader, id)
  const [items, { tolerance }] = await Promise.all([
    receipt.customerId === null
      ? Promise.resolve([])
      : openItems(reader, { customerIds: [receipt.customerId], currency: receipt.currency }),
    allocationSettings(reader),
  ])
  const money = (minor: bigint): string => formatMinor(minor, receipt.currency)
  const proposal =
    receipt.customerId === null || receipt.unallocated <= 0n
      ? undefined
      : decideAllocations([{ ...receipt, customerId: receipt.customerId, named: namedDocuments(receipt.reference) }], items, rule)[0]
  return {
    receiptId: id,
    currency: receipt.currency,
    unallocated: money(receipt.unallocated),
    left: money(proposal?.unallocated ?? receipt.unallocated),
    explanation: [...(proposal?.explanation ?? [])],
    tolerance,
    allocations: (proposal?.allocations ?? []).map(({ receivableId, amount, explanation }) => ({
      receivableId,
      amount: money(amount),
      explanation,
    })),
    items: items.map(
      ({ id: itemId, no, customerId, customerName, currency, amount, open, issuedOn, dueOn, disputed, partName, orderNo, references }) => ({
        id: itemId,
        no,
        customerId,
        customerName,
        currency,
        amount: money(amount),
        open: money(open),
        issuedOn,
        dueOn,
        disputed,
        partName,
        orderNo,
        references: [...(references ?? [])],
      }),
    ),
  }
}

async function currenciesOf(tx: Tx, receiptIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.all<{ id: string; currency: string }>(
    sql`select r.id, r.currency from ar.receipts r where r.tenant_id = ${tx.caller.tenantId} and r.id = any(${receiptIds}::uuid[])`,
  )
  return new Map(rows.map((row) => [row.id, row.currency]))
}

function minorOf(text: string, currency: string | undefined, index: number): bigint {
  const minor = currency === undefined ? 0n : parseMinor(text, currency)
  if (minor === undefined)
    throw new Problem(
      'allocations.invalid',
      { count: 1 },
      { issues: [{ path: `lines.${index}.amount`, code: 'platform.tooManyDecimals', params: { currency: currency ?? '', units: 2 } }] },
    )
  return minor
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
