import pg from 'pg'
import { dayIn, type Day } from '../kernel/day.ts'
import { isUuid } from '../kernel/uuid.ts'
import { assert } from '../kernel/assert.ts'
import { auditRow, type AuditEntry } from './audit.ts'
import type { Caller } from './caller.ts'
import { translateDatabaseError, shouldRetry } from './database-errors.ts'
import { camelCase, compile, type Sql } from './sql.ts'
import { type ColumnTypes, type IncreaseShape, jsonText, type Row, type Statement, type UpdateShape, WriteSet } from './write-set.ts'

pg.types.setTypeParser(pg.types.builtins.INT8, BigInt)
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
const INT8_ARRAY = 1016 as Parameters<typeof pg.types.setTypeParser>[0]
pg.types.setTypeParser(INT8_ARRAY, (text: string) => text.slice(1, -1).split(',').filter(Boolean).map(BigInt))
const DATE_ARRAY = 1182 as Parameters<typeof pg.types.setTypeParser>[0]
pg.types.setTypeParser(DATE_ARRAY, (text: string) => text.slice(1, -1).split(',').filter(Boolean))

/** Attempts at a transaction whose guards failed or that lost a deadlock, before the caller is told that somebody was faster. */
const ATTEMPTS = 5
const READ_TIMEOUT_MS = 10_000

export type Database = {
  /** Reads in one snapshot. Nothing can be written. */
  read<T>(caller: Caller, body: (reader: Reader) => Promise<T>, options?: ReadOptions): Promise<T>
  /** Load, decide, save: `body` loads and fills the write set; the set and COMMIT go out in one flight. `body` may run again, so it touches nothing but `tx`. */
  transaction<T>(caller: Caller, body: (tx: Tx) => Promise<T>): Promise<T>
  /** A question across tenants or before there is a tenant (sign-in, health). No row of a tenant table is visible here. */
  raw<T extends Row>(query: Sql): Promise<T[]>
  /** Ids of all tenants, for clocks. */
  tenants(): Promise<number[]>
  now(): Date
  close(): Promise<void>
}

export type ReadOptions = { readonly timeoutMs?: number }

export type Reader = {
  readonly caller: Caller
  /** The instant at which the call began. */
  readonly at: Date
  /** The tenant's calendar day at that instant. */
  readonly today: Day
  all<T>(query: Sql): Promise<T[]>
  maybe<T>(query: Sql): Promise<T | undefined>
  one<T>(query: Sql): Promise<T>
  /** Rows in pieces of `size`, from the same snapshot, for exports and long work. */
  pieces<T>(query: Sql, size?: number): AsyncIterable<T[]>
}

export type Tx = Reader & {
  /** Adds rows; keys are column names in camelCase, all rows with the same keys; tenant_id is added. */
  insert(table: string, rows: readonly Row[]): void
  /** Adds guarded updates: unless every row is found as `shape` says, the whole transaction fails as platform.conflict. */
  update(table: string, rows: readonly Row[], shape: UpdateShape): void
  /** Adds to counters; changes of one row by several commands are summed into one. */
  increase(table: string, rows: readonly Row[], shape: IncreaseShape): void
  delete(table: string, rows: readonly Row[], match?: readonly string[]): void
  /** `text` (SQL, tenant is $1, own values {0}, {1}…) must select exactly `count` rows at the save: a lock or a condition on somebody else's row. */
  check(text: string, values: readonly unknown[], count: number): void
  /** The next number of `series` for each document, given last, gapless. */
  number(series: string, documentIds: readonly string[]): void
  /** One audit entry: who and from where come from the caller. */
  audit(entry: AuditEntry): void
  /** A job that starts after commit, in the same transaction's fate. With a key, a waiting job of the same key is replaced. */
  job(task: string, payload: Row, key?: string): void
  /** Sends what has been added so far, for a command that must read its own writes: says so and pays a round trip. */
  flush(): Promise<void>
}

export type DatabaseOptions = { readonly url: string; readonly clock: () => Date; readonly poolSize?: number; readonly onQuery?: (text: string) => void }

export async function openDatabase({ url, clock, poolSize = 10, onQuery }: DatabaseOptions): Promise<Database> {
  const connection = { connectionString: url, pipeline: true, application_name: 'huikuan', keepAlive: true } as pg.PoolConfig
  const writers = new pg.Pool({ ...connection, max: poolSize, options: '-c plan_cache_mode=force_generic_plan -c jit=off' })
  const readers = new pg.Pool({ ...connection, max: poolSize, options: '-c jit=off' })
  for (const pool of [writers, readers]) pool.on('error', () => undefined) // a broken idle connection is replaced by the pool
  const types = await columnTypes(readers)
  const send = (client: pg.ClientBase, statement: Statement): Promise<pg.QueryArrayResult> => {
    onQuery?.(statement.text)
    return client.query({ text: statement.text, values: statement.values as unknown[], rowMode: 'array', ...named(statement.text) })
  }
  return {
    read: (caller, body, options) => readIn(readers, send, clock(), caller, body, options),
    transaction: (caller, body) => attempt(writers, send, types, clock, caller, body),
    raw: async (query) => toRows((await readers.query({ ...mutable(compile(query)), rowMode: 'array' })) as pg.QueryArrayResult),
    tenants: async () => (await asRole(readers, 'app_rw', 'select * from ar.tenant_list()')).map((row) => Number(row[0])),
    now: clock,
    close: async () => void (await Promise.all([writers.end(), readers.end()])),
  }
}

type Send = (client: pg.ClientBase, statement: Statement) => Promise<pg.QueryArrayResult>

async function readIn<T>(pool: pg.Pool, send: Send, at: Date, caller: Caller, body: (reader: Reader) => Promise<T>, options?: ReadOptions): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const begun = client.query(`begin isolation level repeatable read read only; ${prelude(caller)}; set local statement_timeout = ${options?.timeoutMs ?? READ_TIMEOUT_MS}`)
    begun.catch(() => undefined) // reported by the first statement after it
    const result = await body(readerOn(client, send, at, caller))
    await begun
    return result
  } catch (error) {
    throw translateDatabaseError(error)
  } finally {
    await client.query('rollback').catch((error: Error) => {
      broken = error
    })
    client.release(broken)
  }
}

async function attempt<T>(pool: pg.Pool, send: Send, types: ColumnTypes, clock: () => Date, caller: Caller, body: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await transactIn(pool, send, types, clock(), caller, body)
    } catch (error) {
      if (tried >= ATTEMPTS || !shouldRetry(error)) throw translateDatabaseError(error)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 8 * 2 ** tried))
    }
  }
}

async function transactIn<T>(pool: pg.Pool, send: Send, types: ColumnTypes, at: Date, caller: Caller, body: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  let open = true
  try {
    const begun = client.query(`begin; ${prelude(caller)}`)
    begun.catch(() => undefined)
    const tx = new Transaction(client, send, types, at, caller)
    const result = await body(tx)
    await begun
    await tx.commit()
    open = false
    return result
  } finally {
    if (open) await client.query('rollback').catch((error: Error) => (broken = error))
    client.release(broken)
  }
}

class Transaction implements Tx {
  readonly caller: Caller
  readonly at: Date
  readonly today: Day
  readonly #client: pg.ClientBase
  readonly #send: Send
  readonly #types: ColumnTypes
  readonly #reader: Reader
  #set = new WriteSet()
  #audit: AuditEntry[] = []
  #numbers: { series: string; documentId: string }[] = []

  constructor(client: pg.ClientBase, send: Send, types: ColumnTypes, at: Date, caller: Caller) {
    this.#client = client
    this.#send = send
    this.#types = types
    this.#reader = readerOn(client, send, at, caller)
    this.caller = caller
    this.at = at
    this.today = this.#reader.today
  }

  all<T>(query: Sql): Promise<T[]> {
    return this.#reader.all(query)
  }
  maybe<T>(query: Sql): Promise<T | undefined> {
    return this.#reader.maybe(query)
  }
  one<T>(query: Sql): Promise<T> {
    return this.#reader.one(query)
  }
  pieces<T>(query: Sql, size?: number): AsyncIterable<T[]> {
    return this.#reader.pieces(query, size)
  }
  insert(table: string, rows: readonly Row[]): void {
    this.#set.insert(table, rows)
  }
  update(table: string, rows: readonly Row[], shape: UpdateShape): void {
    this.#set.update(table, rows, shape)
  }
  increase(table: string, rows: readonly Row[], shape: IncreaseShape): void {
    this.#set.increase(table, rows, shape)
  }
  delete(table: string, rows: readonly Row[], match?: readonly string[]): void {
    this.#set.delete(table, rows, match)
  }
  check(text: string, values: readonly unknown[], count: number): void {
    this.#set.check(text, values, count)
  }
  number(series: string, documentIds: readonly string[]): void {
    for (const documentId of documentIds) this.#numbers.push({ series, documentId })
  }
  audit(entry: AuditEntry): void {
    this.#audit.push(entry)
  }
  job(task: string, payload: Row, key?: string): void {
    this.#set.job(task, jsonText({ ...payload, tenantId: this.caller.tenantId }), key ?? null)
  }
  async flush(): Promise<void> {
    const statement = this.#takeStatement()
    if (statement) await this.#send(this.#client, statement)
  }

  /** Save, numbers and COMMIT in one flight. When one fails, the COMMIT behind it becomes a ROLLBACK. */
  async commit(): Promise<void> {
    const statement = this.#takeStatement()
    const flights: Promise<unknown>[] = []
    if (statement) flights.push(this.#send(this.#client, statement))
    if (this.#numbers.length > 0) flights.push(this.#send(this.#client, numberStatement(this.caller.tenantId, this.#numbers)))
    const committed = this.#client.query('commit')
    const settled = await Promise.allSettled([...flights, committed])
    const failed = settled.find((outcome) => outcome.status === 'rejected')
    if (failed) throw failed.reason
    assert((await committed).command === 'COMMIT', 'what was not refused was committed')
  }

  #takeStatement(): Statement | undefined {
    if (this.#audit.length > 0) {
      const rows = this.#audit.map((entry) => auditRow(this.caller, this.at, entry))
      this.#set.insert('audit_log', rows)
      this.#set.insert('audit_unsealed', rows.map((row) => ({ id: row['id'] })))
      this.#audit = []
    }
    if (this.#set.isEmpty) return undefined
    const statement = this.#set.statement(this.caller.tenantId, this.#types)
    this.#set = new WriteSet()
    return statement
  }
}

function readerOn(client: pg.ClientBase, send: Send, at: Date, caller: Caller): Reader {
  const all = async <T>(query: Sql): Promise<T[]> => toRows(await send(client, compile(query)))
  let cursors = 0
  return {
    caller,
    at,
    today: dayIn(caller.timeZone, at),
    all,
    maybe: async <T>(query: Sql) => (await all<T>(query))[0],
    one: async <T>(query: Sql) => {
      const rows = await all<T>(query)
      assert(rows.length === 1, `one row expected, ${rows.length} found`)
      return rows[0]!
    },
    async *pieces<T>(query: Sql, size = 5_000) {
      const { text, values } = compile(query)
      const name = `pieces_${(cursors += 1)}`
      await client.query({ text: `declare ${name} no scroll cursor for ${text}`, values: values as unknown[] })
      for (;;) {
        const rows = toRows<T & Row>((await client.query({ text: `fetch ${size} from ${name}`, rowMode: 'array' })) as pg.QueryArrayResult)
        if (rows.length === 0) break
        yield rows
      }
      await client.query(`close ${name}`)
    },
  }
}

/** The tenant is an integer of the session and the salespeople are checked UUIDs: nothing here comes from a request's text. */
function prelude(caller: Caller): string {
  assert(Number.isInteger(caller.tenantId) && caller.tenantId > 0, 'a caller has a tenant')
  if (caller.scope.kind === 'all') return `set local role app_rw; set local app.tenant = '${caller.tenantId}'`
  assert(caller.scope.salespeople.every(isUuid), 'a scope names people by id')
  return `set local role app_scoped; set local app.tenant = '${caller.tenantId}'; set local app.salespeople = '{${caller.scope.salespeople.join(',')}}'`
}

/** Numbers in the order given: series are locked in alphabetical order, one statement for all of them. */
function numberStatement(tenantId: number, wanted: readonly { series: string; documentId: string }[]): Statement {
  const bySeries = new Map<string, string[]>()
  for (const { series, documentId } of wanted) bySeries.set(series, [...(bySeries.get(series) ?? []), documentId])
  const series = [...bySeries.keys()].sort()
  const documents = series.flatMap((name) => bySeries.get(name)!.map((id, index) => ({ name, id, place: index + 1 })))
  return {
    text: `with want as (select * from unnest($2::text[], $3::bigint[]) w(series, n)),
 taken as (insert into ar.number_series as s (tenant_id, series, last) select $1, series, n from want order by series
   on conflict (tenant_id, series) do update set last = s.last + excluded.last returning s.series, s.last)
insert into ar.document_numbers (tenant_id, series, no, document_id)
select $1, d.series, t.last - w.n + d.place, d.document_id from unnest($4::text[], $5::bigint[], $6::uuid[]) d(series, place, document_id)
  join taken t on t.series = d.series join want w on w.series = d.series`,
    values: [tenantId, series, series.map((name) => bySeries.get(name)!.length), documents.map((d) => d.name), documents.map((d) => d.place), documents.map((d) => d.id)],
  }
}

function toRows<T>(result: pg.QueryArrayResult): T[] {
  const names = result.fields.map((field) => camelCase(field.name))
  return result.rows.map((cells: unknown[]) => {
    const row: Record<string, unknown> = {}
    for (let index = 0; index < names.length; index += 1) row[names[index]!] = cells[index]
    return row as T
  })
}

/** A text is prepared under a name once it has been seen often enough: composed filters that occur once leave nothing behind on the server. */
const SEEN_BEFORE_PREPARING = 3
const PREPARED_AT_MOST = 500
const seen = new Map<string, number>()
const names = new Map<string, string>()
function named(text: string): { name?: string } {
  const known = names.get(text)
  if (known) return { name: known }
  const count = (seen.get(text) ?? 0) + 1
  if (seen.size > 10_000) seen.clear()
  seen.set(text, count)
  if (count < SEEN_BEFORE_PREPARING || names.size >= PREPARED_AT_MOST) return {}
  const name = `p${names.size}`
  names.set(text, name)
  return { name }
}

function mutable({ text, values }: Statement): { text: string; values: unknown[] } {
  return { text, values: [...values] }
}

async function asRole(pool: pg.Pool, role: string, text: string): Promise<unknown[][]> {
  const client = await pool.connect()
  try {
    await client.query(`begin; set local role ${role}`)
    const result = (await client.query({ text, rowMode: 'array' })) as pg.QueryArrayResult
    return result.rows
  } finally {
    await client.query('rollback').catch(() => undefined)
    client.release()
  }
}

async function columnTypes(pool: pg.Pool): Promise<ColumnTypes> {
  const { rows } = await pool.query<{ t: string; c: string; ty: string }>(
    `select c.relname as t, a.attname as c, format_type(a.atttypid, null) as ty from pg_attribute a join pg_class c on c.oid = a.attrelid
     join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'ar' and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`,
  )
  const types = new Map<string, Map<string, string>>()
  for (const { t, c, ty } of rows) types.set(t, (types.get(t) ?? new Map()).set(c, ty))
  return types
}
