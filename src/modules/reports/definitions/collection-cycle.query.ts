import type { Reader } from '../../../platform/db.ts'
import { sql } from '../../../platform/sql.ts'
import { kpiDocuments } from '../kpi/kpi-documents.query.ts'
import type { KpiFigures } from '../kpi/kpi-facts.ts'
import { partOf } from '../kpi/kpi-parts.ts'
import { begun } from '../kpi/kpi-periods.ts'
import { figuresBy, type KpiDimension } from '../kpi/period-figures.query.ts'
import { weightedDays } from '../kpi/shares-and-days.ts'
import { isKpiTime, timeRows, wholeFigures, wholeRange } from '../kpi/time-rows.query.ts'
import { daysBy } from '../kpi/weighted-days.query.ts'
import type { Parts, ReportColumn, ReportDefinition, ReportQuestion } from '../report-definition.query.ts'

/** 回款周期: from the issue of a receivable to its money, and from its due day, each yuan with its own days. */
export const collectionCycleReport: ReportDefinition = {
  key: 'collectionCycle',
  group: 'efficiency',
  permission: 'receivables.view',
  time: { kind: 'range', default: 'lastTwelveMonths' },
  by: ['customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class', 'month', 'quarter', 'year'],
  filters: ['customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class'],
  hasFormula: true,
  columns: () => columns,
  sort: ({ by }) => (isKpiTime(by) ? 'key' : '-cycleDays'),
  rows: (reader, question) => (isKpiTime(question.by) ? timeRows(reader, question, ['money'], rowOf) : groupRows(reader, question)),
  totals: (reader, question) => wholeRange(reader, inMonths(question), ['money'], rowOf),
  figures: async (reader, question) => {
    const found = await wholeFigures(reader, inMonths(question), ['money'])
    if (found === undefined) return []
    const { collected, waited, late } = found.figures
    return [
      { key: 'cycleDays', figure: weightedDays('waited', waited, collected) },
      { key: 'lateDays', figure: weightedDays('late', late, collected) },
    ]
  },
  documents: (reader, question, column) => kpiDocuments[column]!(reader, question),
  charts: [
    {
      key: 'collectionCycleTrend',
      kind: 'lines',
      series: [
        { key: 'cycleDays', kind: 'days' },
        { key: 'lateDays', kind: 'days' },
      ],
      points: async (reader, question) =>
        (await timeRows(reader, { ...question, by: 'month' }, ['money'], rowOf)).map((row) => ({ ...row, x: row['k'] ?? null })),
    },
  ],
}

const columns: readonly ReportColumn[] = [
  { key: 'collected', kind: 'money', opens: true },
  { key: 'cycleDays', kind: 'days', decimals: 1, total: 'own' },
  { key: 'lateDays', kind: 'days', decimals: 1, total: 'own' },
]

/** Money of a range is that of its months, and those are read for the chart anyway. */
function inMonths(question: ReportQuestion): ReportQuestion {
  return isKpiTime(question.by) ? question : { ...question, by: 'month' }
}

async function groupRows(reader: Reader, question: ReportQuestion) {
  const range = begun(question, reader.today)
  if (range === undefined) return []
  const figures = await figuresBy(reader, question, question.by as KpiDimension, range, ['money'])
  return sql`select f.k, f.collected, ${daysBy(sql`f.waited`, sql`f.collected`)} as cycle_days, ${daysBy(sql`f.late`, sql`f.collected`)} as late_days
    from (${figures}) f where f.collected <> 0`
}

function rowOf({ collected, waited, late }: KpiFigures): Parts {
  return {
    collected,
    cycleDays: partOf(weightedDays('waited', waited, collected)),
    lateDays: partOf(weightedDays('late', late, collected)),
  }
}
