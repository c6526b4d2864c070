import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'

/** The run of one demo company stands with the company that asked for it. */
export const DEMO_RUN = 'demo'

export function insertDemoRun(
  tx: Tx,
  { id, seed, status }: { id: string; seed: number; status: 'waiting' | 'done' },
  more: Row = {},
): void {
  tx.insert('runs', [{ id, kind: DEMO_RUN, businessKey: id, status, params: { seed, ...more }, createdBy: tx.caller.actorId }])
}

export function updateDemoRun(tx: Tx, id: string, columns: Row): void {
  tx.update('runs', [{ id, ...columns }], { set: Object.keys(columns) })
}
