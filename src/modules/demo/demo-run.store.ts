import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'
import type { DemoRun } from './demo-runs.query.ts'

/** The run of one demo company stands with the company that asked for it. */
export const DEMO_RUN = 'demo'

export function insertDemoRun(tx: Tx, { id, status }: { id: string; status: 'waiting' | 'done' }, params: DemoRun['params']): void {
  tx.insert('runs', [{ id, kind: DEMO_RUN, businessKey: id, status, params, createdBy: tx.caller.actorId }])
}

export function updateDemoRun(tx: Tx, id: string, columns: Row): void {
  tx.update('runs', [{ id, ...columns }], { set: Object.keys(columns) })
}
