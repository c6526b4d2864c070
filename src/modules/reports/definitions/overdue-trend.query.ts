import { addMonths, startOfMonth } from '../../../kernel/day.ts'
import { snakeCase, sql } from '../../../platform/sql.ts'
import { periodsOf } from '../kpi/kpi-periods.ts'
import { figuresOnce } from '../kpi/period-figures.query.ts'
import type { ReportChart } from '../report-definition.query.ts'
import { overdueReasons } from '../reports.api.ts'

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

/** The reasons month by month, as they were kept: of the whole company in base currency. Nothing for whoever sees or asks for a part of it. */
export const overdueReasonTrend: ReportChart = {
  key: 'overdueReasonTrend',
  kind: 'stack',
  series: overdueReasons.map((key) => ({ key, kind: 'money' as const })),
  points: ({ caller }, { to, currency, filters }) => {
    const isWhole = caller.scope.kind === 'all' && currency === undefined && Object.values(filters).every((values) => values === undefined)
    if (!isWhole) return []
    const sums = overdueReasons.map(
      (name) => sql`coalesce(sum(m.amount_base) filter (where m.reason = ${name}), 0)::bigint as ${sql.ref(snakeCase(name))}`,
    )
    return sql`select to_char(m.month_on, 'YYYY-MM') as x, ${sql.join(sums)} from ar.overdue_reason_months m
      where m.tenant_id = ${caller.tenantId} and m.month_on > ${addMonths(to, -MONTHS)}::date group by m.month_on order by m.month_on`
  },
}
