declare const answer: unique symbol
/** A piece of a statement: text of the program and, between its parts, values (each becomes a parameter) or further pieces. `T`: a row of its answer. */
export type Sql<T = unknown> = { readonly texts: readonly string[]; readonly given: readonly unknown[]; readonly [answer]?: T }

class Piece<T> implements Sql<T> {
  declare readonly [answer]?: T
  readonly texts: readonly string[]
  readonly given: readonly unknown[]
  constructor(texts: readonly string[], given: readonly unknown[]) {
    this.texts = texts
    this.given = given
  }
}

/**
 * sql`… ${value} …`: a value becomes a parameter (a list one array), another piece stands there as it is. What a request says is never text of a statement. Sent by platform/db.ts.
 */
export function sql<T = unknown>(texts: readonly string[], ...given: readonly unknown[]): Sql<T> {
  return new Piece<T>(texts, given)
}

const COMMA = sql`, `
/** Values or pieces one after the other, with `between` between them. */
sql.join = <T = unknown>(items: readonly unknown[], between: Sql = COMMA): Sql<T> =>
  items.length === 0
    ? new Piece<T>([''], [])
    : new Piece<T>(
        Array.from({ length: items.length * 2 }, () => ''),
        items.flatMap((item, index) => (index === 0 ? [item] : [between, item])),
      )
/** 'r.due_on' as "r"."due_on". */
sql.ref = (name: string): Sql => sql.raw(name.split('.').map(quotedName).join('.'))
sql.table = sql.ref
/** A constant of the program, written into the text. */
sql.lit = (value: string | number | boolean | null): Sql =>
  sql.raw(typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value))
/** Text of the program, as it is. */
sql.raw = (text: string): Sql => new Piece([text], [])

function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** The text with $1, $2 …, and what they stand for. */
export function compile(query: Sql): { text: string; values: readonly unknown[] } {
  const values: unknown[] = []
  return { text: textOf(query, values), values }
}

function textOf({ texts, given }: Sql, values: unknown[]): string {
  let text = texts[0]!
  for (let index = 0; index < given.length; index += 1) {
    const one = given[index]
    text += one instanceof Piece ? textOf(one, values) : `$${values.push(one)}`
    text += texts[index + 1]!
  }
  return text
}

/** `a and b and c`; `true` when there is none. Conditions that are undefined are left out. */
export function and(...conditions: readonly (Sql | undefined)[]): Sql<boolean> {
  const given = conditions.filter((condition) => condition !== undefined)
  return given.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(given, sql` and `)}`
}

/** Ids that a question finds, for other questions of the same flight. `isOne`: one at most, which is then looked up once instead of joined. */
export type Found = { readonly ids: Sql; readonly isOne: boolean }

export function isFound(column: Sql, { ids, isOne }: Found): Sql<boolean> {
  return isOne ? sql<boolean>`${column} = (${ids})` : sql<boolean>`${column} in (${ids})`
}

export function found(ids: readonly string[]): Found {
  return ids.length === 1 ? { ids: sql`${ids[0]}::uuid`, isOne: true } : { ids: sql`select unnest(${ids}::uuid[])`, isOne: false }
}

const camel = new Map<string, string>()
/** customer_id → customerId, once per name. */
export function camelCase(name: string): string {
  let found = camel.get(name)
  if (found === undefined) {
    found = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    camel.set(name, found)
  }
  return found
}
const snake = new Map<string, string>()
/** customerId → customer_id, once per name. */
export function snakeCase(name: string): string {
  let found = snake.get(name)
  if (found === undefined) {
    found = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    snake.set(name, found)
  }
  return found
}
