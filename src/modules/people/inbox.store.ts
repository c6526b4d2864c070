import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'

export function markRead(tx: Tx, ids: readonly string[]): void {
  tx.update(
    'notifications',
    ids.map((id) => ({ id, readAt: tx.at })),
    { set: ['readAt'] },
  )
}
export function markTaskDone(tx: Tx, task: { id: string; outcome: string; version: number }): void {
  tx.update('tasks', [{ ...task, doneAt: tx.at, doneBy: tx.caller.actorId }], { set: ['doneAt', 'doneBy', 'outcome'], expect: ['version'] })
}
export function insertView(tx: Tx, view: { id: string; personId: string; page: string; name: string; query: Row; shared: boolean }): void {
  tx.insert('saved_views', [view])
}
export function updateView(tx: Tx, view: { id: string; query: Row; shared: boolean }): void {
  tx.update('saved_views', [view], { set: ['query', 'shared'] })
}
export function renameView(tx: Tx, view: { id: string; name: string; shared: boolean; version: number }): void {
  tx.update('saved_views', [view], { set: ['name', 'shared'], expect: ['version'] })
}
export function deleteView(tx: Tx, id: string): void {
  tx.delete('saved_views', [{ id }])
}
