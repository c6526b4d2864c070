import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Caller } from '../../src/platform/caller.ts'
import { type Database, openDatabase } from '../../src/platform/db.ts'
import { type Job, prepareJobs, startJobs } from '../../src/platform/jobs.ts'
import { sql } from '../../src/platform/sql.ts'
import { callerOf } from '../harness/callers.ts'
import { createTestDatabase, type TestDatabase } from '../harness/database.ts'

const CONNECTIONS = 4
const WORKS = 12
const LOCK = 93
/** Long enough for what is not kept waiting, by far. */
const SOON_MS = 5_000
/** What is kept waiting has not begun by then. */
const KEPT_WAITING_MS = 500

let database: TestDatabase
let db: Database
let holder: pg.Client
const busy = callerOf(1)
const quiet = callerOf(2)
beforeAll(async () => {
  database = await createTestDatabase()
  await prepareJobs(database.ownerUrl)
  db = await openDatabase({ url: database.appUrl, clock: () => new Date('2026-11-21T16:30:00Z'), poolSize: CONNECTIONS })
  holder = new pg.Client(database.owner)
  await holder.connect()
}, 60_000)
afterAll(async () => {
  await holder.end()
  await db.close()
  await database.drop()
})

/** What takes as long as the test holds the lock. */
const UNTIL_LET_GO = sql`select pg_advisory_xact_lock_shared(${LOCK}::bigint)`
const hold = () => holder.query('select pg_advisory_lock($1)', [LOCK])
const letGo = () => holder.query('select pg_advisory_unlock($1)', [LOCK])
const within = async <T>(work: Promise<T>, ms: number): Promise<T | 'kept waiting'> =>
  Promise.race([work, sleep(ms, 'kept waiting' as const)])

describe('T93: one company asks for more than there is', () => {
  const ways = {
    reads: (caller: Caller, query: typeof UNTIL_LET_GO) => db.read(caller, (reader) => reader.all(query)),
    writes: (caller: Caller, query: typeof UNTIL_LET_GO) => db.transaction(caller, (tx) => tx.all(query)),
  }
  test.each(Object.entries(ways))(
    `%s: ${WORKS} of it at once leave a connection to the others, and all are done in the end`,
    async (_, ask) => {
      await hold()
      const works = Promise.all(Array.from({ length: WORKS }, () => ask(busy, UNTIL_LET_GO)))
      for (let turn = 0; turn < WORKS; turn += 1) expect(await within(ask(quiet, sql`select 1 as one`), SOON_MS)).toEqual([{ one: 1 }])
      expect(await within(works, 0)).toBe('kept waiting')
      await letGo()
      expect(await works).toHaveLength(WORKS)
    },
  )
  test('control: connections that go to whoever came first are all taken, and the other company waits', async () => {
    const pool = new pg.Pool({ connectionString: database.appUrl, max: CONNECTIONS })
    await hold()
    const works = Promise.all(Array.from({ length: WORKS }, () => pool.query(`select pg_advisory_lock_shared($1)`, [LOCK])))
    const other = pool.query('select 1 as one')
    expect(await within(other, KEPT_WAITING_MS)).toBe('kept waiting')
    await letGo()
    await works
    expect((await other).rows).toEqual([{ one: 1 }])
    await pool.end()
  })
})

describe('T93: one company sets off more long work than there are workers', () => {
  type Latch = { readonly opened: Promise<void>; readonly open: () => void }
  let latch: Latch
  let begun: string[]
  let ended: string[]
  beforeEach(() => {
    const { promise, resolve } = Promise.withResolvers<void>()
    latch = { opened: promise, open: resolve }
    begun = []
    ended = []
  })
  const run: Job['run'] = async ({ caller }, { name }) => {
    begun.push(String(name))
    if (caller.tenantId === busy.tenantId) await latch.opened
    ended.push(String(name))
  }
  const workers = () =>
    startJobs({
      ownerUrl: database.ownerUrl,
      db,
      jobs: [
        { task: 'test.long', isLong: true, run },
        { task: 'test.short', run },
      ],
      callerFor: async (tenantId) => callerOf(tenantId),
      log: () => undefined,
    })
  const ask = (caller: Caller, names: readonly string[], options: { task?: string; oneAtATime?: boolean } = {}) =>
    db.transaction(caller, async (tx) => {
      for (const name of names) tx.job(options.task ?? 'test.long', { name }, undefined, { oneAtATime: options.oneAtATime ?? true })
    })
  const names = ['first', 'second', 'third', 'fourth', 'fifth']
  test('its own wait for each other; the long and the short work of another company is done meanwhile', async () => {
    await ask(busy, names)
    const runner = await workers()
    await expect.poll(() => begun, { timeout: SOON_MS }).toEqual(['first'])
    await ask(quiet, ['other'])
    await ask(quiet, ['short'], { task: 'test.short', oneAtATime: false })
    await expect.poll(() => [...ended].sort(), { timeout: SOON_MS }).toEqual(['other', 'short'])
    expect(begun.filter((name) => names.includes(name))).toEqual(['first'])
    latch.open()
    await expect.poll(() => ended.filter((name) => names.includes(name)), { timeout: 4 * SOON_MS }).toEqual(names)
    await runner.stop()
  }, 60_000)
  test('control: without a queue of its own it takes every worker for long work, and the other company waits', async () => {
    await ask(busy, names, { oneAtATime: false })
    const runner = await workers()
    await expect.poll(() => begun.length, { timeout: SOON_MS }).toBe(2)
    await ask(quiet, ['other'])
    await sleep(KEPT_WAITING_MS)
    expect(begun).not.toContain('other')
    latch.open()
    await expect.poll(() => ended.length, { timeout: 4 * SOON_MS }).toBe(names.length + 1)
    await runner.stop()
  }, 60_000)
})
