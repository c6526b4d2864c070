import type { Reader } from '../../platform/db.ts'
import { cutPage } from '../../platform/paging.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import type { AgeingDimension } from './ageing.api.ts'
import { cutsMoney, dimensions, type Named, NOTHING, namesOf } from './ageing-dimensions.query.ts'
import { type Cut, groups, standApart, sumColumns } from './ageing-groups.query.ts'
import { unallocatedMoney } from './money-facts.query.ts'
import { startOf } from './month-ends.query.ts'
import { typedCursor } from './typed-cursor.query.ts'

export type AgeingSort = 'total' | '-total' | 'name' | '-name' | 'overdue' | '-overdue'
export type AgeingReport = Cut & { readonly sort: AgeingSort; readonly limit: number; readonly cursor?: string | undefined }
/** Minor units. `buckets` in the order of the ranges; they add up to `total`. `overdue`: of the total, what was due before the day. */
export type AgeingSums = {
  readonly buckets: readonly bigint[]
  readonly total: bigint
  readonly overdue: bigint
  readonly unallocated: bigint | null
}
export type AgeingRow = AgeingSums & {
  readonly keys: readonly { readonly id: string | null; readonly name: string | null; readonly code: string | null }[]
  readonly own: (AgeingSums & { readonly currency: string }) | null
}
export type Ageing = {
  readonly items: readonly AgeingRow[]
  readonly nextCursor: string | null
  readonly total: number
  readonly totals: AgeingSums
}

/**
 * 账龄分析: open amounts as of a day by one or two dimensions and bucket, in one pass over the open items and the entries after the day. The totals are of the
 * whole filter; rows whose columns are all zero are left out.
 */
export async function ageing(reader: Reader, report: AgeingReport): Promise<Ageing> {
  const ranked = rankedRows(report)
  const start = await startOf(reader, report)
  const columns = sumColumns(report)
  const rows = await reader.report<RawRow>(sql`with g as materialized (${groups(reader, report, start)}),
    t as (select count(*)::int as rows, ${sql.join(columns.map((column) => sql`coalesce(ar.total(${sql.ref(`g.${column}`)}), 0) as ${sql.ref(column)}`))} from g),
    p as (${ranked.select(reader.caller.tenantId)} limit ${report.limit + 1})
    select t.rows, ${arrayOf(columns, 't')} as all_sums, p.k1::text as k1, ${report.by.length > 1 ? sql`p.k2::text` : sql`null::text`} as k2, p.n1, p.n2, ${arrayOf(columns, 'p')} as sums
    from t left join p on true order by ${ranked.again}`)
  const { allSums, rows: total } = rows[0]!
  const found = rows.filter((row): row is RawRow & { n1: string } => row.n1 !== null)
  const { items, nextCursor } = cutPage(found, report.limit, ranked.cursor)
  const names = await Promise.all(
    report.by.map((dimension, index) =>
      namesOf(
        reader,
        dimension,
        items.map((row) => keyOf(row, index)),
      ),
    ),
  )
  const totals = sumsFrom(allSums, report)
  return {
    items: items.map((row) => rowFrom(row, report, names)),
    nextCursor,
    total,
    totals: cutsMoney(report.by) ? totals : { ...totals, unallocated: await unallocatedMoney(reader, report) },
  }
}

type RawRow = {
  rows: number
  allSums: bigint[]
  k1: string | null
  k2: string | null
  /** Null where the page has no row. */
  n1: string | null
  n2: string | null
  sums: bigint[]
}

/** The sums in the order of sumColumns, as an array; zeros where a page has no row (a company that nobody owes anything). */
function arrayOf(columns: readonly string[], alias: string): Sql {
  return sql`array[${sql.join(columns.map((column) => sql`coalesce(${sql.ref(`${alias}.${column}`)}, 0)`))}]::bigint[]`
}

/** The order of the rows and the place where a page goes on. Ties, and what has no value, are ordered by the keys themselves. */
function rankedRows({ by, sort, cursor }: AgeingReport): {
  select: (tenantId: number) => Sql
  /** The same order, of the rows that were selected. */
  again: Sql
  cursor: (row: RawRow) => (string | null)[]
} {
  const downwards = sort.startsWith('-')
  const byName = sort.endsWith('name')
  const keys = by.map((dimension, index) => notNull(sql.ref(`g.k${index + 1}`), dimension))
  const namings = by.map((dimension, index) =>
    dimensions[dimension].names && byName
      ? sql`coalesce(${sql.ref(`m${index + 1}.name`)}, '')`
      : byName
        ? sql`coalesce(${sql.ref(`g.k${index + 1}`)}::text, '')`
        : sql`''::text`,
  )
  const first: readonly Sql[] = byName
    ? namings.map((name) => sql`${name} collate "zh-x-icu"`)
    : [sort.endsWith('overdue') ? sql`g.overdue` : sql`g.total`]
  const order = [...first, ...keys]
  const types = [...first.map(() => (byName ? 'text' : 'bigint')), ...by.map((dimension) => dimensions[dimension].type)] as const
  const after = cursor === undefined ? undefined : typedCursor(cursor, types)
  const collated = (index: number) => (byName && index < first.length ? sql` collate "zh-x-icu"` : sql``)
  const beyond =
    after &&
    sql`(${sql.join(order)}) ${downwards ? sql`<` : sql`>`} (${sql.join(after.map((value, index) => sql`${value}::${sql.raw(types[index]!)}${collated(index)}`))})`
  const direction = downwards ? sql`desc` : sql`asc`
  const ordering = sql.join(order.map((one) => sql`${one} ${direction}`))
  const joins = (t: number) =>
    sql.join(
      by.map((dimension, index) =>
        byName && dimensions[dimension].names
          ? sql`left join (${dimensions[dimension].names(t)}) ${sql.ref(`m${index + 1}`)} on ${sql.ref(`m${index + 1}.id`)} = ${sql.ref(`g.k${index + 1}`)}`
          : sql``,
      ),
      sql` `,
    )
  return {
    select: (t) =>
      sql`select g.*, ${namings[0]!} as n1, ${namings[1] ?? sql`''::text`} as n2, ${sql.join(order.map((one, index) => sql`${one} as ${sql.ref(`o${index}`)}`))}
        from g ${joins(t)} where ${beyond ?? sql`true`} order by ${ordering}`,
    again: sql.join(order.map((_, index) => sql`${sql.ref(`p.o${index}`)} ${direction}`)),
    cursor: (row) => [
      ...(byName ? [row.n1, row.n2].slice(0, by.length) : [String(sort.endsWith('overdue') ? row.sums[1] : row.sums[0])]),
      ...by.map((dimension, index) => keyOf(row, index) ?? nothing(dimension)),
    ],
  }
}

function notNull(key: Sql, dimension: AgeingDimension): Sql {
  return dimensions[dimension].type === 'uuid' ? sql`coalesce(${key}, ${nothing(dimension)}::uuid)` : sql`coalesce(${key}, '')`
}
function nothing(dimension: AgeingDimension): string {
  return NOTHING[dimensions[dimension].type]
}
function keyOf(row: RawRow, index: number): string | null {
  return index === 0 ? row.k1 : row.k2
}

function rowFrom(row: RawRow, report: AgeingReport, names: readonly Map<string, Named>[]): AgeingRow {
  const keys = report.by.map((dimension, index) => {
    const id = keyOf(row, index)
    const named = id === null ? undefined : names[index]!.get(id)
    return { id, name: named?.name ?? (dimensions[dimension].names ? null : id), code: named?.code ?? null }
  })
  const currency = keys[report.by.indexOf('currency')]?.id
  const own = standApart(report.by) && currency != null ? { currency, ...sumsFrom(row.sums.slice(row.sums.length / 2), report) } : null
  return { keys, ...sumsFrom(row.sums, report), own }
}

function sumsFrom(sums: readonly bigint[], { ranges, by }: AgeingReport): AgeingSums {
  const [total, overdue] = sums
  return {
    total: total!,
    overdue: overdue!,
    buckets: sums.slice(2, 2 + ranges.length),
    unallocated: cutsMoney(by) ? sums[2 + ranges.length]! : null,
  }
}
