import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import type { Cadence, Period } from './schedule-day.ts'

/** Schedules of one company; more is refused. */
export const SCHEDULES_MOST = 200

export type ReportSchedule = {
  readonly id: string
  readonly report: string
  readonly name: string
  readonly query: Readonly<Record<string, string | string[]>>
  readonly period: Period
  readonly cadence: Cadence
  readonly onDay: number
  readonly atHour: number
  readonly people: string[]
  readonly attach: boolean
  readonly createdBy: string
  readonly version: number
}

const columns = sql`s.id, s.report, s.name, s.query, s.period, s.cadence, s.on_day, s.at_hour, s.people::text[] as people, s.attach, s.created_by, s.version`

export async function activeSchedules(
  reader: Reader,
  condition: Sql = sql`true`,
): Promise<(ReportSchedule & { peopleNames: string[]; createdByName: string })[]> {
  return reader.all(sql`select ${columns}, array(select p.name from ar.people p where p.tenant_id = s.tenant_id and p.id = any(s.people) order by p.name limit 50) as people_names, coalesce(m.name, '') as created_by_name
    from ar.report_schedules s left join ar.people m on m.tenant_id = s.tenant_id and m.id = s.created_by
    where s.tenant_id = ${reader.caller.tenantId} and s.status = 'active' and ${condition} order by s.report, s.name, s.id limit ${SCHEDULES_MOST}`)
}

/** Those that the caller made or gets; all of them for the administrator. */
export function schedulesOf(reader: Reader) {
  const { actorId, role } = reader.caller
  return activeSchedules(
    reader,
    role === 'administrator' ? sql`true` : sql`(s.created_by = ${actorId} or ${actorId}::uuid = any(s.people))`,
  )
}

export async function scheduleById(reader: Reader, id: string): Promise<ReportSchedule | undefined> {
  return (await activeSchedules(reader, sql`s.id = ${id}`))[0]
}

/** Schedules that have gone out on the day. */
export async function goneOut(reader: Reader): Promise<ReadonlySet<string>> {
  const rows = await reader.all<{ businessKey: string }>(
    sql`select r.business_key from ar.runs r where r.tenant_id = ${reader.caller.tenantId} and r.kind = 'reportSchedule' and r.created_at > ${reader.at}::timestamptz - interval '2 days'
      and r.business_key like ${`% ${reader.today}`} limit 1000`,
  )
  return new Set(rows.map(({ businessKey }) => businessKey.split(' ')[0]!))
}
