import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { Row } from '../../platform/write-set.ts'
import { savedViews } from './inbox.query.ts'
import { deleteView, insertView, markRead, markTaskDone, updateView } from './inbox.store.ts'

/** Views that one person may keep for one page. */
const VIEWS_MOST = 50

/** Marks the caller's own unread notifications; ids of others are passed over. No audit entry: nothing of the business changes. */
export async function readNotifications(tx: Tx, ids: readonly string[]): Promise<number> {
  const own = await tx.all<{ id: string }>(
    sql`select n.id from ar.notifications n where n.tenant_id = ${tx.caller.tenantId} and n.person_id = ${tx.caller.actorId} and n.read_at is null and n.id = any(${ids}::uuid[]) order by n.id for no key update`,
  )
  markRead(
    tx,
    own.map((row) => row.id),
  )
  return own.length
}

/** Only who was asked can say that it is done. */
export async function finishTask(tx: Tx, id: string, outcome: string, version: number): Promise<void> {
  const task = await tx.maybe<{ kind: string; doneAt: Date | null; version: number }>(
    sql`select t.kind, t.done_at, t.version from ar.tasks t where t.tenant_id = ${tx.caller.tenantId} and t.id = ${id} and t.person_id = ${tx.caller.actorId} for no key update`,
  )
  if (!task) throw missing('task')
  if (task.version !== version || task.doneAt !== null)
    throw new Problem('platform.staleVersion', { version: task.version }, { kind: 'conflict' })
  markTaskDone(tx, { id, outcome, version })
  tx.audit({ action: 'tasks.done', entity: 'task', entityId: id, after: { kind: task.kind, outcome } })
}

/** Saves filters under a name; the same name again replaces them. Personal: no audit entry. */
export async function saveView(tx: Tx, { page, name, query }: { page: string; name: string; query: Row }): Promise<string> {
  const known = await savedViews(tx, page)
  const same = known.find((view) => view.name === name)
  if (same) {
    updateView(tx, { id: same.id, query })
    return same.id
  }
  if (known.length >= VIEWS_MOST) throw new Problem('people.tooManyViews', { most: VIEWS_MOST })
  const id = uuid()
  insertView(tx, { id, personId: tx.caller.actorId, page, name, query })
  return id
}

export async function removeView(tx: Tx, id: string): Promise<void> {
  const own = await tx.maybe(
    sql`select 1 as one from ar.saved_views v where v.tenant_id = ${tx.caller.tenantId} and v.id = ${id} and v.person_id = ${tx.caller.actorId}`,
  )
  if (!own) throw missing('savedView')
  deleteView(tx, id)
}
