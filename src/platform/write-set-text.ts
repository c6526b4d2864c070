import { assert } from '../kernel/assert.ts'
import { NEW_MARK } from './kept-tables.ts'
import { snakeCase } from './sql.ts'

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

/** Each column's SQL type, by table. */
export type ColumnTypes = ReadonlyMap<string, ReadonlyMap<string, string>>

/** How a value becomes a parameter. */
export type Kind = 'plain' | 'json' | 'array' | 'bytes'
/**
 * One part of a statement, with as many parameters as its columns, or as the values of a check. `id` names its text among all: two sets with the same parts in the same order are one
 * text, which is then built, hashed and looked up once and not at every call.
 */
export type Part = {
  readonly id: number
  /** Values stand row by row, each a parameter of its own; else a list of all rows' values a column. */
  readonly isFew: boolean
  readonly columns: readonly string[]
  readonly kinds: readonly Kind[]
  /** Its CTE, called `name`, and what must be true of it. */
  readonly text: (name: string, parameter: () => string) => { readonly cte: string; readonly condition?: string }
}
type Make = Omit<Part, 'id'>
type Source = { readonly text: string; readonly columns: readonly string[] }

/** Up to here the number of rows stands in the text: more texts to plan, each of them quicker. */
const FEW = 4
const PARTS_MOST = 20_000
const TEXTS_MOST = 5_000

/** The parts and texts of one database's tables. */
export class SetTexts {
  readonly #types: ColumnTypes
  readonly #parts = new Map<string, Part>()
  readonly #wholes = new Map<string, string>()

  constructor(types: ColumnTypes) {
    this.#types = types
  }

  insert(table: string, columns: readonly string[], key: string, count: number): Part {
    const few = count <= FEW ? count : 0
    return this.#part(`i${few}${key}`, () => ({
      isFew: few > 0,
      columns,
      kinds: this.#kinds(table, columns),
      text: (_, parameter) => {
        const from = this.#source(table, columns, few, parameter)
        const named = columns.map(snakeCase).join(', ')
        return { cte: `insert into ar.${table} (tenant_id, ${named}) select $1, ${from.columns.join(', ')} from ${from.text}` }
      },
    }))
  }

  update(table: string, shape: UpdateShape, key: string, count: number): Part {
    return this.#part(`u${count} ${key}`, () => {
      const { match = ['id'], set = [], add = [], expect = [], guard } = shape
      const columns = [...new Set([...match, ...set, ...add, ...expect, ...guardColumns(guard)])]
      const few = count <= FEW ? count : 0
      return {
        isFew: few > 0,
        columns,
        kinds: this.#kinds(table, columns),
        text: (name, parameter) => ({
          cte: updateText(table, shape, columns, this.#source(table, columns, few, parameter)),
          condition: `(select count(*) from ${name}) = ${count}`,
        }),
      }
    })
  }

  delete(table: string, match: readonly string[], count: number): Part {
    const few = count <= FEW ? count : 0
    return this.#part(`d${few}${table}(${match.join()})`, () => ({
      isFew: few > 0,
      columns: match,
      kinds: this.#kinds(table, match),
      text: (_, parameter) => ({
        cte: `delete from ar.${table} t using ${this.#source(table, match, few, parameter).text} where t.tenant_id = $1 and ${pairs(match)} returning 1`,
      }),
    }))
  }

  /** That the company's settings have changed. */
  newMark(): Part {
    return this.#part('m', () => ({ isFew: true, columns: [], kinds: [], text: () => ({ cte: NEW_MARK }) }))
  }

  /** Its columns are the places of its values, in the order in which the text asks for them. */
  check(text: string, count: number): Part {
    return this.#part(`c${count} ${text}`, () => {
      const columns = [...text.matchAll(PLACE)].map((match) => match[1]!)
      return {
        isFew: true,
        columns,
        kinds: columns.map(() => 'plain' as const),
        text: (name, parameter) => ({
          cte: text.replace(PLACE, () => parameter()),
          condition: `(select count(*) from ${name}) = ${count}`,
        }),
      }
    })
  }

  jobs(count: number): Part {
    const columns = ['task', 'payload', 'key', 'queue']
    return this.#part(`j${count}`, () => ({
      isFew: false,
      columns,
      kinds: columns.map(() => 'plain' as const),
      text: (name, parameter) => ({
        cte: `select ar.add_job(x.task, x.payload::json, x.key, x.queue) from unnest(${columns.map(() => `${parameter()}::text[]`).join(', ')}) x(${columns.join(', ')})`,
        condition: `(select count(*) from ${name}) = ${count}`,
      }),
    }))
  }

  /** A CTE a part, and a last select that divides by zero unless every condition holds. */
  whole(parts: readonly Part[]): string {
    const key = parts.map(({ id }) => id).join()
    const known = this.#wholes.get(key)
    if (known !== undefined) return known
    let used = 1
    const parameter = (): string => {
      used += 1
      return `$${used}`
    }
    const built = parts.map(({ text }, index) => ({ name: `w${index}`, ...text(`w${index}`, parameter) }))
    const conditions = built.flatMap(({ condition }) => condition ?? [])
    const text = `with ${built.map(({ name, cte }) => `${name} as materialized (${cte})`).join(',\n')}
select 1 / (${conditions.length === 0 ? 'true' : conditions.join(' and ')})::int as ok, $1::int as tenant`
    if (this.#wholes.size >= TEXTS_MOST) this.#wholes.clear()
    this.#wholes.set(key, text)
    return text
  }

  #part(key: string, make: () => Make): Part {
    const known = this.#parts.get(key)
    if (known) return known
    if (this.#parts.size >= PARTS_MOST) {
      this.#parts.clear()
      this.#wholes.clear()
    }
    const part = { id: this.#parts.size, ...make() }
    this.#parts.set(key, part)
    return part
  }

  #kinds(table: string, columns: readonly string[]): Kind[] {
    return columns.map((column) => kindOf(this.#typeOf(table, column)))
  }

  #typeOf(table: string, column: string): string {
    const type = this.#types.get(table)?.get(snakeCase(column))
    assert(type !== undefined, `no column ar.${table}.${snakeCase(column)}`)
    return type
  }

  /**
   * One row: `(select $2::uuid as id, $3::text as name …) x`, which the planner dissolves into parameters. A few: `(values ($2::uuid, $3::text …), (…)) x(id, name …)`. Many:
   * `unnest($2::uuid[], $3::text[] …) x(id, name …)`, one typed array a column, for each of which PostgreSQL makes a list of its own; arrays and json then travel as text and are cast per row.
   */
  #source(table: string, columns: readonly string[], few: number, parameter: () => string): Source {
    const names = columns.map(snakeCase)
    const types = columns.map((column) => this.#typeOf(table, column))
    if (few > 1) {
      const rows = Array.from({ length: few }, () => `(${types.map((type) => `${parameter()}::${type}`).join(', ')})`)
      return { text: `(values ${rows.join(', ')}) x(${names.join(', ')})`, columns: names.map((name) => `x.${name}`) }
    }
    if (few === 1) {
      const given = types.map((type, index) => `${parameter()}::${type} as ${names[index]}`)
      return { text: `(select ${given.join(', ')}) x`, columns: names.map((name) => `x.${name}`) }
    }
    const given = types.map((type) => `${parameter()}::${kindOf(type) === 'plain' ? type : 'text'}[]`)
    return {
      text: `unnest(${given.join(', ')}) x(${names.join(', ')})`,
      columns: types.map((type, index) => (kindOf(type) === 'plain' ? `x.${names[index]}` : `x.${names[index]}::${type}`)),
    }
  }
}

const PLACE = /\{(\d+)\}/g

function kindOf(type: string): Kind {
  if (type === 'jsonb' || type === 'json') return 'json'
  if (type === 'bytea') return 'bytes'
  return type.endsWith('[]') ? 'array' : 'plain'
}

function updateText(table: string, shape: UpdateShape, columns: readonly string[], from: Source): string {
  const { match = ['id'], set = [], add = [], expect = [], guard } = shape
  const value = (column: string): string => from.columns[columns.indexOf(column)]!
  const assignments = [
    ...set.map((column) => `${snakeCase(column)} = ${value(column)}`),
    ...add.map((column) => `${snakeCase(column)} = t.${snakeCase(column)} + ${value(column)}`),
    ...(expect.includes('version') ? ['version = t.version + 1'] : []),
  ]
  const conditions = [
    't.tenant_id = $1',
    pairs(match),
    ...expect.map((column) => `t.${snakeCase(column)} = ${value(column)}`),
    ...(guard ? [`(${guard})`] : []),
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
