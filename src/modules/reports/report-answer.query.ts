import { formatMinor } from '../../kernel/money.ts'
import { may } from '../../platform/caller.ts'
import type { Reader } from '../../platform/db.ts'
import { word } from '../../platform/words.ts'
import { masked } from '../customers/mask.ts'
import type { Part, Parts, ReportChart, ReportColumn, ReportDefinition, ReportQuestion } from './report-definition.query.ts'
import { dimensions, isTime, type Named, namesOf } from './report-dimensions.query.ts'
import { sorts } from './report-statements.query.ts'
import { chartPoints, runReport } from './run-report.query.ts'

/** A value as every form of a report shows it: the API gives it, the page and the files write it. */
export type ShownCell = string | number | null
export type ShownRow = {
  readonly key: string | null
  readonly name: string | null
  readonly code: string | null
  readonly cells: Record<string, ShownCell>
  readonly links: Record<string, string>
}

/** Rows with their names, the ones of a page or of a piece of an export: one look-up a dimension. */
export async function shownRows(
  reader: Reader,
  question: ReportQuestion,
  columns: readonly ReportColumn[],
  rows: readonly Parts[],
): Promise<ShownRow[]> {
  const named = columns.filter(({ kind }) => kind === 'named')
  const [keys, ...names] = await Promise.all([
    namesOf(
      reader,
      question.by,
      rows.map(({ k }) => textOf(k)),
    ),
    ...named.map(({ of, key }) =>
      namesOf(
        reader,
        of!,
        rows.map((row) => textOf(row[key])),
      ),
    ),
  ])
  const byColumn = new Map(named.map(({ key }, index) => [key, names[index]!]))
  return rows.map((row) => {
    const key = textOf(row['k'])
    const found = key === null ? undefined : keys.get(key)
    return {
      key,
      name: found?.name ?? (key === null ? null : dimensions[question.by].names ? null : key),
      code: found?.code ?? null,
      cells: shownCells(reader, question, columns, row, byColumn),
      links: Object.fromEntries(named.flatMap((column) => linkOf(row[column.key], column.key))),
    }
  })
}

export function shownCells(
  reader: Reader,
  { currency }: ReportQuestion,
  columns: readonly ReportColumn[],
  row: Parts,
  names: ReadonlyMap<string, ReadonlyMap<string, Named>> = new Map(),
): Record<string, ShownCell> {
  const reportCurrency = currency ?? reader.caller.baseCurrency
  const shown = (column: ReportColumn): ShownCell => {
    const value = row[column.key] ?? null
    if (value === null) return null
    if (column.kind === 'money') return formatMinor(BigInt(value), reportCurrency)
    if (column.kind === 'ownMoney') return formatMinor(BigInt(value), String(row['currency']))
    if (column.kind === 'count') return Number(value)
    if (column.isSensitive && !may(reader.caller, 'customers.viewSensitive')) return masked(String(value))
    if (column.kind === 'named') return names.get(column.key)?.get(String(value))?.name ?? null
    if (column.kind === 'word') return word(reader.caller.language, `reports.${column.words}.${value}`) ?? String(value)
    return typeof value === 'bigint' ? Number(value) : value
  }
  return Object.fromEntries(columns.filter(({ hidden }) => !hidden).map((column) => [column.key, shown(column)]))
}

/** 'definitions.<report>.columns.<key>', else 'columns.<key>'. */
export function columnTitle(reader: Reader, report: string, key: string): string {
  const { language } = reader.caller
  return word(language, `reports.definitions.${report}.columns.${key}`) ?? word(language, `reports.columns.${key}`) ?? key
}

export function shownColumns(reader: Reader, { key: report, documents }: ReportDefinition, columns: readonly ReportColumn[]) {
  return columns
    .filter(({ hidden }) => !hidden)
    .map((column) => ({
      key: column.key,
      title: columnTitle(reader, report, column.key),
      kind: column.kind,
      decimals: column.decimals ?? null,
      opens: column.opens === true && documents !== undefined,
      sorts: sorts(column),
    }))
}

/** A chart of rows shows so many of them, the first in the report's own order; of times all that a report has. */
const ROWS_CHARTED = 15
const TIMES_CHARTED = 400

/** `page`: rows as they were asked for. A chart does not follow the order, page or length in which somebody looks at the table: its rows are read again where these are others. */
export async function shownCharts(
  reader: Reader,
  definition: ReportDefinition,
  question: ReportQuestion,
  page: { readonly rows: readonly Parts[]; readonly items: readonly ShownRow[]; readonly total: number; readonly isOwnOrder: boolean },
) {
  const charts = definition.charts ?? []
  const rows = charts.some(({ points }) => points === undefined) ? await chartedRows(reader, definition, question, page) : []
  return Promise.all(
    charts.map(async (chart) =>
      shownChart(reader, definition, question, chart, (await chartPoints(reader, chart, definition, question)) ?? rows),
    ),
  )
}

async function chartedRows(
  reader: Reader,
  definition: ReportDefinition,
  question: ReportQuestion,
  { rows, items, total, isOwnOrder }: Parameters<typeof shownCharts>[3],
): Promise<Parts[]> {
  const most = isTime(question.by) ? TIMES_CHARTED : ROWS_CHARTED
  if (isOwnOrder && rows.length >= Math.min(most, total)) return withNames(reader, rows, items).slice(0, most)
  const again = await runReport(reader, definition, question, { limit: most })
  return withNames(reader, again.rows, await shownRows(reader, question, definition.columns(question), again.rows))
}

function withNames({ caller }: Reader, rows: readonly Parts[], named: readonly ShownRow[]): Parts[] {
  const without = word(caller.language, 'reports.without') ?? '–'
  return rows.map((row, index) => ({ ...row, x: named[index]!.name ?? without }))
}

function shownChart(reader: Reader, definition: ReportDefinition, question: ReportQuestion, chart: ReportChart, points: readonly Parts[]) {
  const { language } = reader.caller
  const cells = points.map((point) => shownCells(reader, question, chart.series, point))
  return {
    key: chart.key,
    title: word(language, `reports.charts.${chart.key}`) ?? chart.key,
    kind: chart.kind,
    x: points.map(({ x }) => String(x)),
    series: chart.series.map(({ key, kind }) => ({
      key,
      title: columnTitle(reader, definition.key, key),
      kind,
      values: cells.map((cell) => cell[key] ?? null),
    })),
  }
}

function textOf(part: Part | undefined): string | null {
  return part === null || part === undefined ? null : String(part)
}
function linkOf(part: Part | undefined, key: string): [string, string][] {
  return part === null || part === undefined ? [] : [[key, String(part)]]
}
