import { assert } from '../../kernel/assert.ts'
import { type Day, laterDay } from '../../kernel/day.ts'
import { phrase } from '../../kernel/phrase.ts'
import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { announce, emit } from '../../platform/events.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'
import { lockCreditAccounts } from '../credit/credit-accounts.query.ts'
import { countAllocated } from '../receipts/count-allocated.command.ts'
import { lockReceipts } from '../receipts/lock-receipts.query.ts'
import { lockReceivables } from '../receivables/lock-receivables.query.ts'
import { applySettlements, type SettlementChange } from '../receivables/settle-receivables.command.ts'
import { type How, insertBatches } from './allocation.store.ts'
import type { AllocationBatch, AllocationsReversed } from './allocation-events.ts'

/** Which allocations: some by id, a whole batch, or all that a receipt paid. */
export type WantedReversal = {
  readonly allocationIds?: readonly string[] | undefined
  readonly batchId?: string | undefined
  readonly receiptId?: string | undefined
  readonly entryOn?: Day | undefined
  /** An import is taken back: each batch is undone on the day that this makes of the day it was made on, with one audit entry for all. */
  readonly onDay?: ((madeOn: Day) => Day) | undefined
  readonly reason: string
}

type Made = {
  readonly kind: 'allocation' | 'discount' | 'shortPayment'
  readonly id: string
  readonly batchId: string
  readonly receiptId: string
  readonly receivableId: string
  readonly customerId: string
  readonly currency: string
  readonly amount: bigint
  readonly amountBase: bigint
  readonly receiptBase: bigint
  readonly entryOn: Day
  readonly how: How | null
  readonly reasonCode: string | null
}

/**
 * 反核销: undoes allocations by mirror rows on `entryOn` (today unless said; never before what it undoes). What the batch gave up beside the money on the same receivable (discount, short
 * payment) is undone with it. Returns the ids of the mirror rows. Throws allocations.alreadyReversed, allocations.reversedTooEarly, allocations.nothingToReverse.
 */
export async function reverseAllocations(tx: Tx, wanted: WantedReversal): Promise<string[]> {
  announce(tx, 'allocations.reversed')
  const made = await madeBefore(tx, wanted)
  const entryOn = wanted.entryOn ?? tx.today
  if (entryOn > tx.today) throw new Problem('allocations.inFuture', { day: entryOn }, { path: 'entryOn' })
  const latest = made.map((one) => one.entryOn).reduce(laterDay)
  if (wanted.onDay === undefined && entryOn < latest)
    throw new Problem('allocations.reversedTooEarly', { day: entryOn, madeOn: latest }, { path: 'entryOn' })
  const [accounts, receipts, receivables, since] = await Promise.all([
    lockCreditAccounts(tx, unique(made.map((one) => one.customerId))),
    lockReceipts(tx, unique(made.map((one) => one.receiptId))),
    lockReceivables(tx, unique(made.map((one) => one.receivableId))),
    undoneSince(
      tx,
      made.map((one) => one.id),
    ),
  ])
  if (since) throw new Problem('allocations.alreadyReversed', {}, { kind: 'conflict' })
  // a customer was merged between the reading and the locks: once more, with the customer that stays
  if (made.some((one) => receivables.get(one.receivableId)!.customerId !== one.customerId))
    throw new Problem('platform.conflict', {}, { kind: 'conflict' })
  for (const receipt of receipts)
    if (receipt.status !== 'confirmed') throw new Problem('allocations.receiptNotConfirmed', { no: receipt.no ?? '' }, { kind: 'conflict' })
  const { batches, reverses, how } = mirrored(made, wanted.onDay ?? (() => entryOn))
  const said = phrase('allocations.rules.reversed', { reason: wanted.reason })
  const explanations = new Map([...reverses.keys()].map((id) => [id, said]))
  insertBatches(tx, batches, { how: (id) => how.get(id) ?? 'hand', explanations, reverses })
  countAllocated(
    tx,
    batches.flatMap((batch) => batch.lines.map(({ amount, receiptBase }) => ({ receiptId: batch.receiptId, amount, receiptBase }))),
  )
  applySettlements(tx, { receivables, accounts }, settlementsOf(batches))
  auditReversed(tx, batches, wanted.reason, wanted.onDay !== undefined)
  await emit<AllocationsReversed>(tx, { type: 'allocations.reversed', batches })
  return [...reverses.keys()]
}

function settlementsOf(batches: readonly AllocationBatch[]): SettlementChange[] {
  return batches.flatMap(({ entryOn, voucherId, lines, adjustments }) => [
    ...lines.map(({ allocationId: sourceId, receivableId, amount, amountBase }) => {
      const undone = { receivableId, amount, amountBase, entryOn, sourceId, voucherId }
      return { ...undone, kind: 'reversed' as const, sourceKind: 'allocation' as const }
    }),
    ...adjustments.map(({ adjustmentId: sourceId, receivableId, amount, amountBase }) => {
      const undone = { receivableId, amount, amountBase, entryOn, sourceId, voucherId }
      return { ...undone, kind: 'reversed' as const, sourceKind: 'adjustment' as const }
    }),
  ])
}

function auditReversed(tx: Tx, batches: readonly ReversedBatch[], reason: string, bulk: boolean): void {
  if (bulk) {
    const undone = batches.map(({ id, reversesBatchId, receiptId, entryOn }) => ({ id, reversesBatchId, receiptId, entryOn }))
    tx.audit({ action: 'allocations.reversed', entity: 'allocation', detail: { batches: undone, reason } })
    return
  }
  for (const batch of batches)
    tx.audit({
      action: 'allocations.reversed',
      entity: 'receipt',
      entityId: batch.receiptId,
      before: { batchId: batch.reversesBatchId },
      after: { batchId: batch.id, entryOn: batch.entryOn, amount: batch.lines.reduce((sum, line) => sum + line.amount, 0n) },
      detail: { reason: reason, lines: batch.lines.map(({ receivableId, amount }) => ({ receivableId, amount })) },
    })
}

type ReversedBatch = AllocationBatch & { readonly reversesBatchId: string }

function mirrored(
  made: readonly Made[],
  onDay: (madeOn: Day) => Day,
): { batches: ReversedBatch[]; reverses: Map<string, string>; how: Map<string, How> } {
  const reverses = new Map<string, string>()
  const how = new Map<string, How>()
  const mirrorId = (one: Made): string => {
    const id = uuid()
    reverses.set(id, one.id)
    if (one.how) how.set(id, one.how)
    return id
  }
  const batches = [...Map.groupBy(made, (one) => one.batchId)].map(
    ([batchId, own]): ReversedBatch => ({
      id: uuid(),
      voucherId: uuid(),
      reversesBatchId: batchId,
      receiptId: own[0]!.receiptId,
      currency: own[0]!.currency,
      entryOn: onDay(own.map((one) => one.entryOn).reduce(laterDay)),
      lines: own
        .filter((one) => one.kind === 'allocation')
        .map((one) => ({
          allocationId: mirrorId(one),
          receivableId: one.receivableId,
          customerId: one.customerId,
          amount: -one.amount,
          amountBase: -one.amountBase,
          receiptBase: -one.receiptBase,
        })),
      adjustments: own.flatMap((one) =>
        one.kind === 'allocation'
          ? []
          : [
              {
                adjustmentId: mirrorId(one),
                receivableId: one.receivableId,
                customerId: one.customerId,
                kind: one.kind,
                reasonCode: one.reasonCode ?? '',
                amount: -one.amount,
                amountBase: -one.amountBase,
              },
            ],
      ),
    }),
  )
  return { batches, reverses, how }
}

/** What is to be undone: not a mirror row itself, not undone before. Adjustments of the same batch and receivable come along. */
async function madeBefore(tx: Tx, { allocationIds, batchId, receiptId }: WantedReversal): Promise<Made[]> {
  const { tenantId } = tx.caller
  const named: Sql = and(
    sql`a.tenant_id = ${tenantId} and a.reverses_id is null`,
    allocationIds === undefined ? undefined : sql`a.id = any(${allocationIds}::uuid[])`,
    batchId === undefined ? undefined : sql`a.batch_id = ${batchId}`,
    receiptId === undefined ? undefined : sql`a.receipt_id = ${receiptId}`,
  )
  assert(allocationIds !== undefined || batchId !== undefined || receiptId !== undefined, 'a reversal names what it undoes')
  const found = await tx.all<
    Made & { undone: boolean }
  >(sql`with a as materialized (select a.*, exists (select 1 from ar.allocations x where x.tenant_id = a.tenant_id and x.reverses_id = a.id) as undone from ar.allocations a where ${named})
    select 'allocation' as kind, a.id, a.batch_id, a.receipt_id, a.receivable_id, r.customer_id, r.currency, a.amount, a.amount_base, a.receipt_base, a.entry_on, a.how, null as reason_code, a.undone
    from a join ar.receivables r on r.tenant_id = ${tenantId} and r.id = a.receivable_id
    union all select j.kind, j.id, j.batch_id, j.receipt_id, j.receivable_id, r.customer_id, r.currency, j.amount, j.amount_base, 0::bigint, j.entry_on, null, j.reason_code,
      exists (select 1 from ar.adjustments x where x.tenant_id = j.tenant_id and x.reverses_id = j.id)
    from ar.adjustments j join ar.receivables r on r.tenant_id = ${tenantId} and r.id = j.receivable_id
    where j.tenant_id = ${tenantId} and j.reverses_id is null and (j.batch_id, j.receivable_id) in (select a.batch_id, a.receivable_id from a)
    order by id limit 20000`)
  if (allocationIds && found.filter((one) => one.kind === 'allocation').length !== new Set(allocationIds).size) throw missing('allocation')
  if (allocationIds && found.some((one) => one.undone && one.kind === 'allocation'))
    throw new Problem('allocations.alreadyReversed', {}, { kind: 'conflict' })
  const left = found.filter((one) => !one.undone)
  if (left.length === 0)
    throw found.length > 0
      ? new Problem('allocations.alreadyReversed', {}, { kind: 'conflict' })
      : new Problem('allocations.nothingToReverse')
  return left
}

/** Asked behind the locks: has somebody undone one of them in the meantime? */
async function undoneSince(tx: Tx, ids: readonly string[]): Promise<boolean> {
  const { tenantId } = tx.caller
  const found = await tx.maybe(sql`select from ar.allocations x where x.tenant_id = ${tenantId} and x.reverses_id = any(${ids}::uuid[])
    union all select from ar.adjustments x where x.tenant_id = ${tenantId} and x.reverses_id = any(${ids}::uuid[]) limit 1`)
  return found !== undefined
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)]
}
