import type { Reader } from '../../../platform/db.ts'
import { sql } from '../../../platform/sql.ts'
import { shortPayments, usualPayDays } from '../kpi/habit-details.query.ts'
import { habitFigures, habitParts, habitTotals, settledItems } from '../kpi/settled-items.query.ts'
import type { ReportColumn, ReportDefinition, ReportDocument, ReportQuestion } from '../report-definition.query.ts'
import { quotient } from '../report-math.ts'

/** 付款行为: how customers paid in the twelve months up to the day, the same figures as on a customer's page. */
export const paymentBehaviourReport: ReportDefinition = {
  key: 'paymentBehaviour',
  group: 'performance',
  permission: 'receivables.view',
  time: { kind: 'asOf' },
  by: ['customer', 'group', 'salesperson', 'region', 'industry', 'class'],
  filters: ['customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class', 'entity', 'inCurrency'],
  columns: () => columns,
  sort: () => '-averageDaysLate',
  rows: (reader, question) =>
    sql`select p.*, ${habitFigures} from (select s.k, ${habitParts()} from (${settledItems(reader, question, question.to)}) s group by s.k) p`,
  details: async (reader, question, keys) => {
    const [days, short] = await Promise.all([usualPayDays(reader, question, keys), shortPayments(reader, question, keys)])
    return new Map(
      keys.map((key) => [key, { usualPayDay: days.get(key) ?? null, ...(short.get(key) ?? { shortPayments: 0, shortAmount: 0n }) }]),
    )
  },
  documents,
  charts: [
    {
      key: 'paymentBehaviour',
      kind: 'bars',
      series: [{ key: 'averageDaysLate', kind: 'days' }],
    },
  ],
}

const days = { kind: 'days', decimals: 1 } as const
const columns: readonly ReportColumn[] = [
  { key: 'count', kind: 'count', opens: true },
  { key: 'amount', kind: 'money', opens: true },
  { key: 'averageDaysLate', ...days, total: habitTotals.averageDaysLate },
  { key: 'trendDays', ...days, total: habitTotals.trendDays },
  { key: 'onTimeShare', kind: 'percent', total: habitTotals.onTimeShare },
  { key: 'onTimeAmountShare', kind: 'percent', total: habitTotals.onTimeAmountShare },
  { key: 'worstDays', kind: 'days', decimals: 0, total: 'max' },
  { key: 'usualPayDay', kind: 'count', total: 'none', isDetail: true },
  { key: 'shortPayments', kind: 'count', total: 'none', isDetail: true },
  {
    key: 'usualShort',
    kind: 'money',
    total: 'none',
    isDetail: true,
    value: ({ shortAmount, shortPayments }) => whole(quotient(shortAmount, shortPayments, 0)),
  },
]

function whole(text: string | null): bigint | null {
  return text === null ? null : BigInt(text)
}

function documents(reader: Reader, question: ReportQuestion, column: string) {
  return sql<ReportDocument>`select 'receivable' as kind, s.id, s.settled_on as on_day, s.customer_id, s.currency, s.own, ${column === 'count' ? sql`1::bigint` : sql`s.amount`} as figure
    from (${settledItems(reader, question, question.to)}) s`
}
