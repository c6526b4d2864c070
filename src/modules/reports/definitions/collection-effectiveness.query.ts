import { collectionEffectiveness } from '../kpi/collection-effectiveness.ts'
import { kpiDocuments } from '../kpi/kpi-documents.query.ts'
import type { KpiFigures } from '../kpi/kpi-facts.ts'
import { partOf } from '../kpi/kpi-parts.ts'
import { KPI_TIMES, timeRows, wholeFigures, wholeRange } from '../kpi/time-rows.query.ts'
import type { Parts, ReportColumn, ReportDefinition } from '../report-definition.query.ts'

/** 催收有效率 (CEI): of what could have been collected in a period, how much was. */
export const collectionEffectivenessReport: ReportDefinition = {
  key: 'collectionEffectiveness',
  group: 'efficiency',
  permission: 'receivables.view',
  time: { kind: 'range', default: 'lastTwelveMonths' },
  by: KPI_TIMES,
  filters: ['customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class'],
  hasFormula: true,
  columns: () => columns,
  sort: () => 'key',
  rows: (reader, question) => timeRows(reader, question, PARTS, rowOf),
  totals: (reader, question) => wholeRange(reader, question, PARTS, rowOf),
  figures: async (reader, question) => {
    const found = await wholeFigures(reader, question, PARTS)
    return found === undefined ? [] : [{ key: 'effectiveness', figure: collectionEffectiveness(found.figures) }]
  },
  documents: (reader, question, column) => kpiDocuments[column]!(reader, question),
  charts: [{ key: 'collectionEffectivenessTrend', kind: 'lines', series: [{ key: 'effectiveness', kind: 'percent' }] }],
}

const PARTS = ['opening', 'closing', 'sales', 'settled'] as const
const money = { kind: 'money', opens: true, total: 'own' } as const
const columns: readonly ReportColumn[] = [
  { key: 'opening', ...money },
  { key: 'broughtIn', ...money },
  { key: 'sales', ...money },
  { key: 'collected', ...money },
  { key: 'adjusted', ...money },
  { key: 'closing', ...money },
  { key: 'notDue', ...money },
  { key: 'effectiveness', kind: 'percent', total: 'own' },
]

function rowOf(figures: KpiFigures): Parts {
  const { opening, broughtIn, sales, collected, adjusted, closing, notDue } = figures
  return { opening, broughtIn, sales, collected, adjusted, closing, notDue, effectiveness: partOf(collectionEffectiveness(figures)) }
}
