import { addDays, addMonths, type Day, laterDay, startOfMonth } from '../../../kernel/day.ts'
import type { Reader, Tx } from '../../../platform/db.ts'
import { sql } from '../../../platform/sql.ts'
import { postedUpTo } from '../../ageing/month-ends.query.ts'
import { standingOnDays } from './balance-facts.query.ts'
import { factSums, type KpiKey } from './fact-row.query.ts'
import { keptMonths } from './kept-months.query.ts'
import { deleteKpiMonths, insertKpiMonth } from './kpi-month.store.ts'
import { movementFacts } from './movement-facts.query.ts'

/** Months kept before this one: a chart of a year, and countback from its first month. */
const MONTHS_KEPT = 36
const EVERYTHING = { currency: undefined, filters: {} }
const KEYS: readonly KpiKey[] = ['customer', 'salesperson', 'region']

/** Last days of the months that should be kept and are not, or are no longer right, the earliest first; and those that need not be kept any more. */
export async function kpiMonthsToMake(reader: Reader): Promise<{ missing: Day[]; surplus: Day[] }> {
  const t = reader.caller.tenantId
  const { firstOn } = await reader.one<{ firstOn: Day | null }>(
    sql`select min(e.entry_on) as first_on from ar.receivable_entries e where e.tenant_id = ${t}`,
  )
  const right = await keptMonths(reader, EVERYTHING)
  const stored = await reader.all<{ onDay: Day }>(sql`select m.on_day from ar.kpi_months m where m.tenant_id = ${t}`)
  const wanted: Day[] = []
  if (firstOn !== null) {
    const first = laterDay(startOfMonth(firstOn), addMonths(startOfMonth(reader.today), -MONTHS_KEPT))
    for (let next = addMonths(first, 1); next <= reader.today; next = addMonths(next, 1)) wanted.push(addDays(next, -1))
  }
  return { missing: wanted.filter((on) => !right.has(on)), surplus: stored.map(({ onDay }) => onDay).filter((on) => !wanted.includes(on)) }
}

/** Keeps the figures of the month that ends on the day, from the entries alone: figures and marks are those of one snapshot. */
export async function keepKpiMonth(tx: Tx, onDay: Day): Promise<void> {
  await deleteKpiMonths(tx, [onDay])
  const periods = [{ place: 0, from: startOfMonth(onDay), to: onDay }]
  const moved = movementFacts(tx, { to: onDay, ...EVERYTHING }, { keys: KEYS, periods, parts: ['sales', 'salesNet', 'money'] })
  const standing = standingOnDays(tx, EVERYTHING, KEYS, [{ place: 0, on: onDay, as: 'closing' }])
  const keys = sql.join(KEYS.map((key) => sql.ref(`f.k_${key}`)))
  await insertKpiMonth(tx, onDay, {
    ...postedUpTo(tx, sql`${onDay}::date`),
    figures: sql`select * from (select ${keys}, ${factSums()} from (${moved} union all ${standing}) f group by ${keys}) f
      where f.brought_in <> 0 or f.sales <> 0 or f.sales_net <> 0 or f.collected <> 0 or f.adjusted <> 0 or f.closing <> 0 or f.waited <> 0 or f.late <> 0`,
  })
}

/** Forgets months. What they held follows from the entries. */
export async function forgetKpiMonths(tx: Tx, onDays: readonly Day[]): Promise<void> {
  await deleteKpiMonths(tx, onDays)
}
