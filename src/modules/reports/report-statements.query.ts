import { Problem } from '../../kernel/problem.ts'
import { isUuid } from '../../kernel/uuid.ts'
import { readCursor } from '../../platform/paging.ts'
import { type Sql, snakeCase, sql } from '../../platform/sql.ts'
import type { Parts, ReportColumn } from './report-definition.query.ts'
import { dimensions } from './report-dimensions.query.ts'
import type { DimensionName } from './reports.api.ts'

/** Rows that come in an order: by one column, then by the key. */
export type Order = { readonly key: string; readonly downwards: boolean; readonly column: ReportColumn | undefined }

/** Reads '-overdue'. Throws reports.cannotSort: only columns of the statement and 'key' have an order. */
export function orderOf(sort: string, columns: readonly ReportColumn[]): Order {
  const key = sort.replace(/^-/, '')
  const column = columns.find((one) => one.key === key)
  if (key !== 'key' && (column === undefined || !sorts(column)))
    throw new Problem(
      'reports.cannotSort',
      { sort: key, known: ['key', ...columns.filter(sorts).map((one) => one.key)].join(', ') },
      { kind: 'invalid', path: 'sort' },
    )
  return { key, downwards: sort.startsWith('-'), column }
}

/** Whether rows can be ordered by it. */
export function sorts({ kind, value, isDetail, isSensitive }: ReportColumn): boolean {
  return !isDetail && !isSensitive && value === undefined && kind !== 'named' && kind !== 'word'
}

/** The rows `x` in their order, each with o0 and o1, the values of its place as text. `after`: the place after which to go on. */
export function ordered(rows: Sql, by: DimensionName, order: Order, cursor: string | undefined): Sql {
  const key = keyOf(by)
  const first = order.column === undefined ? undefined : orderValue(order.column)
  const places = [...(first ? [first] : []), key]
  const direction = order.downwards ? sql`desc` : sql`asc`
  const values =
    cursor === undefined
      ? undefined
      : readPlaces(
          cursor,
          places.map(({ type }) => type),
        )
  const beyond =
    values === undefined
      ? sql`true`
      : sql`(${sql.join(places.map(({ value }) => value))}) ${order.downwards ? sql`<` : sql`>`} (${sql.join(values.map((value, index) => sql`${value}::${sql.raw(places[index]!.type)}`))})`
  return sql`select x.*, ${sql.join(places.map(({ value }, index) => sql`(${value})::text as ${sql.ref(`o${index}`)}`))} from ${rows} x
    where ${beyond} order by ${sql.join(places.map(({ value }) => sql`${value} ${direction}`))}`
}

/** The place of a row that `ordered` gave. */
export function placeOf(row: Parts): string[] {
  return [row['o0'], row['o1']].filter((value) => value !== undefined).map(String)
}

/** Totals of the rows `x`: how many, and every column that has one over rows, as total_<column>. */
export function totalsOf(columns: readonly ReportColumn[]): Sql {
  const sums = columns.flatMap((column) => {
    const name = snakeCase(column.key)
    const value = sql.ref(`x.${name}`)
    const how = totalOf(column)
    const total =
      typeof how === 'object'
        ? how
        : how === 'sum'
          ? column.kind === 'money'
            ? sql`coalesce(ar.total(${value}), 0)`
            : sql`coalesce(sum(${value}), 0)::bigint`
          : how === 'min'
            ? sql`min(${value})`
            : how === 'max'
              ? sql`max(${value})`
              : undefined
    return total === undefined ? [] : [sql`${total} as ${sql.ref(`total_${name}`)}`]
  })
  return sql.join([sql`count(*)::int as rows`, ...sums])
}

export function totalOf({ kind, total, value, isDetail }: ReportColumn): NonNullable<ReportColumn['total']> {
  if (value !== undefined || isDetail) return 'none'
  return total ?? (kind === 'money' || kind === 'count' ? 'sum' : 'none')
}

type Place = { readonly value: Sql; readonly type: 'uuid' | 'text' | 'bigint' | 'numeric' | 'date' }

function keyOf(by: DimensionName): Place {
  if (dimensions[by].isDocument) return { value: sql`x.k`, type: 'uuid' }
  return dimensions[by].type === 'uuid'
    ? { value: sql`coalesce(x.k, '00000000-0000-0000-0000-000000000000'::uuid)`, type: 'uuid' }
    : { value: sql`coalesce(x.k, '') collate "C"`, type: 'text' }
}

function orderValue({ key, kind, isGiven }: ReportColumn): Place {
  const column = sql.ref(`x.${snakeCase(key)}`)
  if (isGiven && kind === 'day') return { value: column, type: 'date' }
  if (kind === 'money' || kind === 'ownMoney' || kind === 'count') return { value: sql`coalesce(${column}, 0)::bigint`, type: 'bigint' }
  if (kind === 'day') return { value: sql`coalesce(${column}, '0001-01-01'::date)`, type: 'date' }
  if (kind === 'text') return { value: sql`coalesce(${column}, '') collate "C"`, type: 'text' }
  return { value: sql`coalesce(${column}::numeric, 0)`, type: 'numeric' }
}

const fits: Readonly<Record<Place['type'], RegExp | ((text: string) => boolean)>> = {
  text: /^[^\0]*$/,
  bigint: /^-?\d{1,18}$/,
  numeric: /^-?\d{1,18}(\.\d{1,12})?$/,
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  uuid: isUuid,
}

/** A cursor comes from outside: what is not of these types is refused here, not by the database. */
function readPlaces(cursor: string, types: readonly Place['type'][]): string[] {
  return readCursor(cursor, types.length).map((value, index) => {
    const fit = fits[types[index]!]
    if (typeof value !== 'string' || !(typeof fit === 'function' ? fit(value) : fit.test(value)))
      throw new Problem('platform.badCursor', {}, { kind: 'invalid', path: 'cursor' })
    return value
  })
}
