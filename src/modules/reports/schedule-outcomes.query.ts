import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { leftOutReasons } from './report-schedules.api.ts'

/** Who got none, and why. */
export type LeftOut = { readonly personId: string; readonly reason: (typeof leftOutReasons)[number] }
/** What a run of a schedule keeps: the people to whom it was written, and the others. */
export type ScheduleResult = { readonly reached: readonly string[]; readonly leftOut: readonly LeftOut[] }

export type ScheduleOutcome = {
  onDay: Day
  isDone: boolean
  reached: number
  leftOut: { name: string; reason: LeftOut['reason'] }[]
  messages: Record<string, number>
}
type Row = {
  scheduleId: string
  onDay: Day
  isDone: boolean
  result: ScheduleResult | null
  names: Record<string, string>
  messages: Record<string, number>
}

/** The last day on which each schedule went out, and what became of its mails by now. One statement; mails outside of the caller's scope are not counted. */
export async function lastOutcomes(
  reader: Reader,
  schedules: readonly { readonly id: string }[],
): Promise<ReadonlyMap<string, ScheduleOutcome>> {
  const t = reader.caller.tenantId
  const rows = await reader.all<Row>(sql`select s.id as schedule_id, r.params ->> 'day' as on_day, r.status = 'done' as is_done, r.result,
      (select coalesce(jsonb_object_agg(p.id, p.name), '{}') from ar.people p where p.tenant_id = ${t} and p.id in (select (l ->> 'personId')::uuid from jsonb_array_elements(r.result -> 'leftOut') l)) as names,
      (select coalesce(jsonb_object_agg(m.status, m.count), '{}') from (select x.status, count(*)::int as count from ar.messages x
        where x.tenant_id = ${t} and x.business_key in (select 'report ' || s.id || ' ' || (r.params ->> 'day') || ' ' || p from jsonb_array_elements_text(r.result -> 'reached') p) group by x.status) m) as messages
    from unnest(${schedules.map(({ id }) => id)}::uuid[]) s(id) cross join lateral (
      select q.params, q.status, q.result from ar.runs q where q.tenant_id = ${t} and q.kind = 'reportSchedule' and q.business_key >= s.id || ' 0' and q.business_key < s.id || ' 9999'
      order by q.business_key desc limit 1) r`)
  return new Map(
    rows.map(({ scheduleId, onDay, isDone, result, names, messages }) => [
      scheduleId,
      {
        onDay,
        isDone,
        reached: result?.reached.length ?? 0,
        leftOut: (result?.leftOut ?? []).map(({ personId, reason }) => ({ name: names[personId] ?? '', reason })),
        messages,
      },
    ]),
  )
}
