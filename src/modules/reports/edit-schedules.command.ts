import { z } from 'zod'
import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { reportDefinition } from './definitions/index.ts'
import { type Asked, reportQuestion } from './report-question.query.ts'
import { insertSchedule, markEnded } from './report-schedule.store.ts'
import { activeSchedules, type ReportSchedule, SCHEDULES_MOST, scheduleById } from './report-schedules.query.ts'
import { readReport } from './reports.api.ts'
import { allowReport } from './run-report.query.ts'

export type NewSchedule = Omit<ReportSchedule, 'id' | 'createdBy' | 'version'>

/**
 * Sends a report by mail from now on. Throws what the report itself would say to such a question, reports.periodNotTaken, reports.wrongWeekday, reports.tooManySchedules, and
 * platform.notFound for people who are not there or no longer active.
 */
export async function addSchedule(tx: Tx, schedule: NewSchedule): Promise<string> {
  const definition = reportDefinition(schedule.report)
  allowReport(tx, definition)
  reportQuestion(tx, definition, askedOf(schedule.query))
  if (schedule.period !== 'usual' && definition.time.kind !== 'range') throw new Problem('reports.periodNotTaken', {}, { path: 'period' })
  if (schedule.cadence === 'weekly' && schedule.onDay > 7) throw new Problem('reports.wrongWeekday', {}, { path: 'onDay' })
  const [{ active }, all] = await Promise.all([
    tx.one<{ active: number }>(
      sql`select count(*)::int as active from ar.people p where p.tenant_id = ${tx.caller.tenantId} and p.id = any(${schedule.people}::uuid[]) and p.status = 'active'`,
    ),
    activeSchedules(tx),
  ])
  if (active !== new Set(schedule.people).size) throw missing('person')
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

/** By whoever made it, or by the administrator; for others it is not there. */
export async function endSchedule(tx: Tx, { id, version }: { id: string; version: number }): Promise<void> {
  const found = await scheduleById(tx, id)
  if (!found || (found.createdBy !== tx.caller.actorId && tx.caller.role !== 'administrator')) throw missing('reportSchedule')
  markEnded(tx, { id, version })
  tx.audit({ action: 'reports.scheduleEnded', entity: 'reportSchedule', entityId: id, before: { report: found.report, name: found.name } })
}

/** The stored query as the report's own route reads it: the time is the schedule's period. Throws platform.invalid for what the route does not take. */
export function askedOf(query: ReportSchedule['query']): Asked {
  const { from: _f, to: _t, asOf: _a, cursor: _c, limit: _l, sort: _s, ...kept } = query
  const read = z.safeParse(readReport.query as z.ZodType<Asked & { sort?: string; cursor?: string; limit?: number }>, kept)
  if (!read.success) throw new Problem('reports.wrongSchedule', {}, { kind: 'invalid', path: 'query' })
  const { sort: _sort, cursor: _cursor, limit: _limit, ...asked } = read.data
  return asked
}
