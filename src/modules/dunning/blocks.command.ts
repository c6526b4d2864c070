import { assert } from '../../kernel/assert.ts'
import type { Day } from '../../kernel/day.ts'
import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { insertBlock, liftBlocks } from './block.store.ts'
import { isRunning } from './open-cases.query.ts'

export type BlockWanted = {
  readonly customerId?: string | undefined
  readonly receivableId?: string | undefined
  readonly untilOn: Day | null
  readonly reason: string
}

/** 暂停催收: of a customer or of one receivable. Throws dunning.blockSubject, dunning.blockInPast, dunning.alreadyBlocked (conflict), dunning.customerMerged, platform.notFound. */
export async function placeBlock(tx: Tx, { customerId, receivableId, untilOn, reason }: BlockWanted): Promise<string> {
  if ((customerId === undefined) === (receivableId === undefined)) throw new Problem('dunning.blockSubject')
  if (untilOn !== null && untilOn < tx.today) throw new Problem('dunning.blockInPast', {}, { path: 'untilOn' })
  const subject = await lockSubject(tx, customerId, receivableId)
  const t = tx.caller.tenantId
  const same = receivableId === undefined ? sql`b.receivable_id is null` : sql`b.receivable_id = ${receivableId}`
  const running = await tx.maybe(
    sql`select 1 as one from ar.dunning_blocks b where b.tenant_id = ${t} and b.customer_id = ${subject} and ${same} and ${isRunning(tx.today)} limit 1`,
  )
  if (running !== undefined) throw new Problem('dunning.alreadyBlocked', {}, { kind: 'conflict' })
  const id = uuid()
  insertBlock(tx, { id, customerId: subject, receivableId: receivableId ?? null, untilOn, reason })
  tx.audit({
    action: 'dunning.paused',
    entity: receivableId === undefined ? 'customer' : 'receivable',
    entityId: receivableId ?? subject,
    after: { untilOn },
    detail: { blockId: id, reason },
  })
  return id
}

/** Lets dunning go on. Throws dunning.notBlocked (conflict), platform.staleVersion, platform.notFound. */
export async function liftBlock(
  tx: Tx,
  id: string,
  { version, reason }: { readonly version: number; readonly reason: string },
): Promise<void> {
  const found = await tx.maybe<{ customerId: string; receivableId: string | null; version: number; liftedAt: Date | null }>(
    sql`select b.customer_id, b.receivable_id, b.version, b.lifted_at from ar.dunning_blocks b where b.tenant_id = ${tx.caller.tenantId} and b.id = ${id} for no key update`,
  )
  if (found === undefined) throw missing('dunningBlock')
  if (found.liftedAt !== null) throw new Problem('dunning.notBlocked', {}, { kind: 'conflict' })
  if (found.version !== version) throw new Problem('platform.staleVersion', { version: found.version }, { kind: 'conflict' })
  liftBlocks(tx, [{ id, version, reason }])
  tx.audit({
    action: 'dunning.goesOn',
    entity: found.receivableId === null ? 'customer' : 'receivable',
    entityId: found.receivableId ?? found.customerId,
    detail: { blockId: id, reason },
  })
}

/** The customer, locked: two people who pause at once come one after the other, and a merge before or after. */
async function lockSubject(tx: Tx, customerId: string | undefined, receivableId: string | undefined): Promise<string> {
  const t = tx.caller.tenantId
  const owner =
    customerId ??
    (
      await tx.maybe<{ customerId: string }>(
        sql`select r.customer_id from ar.receivables r where r.tenant_id = ${t} and r.id = ${receivableId}`,
      )
    )?.customerId
  if (owner === undefined) throw missing('receivable')
  const customer = await tx.maybe<{ status: string }>(
    sql`select c.status from ar.customers c where c.tenant_id = ${t} and c.id = ${owner} for no key update`,
  )
  if (customer === undefined) throw missing('customer')
  if (customer.status === 'merged') throw new Problem('dunning.customerMerged')
  if (receivableId === undefined) return owner
  const [now] = await tx.all<{ customerId: string; open: bigint }>(
    sql`select r.customer_id, r.open from ar.receivables r where r.tenant_id = ${t} and r.id = ${receivableId}`,
  )
  assert(now !== undefined, 'a receivable is never deleted')
  if (now.customerId !== owner) throw new Problem('platform.conflict', {}, { kind: 'conflict' })
  return owner
}
