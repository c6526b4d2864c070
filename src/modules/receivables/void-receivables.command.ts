import { assert } from '../../kernel/assert.ts'
import { type Day, laterDay } from '../../kernel/day.ts'
import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { emit } from '../../platform/events.ts'
import { changeExposure } from '../credit/change-exposure.command.ts'
import { lockCreditAccounts } from '../credit/credit-accounts.query.ts'
import { customersOf } from './customers-of.query.ts'
import { type LockedReceivable, lockReceivables } from './lock-receivables.query.ts'
import { openingEntries } from './opening-entries.query.ts'
import { addEntries, saveVoided } from './receivable.store.ts'
import type { ReceivablesVoided } from './receivable-events.ts'

/** `version` is left out where the caller has just read the receivable under the lock of something above it. */
export type ReceivableToVoid = { readonly id: string; readonly version?: number; readonly voidedOn: Day; readonly reason: string }

/**
 * 应收冲销: takes receivables back whole, by a mirror entry and a mirror voucher. Only what nothing was ever allocated to, or nothing any more. `voidedOn` is moved to
 * the day of the last entry when it is earlier, because on that day something was still owed or paid. `bulk` (an import is
 * taken back): one audit entry for all, and what was settled and given back whole may be voided on the day it was opened, where it never changed its place.
 * Throws receivables.hasAllocations, receivables.voided, platform.staleVersion.
 */
export async function voidReceivables(
  tx: Tx,
  wanted: readonly ReceivableToVoid[],
  { bulk = false }: { readonly bulk?: boolean } = {},
): Promise<void> {
  if (wanted.length === 0) return
  const ids = wanted.map((one) => one.id)
  const accounts = await lockCreditAccounts(tx, await customersOf(tx, ids))
  const [receivables, openings] = await Promise.all([lockReceivables(tx, ids), openingEntries(tx, ids)])
  const voided = wanted.map((one) => {
    const receivable = receivables.get(one.id)!
    refuseUnlessWhole(receivable, one.version)
    // its customer was merged between the two locks: once more
    if (!accounts.has(receivable.customerId)) throw new Problem('platform.conflict', {}, { kind: 'conflict' })
    const opening = openings.get(one.id)
    assert(opening !== undefined, 'a receivable has its opening entry')
    const from = bulk && receivable.days.movedOn === null ? opening.entryOn : receivable.days.lastEntryOn
    const voidedOn = laterDay(one.voidedOn, from)
    return {
      receivable,
      opening,
      voucherId: uuid(),
      voidedOn,
      settledOn: laterDay(voidedOn, receivable.days.lastEntryOn),
      reason: one.reason,
    }
  })
  saveVoided(
    tx,
    voided.map(({ receivable, voidedOn, settledOn }) => ({
      id: receivable.id,
      version: receivable.version,
      voidedOn,
      settledOn,
      lines: receivable.lines,
    })),
  )
  addEntries(
    tx,
    voided.map(({ receivable, voidedOn, voucherId }) => voidEntry(receivable, voidedOn, voucherId)),
  )
  changeExposure(
    tx,
    accounts,
    voided.map(({ receivable }) => ({ customerId: receivable.customerId, receivablesBase: -receivable.openBase })),
  )
  auditVoided(tx, voided, bulk)
  await emit<ReceivablesVoided>(tx, { type: 'receivables.voided', receivables: voided.map(asVoided) })
}

type Voided = {
  readonly receivable: LockedReceivable
  readonly opening: { readonly entryOn: Day; readonly voucherId: string }
  readonly voucherId: string
  readonly voidedOn: Day
  readonly reason: string
}

function asVoided({ receivable, opening, voucherId, voidedOn }: Voided): ReceivablesVoided['receivables'][number] {
  const { id, kind, entityId, customerId, orderId, salespersonId, regionId, currency, amount, amountBase, issuedOn, dueOn } = receivable
  const own = { id, kind, entityId, customerId, orderId, salespersonId, regionId, currency, amount, amountBase, issuedOn, dueOn }
  return { ...own, entryOn: opening.entryOn, voucherId, reversesVoucherId: opening.voucherId, voidedOn }
}

function auditVoided(tx: Tx, voided: readonly Voided[], bulk: boolean): void {
  if (bulk) {
    const documents = voided.map(({ receivable, voidedOn }) => [receivable.id, receivable.open, voidedOn])
    tx.audit({ action: 'receivables.voided', entity: 'receivable', detail: { count: voided.length, documents, reason: voided[0]!.reason } })
    return
  }
  for (const { receivable, voidedOn, reason } of voided)
    tx.audit({
      action: 'receivables.voided',
      entity: 'receivable',
      entityId: receivable.id,
      before: { open: receivable.open },
      after: { open: 0n, voidedOn },
      detail: { reason },
    })
}

function refuseUnlessWhole(receivable: LockedReceivable, version: number | undefined): void {
  const { no } = receivable
  if (receivable.voidedOn !== null) throw new Problem('receivables.voided', { no }, { kind: 'conflict' })
  if (version !== undefined && receivable.version !== version)
    throw new Problem('platform.staleVersion', { version: receivable.version }, { kind: 'conflict' })
  if (receivable.open !== receivable.amount) throw new Problem('receivables.hasAllocations', { no }, { kind: 'conflict' })
}

function voidEntry(receivable: LockedReceivable, entryOn: Day, voucherId: string) {
  const { id, customerId, issuedOn, dueOn, salespersonId, regionId, open, openBase } = receivable
  return {
    id: uuid(),
    receivableId: id,
    kind: 'voided' as const,
    entryOn,
    amount: -open,
    amountBase: -openBase,
    customerId,
    issuedOn,
    dueOn,
    salespersonId,
    regionId,
    sourceKind: 'receivable',
    sourceId: id,
    voucherId,
  }
}
