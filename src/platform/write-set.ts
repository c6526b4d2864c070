import { assert } from '../kernel/assert.ts'
import { snakeCase } from './sql.ts'

export type Row = { readonly [column: string]: unknown }

/** How an update finds its rows and what must still be true of them. Column names in camelCase, as in the rows. */
export type UpdateShape = {
  /** Columns that name the row, `id` by default. */
  readonly match?: readonly string[]
  /** Columns set to the row's value. */
  readonly set?: readonly string[]
  /** Columns increased by the row's value (counters: safe whatever happened since the load). */
  readonly add?: readonly string[]
  /** Columns that must still have the row's value, usually `version`; `version` is then counted up. */
  readonly expect?: readonly string[]
  /** A further condition in SQL on `t` (the table) and `x` (the row). Literal text of the program only. */
  readonly guard?: string
}

/** `isOnce`: never prepared, because the same text may mean another thing next time (a cursor's name), or is best planned for its values (a report). */
export type Statement = { readonly text: string; readonly values: readonly unknown[]; readonly isOnce?: true }
export type ColumnTypes = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Counters that several commands of one transaction may change: rows of one key are summed; of `least` columns the smallest non-null value counts. */
export type IncreaseShape = {
  readonly match: readonly string[]
  readonly add: readonly string[]
  readonly least?: readonly string[]
  readonly guard?: string
}

type Insert = { table: string; columns: readonly string[]; rows: Row[] }
type Update = { table: string; shape: UpdateShape; key: string; rows: Row[]; places?: Map<string, number> }
type Check = { readonly text: string; readonly values: readonly unknown[]; readonly count: number }
type Job = { readonly task: string; readonly payload: string; readonly key: string | null; readonly queue: string | null }

/**
 * What one transaction will write. Stores add rows and guarded updates; the set becomes ONE statement: a CTE a table, rows from unnested arrays,
 * and a last select that divides by zero unless every update hit exactly its rows. COMMIT can therefore be on its way before the answer is read.
 */
export class WriteSet {
  readonly #inserts = new Map<string, Insert>()
  readonly #updates: Update[] = []
  readonly #checks: Check[] = []
  readonly #jobs: Job[] = []
  readonly #deletes: { table: string; match: readonly string[]; rows: Row[] }[] = []

  get isEmpty(): boolean {
    return (
      this.#inserts.size === 0 &&
      this.#updates.length === 0 &&
      this.#checks.length === 0 &&
      this.#jobs.length === 0 &&
      this.#deletes.length === 0
    )
  }

  insert(table: string, rows: readonly Row[]): void {
    if (rows.length === 0) return
    const columns = Object.keys(rows[0]!)
    const key = `${table}(${columns.join()})`
    const known = this.#inserts.get(key)
    if (known) known.rows.push(...rows)
    else this.#inserts.set(key, { table, columns, rows: [...rows] })
  }

  /** Rows of the same table and shape go together. One row may be updated once in a set: a second update of it must be added up by the store or follow a flush. */
  update(table: string, rows: readonly Row[], shape: UpdateShape): void {
    if (rows.length === 0) return
    const key = JSON.stringify([table, shape])
    const known = this.#updates.find((update) => update.key === key)
    if (known) known.rows.push(...rows)
    else this.#updates.push({ table, shape, key, rows: [...rows] })
  }

  increase(table: string, rows: readonly Row[], shape: IncreaseShape): void {
    const { least = [], ...update } = shape
    const key = JSON.stringify([table, 'increase', update])
    let known = this.#updates.find((found) => found.key === key)
    if (!known) {
      known = { table, shape: update, key, rows: [] }
      this.#updates.push(known)
    }
    known.places ??= new Map()
    const { places } = known
    for (const row of rows) {
      const name = shape.match.map((column) => String(row[column])).join('\0')
      const place = places.get(name)
      if (place === undefined) places.set(name, known.rows.push(row) - 1)
      else known.rows[place] = summed(known.rows[place]!, row, shape.add, least)
    }
  }

  delete(table: string, rows: readonly Row[], match: readonly string[] = ['id']): void {
    if (rows.length > 0) this.#deletes.push({ table, match, rows: [...rows] })
  }

  /** `text` selects rows (tenant is $1, its own values follow as {0}, {1} …); there must be exactly `count` of them when the set is saved. */
  check(text: string, values: readonly unknown[], count: number): void {
    this.#checks.push({ text, values, count })
  }

  /** Jobs of one `queue` are done one after the other. */
  job(job: Job): void {
    this.#jobs.push(job)
  }

  /** The one statement. `types` gives each column's SQL type. */
  statement(tenantId: number, types: ColumnTypes): Statement {
    const values: unknown[] = [tenantId]
    const parameter = (value: unknown): string => `$${values.push(value)}`
    const parts: string[] = []
    const conditions: string[] = []
    const name = (prefix: string): string => `${prefix}${parts.length}`
    for (const { table, match, rows } of this.#deletes) {
      const from = source(table, match, rows, types, parameter)
      parts.push(`${name('d')} as (delete from ar.${table} t using ${from.text} where t.tenant_id = $1 and ${pairs(match)} returning 1)`)
    }
    for (const { table, columns, rows } of this.#inserts.values())
      parts.push(`${name('i')} as (${insertText(table, columns, rows, types, parameter)})`)
    for (const { table, shape, rows } of this.#updates) {
      const cte = name('u')
      parts.push(`${cte} as (${updateText(table, shape, rows, types, parameter)})`)
      conditions.push(`(select count(*) from ${cte}) = ${rows.length}`)
    }
    for (const { text, values: own, count } of this.#checks) {
      const cte = name('c')
      parts.push(`${cte} as (${text.replace(/\{(\d+)\}/g, (_, index: string) => parameter(own[Number(index)]))})`)
      conditions.push(`(select count(*) from ${cte}) = ${count}`)
    }
    if (this.#jobs.length > 0) {
      const cte = name('j')
      const columns = (['task', 'payload', 'key', 'queue'] as const).map((column) => parameter(this.#jobs.map((job) => job[column])))
      parts.push(
        `${cte} as materialized (select ar.add_job(x.task, x.payload::json, x.key, x.queue) from unnest(${columns.map((column) => `${column}::text[]`).join(', ')}) x(task, payload, key, queue))`,
      )
      conditions.push(`(select count(*) from ${cte}) = ${this.#jobs.length}`)
    }
    return {
      text: `with ${parts.join(',\n')}\nselect 1 / (${conditions.length === 0 ? 'true' : conditions.join(' and ')})::int as ok, $1::int as tenant`,
      values,
    }
  }
}

function summed(a: Row, b: Row, add: readonly string[], least: readonly string[]): Row {
  const added = add.map((column) => [column, (a[column] as bigint) + (b[column] as bigint)] as const)
  const smallest = least.map((column) => [column, smallerOf(a[column] as bigint | null, b[column] as bigint | null)] as const)
  return { ...a, ...Object.fromEntries([...added, ...smallest]) }
}
function smallerOf(a: bigint | null, b: bigint | null): bigint | null {
  return a === null ? b : b === null || a < b ? a : b
}

type Parameter = (value: unknown) => string

function insertText(table: string, columns: readonly string[], rows: readonly Row[], types: ColumnTypes, parameter: Parameter): string {
  const from = source(table, columns, rows, types, parameter)
  return `insert into ar.${table} (tenant_id, ${columns.map(snakeCase).join(', ')}) select $1, ${from.columns.join(', ')} from ${from.text}`
}

function updateText(table: string, shape: UpdateShape, rows: readonly Row[], types: ColumnTypes, parameter: Parameter): string {
  const { match = ['id'], set = [], add = [], expect = [] } = shape
  const columns = [...new Set([...match, ...set, ...add, ...expect, ...guardColumns(shape.guard)])]
  const from = source(table, columns, rows, types, parameter)
  const value = (column: string): string => from.columns[columns.indexOf(column)]!
  const assignments = [
    ...set.map((column) => `${snakeCase(column)} = ${value(column)}`),
    ...add.map((column) => `${snakeCase(column)} = t.${snakeCase(column)} + ${value(column)}`),
    ...(expect.includes('version') ? ['version = t.version + 1'] : []),
  ]
  const conditions = [
    `t.tenant_id = $1`,
    pairs(match),
    ...expect.map((column) => `t.${snakeCase(column)} = ${value(column)}`),
    ...(shape.guard ? [`(${shape.guard})`] : []),
  ]
  return `update ar.${table} t set ${assignments.join(', ')} from ${from.text} where ${conditions.join(' and ')} returning 1`
}

/** Columns that a guard reads from the row: x.some_column. */
function guardColumns(guard: string | undefined): string[] {
  return [...(guard ?? '').matchAll(/\bx\.([a-z0-9_]+)/g)].map((match) =>
    match[1]!.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
  )
}

function pairs(columns: readonly string[]): string {
  return columns.map((column) => `t.${snakeCase(column)} = x.${snakeCase(column)}`).join(' and ')
}

/**
 * One row: `(select $2::uuid as id, $3::text as name …) x`, which the planner dissolves into parameters. Several: `unnest($2::uuid[], $3::text[] …) x(id, name …)`, one typed
 * array a column; arrays and json then travel as text and are cast per row.
 */
function source(
  table: string,
  columns: readonly string[],
  rows: readonly Row[],
  types: ColumnTypes,
  parameter: Parameter,
): { text: string; columns: string[] } {
  const known = types.get(table)
  assert(known !== undefined, `no table ar.${table}`)
  const given: string[] = []
  const selected: string[] = []
  const [only] = rows
  for (const column of columns) {
    const sqlName = snakeCase(column)
    const type = known.get(sqlName)
    assert(type !== undefined, `no column ar.${table}.${sqlName}`)
    if (rows.length === 1) {
      given.push(`${parameter(encode(only![column], type))}::${type} as ${sqlName}`)
      selected.push(`x.${sqlName}`)
      continue
    }
    const asText = type.endsWith('[]') || type === 'jsonb' || type === 'json' || type === 'bytea'
    given.push(`${parameter(rows.map((row) => encode(row[column], type)))}::${asText ? 'text' : type}[]`)
    selected.push(asText ? `x.${sqlName}::${type}` : `x.${sqlName}`)
  }
  const text = rows.length === 1 ? `(select ${given.join(', ')}) x` : `unnest(${given.join(', ')}) x(${columns.map(snakeCase).join(', ')})`
  return { text, columns: selected }
}

function encode(value: unknown, type: string): unknown {
  if (value === undefined || value === null) return null
  if (type === 'jsonb' || type === 'json') return jsonText(value)
  if (type.endsWith('[]')) return `{${(value as readonly unknown[]).map(arrayElement).join(',')}}`
  if (type === 'bytea') return `\\x${(value as Buffer).toString('hex')}`
  if (value instanceof Date) return value.toISOString()
  return value
}

function arrayElement(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  const text = value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : String(value)
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}

/** JSON with bigint written as a decimal string. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner))
}
