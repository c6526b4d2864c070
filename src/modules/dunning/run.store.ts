import type { Day } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'
import { RUN_KIND, RUN_TASK } from './run-kind.ts'

/** The day is the key: whoever comes second finds it taken. */
export function insertRun(tx: Tx, id: string, onDay: Day): void {
  tx.insert('runs', [
    { id, kind: RUN_KIND, businessKey: onDay, status: 'waiting', params: { onDay }, createdBy: tx.caller.actorId, createdAt: tx.at, heartbeatAt: tx.at },
  ]) // biome-ignore format: one line
  askForRun(tx, id)
}

/** One waiting job a run, however often it is asked for. */
export function askForRun(tx: Tx, id: string): void {
  tx.job(RUN_TASK, { runId: id }, `dunning ${id}`)
}

export function saveProgress(tx: Tx, id: string, progress: { readonly done: bigint; readonly total: bigint; readonly result: Row }): void {
  tx.update('runs', [{ id, status: 'running', heartbeatAt: tx.at, ...progress }], {
    set: ['status', 'heartbeatAt', 'done', 'total', 'result'],
  })
}

export function endRun(tx: Tx, id: string, status: 'done' | 'cancelled' | 'failed', result: Row): void {
  tx.update('runs', [{ id, status, finishedAt: tx.at, heartbeatAt: tx.at, result }], {
    set: ['status', 'finishedAt', 'heartbeatAt', 'result'],
  })
}
