import type { Caller } from '../../platform/caller.ts'
import type { Database, Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { insideTenant } from '../../platform/system-caller.ts'
import { isDemoCompany } from '../company/company.query.ts'
import { updateDemoRun } from './demo-run.store.ts'
import { type DemoRun, demoRuns } from './demo-runs.query.ts'

/** Demo companies have the numbers above this one; the database holds it as a constraint. */
export const DEMO_FROM = 900_000

/** A run that has said nothing for so long has lost its worker: another may be asked for. */
const SILENT_MS = 5 * 60_000
/** Numbers of companies among which half made ones are looked for. */
const LOOKED_BACK = 1_000

export function isUnderWay({ status, heartbeatAt, createdAt }: DemoRun, at: Date): boolean {
  return (status === 'waiting' || status === 'running') && at.getTime() - (heartbeatAt ?? createdAt).getTime() < SILENT_MS
}

/** The number of a demo company to come. */
export async function nextDemoId(tx: Tx): Promise<number> {
  return (await tx.one<{ id: number }>(sql`select (${DEMO_FROM}::int + nextval('ar.tenant_ids'))::int as id`)).id
}

/** Removes demo companies that this company has asked for, every row of them, but for the run named. The database refuses a company that is none. */
export async function removeDemos(db: Database, caller: Caller, except?: string): Promise<number> {
  const runs = (await db.read(caller, demoRuns)).filter(({ id, status }) => id !== except && status !== 'cancelled')
  for (const run of runs) await removeDemo(db, caller, run)
  return runs.length
}

async function removeDemo(db: Database, caller: Caller, { id, params: { demoTenantId } }: DemoRun): Promise<void> {
  if (demoTenantId !== undefined) await dropDemo(db, caller, demoTenantId)
  await db.transaction(caller, async (tx) => {
    updateDemoRun(tx, id, { status: 'cancelled', finishedAt: tx.at })
    tx.audit({ action: 'demo.removed', entity: 'demo', detail: { demoTenantId: demoTenantId ?? null } })
  })
}

/**
 * What killed programs left half made: such a company is in no list and nobody could ask for its removal. One that a run of any company is making at this moment stays. Looks through the
 * latest numbers only, one by one, because no statement sees several companies.
 */
export async function dropUnfinishedDemos(db: Database, caller: Caller): Promise<void> {
  const next = await db.transaction(caller, nextDemoId)
  const finished = new Set(await db.tenants())
  const beingMade = new Set<number | undefined>()
  for (const tenantId of finished)
    for (const run of await db.read(insideTenant(tenantId), demoRuns)) if (isUnderWay(run, db.now())) beingMade.add(run.params.demoTenantId)
  for (let id = Math.max(DEMO_FROM + 1, next - LOOKED_BACK); id < next; id += 1)
    if (!finished.has(id) && !beingMade.has(id) && (await db.read(insideTenant(id), isDemoCompany))) await dropDemo(db, caller, id)
}

/** Every row of one demo company; nothing where it is gone already. */
export async function dropDemo(db: Database, caller: Caller, demoTenantId: number): Promise<void> {
  await db.transaction(caller, async (tx) => {
    await tx.all(sql`select ar.remove_demo(${demoTenantId}::int) as gone`)
  })
}
