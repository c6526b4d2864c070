import { assert } from '../../kernel/assert.ts'
import { Problem } from '../../kernel/problem.ts'
import { may } from '../../platform/caller.ts'
import type { Reader } from '../../platform/db.ts'
import { writeCursor } from '../../platform/paging.ts'
import { camelCase, type Sql, sql } from '../../platform/sql.ts'
import type { DayRange, Part, Parts, ReportChart, ReportColumn, ReportDefinition, ReportQuestion } from './report-definition.query.ts'
import { dimensions } from './report-dimensions.query.ts'
import { asFarAs, periodBefore, yearBefore } from './report-periods.ts'
import { type Order, ordered, orderOf, placeOf, totalOf, totalsOf } from './report-statements.query.ts'

export type ReportPage = {
  readonly rows: readonly Parts[]
  readonly nextCursor: string | null
  readonly total: number
  readonly totals: Parts
}
type Wanted = { readonly sort?: string | undefined; readonly limit: number; readonly cursor?: string | undefined }

/** Rows that a definition may compute itself. */
const COMPUTED_MOST = 2_000
/** Points of one chart. */
const POINTS_MOST = 400

/** Throws people.mayNot: a report shows documents, and whoever may not see those may not see their sums. */
export function allowReport({ caller }: Reader, { permission }: ReportDefinition): void {
  if (!may(caller, permission)) throw new Problem('people.mayNot', { permission }, { kind: 'forbidden' })
}

/** One page of a report and the totals of its whole filter, of one snapshot. Values in minor units; columns with a `value` are computed, of rows and totals alike. */
export async function runReport(
  reader: Reader,
  definition: ReportDefinition,
  question: ReportQuestion,
  wanted: Wanted,
): Promise<ReportPage> {
  const columns = definition.columns(question)
  const order = orderOf(wanted.sort ?? definition.sort(question), columns)
  const rows = await definition.rows(reader, question)
  const [found, own] = await Promise.all([
    isComputed(rows) ? computedPage(rows, columns, order, wanted) : queriedPage(reader, rows, columns, question, order, wanted),
    ownTotals(reader, definition, question),
  ])
  return {
    rows: (await withDetails(reader, definition, question, found.rows)).map((row) => withValues(row, columns, question)),
    nextCursor: found.nextCursor,
    total: found.total,
    totals: withValues({ ...found.totals, ...own }, columns, question),
  }
}

/** The totals of a report alone: a figure of the home page is this figure. */
export async function reportTotals(reader: Reader, definition: ReportDefinition, question: ReportQuestion): Promise<Parts> {
  return (await runReport(reader, definition, question, { limit: 0 })).totals
}

/** Totals of the period before and of the year before, where the report compares; of a period that is not over, of the same days. */
export async function comparison(
  reader: Reader,
  definition: ReportDefinition,
  question: ReportQuestion,
): Promise<(DayRange & { readonly period: 'before' | 'lastYear'; readonly totals: Parts })[]> {
  if (definition.compares !== true) return []
  const periods = [
    { period: 'before' as const, ...asFarAs(periodBefore(question), question, reader.today) },
    { period: 'lastYear' as const, ...asFarAs(yearBefore(question), question, reader.today) },
  ]
  return Promise.all(
    periods.map(async (one) => ({
      ...one,
      totals: await reportTotals(reader, definition, {
        ...question,
        by: cheapest(definition, question),
        from: one.from,
        to: one.to,
        compared: undefined,
      }),
    })),
  )
}

/** Totals are the same however the rows are cut: the first cut is the cheapest, if it has the same figures. */
function cheapest(definition: ReportDefinition, question: ReportQuestion): ReportQuestion['by'] {
  const by = definition.by[0]!
  const known = new Set(definition.columns({ ...question, by }).map(({ key }) => key))
  const wanted = definition.columns(question).filter((column) => totalOf(column) !== 'none')
  return wanted.every(({ key }) => known.has(key)) ? by : question.by
}

/** Every row of the report in its order, in pieces, with the totals first. Of one snapshot. */
export async function wholeReport(
  reader: Reader,
  definition: ReportDefinition,
  question: ReportQuestion,
  sort?: string,
): Promise<{ readonly total: number; readonly totals: Parts; readonly pieces: AsyncIterable<readonly Parts[]> }> {
  const columns = definition.columns(question)
  const order = orderOf(sort ?? definition.sort(question), columns)
  const rows = await (definition.wholeRows ?? definition.rows)(reader, question)
  const own = await ownTotals(reader, definition, question)
  if (isComputed(rows)) {
    const { rows: all, total, totals } = computedPage(rows, columns, order, { limit: COMPUTED_MOST })
    return {
      total,
      totals: withValues({ ...totals, ...own }, columns, question),
      pieces: (async function* () {
        yield all.map((row) => withValues(row, columns, question))
      })(),
    }
  }
  const { rows: total, ...sums } = (await reader.report<Parts>(sql`select ${totalsOf(columns)} from (${rows}) x`))[0]!
  async function* pieces() {
    for await (const piece of reader.pieces<Parts>(ordered(sql`(${rows as Sql})`, question.by, order, undefined)))
      yield (definition.wholeRows ? piece : await withDetails(reader, definition, question, piece)).map((row) =>
        withValues(row, columns, question),
      )
  }
  return { total: Number(total), totals: withValues({ ...unprefixed(sums, columns), ...own }, columns, question), pieces: pieces() }
}

async function withDetails(
  reader: Reader,
  { details }: ReportDefinition,
  question: ReportQuestion,
  rows: readonly Parts[],
): Promise<readonly Parts[]> {
  if (details === undefined || rows.length === 0) return rows
  const keyOf = ({ k }: Parts): string | null => (k === null || k === undefined ? null : String(k))
  const found = await details(reader, question, rows.map(keyOf))
  return rows.map((row) => ({ ...row, ...found.get(keyOf(row)) }))
}

/** The points of a chart, its series computed as columns are. */
export async function chartPoints(
  reader: Reader,
  chart: ReportChart,
  definition: ReportDefinition,
  question: ReportQuestion,
): Promise<readonly Parts[] | undefined> {
  if (chart.points === undefined) return undefined
  const points = await chart.points(reader, question)
  const rows = isComputed(points) ? points : await reader.report<Parts>(sql`select * from (${points}) x limit ${POINTS_MOST}`)
  const columns = definition
    .columns(question)
    .filter(({ value, key }) => value !== undefined && chart.series.some((one) => one.key === key))
  return rows.map((row) => withValues(row, columns, question))
}

function isComputed(rows: Sql | readonly Parts[]): rows is readonly Parts[] {
  return Array.isArray(rows)
}

/** Groups are added up once and both counted and shown; documents stay where they are, so that the first page comes from an index. */
async function queriedPage(
  reader: Reader,
  rows: Sql,
  columns: readonly ReportColumn[],
  { by }: ReportQuestion,
  order: Order,
  { limit, cursor }: Wanted,
): Promise<ReportPage> {
  if (dimensions[by].isDocument) {
    const [sums, page] = await Promise.all([
      reader.report<Parts>(sql`select ${totalsOf(columns)} from (${rows}) x`),
      limit === 0 ? [] : reader.report<Parts>(sql`${ordered(sql`(${rows})`, by, order, cursor)} limit ${limit + 1}`),
    ])
    const { rows: total, ...totals } = sums[0]!
    return { ...cut(page, limit), total: Number(total), totals: unprefixed(totals, columns) }
  }
  const found = await reader.report<Parts>(
    sql`with g as materialized (${rows}), t as (select ${totalsOf(columns)} from g x),
      p as (select y.*, row_number() over () as place from (${ordered(sql`g`, by, order, cursor)} limit ${limit + 1}) y)
      select t.*, p.* from t left join p on true order by p.place`,
  )
  const { rows: total } = found[0]!
  return {
    ...cut(
      found.filter((row) => row['place'] !== null),
      limit,
    ),
    total: Number(total),
    totals: unprefixed(found[0]!, columns),
  }
}

function cut(rows: readonly Parts[], limit: number): Pick<ReportPage, 'rows' | 'nextCursor'> {
  const shown = rows.slice(0, limit)
  return { rows: shown, nextCursor: rows.length > limit && limit > 0 ? writeCursor(placeOf(shown.at(-1)!)) : null }
}

function unprefixed(found: Parts, columns: readonly ReportColumn[]): Parts {
  return Object.fromEntries(
    columns.flatMap(({ key }) => {
      const total = found[camelCase(`total_${key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`)]
      return total === undefined ? [] : [[key, total]]
    }),
  )
}

/** Rows that the definition computed: sorted, cut and added up here. */
function computedPage(rows: readonly Parts[], columns: readonly ReportColumn[], order: Order, { limit, cursor }: Wanted): ReportPage {
  assert(rows.length <= COMPUTED_MOST, 'what a definition computes itself is a few rows')
  const placed = sorted(
    rows.map((row) => ({
      ...row,
      o0: String(order.column === undefined ? (row['k'] ?? '') : (row[order.key] ?? 0)),
      ...(order.column === undefined ? {} : { o1: String(row['k'] ?? '') }),
    })),
    order,
  )
  const from = cursor === undefined ? 0 : placed.findIndex((row) => writeCursor(placeOf(row)) === cursor) + 1
  if (cursor !== undefined && from === 0) throw new Problem('platform.badCursor', {}, { kind: 'invalid', path: 'cursor' })
  const totals = Object.fromEntries(
    columns.flatMap((column): [string, Part][] => {
      const values = rows.map((row) => row[column.key] ?? null)
      const how = totalOf(column)
      if (how === 'sum') return [[column.key, values.reduce<bigint>((sum, value) => sum + BigInt(value ?? 0), 0n)]]
      if (how !== 'min' && how !== 'max') return []
      const known = values.filter((value) => value !== null).sort(compared)
      return [[column.key, (how === 'min' ? known[0] : known.at(-1)) ?? null]]
    }),
  )
  return { ...cut(placed.slice(from), limit), total: rows.length, totals }
}

function sorted(rows: readonly Parts[], order: Order): readonly Parts[] {
  const isDecimal = order.column?.kind === 'percent' || order.column?.kind === 'ratio' || order.column?.kind === 'days'
  const first = (row: Parts): Part => (order.column === undefined ? '' : isDecimal ? Number(row[order.key] ?? 0) : (row[order.key] ?? ''))
  const upwards = (a: Parts, b: Parts): number => compared(first(a), first(b)) || compared(String(a['k'] ?? ''), String(b['k'] ?? ''))
  return [...rows].sort((a, b) => (order.downwards ? upwards(b, a) : upwards(a, b)))
}

function compared(a: Part, b: Part): number {
  return a === b ? 0 : a! < b! ? -1 : 1
}

async function ownTotals(reader: Reader, definition: ReportDefinition, question: ReportQuestion): Promise<Parts> {
  const own = await definition.totals?.(reader, question)
  if (own === undefined) return {}
  return isStatement(own) ? (await reader.report<Parts>(own))[0]! : own
}

function isStatement(own: Sql | Parts): own is Sql {
  return 'compile' in own
}

/** Computed columns, in their order: one may use another that stands before it. */
function withValues(row: Parts, columns: readonly ReportColumn[], question: ReportQuestion): Parts {
  const whole: Record<string, Part> = { ...row }
  for (const { key, value } of columns) if (value !== undefined) whole[key] = value(whole, question)
  return whole
}
