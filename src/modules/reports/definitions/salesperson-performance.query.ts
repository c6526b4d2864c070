import type { Reader } from '../../../platform/db.ts'
import { sql } from '../../../platform/sql.ts'
import { kpiDocuments } from '../kpi/kpi-documents.query.ts'
import { begun } from '../kpi/kpi-periods.ts'
import { figuresBy, type KpiDimension, type KpiPart } from '../kpi/period-figures.query.ts'
import { daysBy } from '../kpi/weighted-days.query.ts'
import type { ReportColumn, ReportDefinition, ReportQuestion } from '../report-definition.query.ts'
import { share } from '../report-math.ts'

/** 销售员业绩: sold, collected and overdue by who sold and who holds what is open. */
export const salespersonPerformanceReport: ReportDefinition = {
  key: 'salespersonPerformance',
  group: 'performance',
  permission: 'receivables.view',
  time: { kind: 'range', default: 'thisYear' },
  by: ['salesperson', 'team', 'region'],
  filters: ['customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class'],
  hasFormula: true,
  columns: () => columns,
  sort: () => '-sales',
  rows: groupRows,
  documents: (reader, question, column) => kpiDocuments[column]!(reader, question),
  charts: [
    {
      key: 'salespersonPerformance',
      kind: 'bars',
      series: [
        { key: 'sales', kind: 'money' },
        { key: 'collected', kind: 'money' },
        { key: 'overdue', kind: 'money' },
      ],
    },
  ],
}

const PARTS: readonly KpiPart[] = ['closing', 'sales', 'money']
const columns: readonly ReportColumn[] = [
  { key: 'sales', kind: 'money', opens: true },
  { key: 'collected', kind: 'money', opens: true },
  { key: 'closing', kind: 'money', opens: true },
  { key: 'overdue', kind: 'money', opens: true },
  { key: 'overdueShare', kind: 'percent', value: ({ overdue, closing }) => share(overdue, closing) },
  { key: 'cycleDays', kind: 'days', decimals: 1, total: daysBy(sql`max(x.all_waited)`, sql`sum(x.collected)`) },
  { key: 'lateDays', kind: 'days', decimals: 1, total: daysBy(sql`max(x.all_late)`, sql`sum(x.collected)`) },
]

async function groupRows(reader: Reader, question: ReportQuestion) {
  const range = begun(question, reader.today)
  if (range === undefined) return []
  const figures = await figuresBy(reader, question, question.by as KpiDimension, range, PARTS)
  // days of money that was undone again count in the whole, also of those who have nothing else to show
  return sql`select f.k, f.sales, f.collected, f.closing, f.closing - f.not_due as overdue, f.all_waited, f.all_late,
    ${daysBy(sql`f.waited`, sql`f.collected`)} as cycle_days, ${daysBy(sql`f.late`, sql`f.collected`)} as late_days
    from (select f.*, sum(f.waited) over () as all_waited, sum(f.late) over () as all_late from (${figures}) f) f where f.sales <> 0 or f.collected <> 0 or f.closing <> 0`
}
