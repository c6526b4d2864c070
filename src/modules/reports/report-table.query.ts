import { formatMinor } from '../../kernel/money.ts'
import type { Reader } from '../../platform/db.ts'
import type { Cell, ExportColumn } from '../../platform/files/export-table.ts'
import { word } from '../../platform/words.ts'
import { NONE } from '../ageing/ageing.api.ts'
import { company } from '../company/company.query.ts'
import { type KpiSettings, kpiSettings } from './kpi/kpi-settings.query.ts'
import { columnTitle, type ShownCell, type ShownRow, shownCells, shownRows } from './report-answer.query.ts'
import type { ReportColumn, ReportDefinition, ReportFilters, ReportQuestion } from './report-definition.query.ts'
import { dimensions, namesOf } from './report-dimensions.query.ts'
import { wholeReport } from './run-report.query.ts'

/** The whole report as a table: the rows of the page, the totals of the whole filter last, and what it is about. */
export type ReportTable = {
  readonly title: string
  readonly about: string
  readonly columns: readonly ExportColumn[]
  readonly rows: AsyncIterable<readonly Cell[]>
  readonly total: number
  readonly totals: readonly Cell[]
  readonly meta: readonly { readonly label: string; readonly value: string }[]
}

/** In the caller's language; rows are read while they are written. */
export async function reportTable(
  reader: Reader,
  definition: ReportDefinition,
  question: ReportQuestion,
  sort?: string,
): Promise<ReportTable> {
  const { language } = reader.caller
  const say = (key: string, params = {}): string => word(language, `reports.${key}`, params) ?? key
  const columns = definition.columns(question)
  const shown = columns.filter(({ hidden }) => !hidden)
  const { hasCode } = dimensions[question.by]
  const whole = await wholeReport(reader, definition, question, sort)
  async function* rows() {
    for await (const piece of whole.pieces)
      for (const row of await shownRows(reader, question, columns, piece))
        yield [...keyCells(row, hasCode, say), ...cellsOf(row.cells, shown)]
  }
  return {
    title: say(`definitions.${definition.key}.title`),
    about: say('about'),
    columns: [
      { title: say(`dimensions.${question.by}`), kind: 'text', width: 28 },
      ...(hasCode ? [{ title: say('code'), kind: 'text' as const, width: 14 }] : []),
      ...shown.map((column) => exportColumn(reader, definition, question, column)),
    ],
    rows: rows(),
    total: whole.total,
    totals: [
      say('sum', { count: whole.total }),
      ...(hasCode ? [null] : []),
      ...cellsOf(shownCells(reader, question, columns, whole.totals), shown),
    ],
    meta: await meta(reader, definition, question, say),
  }
}

function keyCells({ name, code }: ShownRow, hasCode: true | undefined, say: (key: string) => string): Cell[] {
  return hasCode ? [name ?? say('without'), code] : [name ?? say('without')]
}

function cellsOf(cells: Record<string, ShownCell>, columns: readonly ReportColumn[]): Cell[] {
  return columns.map(({ key }) => cells[key] ?? null)
}

function exportColumn(reader: Reader, { key: report }: ReportDefinition, { currency }: ReportQuestion, column: ReportColumn): ExportColumn {
  const title = columnTitle(reader, report, column.key)
  const { kind, decimals } = column
  if (kind === 'money') return { title, kind: 'amount', decimals: decimalsOf(currency ?? reader.caller.baseCurrency) }
  if (kind === 'ownMoney') return { title, kind: 'amount' }
  if (kind === 'count') return { title, kind: 'integer' }
  if (kind === 'percent') return { title, kind: 'percent', decimals: decimals ?? 1 }
  if (kind === 'days') return { title, kind: 'amount', decimals: decimals ?? 0, width: 10 }
  if (kind === 'ratio') return { title, kind: 'amount', decimals: decimals ?? 2 }
  return { title, kind: kind === 'day' ? 'day' : 'text' }
}

/** What the report says of itself: whose it is, when it was asked for, and every filter. */
async function meta(reader: Reader, definition: ReportDefinition, question: ReportQuestion, say: (key: string, params?: object) => string) {
  const { from, to, by, compared, filters } = question
  const { caller, at } = reader
  const chosen = (await chosenFilters(reader, filters)).map(({ label, value }) => ({ label, value }))
  return [
    { label: say('company'), value: (await company(reader)).name },
    definition.time.kind === 'range' ? { label: say('range'), value: `${from} – ${to}` } : { label: say('asOf'), value: to },
    { label: say('groupedBy'), value: say(`dimensions.${by}`) },
    ...(compared ? [{ label: say('comparedWith'), value: `${compared.from} – ${compared.to}` }] : []),
    ...chosen,
    { label: say('amounts'), value: amountsSaid(reader, question) },
    {
      label: say('madeAt'),
      value: `${new Intl.DateTimeFormat('sv-SE', { timeZone: caller.timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at)} ${caller.timeZone}`,
    },
    { label: say('madeBy'), value: caller.name },
    { label: say('explained'), value: say(`definitions.${definition.key}.explanation`) },
    ...(definition.hasFormula ? [{ label: say('formula'), value: say(`definitions.${definition.key}.formula`) }] : []),
    ...(definition.usesBasis ? [{ label: say('basis.title'), value: basisSaid(await kpiSettings(reader), say) }] : []),
  ]
}

/** What narrows the question, in words: '客户: 宁波海晟, 杭州远洋'. */
export async function chosenFilters(reader: Reader, filters: ReportFilters): Promise<{ key: string; label: string; value: string }[]> {
  const say = (key: string): string => word(reader.caller.language, `reports.${key}`) ?? key
  const chosen = Object.entries(filters).filter((one): one is [string, readonly string[]] => one[1] !== undefined)
  return Promise.all(
    chosen.map(async ([key, values]) => {
      const dimension = key === 'inCurrency' ? 'currency' : (key as 'customer')
      const known = values.filter((value) => value !== NONE)
      const names = await namesOf(reader, dimension, known)
      return {
        key,
        label: say(`dimensions.${dimension}`),
        value: values.map((value) => names.get(value)?.name ?? say('without')).join(', '),
      }
    }),
  )
}

function basisSaid({ vatBasis, yearDays }: KpiSettings, say: (key: string, params?: object) => string): string {
  return say('basis.said', { vat: say(`basis.vat.${vatBasis}`), days: yearDays })
}

/** Currencies are never added as they are: base currency at booked amounts, or one currency alone. */
export function amountsSaid({ caller }: Reader, { currency }: ReportQuestion): string {
  return currency === undefined
    ? (word(caller.language, 'reports.inBase', { currency: caller.baseCurrency }) ?? caller.baseCurrency)
    : (word(caller.language, 'reports.inOwn', { currency }) ?? currency)
}

function decimalsOf(currency: string): number {
  return formatMinor(0n, currency).split('.')[1]?.length ?? 0
}
