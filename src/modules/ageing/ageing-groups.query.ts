import type { Reader } from '../../platform/db.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'
import type { AgeingDimension } from './ageing.api.ts'
import type { BucketRange } from './ageing-bucket.ts'
import { cutsMoney, dimensions, NOTHING } from './ageing-dimensions.query.ts'
import { openFacts } from './ageing-facts.query.ts'
import type { AgeingQuestion } from './ageing-filters.query.ts'
import type { FactKey } from './fact-columns.query.ts'
import { moneyFacts } from './money-facts.query.ts'
import type { Start } from './month-ends.query.ts'

/** The question, by what it is cut, and into which buckets. */
export type Cut = AgeingQuestion & {
  readonly by: readonly AgeingDimension[]
  readonly ranges: readonly BucketRange[]
  /** Minor units: rows of less are left out. */
  readonly least?: bigint | undefined
  /** By customer, of facts of which each is open: also the oldest of their due days, oldest_due_on. */
  readonly oldest?: true
}

/**
 * One row a value of the dimensions: k1, k2 and the sums. The facts are added up by what they carry, in one pass; money that is not allocated joins the sums, not
 * the facts, so that open items still come from their index; what is looked up (group, team, industry, class) comes last, over the few rows that are left.
 */
export function groups(reader: Reader, cut: Cut, start: Start): Sql {
  const wanted = cut.by.map((dimension) => dimensions[dimension])
  const keys = [...new Set(wanted.map(({ fact }) => fact))]
  const open = openRows(cut, keys, openFacts(reader, cut, { keys, start }))
  const added = cutsMoney(cut.by)
    ? withMoney(reader, cut, keys, open)
    : sql`select o.*, 0::bigint as unallocated, 0::bigint as own_unallocated from (${open}) o`
  const looked = wanted.map(({ fact, lookUp }, index) => {
    const key = sql.ref(`s.k_${fact}`)
    return lookUp?.(reader.caller.tenantId, `d${index}`, key) ?? { join: sql``, value: key }
  })
  const again = wanted.some(({ lookUp }) => lookUp !== undefined)
  const columns = sumColumns(cut)
  const values = looked.map(({ value }, index) => sql`${value} as ${sql.ref(`k${index + 1}`)}`)
  const sums = columns.map((column) => (again ? sql`ar.total(${sql.ref(`s.${column}`)}) as ${sql.ref(column)}` : sql.ref(`s.${column}`)))
  const joins = sql.join(
    looked.map(({ join }) => join),
    sql` `,
  )
  const grouped = again ? sql`group by ${sql.join(looked.map(({ value }) => value))}` : sql``
  const oldest = cut.oldest ? [sql`s.oldest_due_on`] : []
  return sql`select * from (select ${sql.join([...values, ...sums, ...oldest])} from (${added}) s ${joins} ${grouped}) x where ${shown(cut, columns)}`
}

/** Names of the sums of a row; own_…: the currency's own amounts, where currencies stand apart. */
export function sumColumns({ ranges, by }: Pick<Cut, 'ranges' | 'by'>): string[] {
  const columns = [...openColumns(ranges), 'unallocated']
  return standApart(by) ? [...columns, ...columns.map((column) => `own_${column}`)] : columns
}

export function standApart(by: Cut['by']): boolean {
  return by.includes('currency') && cutsMoney(by)
}

export function inRange(day: Sql, { from, until }: { readonly from?: string | undefined; readonly until?: string | undefined }): Sql {
  return and(from === undefined ? undefined : sql`${day} >= ${from}::date`, until === undefined ? undefined : sql`${day} < ${until}::date`)
}

function openColumns(ranges: Cut['ranges']): string[] {
  return ['total', 'overdue', ...ranges.map((_, index) => `b${index}`)]
}

function carried(keys: readonly FactKey[], alias = 'f'): Sql {
  return sql.join(keys.map((key) => sql.ref(`${alias}.k_${key}`)))
}

/**
 * The open amounts by what they carry. Customers come in the order of their index, and every amount is looked at once for each column. Other values are few: there the amounts are
 * added up by value and column first, one comparison after the other, and the columns are made of what is left.
 */
function openRows(cut: Cut, keys: readonly FactKey[], facts: Sql): Sql {
  const isLate = sql`f.due_on < ${cut.asOf}::date`
  if (keys.includes('customer'))
    return sql`select ${carried(keys)}, ${openSums(cut, (range) => inRange(ageDay(cut), range), isLate)}${cut.oldest ? sql`, min(f.due_on) as oldest_due_on` : sql``}
      from (${facts}) f group by ${carried(keys)}`
  const added = sql`select ${carried(keys)}, f.b, f.is_late, ar.total(f.a) as a, ar.total(f.own) as own
    from (select f.*, ${columnOf(cut)} as b, ${cut.basis === 'issued' ? isLate : sql`null::boolean`} as is_late from (${facts}) f) f group by ${carried(keys)}, f.b, f.is_late`
  return sql`select ${carried(keys)}, ${openSums(cut, (_, index) => sql`f.b = ${sql.lit(index)}`, sql`f.is_late`)} from (${added}) f group by ${carried(keys)}`
}

function ageDay({ basis }: Cut): Sql {
  return basis === 'due' ? sql`f.due_on` : sql`f.issued_on`
}

/** The number of the column that a day falls into: the ranges go from the youngest to the oldest and cover every day, so the first that has begun is it. */
function columnOf(cut: Cut): Sql {
  const cases = cut.ranges.slice(0, -1).map(({ from }, index) => sql`when ${ageDay(cut)} >= ${from}::date then ${sql.lit(index)}`)
  return cases.length === 0 ? sql`0` : sql`case ${sql.join(cases, sql` `)} else ${sql.lit(cut.ranges.length - 1)} end`
}

/** Column by column. When age counts from the due day, what is overdue is the total without its first column. */
function openSums({ ranges, basis, by }: Cut, inColumn: (range: BucketRange, index: number) => Sql, isLate: Sql): Sql {
  const sums = (amount: Sql, prefix: string): Sql[] => {
    const sum = (condition: Sql) => sql`coalesce(ar.total(${amount}) filter (where ${condition}), 0)`
    const total = sql`coalesce(ar.total(${amount}), 0)`
    const overdue = basis === 'due' ? sql`${total} - ${sum(inColumn(ranges[0]!, 0))}` : sum(isLate)
    return [total, overdue, ...ranges.map((range, index) => sum(inColumn(range, index)))].map(
      (value, index) => sql`${value} as ${sql.ref(prefix + openColumns(ranges)[index]!)}`,
    )
  }
  return sql.join([...sums(sql`f.a`, ''), ...(standApart(by) ? sums(sql`f.own`, 'own_') : [])])
}

/** Rows of open items and rows of money, joined on what they carry; either may be missing. */
function withMoney(reader: Reader, cut: Cut, keys: readonly FactKey[], open: Sql): Sql {
  const money = sql`select ${carried(keys)}, ar.total(f.u) as unallocated, ar.total(f.own_u) as own_unallocated from (${moneyFacts(reader, cut, keys)}) f group by ${carried(keys)}`
  const names = ['', ...(standApart(cut.by) ? ['own_'] : [])].flatMap((prefix) => openColumns(cut.ranges).map((column) => prefix + column))
  const either = keys.map((key) => sql`coalesce(${sql.ref(`o.k_${key}`)}, ${sql.ref(`m.k_${key}`)}) as ${sql.ref(`k_${key}`)}`)
  const same = keys.map((key) => sql`${known(`o.k_${key}`, key)} = ${known(`m.k_${key}`, key)}`)
  const sums = [
    ...names.map((name) => sql`coalesce(${sql.ref(`o.${name}`)}, 0) as ${sql.ref(name)}`),
    sql`coalesce(m.unallocated, 0) as unallocated`,
    sql`coalesce(m.own_unallocated, 0) as own_unallocated`,
    ...(cut.oldest ? [sql`o.oldest_due_on`] : []),
  ]
  return sql`select ${sql.join([...either, ...sums])} from (${open}) o full join (${money}) m on ${and(...same)}`
}

/** A missing value joins a missing value. */
function known(column: string, key: FactKey): Sql {
  return key === 'currency' ? sql`coalesce(${sql.ref(column)}, '')` : sql`coalesce(${sql.ref(column)}, ${NOTHING.uuid}::uuid)`
}

/** Every row with anything in it; with `least`, every row of so much. */
function shown({ least }: Cut, columns: readonly string[]): Sql {
  if (least !== undefined) return sql`x.total >= ${least}::bigint`
  return sql`(${sql.join(
    columns.map((column) => sql`${sql.ref(`x.${column}`)} <> 0`),
    sql` or `,
  )})`
}
