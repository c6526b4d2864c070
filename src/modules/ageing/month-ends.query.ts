import { addMonths, type Day, periodOf } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import type { AgeingQuestion } from './ageing-filters.query.ts'
import { nearestMonthEnd } from './month-ends.ts'

/** Nothing is posted further ahead of its day (see vouchers): series of months after that are those of a century ago. */
const MONTHS_AHEAD = 25

/**
 * `posted` and `moved` of a month end as they are now (see the table). A voucher's number is given in the commit of its entries, so that a snapshot of the database shows both or
 * neither; every entry has a voucher of its own day, except moves.
 */
export function postedUpTo({ caller, today }: Pick<Reader, 'caller' | 'today'>, onDay: Sql): { posted: Sql; moved: Sql } {
  const t = caller.tenantId
  const last = String(periodOf(addMonths(today, MONTHS_AHEAD))).slice(2)
  return {
    posted: sql`(select coalesce(sum(n.last), 0)::bigint from ar.number_series n where n.tenant_id = ${t} and n.series like 'V-____'
      and not (substr(n.series, 3) > to_char(${onDay}, 'YYMM') and substr(n.series, 3) <= ${last}))`,
    moved: sql`(select count(*) from ar.receivable_entries e where e.tenant_id = ${t} and e.voucher_id is null and e.entry_on <= ${onDay})`,
  }
}

/** The month ends that are kept and still right: nothing was entered up to them since. Those of the whole company only: whoever sees a part of it has few items. */
export async function trueMonthEnds(reader: Reader): Promise<Day[]> {
  const { tenantId, scope } = reader.caller
  if (scope.kind !== 'all') return []
  const { posted, moved } = postedUpTo(reader, sql`m.on_day`)
  const rows = await reader.report<{ onDay: Day }>(
    sql`select m.on_day from ar.month_ends m where m.tenant_id = ${tenantId} and m.posted = ${posted} and m.moved = ${moved} order by m.on_day`,
  )
  return rows.map(({ onDay }) => onDay)
}

/** Whether this month end is kept and right. */
export function isTrue(reader: Pick<Reader, 'caller' | 'today'>, onDay: Sql): Sql {
  const { posted, moved } = postedUpTo(reader, onDay)
  return sql`exists (select 1 from ar.month_ends b where b.tenant_id = ${reader.caller.tenantId} and b.on_day = ${onDay} and b.posted = ${posted} and b.moved = ${moved})`
}

/** From where a report of its day starts: from what is open now, less what was `enteredAfter` the day, or from a month end. */
export type Start = { readonly enteredAfter: boolean; readonly monthEnd?: Day | undefined }
export async function startOf(reader: Reader, { asOf }: AgeingQuestion): Promise<Start> {
  const [later] = await reader.report<{ found: boolean }>(
    sql`select exists (select 1 from ar.receivable_entries e where e.tenant_id = ${reader.caller.tenantId} and e.entry_on > ${asOf}::date) as found`,
  )
  if (!later!.found) return { enteredAfter: false }
  const monthEnd = nearestMonthEnd(await trueMonthEnds(reader), asOf, reader.today)
  return { enteredAfter: true, monthEnd }
}

/** The entries between the day of a report and where it starts, and whether they are added (+) or taken back (-). `e` are the entries. */
export function entriesBetween(question: AgeingQuestion, { monthEnd }: Start): { condition: Sql; sign: Sql } {
  const { asOf } = question
  if (monthEnd === undefined) return { condition: sql`e.entry_on > ${asOf}::date`, sign: sql`-` }
  return monthEnd <= asOf
    ? { condition: sql`e.entry_on > ${monthEnd}::date and e.entry_on <= ${asOf}::date`, sign: sql`+` }
    : { condition: sql`e.entry_on > ${asOf}::date and e.entry_on <= ${monthEnd}::date`, sign: sql`-` }
}
