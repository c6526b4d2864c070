import { KEPT_TABLES } from './kept-tables.ts'
import { type ColumnTypes, type Kind, type Part, SetTexts, type UpdateShape } from './write-set-text.ts'

export type Row = { readonly [column: string]: unknown }

/** `isOnce`: never prepared, because the same text may mean another thing next time (a cursor's name), or is best planned for its values (a report). */
export type Statement = { readonly text: string; readonly values: readonly unknown[]; readonly isOnce?: true }

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
    const texts = textsOf(types)
    const values: unknown[] = [tenantId]
    const parts: Part[] = []
    const rowsInto = (part: Part, rows: readonly Row[]): void => {
      parts.push(part)
      addValues(values, part, rows)
    }
    for (const { table, match, rows } of this.#deletes) rowsInto(texts.delete(table, match, rows.length), rows)
    for (const [key, { table, columns, rows }] of this.#inserts) rowsInto(texts.insert(table, columns, key, rows.length), rows)
    for (const { table, shape, key, rows } of this.#updates) rowsInto(texts.update(table, shape, key, rows.length), rows)
    for (const { text, values: own, count } of this.#checks) {
      const part = texts.check(text, count)
      parts.push(part)
      for (const place of part.columns) values.push(own[Number(place)])
    }
    if (this.#changesKept()) parts.push(texts.newMark())
    if (this.#jobs.length > 0) {
      const part = texts.jobs(this.#jobs.length)
      parts.push(part)
      for (const column of part.columns) values.push(this.#jobs.map((job) => job[column as keyof Job]))
    }
    return { text: texts.whole(parts), values }
  }

  #changesKept(): boolean {
    const isKept = ({ table }: { readonly table: string }): boolean => KEPT_TABLES.has(table)
    return this.#deletes.some(isKept) || this.#updates.some(isKept) || [...this.#inserts.values()].some(isKept)
  }
}

const known = new WeakMap<ColumnTypes, SetTexts>()
function textsOf(types: ColumnTypes): SetTexts {
  const texts = known.get(types) ?? new SetTexts(types)
  known.set(types, texts)
  return texts
}

function addValues(values: unknown[], { isFew, columns, kinds }: Part, rows: readonly Row[]): void {
  if (isFew) for (const row of rows) for (let at = 0; at < columns.length; at += 1) values.push(encode(row[columns[at]!], kinds[at]!))
  else for (let at = 0; at < columns.length; at += 1) values.push(rows.map((row) => encode(row[columns[at]!], kinds[at]!)))
}

function summed(a: Row, b: Row, add: readonly string[], least: readonly string[]): Row {
  const added = add.map((column) => [column, (a[column] as bigint) + (b[column] as bigint)] as const)
  const smallest = least.map((column) => [column, smallerOf(a[column] as bigint | null, b[column] as bigint | null)] as const)
  return { ...a, ...Object.fromEntries([...added, ...smallest]) }
}
function smallerOf(a: bigint | null, b: bigint | null): bigint | null {
  return a === null ? b : b === null || a < b ? a : b
}

function encode(value: unknown, kind: Kind): unknown {
  if (value === undefined || value === null) return null
  if (kind === 'plain') return value instanceof Date ? value.toISOString() : value
  if (kind === 'json') return jsonText(value)
  if (kind === 'array') return `{${(value as readonly unknown[]).map(arrayElement).join(',')}}`
  return `\\x${(value as Buffer).toString('hex')}`
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
