import type { Day } from '../../../kernel/day.ts'
import type { Reader } from '../../../platform/db.ts'
import type { ReportQuestion } from '../report-definition.query.ts'
import type { SalesPeriod } from './days-sales-outstanding.ts'
import { daysIn, monthsBack } from './kpi-periods.ts'
import { type KpiSettings, salesOf, salesPart } from './kpi-settings.query.ts'
import { figuresOnce } from './period-figures.query.ts'

/** How far back receivables are looked for in sales; what is older makes the figure an "at least". */
export const COUNTBACK_MONTHS = 24

/** By day: the sales of the months up to it, the newest first, for countbackDso. One statement for all days. */
export async function countbackSales(
  reader: Reader,
  question: Pick<ReportQuestion, 'currency' | 'filters'>,
  settings: KpiSettings,
  days: readonly Day[],
): Promise<ReadonlyMap<Day, readonly SalesPeriod[]>> {
  const months = new Map(
    days.flatMap((on) => monthsBack(on, COUNTBACK_MONTHS).map((month) => [`${month.from} ${month.to}`, month] as const)),
  )
  const found = await figuresOnce(reader, question, [...months.values()], [salesPart(settings)])
  const sales = new Map([...months.keys()].map((key, index) => [key, salesOf(found[index]!, settings)]))
  return new Map(
    days.map((on) => [
      on,
      monthsBack(on, COUNTBACK_MONTHS).map((month) => ({ sales: sales.get(`${month.from} ${month.to}`)!, days: daysIn(month) })),
    ]),
  )
}
