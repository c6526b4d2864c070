import type { Reader } from '../../../platform/db.ts'
import { countbackDso } from '../kpi/countback-dso.ts'
import { countbackSales } from '../kpi/countback-sales.query.ts'
import { averageDaysDelinquent, bestPossibleDso, type SalesPeriod, simpleDso } from '../kpi/days-sales-outstanding.ts'
import { kpiDocuments } from '../kpi/kpi-documents.query.ts'
import type { KpiFigures } from '../kpi/kpi-facts.ts'
import { partOf } from '../kpi/kpi-parts.ts'
import { daysIn, type KeyedPeriod, periodsOf } from '../kpi/kpi-periods.ts'
import { type KpiSettings, kpiSettings, salesOf, salesPart } from '../kpi/kpi-settings.query.ts'
import { KPI_TIMES, timeRows, wholeFigures, wholeRange } from '../kpi/time-rows.query.ts'
import type { Parts, ReportColumn, ReportDefinition, ReportQuestion } from '../report-definition.query.ts'

/** 应收账款周转天数 (DSO): simple, countback and best possible, and the days by which customers are late. */
export const dsoReport: ReportDefinition = {
  key: 'dso',
  group: 'efficiency',
  permission: 'receivables.view',
  time: { kind: 'range', default: 'lastTwelveMonths' },
  by: KPI_TIMES,
  filters: ['customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class'],
  hasFormula: true,
  usesBasis: true,
  columns: () => columns,
  sort: () => 'key',
  rows: async (reader, question) => {
    const { settings, sold } = await basis(reader, question)
    return timeRows(reader, question, ['closing', salesPart(settings)], (figures, period) => rowOf(figures, period, settings, sold(period)))
  },
  totals: async (reader, question) => {
    const { settings, sold } = await basis(reader, question)
    return wholeRange(reader, question, ['closing', salesPart(settings)], (figures, period) =>
      rowOf(figures, period, settings, sold(period)),
    )
  },
  figures: async (reader, question) => {
    const { settings, sold } = await basis(reader, question)
    const found = await wholeFigures(reader, question, ['closing', salesPart(settings)])
    if (found === undefined) return []
    const { simple, best, late, back } = daysOf(found.figures, found.period, settings, sold(found.period))
    return [
      { key: 'dso', figure: simple },
      { key: 'bestPossible', figure: best },
      { key: 'delinquent', figure: late },
      { key: 'countback', figure: back },
    ]
  },
  documents: (reader, question, column) => kpiDocuments[column]!(reader, question),
  charts: [
    {
      key: 'dsoTrend',
      kind: 'lines',
      series: [
        { key: 'dso', kind: 'days' },
        { key: 'countback', kind: 'days' },
        { key: 'bestPossible', kind: 'days' },
      ],
    },
  ],
}

const days = { kind: 'days', decimals: 1, total: 'own' } as const
const columns: readonly ReportColumn[] = [
  { key: 'closing', kind: 'money', opens: true, total: 'own' },
  { key: 'notDue', kind: 'money', opens: true, total: 'own' },
  { key: 'periodSales', kind: 'money', opens: true, total: 'own' },
  { key: 'periodDays', kind: 'days', decimals: 0, total: 'own' },
  { key: 'dso', ...days },
  { key: 'countback', ...days },
  { key: 'bestPossible', ...days },
  { key: 'delinquent', ...days },
  { key: 'countbackReach', kind: 'word', words: 'countbackReach', total: 'own' },
]

async function basis(reader: Reader, question: ReportQuestion) {
  const settings = await kpiSettings(reader)
  const days = periodsOf(question.by as 'month', question, reader.today).map(({ to }) => to)
  const months = await countbackSales(reader, question, settings, days)
  return { settings, sold: ({ to }: Pick<KeyedPeriod, 'to'>): readonly SalesPeriod[] => months.get(to) ?? [] }
}

function daysOf(figures: KpiFigures, period: KeyedPeriod, settings: KpiSettings, months: readonly SalesPeriod[]) {
  const sold = { sales: salesOf(figures, settings), days: daysIn(period) }
  const simple = simpleDso(figures.closing, sold)
  const best = bestPossibleDso(figures.notDue, sold)
  return { sold, simple, best, late: averageDaysDelinquent(simple, best), back: countbackDso(figures.closing, months) }
}

function rowOf(figures: KpiFigures, period: KeyedPeriod, settings: KpiSettings, months: readonly SalesPeriod[]): Parts {
  const { closing, notDue } = figures
  const { sold, simple, best, late, back } = daysOf(figures, period, settings, months)
  return {
    ...{ closing, notDue, periodSales: sold.sales, periodDays: sold.days },
    ...{ dso: partOf(simple), countback: partOf(back), bestPossible: partOf(best), delinquent: partOf(late) },
    countbackReach: back.isAtLeast ? 'atLeast' : 'whole',
  }
}
