import type { Reader } from '../../../platform/db.ts'
import type { Parts, ReportQuestion } from '../report-definition.query.ts'
import type { KpiFigures } from './kpi-facts.ts'
import { begun, type KeyedPeriod, periodsOf } from './kpi-periods.ts'
import { figuresOfPeriods, type KpiPart } from './period-figures.query.ts'

export const KPI_TIMES = ['month', 'quarter', 'year'] as const
type RowOf = (figures: KpiFigures, period: KeyedPeriod) => Parts

/** One row a month, quarter or year of the question that has begun. */
export async function timeRows(reader: Reader, question: ReportQuestion, parts: readonly KpiPart[], row: RowOf): Promise<Parts[]> {
  const periods = periodsOf(question.by as (typeof KPI_TIMES)[number], question, reader.today)
  const found = await figuresOfPeriods(reader, question, periods, parts)
  return periods.map((period, index) => ({ k: period.key, ...row(found[index]!, period) }))
}

/** The same of the whole range, for the totals. */
export async function wholeRange(reader: Reader, question: ReportQuestion, parts: readonly KpiPart[], row: RowOf): Promise<Parts> {
  const range = begun(question, reader.today)
  if (range === undefined) return {}
  const [found] = await figuresOfPeriods(reader, question, [range], parts)
  return row(found!, { key: '', ...range })
}
