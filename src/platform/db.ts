import pg from 'pg'
import { assert } from '../kernel/assert.ts'
import type { Problem } from '../kernel/problem.ts'
import { isUuid } from '../kernel/uuid.ts'
import type { Caller } from './caller.ts'
import { shouldRetry, translateDatabaseError } from './database-errors.ts'
import { type FairPlaces, fairPlaces } from './fair-places.ts'
import { type Send, sendOn } from './flight.ts'
import { type Reader, readerOn } from './reader.ts'
import { compile, type Sql } from './sql.ts'
import { toRows } from './statements.ts'
import { type PastTime, Transaction, type Tx } from './transaction.ts'
import type { Row, Statement } from './write-set.ts'
import type { ColumnTypes } from './write-set-text.ts'

export type { Reader, Tx }

pg.types.setTypeParser(pg.types.builtins.INT8, BigInt)
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
const INT8_ARRAY = 1016 as Parameters<typeof pg.types.setTypeParser>[0]
pg.types.setTypeParser(INT8_ARRAY, (text: string) => text.slice(1, -1).split(',').filter(Boolean).map(BigInt))
const DATE_ARRAY = 1182 as Parameters<typeof pg.types.setTypeParser>[0]
pg.types.setTypeParser(DATE_ARRAY, (text: string) => text.slice(1, -1).split(',').filter(Boolean))

/** Attempts at a transaction whose guards failed or that lost a deadlock, before the caller is told that somebody was faster. */
const ATTEMPTS = 5
const READ_TIMEOUT_MS = 10_000
/** A statement of a write, waiting for locks included. Far above what any takes: it only ends what hangs. */
const WRITE_TIMEOUT_MS = 120_000
/** A transaction in which nothing is asked, of a download whose reader has stopped reading, say: its connection is taken back. */
const IDLE_TIMEOUT_MS = 300_000
/** A connection that nobody used for so long is closed. A new one reads the catalogue and plans every statement anew: after each short break the first call would wait for that. */
const KEPT_IDLE_MS = 600_000
/** Connections that write at once, and as many that read. */
const POOL_SIZE = 10
/** How long a call waits for a free connection before it is told to come again. */
const CONNECT_TIMEOUT_MS = 30_000

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
  /**
   * The same database at another time, for a company whose months are lived through in minutes (module demo): what is written carries that time, and the workers are asked for nothing.
   * Shares the connections: only this one is closed.
   */
  past(clock: () => Date): Promise<Database>
  close(): Promise<void>
}

export type ReadOptions = { readonly timeoutMs?: number }

export type DatabaseOptions = {
  readonly url: string
  readonly clock: () => Date
  readonly poolSize?: number
  readonly writeTimeoutMs?: number
  readonly connectTimeoutMs?: number
  /** What every write is refused with at this moment, if anything (disk-room.ts). */
  readonly refusal?: () => Problem | undefined
}

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { poolSize = POOL_SIZE, connectTimeoutMs = CONNECT_TIMEOUT_MS } = options
  const { writers, readers } = openPools({ ...options, poolSize, connectTimeoutMs })
  const [writing, reading] = [fairPlaces(poolSize, connectTimeoutMs), fairPlaces(poolSize, connectTimeoutMs)]
  const { clock, refusal = () => undefined } = options
  return databaseOn({ writers, readers, writing, reading, refusal, types: await columnTypes(readers) }, clock)
}

type Connections = {
  readonly writers: pg.Pool
  readonly readers: pg.Pool
  /** Who has one of the connections above, company by company. */
  readonly writing: FairPlaces
  readonly reading: FairPlaces
  readonly refusal: () => Problem | undefined
  readonly types: ColumnTypes
  readonly past?: PastTime
}

function databaseOn(connections: Connections, clock: () => Date): Database {
  const { writers, readers } = connections
  return {
    read: (caller, body, options) => readIn(connections, clock(), caller, body, options),
    transaction: (caller, body) => attempt(connections, clock, caller, body),
    raw: async (query) => toRows((await readers.query({ ...mutable(compile(query)), rowMode: 'array' })) as pg.QueryArrayResult),
    tenants: async () => (await asRole(readers, 'app_rw', 'select * from ar.tenant_list()')).map((row) => Number(row[0])),
    now: clock,
    past: async (then) => databaseOn({ ...connections, past: { instants: await instants(readers) } }, then),
    close: async () => void (await Promise.all([writers.end(), readers.end()])),
  }
}

function openPools({ url, poolSize, writeTimeoutMs = WRITE_TIMEOUT_MS, connectTimeoutMs }: DatabaseOptions) {
  const connection = {
    connectionString: url,
    application_name: 'huikuan',
    keepAlive: true,
    max: poolSize,
    idleTimeoutMillis: KEPT_IDLE_MS,
    connectionTimeoutMillis: connectTimeoutMs,
  } as pg.PoolConfig
  const settings = `-c jit=off -c idle_in_transaction_session_timeout=${IDLE_TIMEOUT_MS}`
  const writing = `-c plan_cache_mode=force_generic_plan -c statement_timeout=${writeTimeoutMs}`
  const writers = new pg.Pool({ ...connection, options: `${settings} ${writing}` })
  const readers = new pg.Pool({ ...connection, options: settings })
  for (const pool of [writers, readers]) {
    pool.on('error', () => undefined) // a broken idle connection is replaced by the pool
    pool.on('connect', (client) => client.on('error', () => undefined)) // one in use fails its call: an error that nobody hears would end the program
  }
  return { writers, readers }
}

async function readIn<T>(
  { readers, reading }: Connections,
  at: Date,
  caller: Caller,
  body: (reader: Reader) => Promise<T>,
  options?: ReadOptions,
): Promise<T> {
  const leave = await reading.enter(caller.tenantId)
  const client = await readers.connect().catch((error: unknown) => {
    leave()
    throw translateDatabaseError(error)
  })
  const send = sendOn(client)
  let broken: Error | undefined
  try {
    const begun = begin(send, 'begin isolation level repeatable read read only', caller, {
      statement_timeout: String(options?.timeoutMs ?? READ_TIMEOUT_MS),
    })
    begun.catch(() => undefined) // reported by the first statement after it
    const result = await body(readerOn(send, at, caller))
    await begun
    return result
  } catch (error) {
    throw translateDatabaseError(error)
  } finally {
    await send(ROLLBACK).catch((error: Error) => {
      broken = error
    })
    client.release(broken)
    leave()
  }
}

async function attempt<T>(on: Connections, clock: () => Date, caller: Caller, body: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await transactIn(on, clock(), caller, body)
    } catch (error) {
      if (tried >= ATTEMPTS || !shouldRetry(error)) throw translateDatabaseError(error)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 8 * 2 ** tried))
    }
  }
}

async function transactIn<T>(on: Connections, at: Date, caller: Caller, body: (tx: Tx) => Promise<T>): Promise<T> {
  const refused = on.refusal()
  if (refused) throw refused
  const leave = await on.writing.enter(caller.tenantId)
  const client = await on.writers.connect().catch((error: unknown) => {
    leave()
    throw error
  })
  const send = sendOn(client)
  let broken: Error | undefined
  let open = true
  const tx = new Transaction(send, on.types, at, caller, on.past)
  try {
    const begun = begin(send, 'begin', caller, on.past === undefined ? {} : IN_THE_PAST)
    begun.catch(() => undefined)
    const result = await body(tx)
    await begun
    await tx.commit()
    open = false
    return result
  } catch (error) {
    throw tx.causeOf(error)
  } finally {
    if (open) await send(ROLLBACK).catch((error: Error) => (broken = error))
    client.release(broken)
    leave()
  }
}

/** Thousands of commits of a company that would be made anew anyway need not each wait for the disk. */
const IN_THE_PAST = { synchronous_commit: 'off' }
const ROLLBACK: Statement = { text: 'rollback', values: [] }

/** Begins a transaction in the caller's role, company and scope, all of them gone with it. They are the session's, never a request's text. */
function begin(send: Send, text: string, { tenantId, scope }: Caller, more: Readonly<Record<string, string>>): Promise<unknown> {
  assert(Number.isInteger(tenantId) && tenantId > 0, 'a caller has a tenant')
  const local: [name: string, value: string][] = [
    ['role', scope.kind === 'all' ? 'app_rw' : 'app_scoped'],
    ['app.tenant', String(tenantId)],
  ]
  if (scope.kind !== 'all') {
    assert(scope.salespeople.every(isUuid), 'a scope names people by id')
    local.push(['app.salespeople', `{${scope.salespeople.join(',')}}`])
  }
  local.push(...Object.entries(more))
  const settings = local.map(([name], index) => `set_config('${name}', $${index + 1}, true)`).join(', ')
  return Promise.all([send({ text, values: [] }), send({ text: `select ${settings}`, values: local.map(([, value]) => value) })])
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

/** Columns by table (camelCase) that say now() unless a store says another instant. */
async function instants(pool: pg.Pool): Promise<Map<string, string[]>> {
  const { rows } = await pool.query<{ t: string; c: string }>(
    `select c.relname as t, a.attname as c from pg_attrdef d join pg_class c on c.oid = d.adrelid join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum = d.adnum where n.nspname = 'ar' and pg_get_expr(d.adbin, d.adrelid) = 'now()'`,
  )
  const found = new Map<string, string[]>()
  for (const { t, c } of rows)
    found.set(t, [...(found.get(t) ?? []), c.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())])
  return found
}
