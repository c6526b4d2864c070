import type { Caller } from '../../platform/caller.ts'
import type { Database, Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { updateDemoRun } from './demo-run.store.ts'
import { type DemoRun, demoRuns } from './demo-runs.query.ts'

/** Demo companies have the numbers above this one; the database holds it as a constraint. */
export const DEMO_FROM = 900_000

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

/** Every row of one demo company; nothing where it is gone already. */
export async function dropDemo(db: Database, caller: Caller, demoTenantId: number): Promise<void> {
  await db.transaction(caller, async (tx) => {
    await tx.all(sql`select ar.remove_demo(${demoTenantId}::int) as gone`)
  })
}
