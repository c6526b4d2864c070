import { type Day, daysBetween, startOfMonth } from '../../../kernel/day.ts'
import type { Reader } from '../../../platform/db.ts'
import { keptSales, monthEndsBefore, type OpenByDueDay, openAtMonthEnds, openByDueDay } from '../../ageing/month-end-sums.query.ts'
import { countbackDso } from '../kpi/countback-dso.ts'
import { countbackSales } from '../kpi/countback-sales.query.ts'
import type { SalesPeriod } from '../kpi/days-sales-outstanding.ts'
import type { KpiFigure } from '../kpi/formula.ts'
import { daysIn, monthsBack } from '../kpi/kpi-periods.ts'
import { type KpiSettings, kpiSettings, salesOf, salesPart } from '../kpi/kpi-settings.query.ts'
import { figuresOfPeriods } from '../kpi/period-figures.query.ts'

/** What was receivable at a month end, or today (the last one), by age. Minor units of the base currency; `buckets` in the order of HOME_BUCKETS, their sum is `total`. */
export type MonthFigures = { readonly on: Day; readonly buckets: readonly bigint[]; readonly total: bigint; readonly overdue: bigint }

/** Days overdue with which a class begins; what comes before the first is not due. The last has no end. */
export const HOME_BUCKETS = [1, 31, 61, 91, 181] as const
/** Months shown: the ends of eleven, and today. */
const MONTHS = 11
/** Months of sales that are read beside the one to date: as many month ends as are kept. */
const SALES_MONTHS = 13

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
 * Days of sales that stand in the receivables (countback, as in the DSO report) at each of the month ends and today. Sales of kept months are read from there, the others from the entries. Of a past
 * month whose receivables reach back beyond the thirteen months that are read there is none; of today they are then looked for as far as the report does.
 */
export async function dsoByMonth(reader: Reader, months: readonly MonthFigures[]): Promise<(KpiFigure | undefined)[]> {
  const { today } = reader
  const settings = await kpiSettings(reader)
  const sales = await salesByMonth(reader, settings)
  const figures = months.map(({ on, total }) => countbackDso(total, knownSales(on, sales)))
  const now = figures.at(-1)!
  if (now.isAtLeast) {
    const further = await countbackSales(reader, EVERYTHING, settings, [today])
    figures[figures.length - 1] = countbackDso(months.at(-1)!.total, further.get(today)!)
  }
  return figures.map((figure, at) => (figure.isAtLeast && at < figures.length - 1 ? undefined : figure))
}

const EVERYTHING = { currency: undefined, filters: {} } as const

/** By the last day of the month, or today. Kept sales are with VAT. */
async function salesByMonth(reader: Reader, settings: KpiSettings): Promise<Map<Day, bigint>> {
  const { today } = reader
  const ends = monthEndsBefore(today, SALES_MONTHS)
  const kept = salesPart(settings) === 'sales' ? await keptSales(reader, ends) : new Map<Day, bigint>()
  const periods = [...ends.filter((end) => !kept.has(end)), today].map((to) => ({ from: startOfMonth(to), to }))
  const sold = await figuresOfPeriods(reader, EVERYTHING, periods, [salesPart(settings)])
  return new Map([...kept, ...periods.map(({ to }, at) => [to, salesOf(sold[at]!, settings)] as const)])
}

/** The newest month first, as far as sales are known. */
function knownSales(on: Day, sales: ReadonlyMap<Day, bigint>): SalesPeriod[] {
  const back = monthsBack(on, SALES_MONTHS + 1)
  const end = back.findIndex(({ to }) => !sales.has(to))
  return back.slice(0, end === -1 ? back.length : end).map((month) => ({ sales: sales.get(month.to)!, days: daysIn(month) }))
}
