import { uuid } from '../kernel/uuid.ts'
import { type Caller, SYSTEM_ACTOR } from './caller.ts'
import type { Database } from './db.ts'
import type { Job } from './jobs.ts'
import { sql } from './sql.ts'

/** How often the clock looks whether a tenant's day has begun. */
const LOOK_EVERY_MS = 60_000

/**
 * Asks for the daily jobs of a tenant once on each of its calendar days, whatever zone it lives in and however many workers look: the row of ar.runs is unique. A day on
 * which no worker ran is not made up for: daily jobs look at the state, not at the calendar. Returns whether this call began the day.
 */
export async function beginDay(db: Database, caller: Caller, tasks: readonly string[]): Promise<boolean> {
  return db.transaction(caller, async (tx) => {
    const begun = await tx.maybe(
      sql`select 1 from ar.runs r where r.tenant_id = ${caller.tenantId} and r.kind = 'daily' and r.business_key = ${tx.today}`,
    )
    if (begun) return false
    tx.insert('runs', [
      { id: uuid(), kind: 'daily', businessKey: tx.today, status: 'done', params: { tasks }, createdBy: SYSTEM_ACTOR, finishedAt: tx.at },
    ])
    for (const task of tasks) tx.job(task, { day: tx.today }, `${task} ${caller.tenantId}`)
    return true
  })
}

/** One look at one tenant: begins its day if it has not begun, and lets every job look after what was left behind. */
export async function lookAfter(db: Database, caller: Caller, jobs: readonly Job[]): Promise<void> {
  const daily = jobs.filter((job) => job.isDaily).map((job) => job.task)
  await beginDay(db, caller, daily)
  for (const { everyMinute } of jobs) if (everyMinute) await db.transaction(caller, everyMinute)
}

/** Looks at all tenants every minute until stopped. */
export function startClock(
  db: Database,
  callerOf: (tenantId: number) => Promise<Caller>,
  jobs: readonly Job[],
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  let wake: () => void = () => undefined
  let stopped = false
  const loop = (async () => {
    while (!stopped) {
      try {
        for (const tenantId of await db.tenants()) await lookAfter(db, await callerOf(tenantId), jobs)
      } catch (error) {
        onError(error)
      }
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, LOOK_EVERY_MS).unref()
      })
    }
  })()
  return {
    stop: async () => {
      stopped = true
      wake()
      await loop
    },
  }
}
