import { z } from 'zod'
import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import { changes } from '../../platform/audit.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { reportDefinition } from './definitions/index.ts'
import { type Asked, reportQuestion } from './report-question.query.ts'
import { insertSchedule, markEnded, updateSchedule } from './report-schedule.store.ts'
import { activeSchedules, type ReportSchedule, SCHEDULES_MOST, scheduleById } from './report-schedules.query.ts'
import { readReport } from './reports.api.ts'
import { allowReport } from './run-report.query.ts'
import { SEND_REPORTS_TASK } from './send-reports-task.ts'

export type NewSchedule = Omit<ReportSchedule, 'id' | 'createdBy' | 'version'>

/**
 * Sends a report by mail from now on. Throws what the report itself would say to such a question, reports.periodNotTaken, reports.wrongWeekday, reports.tooManySchedules, and
 * platform.notFound for people who are not there or no longer active.
 */
export async function addSchedule(tx: Tx, schedule: NewSchedule): Promise<string> {
  const [all] = await Promise.all([activeSchedules(tx), judge(tx, schedule, schedule.people)])
  if (all.length >= SCHEDULES_MOST) throw new Problem('reports.tooManySchedules', { most: SCHEDULES_MOST })
  const id = uuid()
  insertSchedule(tx, { id, ...schedule, people: [...new Set(schedule.people)] })
  tx.audit({
    action: 'reports.scheduled',
    entity: 'reportSchedule',
    entityId: id,
    after: { report: schedule.report, cadence: schedule.cadence, people: schedule.people },
  })
  return id
}

/** The same of a schedule that is there; its report stays. Who has left since may stay among its people, so that the others need not be chosen anew. */
export async function changeSchedule(
  tx: Tx,
  { id, version }: { id: string; version: number },
  change: Omit<NewSchedule, 'report'>,
): Promise<void> {
  const { report, ...before } = await changeable(tx, id)
  const people = [...new Set(change.people)]
  await judge(
    tx,
    { ...change, report },
    people.filter((person) => !before.people.includes(person)),
  )
  updateSchedule(tx, { id, version, ...change, people })
  tx.audit({
    action: 'reports.scheduleChanged',
    entity: 'reportSchedule',
    entityId: id,
    ...(changes(before, { ...change, people }) ?? { before: {}, after: {} }),
    detail: { report, name: change.name },
  })
}

/** To the caller alone, at once, as it would go out now. Whoever made the schedule or gets it may try it, and the administrator. */
export async function tryScheduleOut(tx: Tx, id: string): Promise<void> {
  const { actorId } = tx.caller
  const found = await scheduleById(tx, id)
  if (!found || !(mayChange(tx.caller, found) || found.people.includes(actorId))) throw missing('reportSchedule')
  allowReport(tx, reportDefinition(found.report))
  const minute = tx.at.toISOString().slice(0, 16)
  tx.job(SEND_REPORTS_TASK, { scheduleId: id, trial: minute, personId: actorId }, `${SEND_REPORTS_TASK} ${id} ${actorId} ${minute}`, {
    oneAtATime: true,
  })
  tx.audit({ action: 'reports.scheduleTried', entity: 'reportSchedule', entityId: id, detail: { report: found.report, name: found.name } })
}

/** By whoever made it, or by the administrator; for others it is not there. */
export async function endSchedule(tx: Tx, { id, version }: { id: string; version: number }): Promise<void> {
  const { report, name } = await changeable(tx, id)
  markEnded(tx, { id, version })
  tx.audit({ action: 'reports.scheduleEnded', entity: 'reportSchedule', entityId: id, before: { report, name } })
}

export function mayChange({ actorId, role }: Caller, { createdBy }: Pick<ReportSchedule, 'createdBy'>): boolean {
  return createdBy === actorId || role === 'administrator'
}

async function changeable(tx: Tx, id: string): Promise<ReportSchedule> {
  const found = await scheduleById(tx, id)
  if (!found || !mayChange(tx.caller, found)) throw missing('reportSchedule')
  return found
}

async function judge(tx: Tx, schedule: NewSchedule, people: readonly string[]): Promise<void> {
  const definition = reportDefinition(schedule.report)
  allowReport(tx, definition)
  reportQuestion(tx, definition, askedOf(schedule.query))
  if (schedule.period !== 'usual' && definition.time.kind !== 'range') throw new Problem('reports.periodNotTaken', {}, { path: 'period' })
  if (schedule.cadence === 'weekly' && schedule.onDay > 7) throw new Problem('reports.wrongWeekday', {}, { path: 'onDay' })
  const { active } = await tx.one<{ active: number }>(
    sql`select count(*)::int as active from ar.people p where p.tenant_id = ${tx.caller.tenantId} and p.id = any(${people}::uuid[]) and p.status = 'active'`,
  )
  if (active !== new Set(people).size) throw missing('person')
}

/** The stored query as the report's own route reads it: the time is the schedule's period. Throws platform.invalid for what the route does not take. */
export function askedOf(query: ReportSchedule['query']): Asked {
  const { from: _f, to: _t, asOf: _a, cursor: _c, limit: _l, sort: _s, ...kept } = query
  const read = z.safeParse(readReport.query as z.ZodType<Asked & { sort?: string; cursor?: string; limit?: number }>, kept)
  if (!read.success) throw new Problem('reports.wrongSchedule', {}, { kind: 'invalid', path: 'query' })
  const { sort: _sort, cursor: _cursor, limit: _limit, ...asked } = read.data
  return asked
}
