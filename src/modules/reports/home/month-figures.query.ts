import { addDays, addMonths, type Day, daysBetween, endOfMonth, startOfMonth } from '../../../kernel/day.ts'
import type { Reader } from '../../../platform/db.ts'
import { keptSales, monthEndsBefore, type OpenByDueDay, openAtMonthEnds, openByDueDay } from '../../ageing/month-end-sums.query.ts'
import { countbackDso } from '../kpi/countback-dso.ts'
import type { SalesPeriod } from '../kpi/days-sales-outstanding.ts'
import type { KpiFigure } from '../kpi/formula.ts'
import { figuresOfPeriods } from '../kpi/period-figures.query.ts'

/** What was receivable at a month end, or today (the last one), by age. Minor units of the base currency; `buckets` in the order of HOME_BUCKETS, their sum is `total`. */
export type MonthFigures = { readonly on: Day; readonly buckets: readonly bigint[]; readonly total: bigint; readonly overdue: bigint }

/** Days overdue with which a class begins; what comes before the first is not due. The last has no end. */
export const HOME_BUCKETS = [1, 31, 61, 91, 181] as const
/** Months shown: the ends of eleven, and today. */
const MONTHS = 11
/** Months of sales that days of sales may reach back, beyond the first month shown: two years. */
const SALES_MONTHS = 24

/** The ends of the last eleven months and today. A young company's months before its first balance are left out. */
export async function monthFigures(reader: Reader): Promise<MonthFigures[]> {
  const [ended, now] = await Promise.all([openAtMonthEnds(reader, monthEndsBefore(reader.today, MONTHS)), openByDueDay(reader)])
  const all = [...ended, [reader.today, now] as const].map(([on, open]) => byAge(on, open))
  const first = all.findIndex(({ total }) => total !== 0n)
  return first === -1 ? all.slice(-1) : all.slice(first)
}

function byAge(on: Day, open: OpenByDueDay): MonthFigures {
  const buckets: bigint[] = [0n, ...HOME_BUCKETS.map(() => 0n)]
  for (const [dueOn, amount] of open) {
    const late = daysBetween(dueOn, on)
    const at = HOME_BUCKETS.findLastIndex((from) => late >= from) + 1
    buckets[at] = buckets[at]! + amount
  }
  const total = buckets.reduce((sum, one) => sum + one, 0n)
  return { on, buckets, total, overdue: total - buckets[0]! }
}

/**
 * Days of sales that stand in the receivables (countback) at each of the month ends and today: whole months back from the newest, the month to date with the days it has. Sales of kept months are
 * read from there, the others from the entries.
 */
export async function dsoByMonth(reader: Reader, months: readonly MonthFigures[]): Promise<KpiFigure[]> {
  const { today } = reader
  const ends = monthEndsBefore(today, months.length + SALES_MONTHS)
  const kept = await keptSales(reader, ends)
  const periods = [...ends.filter((end) => !kept.has(end)), today].map((to) => ({ from: startOfMonth(to), to }))
  const sold = await figuresOfPeriods(reader, { currency: undefined, filters: {} }, periods, ['sales'])
  const sales = new Map<Day, bigint>([...kept, ...periods.map(({ to }, at) => [to, sold[at]!.sales] as const)])
  return months.map(({ on, total }) => countbackDso(total, monthsBack(on, sales)))
}

/** The newest month first: that of the day, to date, then those before as far as sales are known. */
function monthsBack(on: Day, sales: ReadonlyMap<Day, bigint>): SalesPeriod[] {
  const found: SalesPeriod[] = []
  for (let end = on; sales.has(end) && found.length < SALES_MONTHS; end = endOfMonth(addMonths(startOfMonth(end), -1)))
    found.push({ sales: sales.get(end)!, days: daysBetween(startOfMonth(end), addDays(end, 1)) })
  return found
}
