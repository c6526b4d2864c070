import { divideRounded } from '../../../kernel/money.ts'
import { kpiDocuments } from '../kpi/kpi-documents.query.ts'
import type { KpiFigures } from '../kpi/kpi-facts.ts'
import { partOf } from '../kpi/kpi-parts.ts'
import { type KeyedPeriod, monthsIn } from '../kpi/kpi-periods.ts'
import { type KpiSettings, kpiSettings, salesOf, salesPart } from '../kpi/kpi-settings.query.ts'
import { timeRows, wholeFigures, wholeRange } from '../kpi/time-rows.query.ts'
import { type TurnoverPeriod, turnoverDays, turnoverRate } from '../kpi/turnover.ts'
import type { Parts, ReportColumn, ReportDefinition } from '../report-definition.query.ts'

/** 应收账款周转率 and 周转天数: how many times a year receivables turn into money. */
export const turnoverReport: ReportDefinition = {
  key: 'turnover',
  group: 'efficiency',
  permission: 'receivables.view',
  time: { kind: 'range', default: 'lastTwelveMonths' },
  by: ['quarter', 'month', 'year'],
  filters: ['customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class'],
  hasFormula: true,
  usesBasis: true,
  columns: () => columns,
  sort: () => 'key',
  rows: async (reader, question) => {
    const settings = await kpiSettings(reader)
    return timeRows(reader, question, ['opening', 'closing', salesPart(settings)], (figures, period) => rowOf(figures, period, settings))
  },
  totals: async (reader, question) => {
    const settings = await kpiSettings(reader)
    return wholeRange(reader, question, ['opening', 'closing', salesPart(settings)], (figures, period) => rowOf(figures, period, settings))
  },
  figures: async (reader, question) => {
    const settings = await kpiSettings(reader)
    const found = await wholeFigures(reader, question, ['opening', 'closing', salesPart(settings)])
    if (found === undefined) return []
    const turned = turnedIn(found.figures, found.period, settings)
    return [
      { key: 'turnoverRate', figure: turnoverRate(turned) },
      { key: 'turnoverDays', figure: turnoverDays(turned, settings.yearDays) },
    ]
  },
  documents: (reader, question, column) => kpiDocuments[column]!(reader, question),
  charts: [{ key: 'turnoverTrend', kind: 'lines', series: [{ key: 'turnoverDays', kind: 'days' }] }],
}

const columns: readonly ReportColumn[] = [
  { key: 'opening', kind: 'money', opens: true, total: 'own' },
  { key: 'closing', kind: 'money', opens: true, total: 'own' },
  { key: 'average', kind: 'money', total: 'own' },
  { key: 'periodSales', kind: 'money', opens: true, total: 'own' },
  { key: 'turnoverRate', kind: 'ratio', decimals: 2, total: 'own' },
  { key: 'turnoverDays', kind: 'days', decimals: 1, total: 'own' },
]

function turnedIn({ opening, closing, ...figures }: KpiFigures, period: KeyedPeriod, settings: KpiSettings): TurnoverPeriod {
  return { opening, closing, sales: salesOf(figures, settings), months: monthsIn(period) }
}

function rowOf(figures: KpiFigures, period: KeyedPeriod, settings: KpiSettings): Parts {
  const turned = turnedIn(figures, period, settings)
  const { opening, closing, sales } = turned
  return {
    ...{ opening, closing, average: divideRounded(opening + closing, 2n), periodSales: sales },
    ...{ turnoverRate: partOf(turnoverRate(turned)), turnoverDays: partOf(turnoverDays(turned, settings.yearDays)) },
  }
}
