import { type Day, laterDay } from '../../kernel/day.ts'
import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { changeExposure } from '../credit/change-exposure.command.ts'
import { lockCreditAccounts } from '../credit/credit-accounts.query.ts'
import type { CustomersMerged, CustomersReassigned, CustomersUnmerged } from '../customers/customer-events.ts'
import { type LockedReceivable, lockReceivables } from './lock-receivables.query.ts'
import { openReceivablesOfCustomers, stillOpenOf } from './open-of-customers.query.ts'
import { addEntries, type NewEntry, savePlaces } from './receivable.store.ts'
import { idsOf } from './receivable-facts.query.ts'

/** Where a receivable stands in every report. */
type Place = {
  readonly customerId: string
  readonly dueOn: Day
  readonly salespersonId: string | null
  readonly regionId: string | null
}
/** `counted`: the day of the contract and what is kept of the terms, where they are counted anew. */
export type Move = {
  readonly receivable: LockedReceivable
  readonly to: Partial<Place>
  readonly counted?: { readonly contractDueOn: Day; readonly terms: unknown }
}

/**
 * 改期: another due day for what is open, with a reason. The contract's due day stays (interest and limitation count from it). Throws receivables.nothingOpen,
 * receivables.dueBeforeIssue, receivables.sameDueDay, platform.staleVersion.
 */
export async function rescheduleReceivables(
  tx: Tx,
  wanted: readonly { readonly id: string; readonly version: number; readonly dueOn: Day; readonly reason: string }[],
): Promise<void> {
  const receivables = await lockReceivables(
    tx,
    wanted.map((one) => one.id),
  )
  const moves = wanted.map(({ id, version, dueOn }) => {
    const receivable = receivables.get(id)!
    requireOpen(receivable, version)
    const { no, issuedOn } = receivable
    if (dueOn < issuedOn) throw new Problem('receivables.dueBeforeIssue', { no, issuedOn }, { path: 'dueOn' })
    if (dueOn === receivable.dueOn) throw new Problem('receivables.sameDueDay', { no }, { path: 'dueOn' })
    return { receivable, to: { dueOn } }
  })
  move(tx, 'rescheduled', moves)
  const reasons = new Map(wanted.map((one) => [one.id, one.reason]))
  for (const { receivable, to } of moves) {
    const detail = { reason: reasons.get(receivable.id)! }
    tx.audit({
      action: 'receivables.rescheduled',
      entity: 'receivable',
      entityId: receivable.id,
      before: { dueOn: receivable.dueOn },
      after: to,
      detail,
    })
  }
}

type Reassignment = {
  readonly id: string
  readonly version: number
  readonly salespersonId?: string | null | undefined
  readonly regionId?: string | null | undefined
  readonly reason: string
}

/** Gives open receivables another salesperson or region. Throws receivables.nothingOpen, receivables.invalid (who or what is not of this company), platform.staleVersion. */
export async function reassignReceivables(tx: Tx, wanted: readonly Reassignment[]): Promise<void> {
  const [receivables] = await Promise.all([
    lockReceivables(
      tx,
      wanted.map((one) => one.id),
    ),
    refuseUnknownPlaces(tx, wanted),
  ])
  const moves = wanted.map(({ id, version, salespersonId, regionId }) => {
    const receivable = receivables.get(id)!
    requireOpen(receivable, version)
    return {
      receivable,
      to: { ...(salespersonId === undefined ? {} : { salespersonId }), ...(regionId === undefined ? {} : { regionId }) },
    }
  })
  move(tx, 'reassigned', moves)
  moves.forEach(({ receivable, to }, index) => {
    const before = { salespersonId: receivable.salespersonId, regionId: receivable.regionId }
    tx.audit({
      action: 'receivables.reassigned',
      entity: 'receivable',
      entityId: receivable.id,
      before,
      after: to,
      detail: { reason: wanted[index]!.reason },
    })
  })
}

/** Receivables carry salesperson and region without a foreign key: an id from elsewhere is stopped here. */
async function refuseUnknownPlaces(tx: Tx, wanted: readonly Reassignment[]): Promise<void> {
  const [people, regions] = await Promise.all([
    idsOf(
      tx,
      'people',
      wanted.map((one) => one.salespersonId),
    ),
    idsOf(
      tx,
      'regions',
      wanted.map((one) => one.regionId),
    ),
  ])
  const issues = wanted.flatMap(({ salespersonId, regionId }, index) => [
    ...(salespersonId && !people.has(salespersonId)
      ? [{ path: `receivables.${index}.salespersonId`, code: 'receivables.salespersonUnknown' }]
      : []),
    ...(regionId && !regions.has(regionId) ? [{ path: `receivables.${index}.regionId`, code: 'receivables.regionUnknown' }] : []),
  ])
  if (issues.length > 0) throw new Problem('receivables.invalid', { count: issues.length }, { issues })
}

/** Handler of customers.reassigned: what the customers still owe goes to their new salesperson. One audit entry for all: the customers have theirs. */
export async function moveToNewSalesperson(tx: Tx, { customers, moveReceivables, reason }: CustomersReassigned): Promise<void> {
  if (!moveReceivables) return
  const ids = await openReceivablesOfCustomers(
    tx,
    customers.map((customer) => customer.id),
  )
  const receivables = await lockReceivables(tx, ids)
  const next = new Map(customers.map((customer) => [customer.id, customer.to]))
  const moves = [...receivables.values()]
    .map((receivable) => ({ receivable, to: { salespersonId: next.get(receivable.customerId) ?? null } }))
    .filter(({ receivable, to }) => receivable.open !== 0n && receivable.salespersonId !== to.salespersonId)
  move(tx, 'reassigned', moves)
  auditMoved(tx, moves, { reason })
}

/** Handler of customers.merged: what is open goes to the customer that stays. */
export async function moveToMergedCustomer(tx: Tx, { mergeId, fromId, intoId, moved }: CustomersMerged): Promise<void> {
  moved.receivables = await moveToCustomer(tx, await openReceivablesOfCustomers(tx, [fromId]), { fromId, intoId, mergeId })
}

/** Handler of customers.unmerged: what came with the merge and is still open goes back. */
export async function moveBackFromMergedCustomer(tx: Tx, { mergeId, fromId, intoId, moved }: CustomersUnmerged): Promise<void> {
  await moveToCustomer(tx, await stillOpenOf(tx, intoId, moved.receivables ?? []), { fromId: intoId, intoId: fromId, mergeId })
}

/** Gives what is open of these receivables to another customer, with its share of the exposure; ids of those that were moved. */
export async function moveToCustomer(
  tx: Tx,
  ids: readonly string[],
  { fromId, intoId, mergeId }: { fromId: string; intoId: string; mergeId: string },
): Promise<string[]> {
  const accounts = await lockCreditAccounts(tx, [fromId, intoId])
  const receivables = [...(await lockReceivables(tx, ids)).values()].filter((one) => one.open !== 0n && one.customerId === fromId)
  const moves = receivables.map((receivable) => ({ receivable, to: { customerId: intoId } }))
  move(tx, 'reassigned', moves)
  const base = receivables.reduce((sum, one) => sum + one.openBase, 0n)
  if (base !== 0n)
    changeExposure(tx, accounts, [
      { customerId: fromId, receivablesBase: -base },
      { customerId: intoId, receivablesBase: base },
    ])
  auditMoved(tx, moves, { mergeId })
  return receivables.map((one) => one.id)
}

/** A pair of entries each: the open amount leaves the old place and comes to the new, so that every past day stays as it was. */
export function move(tx: Tx, kind: 'rescheduled' | 'reassigned', moves: readonly Move[]): void {
  const pairs = moves.flatMap(({ receivable, to }): NewEntry[] => {
    const { id: receivableId, open, openBase, issuedOn, customerId, dueOn, salespersonId, regionId } = receivable
    const shared = {
      receivableId,
      kind,
      entryOn: laterDay(tx.today, issuedOn),
      issuedOn,
      sourceKind: 'move',
      sourceId: uuid(),
      voucherId: null,
    }
    const before = { customerId, dueOn, salespersonId, regionId }
    return [
      { id: uuid(), ...shared, ...before, amount: -open, amountBase: -openBase },
      { id: uuid(), ...shared, ...before, ...to, amount: open, amountBase: openBase },
    ]
  })
  addEntries(tx, pairs)
  savePlaces(
    tx,
    moves.map(({ receivable, to, counted }) => {
      const { id, version, customerId, dueOn, contractDueOn, terms, salespersonId, regionId, lines } = receivable
      const place = { customerId, dueOn, salespersonId, regionId, ...to }
      return { id, version, ...place, contractDueOn, terms, ...counted, lines: to.dueOn === undefined ? [] : lines }
    }),
  )
}

function requireOpen(receivable: LockedReceivable, version: number): void {
  if (receivable.version !== version) throw new Problem('platform.staleVersion', { version: receivable.version }, { kind: 'conflict' })
  if (receivable.open === 0n) throw new Problem('receivables.nothingOpen', { no: receivable.no })
}

function auditMoved(tx: Tx, moves: readonly Move[], detail: Record<string, unknown>): void {
  if (moves.length === 0) return
  const documents = moves.map(({ receivable, to }) => ({ id: receivable.id, to }))
  tx.audit({ action: 'receivables.reassigned', entity: 'receivable', detail: { ...detail, count: documents.length, documents } })
}
