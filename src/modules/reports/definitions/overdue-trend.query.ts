import { addMonths, startOfMonth } from '../../../kernel/day.ts'
import { periodsOf } from '../kpi/kpi-periods.ts'
import { figuresOnce } from '../kpi/period-figures.query.ts'
import type { ReportChart } from '../report-definition.query.ts'

/** Ends of months that are drawn, the last of them today. */
const MONTHS = 13

/** What was overdue at the ends of the last months and today, of the same customers. What was the reason then is not known any more, so narrowed to a reason there is no such line. */
export const overdueTrend: ReportChart = {
  key: 'overdueTrend',
  kind: 'bars',
  series: [{ key: 'overdue', kind: 'money' }],
  points: async (reader, { currency, filters: { reason, document, ...filters } }) => {
    if (reason !== undefined || document !== undefined) return []
    const { today } = reader
    const range = { from: addMonths(startOfMonth(today), 1 - MONTHS), to: today }
    const months = periodsOf('month', range, today)
    const figures = await figuresOnce(reader, { currency, filters }, months, ['closing'])
    const first = figures.findIndex(({ closing }) => closing !== 0n)
    return months
      .map(({ key }, at) => ({ x: key, overdue: figures[at]!.closing - figures[at]!.notDue }))
      .slice(first === -1 ? MONTHS : first)
  },
}
