import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { emit } from '../../platform/events.ts'
import { sql } from '../../platform/sql.ts'
import { setCustomerStatus } from './customer.store.ts'
import type { CustomerEvent, MovedDocuments } from './customer-events.ts'
import { insertDistinctPair, insertMerge, markMergeUndone, moveContacts } from './customer-file.store.ts'
import { lockCustomers, requireVersion } from './lock-customers.query.ts'

/** What is stored of a merge for its undoing: the documents, and that the customer was disabled before. */
type KeptOfMerge = MovedDocuments & { readonly wasDisabled?: boolean }

export type WantedMerge = { readonly fromId: string; readonly fromVersion: number; readonly intoId: string; readonly reason: string }

/**
 * 客户合并: `from` becomes part of `into`. Contacts move here, open documents by the handlers of customers.merged; closed documents stay with the merged
 * customer, whose page leads on. Throws customers.mergeLeavesDocuments when something open would be left behind. Undo: unmergeCustomer.
 */
export async function mergeCustomer(tx: Tx, { fromId, fromVersion, intoId, reason }: WantedMerge): Promise<string> {
  if (fromId === intoId) throw new Problem('customers.mergeWithItself', {}, { path: 'intoId' })
  const customers = await lockCustomers(tx, [fromId, intoId])
  const from = customers.get(fromId)!
  const into = customers.get(intoId)!
  requireVersion(from, fromVersion)
  for (const { status, name } of [from, into]) if (status === 'merged') throw new Problem('customers.isMerged', { name })
  await refuseGroup(tx, fromId, intoId)
  const mergeId = uuid()
  const contacts = await tx.all<{ id: string }>(
    sql`select k.id from ar.customer_contacts k where k.tenant_id = ${tx.caller.tenantId} and k.customer_id = ${fromId} order by k.id for no key update`,
  )
  const moved: MovedDocuments = { contacts: contacts.map((contact) => contact.id) }
  moveContacts(tx, moved.contacts!, intoId)
  setCustomerStatus(tx, [{ id: fromId, version: from.version, status: 'merged', mergedIntoId: intoId }])
  await emit<CustomerEvent>(tx, { type: 'customers.merged', mergeId, fromId, intoId, moved })
  await refuseLeftovers(tx, fromId, moved)
  const kept: KeptOfMerge = { ...moved, ...(from.status === 'disabled' ? { wasDisabled: true } : {}) }
  insertMerge(tx, { id: mergeId, fromId, intoId, moved: kept, reason, mergedBy: tx.caller.actorId })
  tx.audit({
    action: 'customers.merged',
    entity: 'customer',
    entityId: fromId,
    before: { status: from.status },
    after: { status: 'merged', mergedIntoId: intoId },
    detail: { mergeId, moved, reason },
  })
  return mergeId
}

/** Takes a merge back: the customer is again what it was and gets back what was moved, is still there and is still open. */
export async function unmergeCustomer(tx: Tx, mergeId: string, version: number): Promise<void> {
  const merge = await tx.maybe<{ fromId: string; intoId: string; moved: KeptOfMerge; undoneAt: Date | null; version: number }>(
    sql`select m.from_id, m.into_id, m.moved, m.undone_at, m.version from ar.customer_merges m where m.tenant_id = ${tx.caller.tenantId} and m.id = ${mergeId} for no key update`,
  )
  if (!merge) throw missing('merge')
  requireVersion(merge, version)
  if (merge.undoneAt) throw new Problem('customers.mergeUndone', {}, { kind: 'conflict' })
  const { fromId, intoId, moved } = merge
  const status = moved.wasDisabled ? 'disabled' : 'active'
  const customers = await lockCustomers(tx, [fromId, intoId])
  const from = customers.get(fromId)!
  if (from.status !== 'merged' || from.mergedIntoId !== intoId) throw new Problem('customers.mergeUndone', {}, { kind: 'conflict' })
  if (customers.get(intoId)!.status === 'merged') throw new Problem('customers.undoLaterMergeFirst', { name: customers.get(intoId)!.name })
  const still = await tx.all<{ id: string }>(
    sql`select k.id from ar.customer_contacts k where k.tenant_id = ${tx.caller.tenantId} and k.customer_id = ${intoId} and k.id = any(${moved.contacts ?? []}::uuid[]) for no key update`,
  )
  moveContacts(
    tx,
    still.map((contact) => contact.id),
    fromId,
  )
  setCustomerStatus(tx, [{ id: fromId, version: from.version, status, mergedIntoId: null }])
  await emit<CustomerEvent>(tx, { type: 'customers.unmerged', mergeId, fromId, intoId, moved })
  markMergeUndone(tx, { id: mergeId, version, undoneBy: tx.caller.actorId, undoneAt: tx.at })
  tx.audit({
    action: 'customers.unmerged',
    entity: 'customer',
    entityId: fromId,
    before: { status: 'merged', mergedIntoId: intoId },
    after: { status },
    detail: { mergeId },
  })
}

/** Remembers that two customers are two, so that the pair is not suspected again. */
export async function dismissDuplicate(tx: Tx, oneId: string, otherId: string): Promise<void> {
  if (oneId === otherId) throw new Problem('customers.mergeWithItself', {}, { path: 'bId' })
  await lockCustomers(tx, [oneId, otherId])
  const [aId, bId] = oneId < otherId ? [oneId, otherId] : [otherId, oneId]
  const known = await tx.maybe(
    sql`select 1 from ar.customer_distinct_pairs d where d.tenant_id = ${tx.caller.tenantId} and d.a_id = ${aId} and d.b_id = ${bId}`,
  )
  if (known) return
  insertDistinctPair(tx, { aId, bId, decidedBy: tx.caller.actorId })
  tx.audit({ action: 'customers.foundDistinct', entity: 'customer', entityId: aId, detail: { otherId: bId } })
}

/** A group is rebuilt by hand first: merging a parent would move whole subtrees, and their limits, unseen. */
async function refuseGroup(tx: Tx, fromId: string, intoId: string): Promise<void> {
  const t = tx.caller.tenantId
  const { below, above } = await tx.one<{
    below: number
    above: boolean
  }>(sql`select (select count(*)::int from ar.customers c where c.tenant_id = ${t} and c.parent_id = ${fromId} and c.status <> 'merged') as below,
    coalesce((select ${intoId}::uuid = any(a.ancestors) from ar.credit_accounts a where a.tenant_id = ${t} and a.customer_id = ${fromId}), false) as above`)
  if (below > 0) throw new Problem('customers.mergeHasMembers', { count: below })
  if (above) throw new Problem('customers.mergeIntoOwnGroup')
}

/** Open documents of the merged customer that no handler has taken: the merge would hide money. */
async function refuseLeftovers(tx: Tx, fromId: string, moved: MovedDocuments): Promise<void> {
  const t = tx.caller.tenantId
  const left = await tx.one<{ orders: number; receivables: number; receipts: number }>(sql`select
    (select count(*)::int from ar.orders o where o.tenant_id = ${t} and o.customer_id = ${fromId} and o.id <> all(${moved.orders ?? []}::uuid[]) and o.status in ('draft', 'submitted', 'approved', 'partlyDelivered')) as orders,
    (select count(*)::int from ar.receivables r where r.tenant_id = ${t} and r.customer_id = ${fromId} and r.open <> 0 and r.id <> all(${moved.receivables ?? []}::uuid[])) as receivables,
    (select count(*)::int from ar.receipts p where p.tenant_id = ${t} and p.customer_id = ${fromId} and p.id <> all(${moved.receipts ?? []}::uuid[])
      and (p.status = 'draft' or p.status = 'confirmed' and p.allocated + p.refunded < p.amount)) as receipts`)
  if (left.orders + left.receivables + left.receipts > 0) throw new Problem('customers.mergeLeavesDocuments', left)
}
