import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import { may } from '../../platform/caller.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { Row } from '../../platform/write-set.ts'
import { type SavedView, savedView, savedViews, VIEWS_MOST } from './inbox.query.ts'
import { deleteView, insertView, markRead, markTaskDone, renameView, updateView } from './inbox.store.ts'

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

/** Saves filters under a name; the same name again replaces them. Personal, without an audit entry, unless the company shares the view: others then see other filters. */
export async function saveView(tx: Tx, { page, name, query }: { page: string; name: string; query: Row }): Promise<string> {
  const own = (await savedViews(tx, page)).filter((view) => view.mine)
  const same = own.find((view) => view.name === name)
  if (same) {
    updateView(tx, { id: same.id, query })
    if (same.shared) note(tx, 'people.viewChanged', same, { before: { query: same.query }, after: { query } })
    return same.id
  }
  if (own.length >= VIEWS_MOST) throw new Problem('people.tooManyViews', { most: VIEWS_MOST })
  const id = uuid()
  insertView(tx, { id, personId: tx.caller.actorId, page, name, query })
  return id
}

/**
 * Another name, shared with the company or taken back. Throws people.mayNot for sharing without the right, people.viewNameTaken, people.tooManyViews, platform.notFound for a view that is not the
 * caller's own (to the administrator, that nobody shares).
 */
export async function changeView(tx: Tx, id: string, to: { name: string; shared: boolean; version: number }): Promise<void> {
  const view = await changeable(tx, id)
  if (to.shared && !view.shared && !may(tx.caller, 'people.shareViews'))
    throw new Problem('people.mayNot', { permission: 'people.shareViews' }, { kind: 'forbidden' })
  const others = (await savedViews(tx, view.page)).filter((one) => one.id !== id)
  if (others.some((one) => one.name === to.name && ((one.mine && view.mine) || (one.shared && to.shared))))
    throw new Problem('people.viewNameTaken', { name: to.name }, { kind: 'conflict', path: 'name' })
  if (to.shared && !view.shared && others.filter((one) => one.shared).length >= VIEWS_MOST)
    throw new Problem('people.tooManyViews', { most: VIEWS_MOST })
  renameView(tx, { id, ...to })
  const { name, shared } = view
  if (shared || to.shared)
    note(tx, to.shared === shared ? 'people.viewChanged' : to.shared ? 'people.viewShared' : 'people.viewUnshared', view, {
      before: { name, shared },
      after: { name: to.name, shared: to.shared },
    })
}

export async function removeView(tx: Tx, id: string): Promise<void> {
  const view = await changeable(tx, id)
  deleteView(tx, id)
  if (view.shared) note(tx, 'people.viewRemoved', view, { before: { name: view.name, query: view.query } })
}

/** One's own; shared ones the administrator's too, so that what somebody leaves behind can be put away. */
async function changeable(tx: Tx, id: string): Promise<SavedView> {
  const view = await savedView(tx, id)
  if (!view || !(view.mine || tx.caller.role === 'administrator')) throw missing('savedView')
  return view
}

function note(tx: Tx, action: string, { id, page, name }: SavedView, change: { before?: Row; after?: Row }): void {
  tx.audit({ action, entity: 'savedView', entityId: id, ...change, detail: { page, name } })
}
