import { once } from 'node:events'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Asking, askInTurn } from '../../scripts/proof/small-pool-run.ts'
import type { Caller } from '../../src/platform/caller.ts'
import { type Database, openDatabase } from '../../src/platform/db.ts'
import { startTestApp, type TestApp } from '../harness/app.ts'
import { callerOf } from '../harness/callers.ts'
import { type Story, storyCompany } from '../harness/story.ts'

let app: TestApp
let one: Story
let two: Story
beforeAll(async () => {
  app = await startTestApp()
  one = await storyCompany(app, 'CANARY-one')
  two = await storyCompany(app, 'CANARY-two')
}, 120_000)
afterAll(() => app.close())

/** Tables of the schema without a company of their own: where the program itself stands. */
const WITHOUT_TENANT = ['installation', 'schema_migrations']

describe('the database itself', () => {
  test('I-47, T11: every table of a company has row-level security, forced, and a policy on its tenant', async () => {
    const { rows } = await app.database.pool.query<{ name: string; forced: boolean; policies: string[] }>(
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
         array(select pg_get_expr(p.polqual, p.polrelid) from pg_policy p where p.polrelid = c.oid and p.polpermissive) as policies
       from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
       where n.nspname = 'ar' and c.relkind in ('r', 'p') order by 1`,
    )
    expect(rows.length).toBeGreaterThan(45)
    expect(rows.filter(({ forced }) => !forced).map(({ name }) => name)).toEqual([])
    const open = rows.filter(
      ({ policies }) => policies.length === 0 || policies.some((policy) => !policy?.includes("current_setting('app.tenant'")),
    )
    expect(open.map(({ name }) => name)).toEqual([])
  })
  test('what has no tenant is not of a company, and the application may not write it', async () => {
    const { rows } = await app.database.pool.query<{ name: string; written: boolean }>(
      `select c.relname as name, bool_or(has_table_privilege(role, c.oid, 'insert') or has_table_privilege(role, c.oid, 'update') or has_table_privilege(role, c.oid, 'delete')) as written
       from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join unnest(array['app_rw', 'app_scoped']) role
       where n.nspname = 'ar' and c.relkind in ('r', 'p') and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id') group by 1`,
    )
    expect(rows.filter(({ written }) => written)).toEqual([])
    expect(rows.map(({ name }) => name).filter((name) => !WITHOUT_TENANT.includes(name))).toEqual([])
  })
  test('I-48: every foreign key between tables of a company carries the tenant', async () => {
    const { rows } = await app.database.pool.query<{ name: string }>(
      `select k.conname as name from pg_constraint k join pg_namespace n on n.oid = k.connamespace
       where n.nspname = 'ar' and k.contype = 'f' and exists (select from pg_attribute a where a.attrelid = k.confrelid and a.attname = 'tenant_id')
         and not exists (select from unnest(k.conkey) u join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u where a.attname = 'tenant_id')`,
    )
    expect(rows).toEqual([])
  })
  test('the tenant comes first in every primary key', async () => {
    const { rows } = await app.database.pool.query<{ name: string }>(
      `select c.relname as name from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = k.connamespace
       join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id' where n.nspname = 'ar' and k.contype = 'p' and k.conkey[1] <> t.attnum`,
    )
    expect(rows).toEqual([])
  })
  test('I-24, T68, T111: the books take no update of what was booked and no delete', async () => {
    const books = ['vouchers', 'voucher_lines', 'receivable_entries', 'allocations', 'adjustments', 'audit_log', 'document_numbers']
    const { rows } = await app.database.pool.query<{ name: string }>(
      `select t || ' ' || role || ' ' || right_ as name from unnest($1::text[]) t, unnest(array['app_rw', 'app_scoped']) role, unnest(array['update', 'delete', 'truncate']) right_
       where has_table_privilege(role, ('ar.' || t)::regclass, right_)`,
      [books],
    )
    expect(rows).toEqual([])
  })
})

describe('T11: raw SQL as the application', () => {
  const asApp = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
    const client = new Client(app.database.app)
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end()
    }
  }
  const tables = async () => {
    const { rows } = await app.database.pool.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
       where n.nspname = 'ar' and c.relkind in ('r', 'p') and has_table_privilege('app_rw', c.oid, 'select')`,
    )
    return rows.map(({ name }) => name)
  }
  test('the login itself sees nothing, owns nothing, and bypasses nothing', () =>
    asApp(async (client) => {
      for (const name of await tables()) await expect(client.query(`select 1 from ar.${name}`), name).rejects.toThrow(/permission denied/)
      const { rows } = await client.query(
        `select r.rolsuper, r.rolbypassrls, r.rolcreaterole from pg_roles r where r.rolname in (current_user, 'app_rw', 'app_scoped')`,
      )
      expect(rows).toHaveLength(3)
      for (const row of rows) expect(row).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false })
      const { rows: owned } = await client.query(
        `select c.relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in (current_user, 'app_rw', 'app_scoped')`,
      )
      expect(owned).toEqual([])
    }))
  test('without a tenant no table answers, and none can be written', () =>
    asApp(async (client) => {
      for (const name of await tables()) {
        await client.query('begin; set local role app_rw')
        await expect(client.query(`select 1 from ar.${name}`), name).rejects.toThrow(/app\.tenant|invalid input syntax/)
        await client.query('rollback')
      }
    }))
  test("with one company's tenant no row of the other is there, and none can be put there", () =>
    asApp(async (client) => {
      const { tenantId } = one.company
      const other = two.company.tenantId
      for (const name of await tables()) {
        await client.query(`begin; set local role app_rw; set local app.tenant = '${tenantId}'`)
        const { rows } = await client.query(`select 1 from ar.${name} t where t.tenant_id <> ${tenantId} limit 1`)
        expect(rows, name).toEqual([])
        await client.query('rollback')
      }
      await client.query(`begin; set local role app_rw; set local app.tenant = '${tenantId}'`)
      await expect(client.query(`insert into ar.regions (tenant_id, id, name) values (${other}, gen_random_uuid(), 'x')`)).rejects.toThrow(
        /row-level security/,
      )
      await client.query(`rollback; begin; set local role app_rw; set local app.tenant = '${tenantId}'`)
      expect((await client.query(`update ar.customers set remark = 'x' where tenant_id = ${other}`)).rowCount).toBe(0)
      await client.query('rollback')
    }))
})

describe('T07, S21: pooled connections keep nothing', () => {
  /** More: `npm run proof:small-pool -- --questions N --seed S`. */
  const TURNS = 600
  const ways = ['before', 'between', 'failing', 'tooLong']
  const asking = (): Asking[] =>
    [one, two].map(({ company: { tenantId, people } }) => {
      const caller = callerOf(tenantId)
      return { caller, scoped: { ...caller, scope: { kind: 'own', salespeople: [people.salesperson.caller.actorId] } } }
    })
  test.each([1, 2, 4])(
    '%i connections, two companies in turn, every third question broken off',
    async (poolSize) => {
      const db = await openDatabase({ url: app.database.appUrl, clock: () => app.db.now(), poolSize })
      const summary = await askInTurn(db, asking(), { turns: TURNS, seed: poolSize, atOnce: 16 })
      expect(summary).toEqual({ ...summary, asked: TURNS, strangers: [], remembered: [] })
      expect(Object.keys(summary.brokenOff).sort()).toEqual(ways)
      await db.close()
    },
    60_000,
  )
  test('control: connections that ask in the name of whoever asked last are found out', async () => {
    const db = await openDatabase({ url: app.database.appUrl, clock: () => app.db.now(), poolSize: 2 })
    let last: Caller | undefined
    const asLast = (caller: Caller): Caller => {
      const before = last ?? caller
      last = caller
      return before
    }
    const forgetful: Database = {
      ...db,
      read: (caller, body) => db.read(asLast(caller), body),
      transaction: (caller, body) => db.transaction(asLast(caller), body),
    }
    expect((await askInTurn(forgetful, asking(), { turns: 60, seed: 1, atOnce: 4 })).strangers.length).toBeGreaterThan(0)
    await db.close()
  })

  test('requests cut off on the wire leave nothing behind for the next one', async () => {
    await app.server.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.server.address() as { port: number }
    const cut = async (story: Story, path: string) => {
      const stop = new AbortController()
      const asked = fetch(`http://127.0.0.1:${port}${path}`, {
        headers: { 'x-test-caller': story.company.people.administrator.caller.actorId },
        signal: stop.signal,
      }).catch(() => undefined)
      setTimeout(() => stop.abort(), Math.random() * 6)
      await asked
    }
    await Promise.all(
      Array.from({ length: 120 }, async (_, turn) => {
        const [mine, theirs] = turn % 2 === 0 ? [one, two] : [two, one]
        await cut(theirs, '/api/receivables?limit=200')
        const { raw, status } = await mine.company.people.administrator.get('/api/customers')
        expect(status).toBe(200)
        expect(raw.includes(theirs === one ? 'CANARY-one' : 'CANARY-two')).toBe(false)
      }),
    )
    const idle = await app.database.pool.query<{ state: string }>(
      `select a.state from pg_stat_activity a where a.datname = $1 and a.state like 'idle in transaction%' and a.state_change < now() - interval '1 second'`,
      [app.database.name],
    )
    expect(idle.rows).toEqual([])
    app.server.server.closeAllConnections()
    app.server.server.close()
    await once(app.server.server, 'close')
  }, 60_000)
})
