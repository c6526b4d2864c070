import type { Reader } from '../../../platform/db.ts'
import type { Parts, ReportQuestion } from '../report-definition.query.ts'
import { type KpiFigures, kpiFigures, NO_FIGURES } from './kpi-facts.ts'
import { begun, type KeyedPeriod, periodsOf } from './kpi-periods.ts'
import { figuresOnce, type KpiPart } from './period-figures.query.ts'

export const KPI_TIMES = ['month', 'quarter', 'year'] as const
type RowOf = (figures: KpiFigures, period: KeyedPeriod) => Parts

export function isKpiTime(by: ReportQuestion['by']): by is (typeof KPI_TIMES)[number] {
  return KPI_TIMES.some((one) => one === by)
}

/** One row a month, quarter or year of the question that has begun, from the first in which the books hold anything. */
export async function timeRows(reader: Reader, question: ReportQuestion, parts: readonly KpiPart[], row: RowOf): Promise<Parts[]> {
  const periods = periodsOf(question.by as (typeof KPI_TIMES)[number], question, reader.today)
  const found = await figuresOnce(reader, question, periods, parts)
  const first = found.findIndex((figures) => kpiFigures.some((name) => figures[name] !== 0n))
  return first === -1 ? [] : periods.slice(first).map((period, index) => ({ k: period.key, ...row(found[first + index]!, period) }))
}

/** The same of the whole range, for the totals. */
export async function wholeRange(reader: Reader, question: ReportQuestion, parts: readonly KpiPart[], row: RowOf): Promise<Parts> {
  const found = await wholeFigures(reader, question, parts)
  return found === undefined ? {} : row(found.figures, found.period)
}

/** The figures of the whole range; of a report by time they are those of its periods, added up. Undefined where nothing of it has begun. */
export async function wholeFigures(
  reader: Reader,
  question: ReportQuestion,
  parts: readonly KpiPart[],
): Promise<{ readonly figures: KpiFigures; readonly period: KeyedPeriod } | undefined> {
  const range = begun(question, reader.today)
  if (range === undefined) return undefined
  const period = { key: '', ...range }
  if (!isKpiTime(question.by)) return { figures: (await figuresOnce(reader, question, [period], parts))[0]!, period }
  const found = await figuresOnce(reader, question, periodsOf(question.by, question, reader.today), parts)
  return { figures: together(found), period }
}

/** Periods that follow each other, as one: it begins as the first and ends as the last. */
function together(periods: readonly KpiFigures[]): KpiFigures {
  const sum = (a: KpiFigures, b: KpiFigures) => Object.fromEntries(kpiFigures.map((name) => [name, a[name] + b[name]])) as KpiFigures
  const { closing, notDue } = periods.at(-1) ?? NO_FIGURES
  return { ...periods.reduce(sum, NO_FIGURES), opening: periods[0]?.opening ?? 0n, closing, notDue }
}
