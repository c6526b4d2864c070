import type { Reader } from '../../../platform/db.ts'
import { sql } from '../../../platform/sql.ts'
import { kpiDocuments } from '../kpi/kpi-documents.query.ts'
import type { KpiFigures } from '../kpi/kpi-facts.ts'
import { begun } from '../kpi/kpi-periods.ts'
import { figuresBy, type KpiDimension, type KpiPart } from '../kpi/period-figures.query.ts'
import { isKpiTime, timeRows, wholeRange } from '../kpi/time-rows.query.ts'
import type { Parts, ReportColumn, ReportDefinition, ReportQuestion } from '../report-definition.query.ts'

/** 应收变动表 (往来余额表): how what is owed came to be what it is: opening + brought in + sales − collected − given up + moved = closing. */
export const movementsReport: ReportDefinition = {
  key: 'movements',
  group: 'receipts',
  permission: 'receivables.view',
  time: { kind: 'range', default: 'thisMonth' },
  by: ['customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class', 'month', 'quarter', 'year'],
  filters: ['customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class'],
  hasFormula: true,
  columns: () => columns,
  sort: ({ by }) => (isKpiTime(by) ? 'key' : '-closing'),
  rows: (reader, question) => (isKpiTime(question.by) ? timeRows(reader, question, PARTS, rowOf) : groupRows(reader, question)),
  totals: (reader, question) => (isKpiTime(question.by) ? wholeRange(reader, question, PARTS, rowOf) : {}),
  documents: (reader, question, column) => kpiDocuments[column]!(reader, question),
  charts: [
    {
      key: 'movements',
      kind: 'bars',
      series: [
        { key: 'sales', kind: 'money' },
        { key: 'collected', kind: 'money' },
        { key: 'closing', kind: 'money' },
      ],
    },
  ],
}

const PARTS: readonly KpiPart[] = ['opening', 'closing', 'sales', 'settled']
const amount = { kind: 'money', opens: true } as const
const columns: readonly ReportColumn[] = [
  { key: 'opening', ...amount },
  { key: 'broughtIn', ...amount },
  { key: 'sales', ...amount },
  { key: 'collected', ...amount },
  { key: 'adjusted', ...amount },
  { key: 'moved', kind: 'money', value: moved },
  { key: 'closing', ...amount },
]

/** 移交与汇兑: what came from or went to another row (hand-overs, merges), and differences of exchange: what the rest does not explain. Nothing over the whole company in its own currency. */
function moved(parts: Parts): bigint {
  const [opening, broughtIn, sales, collected, adjusted, closing] = ['opening', 'broughtIn', 'sales', 'collected', 'adjusted', 'closing'].map((key) => BigInt(parts[key] ?? 0)) as [bigint, bigint, bigint, bigint, bigint, bigint] // biome-ignore format: one line
  return closing - (opening + broughtIn + sales - collected - adjusted)
}

async function groupRows(reader: Reader, question: ReportQuestion) {
  const range = begun(question, reader.today)
  if (range === undefined) return []
  const figures = await figuresBy(reader, question, question.by as KpiDimension, range, PARTS)
  return sql`select f.k, f.opening, f.brought_in, f.sales, f.collected, f.adjusted, f.closing from (${figures}) f
    where f.opening <> 0 or f.brought_in <> 0 or f.sales <> 0 or f.collected <> 0 or f.adjusted <> 0 or f.closing <> 0`
}

function rowOf({ opening, broughtIn, sales, collected, adjusted, closing }: KpiFigures): Parts {
  return { opening, broughtIn, sales, collected, adjusted, closing }
}
