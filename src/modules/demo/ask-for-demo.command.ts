import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Database, Tx } from '../../platform/db.ts'
import { isDemoCompany } from '../company/company.query.ts'
import { insertDemoRun, updateDemoRun } from './demo-run.store.ts'
import { type DemoRun, demoRuns } from './demo-runs.query.ts'
import { makeDemo } from './make-demo.command.ts'
import { dropDemo, nextDemoId, removeDemos } from './remove-demo.command.ts'

export const MAKE_DEMO = 'demo.make'
/** A run that has said nothing for so long has lost its worker: another may be asked for. */
const SILENT_MS = 5 * 60_000

/** Asks the workers for a demo company. Throws demo.beingMade (conflict) while one is under way, demo.insideDemo for who asks from within one. */
export async function askForDemo(tx: Tx, seed: number): Promise<void> {
  if (await isDemoCompany(tx)) throw new Problem('demo.insideDemo')
  const [last] = await demoRuns(tx)
  if (last !== undefined && isUnderWay(last, tx.at)) throw new Problem('demo.beingMade', {}, { kind: 'conflict' })
  const id = uuid()
  insertDemoRun(tx, { id, seed, status: 'waiting' })
  tx.job(MAKE_DEMO, { runId: id })
  tx.audit({ action: 'demo.asked', entity: 'demo', detail: { seed } })
}

export function isUnderWay({ status, heartbeatAt, createdAt }: DemoRun, at: Date): boolean {
  return (status === 'waiting' || status === 'running') && at.getTime() - (heartbeatAt ?? createdAt).getTime() < SILENT_MS
}

/** Makes the demo company of a run, and then removes those before it. Begun anew where a worker died over it; a failure leaves nothing behind and is said in the run. */
export async function makeAskedDemo(db: Database, caller: Caller, runId: string): Promise<void> {
  const run = (await db.read(caller, demoRuns)).find(({ id }) => id === runId)
  if (run === undefined || run.status === 'done' || run.status === 'cancelled') return
  if (run.params.demoTenantId !== undefined) await dropDemo(db, caller, run.params.demoTenantId).catch(() => undefined) // its founding had not come so far
  const { seed } = run.params
  const note = (columns: Parameters<typeof updateDemoRun>[2]) =>
    db.transaction(caller, async (tx) => updateDemoRun(tx, runId, { heartbeatAt: tx.at, ...columns }))
  const tenantId = await db.transaction(caller, nextDemoId)
  await note({ status: 'running', params: { seed, demoTenantId: tenantId } })
  try {
    await makeDemo(db, { tenantId, seed, said: (done, total) => note({ done: BigInt(done), total: BigInt(total) }) })
  } catch (error) {
    await dropDemo(db, caller, tenantId).catch(() => undefined) // it was not founded
    await note({ status: 'failed', params: { seed }, result: { message: String(error).slice(0, 500) } })
    throw error
  }
  await note({ status: 'done', finishedAt: db.now() })
  await removeDemos(db, caller, runId)
}
