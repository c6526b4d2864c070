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

type NewView = { page: string; name: string; query: Row; shared: boolean }

/**
 * Saves filters under a name; the same name again replaces them. Personal, without an audit entry, unless the company shares the view: then others see other filters. Throws people.mayNotShare
 * for sharing without the right, people.viewNameTaken, people.tooManyViews.
 */
export async function saveView(tx: Tx, { page, name, query, shared }: NewView): Promise<string> {
  const known = await savedViews(tx, page)
  const same = known.find((view) => view.mine && view.name === name)
  const isShared = shared || (same?.shared ?? false)
  judgeSharing(
    tx,
    same?.shared ?? false,
    { name, shared: isShared },
    known.filter((view) => view !== same),
  )
  if (same) {
    updateView(tx, { id: same.id, query, shared: isShared })
    const [before, after] = [
      { query: same.query, shared: same.shared },
      { query, shared: isShared },
    ]
    if (isShared) note(tx, same.shared ? 'people.viewChanged' : 'people.viewShared', same, { before, after })
    return same.id
  }
  if (known.filter((view) => view.mine).length >= VIEWS_MOST) throw new Problem('people.tooManyViews', { most: VIEWS_MOST })
  const id = uuid()
  insertView(tx, { id, personId: tx.caller.actorId, page, name, query, shared })
  if (shared) note(tx, 'people.viewShared', { id, page, name }, { after: { name, query, shared } })
  return id
}

/** Another name, shared with the company or taken back. Throws as saveView does, and platform.notFound for a view that is not the caller's own (to the administrator, that nobody shares). */
export async function changeView(tx: Tx, id: string, to: { name: string; shared: boolean; version: number }): Promise<void> {
  const view = await changeable(tx, id)
  const others = (await savedViews(tx, view.page)).filter((one) => one.id !== id)
  if (others.some((one) => one.name === to.name && one.mine && view.mine)) throw nameTaken(to.name)
  judgeSharing(tx, view.shared, to, others)
  renameView(tx, { id, ...to })
  const { name, shared } = view
  if (shared || to.shared)
    note(tx, to.shared === shared ? 'people.viewChanged' : to.shared ? 'people.viewShared' : 'people.viewUnshared', view, {
      before: { name, shared },
      after: { name: to.name, shared: to.shared },
    })
}

function judgeSharing(tx: Tx, wasShared: boolean, to: { name: string; shared: boolean }, others: readonly SavedView[]): void {
  if (!to.shared) return
  if (!may(tx.caller, 'people.shareViews')) throw new Problem('people.mayNotShare', {}, { kind: 'forbidden', path: 'shared' })
  const shared = others.filter((one) => one.shared)
  if (shared.some((one) => one.name === to.name)) throw nameTaken(to.name)
  if (!wasShared && shared.length >= VIEWS_MOST) throw new Problem('people.tooManyViews', { most: VIEWS_MOST })
}

function nameTaken(name: string): Problem {
  return new Problem('people.viewNameTaken', { name }, { kind: 'conflict', path: 'name' })
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

function note(
  tx: Tx,
  action: string,
  { id, page, name }: Pick<SavedView, 'id' | 'page' | 'name'>,
  change: { before?: Row; after?: Row },
): void {
  tx.audit({ action, entity: 'savedView', entityId: id, ...change, detail: { page, name } })
}
