import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  type SqlBool,
  sql,
} from 'kysely'

export { sql }
export type Sql<T = unknown> = RawBuilder<T>

/** Only compiles: statements are sent by platform/db.ts, which pipelines them. */
const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

export function compile(query: Sql): { text: string; values: readonly unknown[] } {
  const { sql: text, parameters } = query.compile(compiler)
  return { text, values: parameters }
}

/** `a and b and c`; `true` when there is none. Conditions that are undefined are left out. */
export function and(...conditions: readonly (Sql | undefined)[]): Sql<SqlBool> {
  const given = conditions.filter((condition) => condition !== undefined)
  return given.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`${sql.join(given, sql` and `)}`
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
