import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routesWith } from '../../src/app.ts'
import { authenticator } from '../../src/modules/people/authenticate.query.ts'
import { openAuth } from '../../src/platform/auth.ts'
import { openDatabase } from '../../src/platform/db.ts'
import { createServer } from '../../src/platform/server.ts'
import { sql } from '../../src/platform/sql.ts'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { bridge } from '../harness/bridge.ts'
import { browser } from '../harness/browser.ts'

let app: TestApp
let company: TestCompany
const uncaught: unknown[] = []
const note = (error: unknown) => void uncaught.push(error)
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company('one')
  process.on('uncaughtException', note)
}, 60_000)
afterAll(async () => {
  process.off('uncaughtException', note)
  await app.close()
})

/** Ends a connection of the application as a restart of the database does, and lets the news arrive. */
async function cut(pid: number): Promise<void> {
  await app.database.pool.query('select pg_terminate_backend($1)', [pid])
  await new Promise((resolve) => setTimeout(resolve, 200))
}
const own = sql<{ pid: number }>`select pg_backend_pid() as pid`

describe('T94: a connection that the server cuts fails that call only', () => {
  test('between two questions', async () => {
    const reading = app.db.read(company.system, async (reader) => {
      await cut((await reader.one<{ pid: number }>(own)).pid)
      await reader.all(own)
    })
    await expect(reading).rejects.toMatchObject({ code: 'platform.databaseAway' })
  })
  test('while a question is being answered', async () => {
    const reading = app.db.read(company.system, async (reader) => {
      const { pid } = await reader.one<{ pid: number }>(own)
      await Promise.all([reader.all(sql`select pg_sleep(5)`), cut(pid)])
    })
    await expect(reading).rejects.toMatchObject({ code: 'platform.databaseAway' })
  })
  test('before the save: nothing of it is kept', async () => {
    const writing = app.db.transaction(company.system, async (tx) => {
      await cut((await tx.one<{ pid: number }>(own)).pid)
      tx.insert('teams', [{ id: '01890000-0000-7000-8000-000000000001', name: 'never' }])
    })
    await expect(writing).rejects.toMatchObject({ code: 'platform.databaseAway' })
    expect((await company.people.administrator.get('/api/teams')).body.items.map((team: { name: string }) => team.name)).not.toContain(
      'never',
    )
  })
  test('and ends no program', () => expect(uncaught).toEqual([]))
})

describe('T90: a write that hangs', () => {
  test('is ended, gives its locks back and says so', async () => {
    const db = await openDatabase({ url: app.database.appUrl, clock: () => new Date(), writeTimeoutMs: 300 })
    try {
      const slow = db.transaction(company.system, async (tx) => tx.all(sql`select pg_sleep(5)`))
      await expect(slow).rejects.toMatchObject({ code: 'platform.tookTooLong', kind: 'unavailable' })
      expect(uncaught).toEqual([])
    } finally {
      await db.close()
    }
  })
  test('has such a limit also when nobody sets one', async () => {
    const settings = await app.db.transaction(company.system, (tx) =>
      tx.one<{ statement: string; idle: string }>(
        sql`select current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle`,
      ),
    )
    expect(settings).toEqual({ statement: '2min', idle: '5min' })
  })
  test('a call that waits for a free connection is not kept waiting for ever', async () => {
    const db = await openDatabase({ url: app.database.appUrl, clock: () => new Date(), poolSize: 1, connectTimeoutMs: 200 })
    try {
      const [first, second] = await Promise.allSettled(
        [0, 1].map(() => db.read(company.system, (reader) => reader.all(sql`select pg_sleep(1)`))),
      )
      expect([first!.status, second]).toMatchObject(['fulfilled', { status: 'rejected', reason: { code: 'platform.databaseAway' } }])
    } finally {
      await db.close()
    }
  })
})

test('T94: without a database every call answers 503 with Retry-After, and goes on when it is back', async () => {
  const link = await bridge(new URL(app.database.appUrl))
  const failures: object[] = []
  const db = await openDatabase({ url: link.url, clock: () => new Date() })
  const auth = openAuth({ url: link.url, secret: 'a secret for tests, of thirty-two characters', publicUrl: 'https://huikuan.example.com' })
  const server = await createServer({
    db,
    routes: routesWith(auth, app.mail),
    authenticate: authenticator(db, auth),
    log: { error: (fields) => void failures.push(fields), info: () => undefined },
  })
  try {
    const here = browser({ server }, '127.0.0.1', 'huikuan.session_token=abc.def')
    const answers = async () =>
      Promise.all([
        here.get('/api/setup'),
        here.post('/api/sign-in', { email: 'chen@example.com', password: 'wrong wrong wrong' }),
        browser({ server }).send('GET', '/api/session', undefined, { authorization: `Bearer hk_1_${'k'.repeat(43)}` }),
      ])
    expect((await answers()).map(({ status }) => status)).toEqual([200, 401, 401])
    link.down()
    for (const answer of await answers())
      expect([answer.status, answer.body.code, answer.headers['retry-after']]).toEqual([503, 'platform.databaseAway', '2'])
    await link.up()
    expect((await answers()).map(({ status }) => status)).toEqual([200, 401, 401])
    expect([uncaught, failures]).toEqual([[], []])
  } finally {
    await server.close()
    await auth.close()
    await db.close()
    link.close()
  }
})
