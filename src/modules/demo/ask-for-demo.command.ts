import type { Language } from '../../kernel/language.ts'
import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Database, Tx } from '../../platform/db.ts'
import { isDemoCompany } from '../company/company.query.ts'
import { insertDemoRun, updateDemoRun } from './demo-run.store.ts'
import { type DemoRun, demoRuns } from './demo-runs.query.ts'
import { type DemoOptions, makeDemo } from './make-demo.command.ts'
import { dropDemo, dropUnfinishedDemos, isUnderWay, nextDemoId, removeDemos } from './remove-demo.command.ts'

export const MAKE_DEMO = 'demo.make'
type Wanted = { readonly seed: number; readonly language: Language }

/** Asks the workers for a demo company in the language of whoever asks. Throws demo.beingMade (conflict) while one is under way, demo.insideDemo for who asks from within one. */
export async function askForDemo(tx: Tx, seed: number): Promise<void> {
  const id = await beginRun(tx, { seed, language: tx.caller.language })
  tx.job(MAKE_DEMO, { runId: id }, undefined, { oneAtATime: true })
}

/** The same at once, in this process; returns its number. `said` as of makeDemo. */
export async function makeDemoNow(db: Database, caller: Caller, wanted: Wanted, said: DemoOptions['said']): Promise<number> {
  const id = await db.transaction(caller, (tx) => beginRun(tx, wanted))
  await makeAskedDemo(db, caller, id, said)
  return (await runOf(db, caller, id))!.params.demoTenantId!
}

async function beginRun(tx: Tx, wanted: Wanted): Promise<string> {
  if (await isDemoCompany(tx)) throw new Problem('demo.insideDemo')
  const [last] = await demoRuns(tx)
  if (last !== undefined && isUnderWay(last, tx.at)) throw new Problem('demo.beingMade', {}, { kind: 'conflict' })
  const id = uuid()
  insertDemoRun(tx, { id, status: 'waiting' }, wanted)
  tx.audit({ action: 'demo.asked', entity: 'demo', detail: { seed: wanted.seed } })
  return id
}

/** Makes the demo company of a run, and then removes those before it. Begun anew where a worker died over it; a failure leaves nothing behind and is said in the run. */
export async function makeAskedDemo(
  db: Database,
  caller: Caller,
  runId: string,
  say: DemoOptions['said'] = () => undefined,
): Promise<void> {
  const run = await runOf(db, caller, runId)
  if (run === undefined || run.status === 'done' || run.status === 'cancelled') return
  if (run.params.demoTenantId !== undefined) await dropDemo(db, caller, run.params.demoTenantId).catch(() => undefined) // its founding had not come so far
  await dropUnfinishedDemos(db, caller)
  const { seed, language = 'zh-CN' } = run.params
  const note = (columns: Parameters<typeof updateDemoRun>[2]) =>
    db.transaction(caller, async (tx) => updateDemoRun(tx, runId, { heartbeatAt: tx.at, ...columns }))
  const tenantId = await db.transaction(caller, nextDemoId)
  await note({ status: 'running', params: { seed, language, demoTenantId: tenantId } })
  const said = async (done: number, total: number) => {
    await note({ done: BigInt(done), total: BigInt(total) })
    await say(done, total)
  }
  try {
    await makeDemo(db, { tenantId, seed, language, said })
  } catch (error) {
    await dropDemo(db, caller, tenantId).catch(() => undefined) // it was not founded
    await note({ status: 'failed', params: { seed, language }, result: { message: String(error).slice(0, 500) } })
    throw error
  }
  await note({ status: 'done', finishedAt: db.now() })
  await removeDemos(db, caller, runId)
}

async function runOf(db: Database, caller: Caller, runId: string): Promise<DemoRun | undefined> {
  return (await db.read(caller, demoRuns)).find(({ id }) => id === runId)
}
