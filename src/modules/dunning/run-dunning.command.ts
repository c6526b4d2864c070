import type { Day } from '../../kernel/day.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Database, Reader, Tx } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { companyCalendars } from '../receivables/order-facts.query.ts'
import { isWorkingDay } from '../terms/calendar.ts'
import { closeCases, insertNotices } from './case.store.ts'
import { customersToJudge, horizonOn } from './due-facts.query.ts'
import { readDunningSettings } from './dunning-settings.query.ts'
import { goesOn, isNamedOpen } from './open-cases.query.ts'
import type { NotPlanned } from './plan.ts'
import { contactedLately } from './recipients.query.ts'
import { endRun, saveProgress } from './run.store.ts'
import { addCounts, noCounts, type RunCounts } from './run-counts.ts'
import { leftOutCounts, leftOutShown } from './run-result.ts'
import { takeLevels } from './take-levels.command.ts'

/** Customers who are judged, and take their levels, in one transaction. */
const CHUNK = 5_000
/** Cases that are closed in one transaction. */
const CLOSED_MOST = 2_000
const CLOSE_ROUNDS_MOST = 1_000

type RunRow = {
  readonly status: string
  readonly onDay: Day
  readonly done: bigint
  readonly total: bigint | null
  readonly result: { counts?: RunCounts } | null
}

/**
 * The run of one company and one day. Cases that are over are closed; then everybody with something due is judged, chunk by chunk, and takes a level in the same transaction when
 * its time has come; then the people concerned are told. A run that was cut off goes on where it stopped: what a case has taken today it does not take again. A run of a day that is over is
 * cancelled: its cases are judged again today. Does nothing when the run has ended.
 */
export async function runDunning(db: Database, caller: Caller, runId: string, customersAtOnce = CHUNK): Promise<void> {
  const begun = await db.transaction(caller, (tx) => begin(tx, runId))
  if (begun === undefined) return
  const { customerIds, calendar, contacted, mostContacts, horizon } = await db.read(caller, (reader) => dayOfRun(reader, begun.onDay))
  for (let round = 0; round < CLOSE_ROUNDS_MOST; round += 1) {
    const closed = await db.transaction(caller, (tx) => closeAll(tx, runId, horizon))
    if (closed < CLOSED_MOST) break
  }
  const left: NotPlanned[] = []
  for (let from = 0; from < customerIds.length; from += customersAtOnce) {
    const some = customerIds.slice(from, from + customersAtOnce)
    const judged = await db.transaction(caller, async (tx) => {
      const run = await lockRunning(tx, runId)
      if (run === undefined) return undefined
      // what was settled since the run began: its customer may owe something else, for which a case opens
      const closed = await closeOver(tx, runId, sql`k.customer_id = any(${some}::uuid[])`, horizon)
      // counted anew in every attempt of the transaction: a copy, kept only when it has committed
      const counted = new Map(contacted)
      const { counts, notPlanned } = await takeLevels(tx, { runId, customerIds: some, calendar, contacted: counted, mostContacts })
      saveProgress(tx, runId, {
        done: run.done + BigInt(some.length),
        total: run.done + BigInt(customerIds.length - from),
        result: { counts: addCounts(addCounts(run.result?.counts ?? noCounts, { ...noCounts, closed }), counts) },
      })
      return { counted, notPlanned }
    })
    if (judged === undefined) return
    for (const [address, count] of judged.counted) contacted.set(address, count)
    left.push(...judged.notPlanned)
  }
  await db.transaction(caller, (tx) => finish(tx, runId, left))
}

/** Whom the run judges, and what it holds against everybody. */
async function dayOfRun(reader: Reader, onDay: Day) {
  const calendar = (await companyCalendars(reader))('cn')
  const [customerIds, contacted, { mostContacts }, horizon] = await Promise.all([
    customersToJudge(reader, { onDay, calendar }),
    contactedLately(reader, onDay),
    readDunningSettings(reader),
    horizonOn(reader, onDay, calendar),
  ])
  return { customerIds, calendar, contacted, mostContacts, horizon }
}

/** The run under lock while it is to go on; a run of another day is cancelled here. */
async function lockRunning(tx: Tx, runId: string): Promise<RunRow | undefined> {
  const run = await tx.maybe<RunRow>(sql`select r.status, r.params ->> 'onDay' as on_day, r.done, r.total, r.result from ar.runs r
    where r.tenant_id = ${tx.caller.tenantId} and r.id = ${runId} and r.kind = 'dunning' for no key update`)
  if (run === undefined || (run.status !== 'waiting' && run.status !== 'running')) return undefined
  if (run.onDay === tx.today) return run
  endRun(tx, runId, 'cancelled', { counts: run.result?.counts ?? noCounts, problem: 'dunning.dayIsOver' })
  tx.audit({ action: 'dunning.runCancelled', entity: 'dunningRun', entityId: runId, detail: { onDay: run.onDay } })
  return undefined
}

async function begin(tx: Tx, runId: string): Promise<RunRow | undefined> {
  const run = await lockRunning(tx, runId)
  if (run === undefined) return undefined
  const calendar = (await companyCalendars(tx))('cn')
  if (!isWorkingDay(calendar, run.onDay)) {
    endRun(tx, runId, 'cancelled', { counts: noCounts, problem: 'dunning.restDay' })
    return undefined
  }
  saveProgress(tx, runId, { done: run.done, total: run.total ?? 0n, result: { counts: run.result?.counts ?? noCounts } })
  return run
}

/** Cases that are over: nothing that they ever named is open any more, or what is left is disputed or paused while something else is to be chased. */
async function closeAll(tx: Tx, runId: string, horizon: Day): Promise<number> {
  const run = await lockRunning(tx, runId)
  if (run === undefined) return 0
  const closed = await closeOver(tx, runId, sql`true`, horizon)
  if (closed === 0) return 0
  const counts = addCounts(run.result?.counts ?? noCounts, { ...noCounts, closed })
  saveProgress(tx, runId, { done: run.done, total: run.total ?? 0n, result: { counts } })
  return closed
}

async function closeOver(tx: Tx, runId: string, which: Sql, horizon: Day): Promise<number> {
  const t = tx.caller.tenantId
  const over = await tx.report<{
    id: string
    version: number
    isLeft: boolean
  }>(sql`select k.id, k.version, ${isNamedOpen(t)} as is_left from ar.dunning_cases k
    where k.tenant_id = ${t} and k.closed_on is null and ${which} and not ${goesOn(t, tx.today, horizon)} order by k.id limit ${CLOSED_MOST} for no key update of k`)
  if (over.length === 0) return 0
  closeCases(
    tx,
    over.map(({ isLeft, ...one }) => ({ ...one, how: isLeft ? 'excluded' : 'settled' })),
  )
  tx.audit({ action: 'dunning.casesClosed', entity: 'dunningRun', entityId: runId, detail: { cases: over.map(({ id }) => id) } })
  await tx.flush() // what comes next in this transaction reads the cases that are open
  return over.length
}

/** Everybody who has new tasks by this run is told once; the result says who was left out. */
async function finish(tx: Tx, runId: string, notPlanned: readonly NotPlanned[]): Promise<void> {
  const run = await lockRunning(tx, runId)
  if (run === undefined) return
  const t = tx.caller.tenantId
  const told = await tx.report<{
    personId: string
    count: number
    caseId: string
    name: string
  }>(sql`select k.person_id, count(*)::int as count,
      (array_agg(s.case_id order by s.id))[1] as case_id, (array_agg(c.name order by s.id))[1] as name
    from ar.dunning_steps s join ar.tasks k on k.tenant_id = ${t} and k.id = s.task_id join ar.customers c on c.tenant_id = ${t} and c.id = s.customer_id
    where s.tenant_id = ${t} and s.run_id = ${runId} group by k.person_id order by k.person_id`)
  insertNotices(
    tx,
    told.map(({ personId, count, caseId, name }) =>
      count === 1
        ? { id: uuid(), personId, kind: 'dunning.task', params: { name }, entity: 'dunningCase', entityId: caseId }
        : { id: uuid(), personId, kind: 'dunning.tasks', params: { name, count }, entity: 'dunningRun', entityId: runId },
    ),
  )
  // what took its level in this very run before it was cut off is no longer somebody left out
  const left = notPlanned.filter(({ reason }) => reason !== 'doneToday')
  const counts = run.result?.counts ?? noCounts
  endRun(tx, runId, 'done', { counts, leftOut: leftOutCounts(left), notPlanned: leftOutShown(left, tx.caller.baseCurrency, tx.today) })
  tx.audit({
    action: 'dunning.runDone',
    entity: 'dunningRun',
    entityId: runId,
    after: { onDay: run.onDay, ...counts },
    detail: { leftOut: leftOutCounts(left) },
  })
}
