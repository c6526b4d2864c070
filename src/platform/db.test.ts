import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callerOf } from '../../test/harness/callers.ts'
import { createTestDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { Problem } from '../kernel/problem.ts'
import { uuid } from '../kernel/uuid.ts'
import type { Caller } from './caller.ts'
import { type Database, openDatabase, type Tx } from './db.ts'
import { type Answer, forgetIdempotencyKeys, once } from './idempotency.ts'
import { leafHash, rootOf, treeHash } from './merkle.ts'
import { latestFrontier, sealAudit } from './seal.ts'
import { sql } from './sql.ts'

let test_: TestDatabase
let db: Database
const a = callerOf(1)
const b = callerOf(2)

beforeAll(async () => {
  test_ = await createTestDatabase()
  db = await openDatabase({ url: test_.appUrl, clock: () => new Date('2026-11-21T16:30:00Z') })
  for (const caller of [a, b])
    await db.transaction(caller, async (tx) =>
      tx.insert('tenants', [{ name: `company ${caller.tenantId}`, baseCurrency: 'CNY', timeZone: 'Asia/Shanghai', language: 'zh-CN' }]),
    )
})
afterAll(async () => {
  await db.close()
  await test_.drop()
})

const productsOf = (caller = a) =>
  db.read(caller, (reader) =>
    reader.all<{ id: string; code: string; version: number }>(
      sql`select p.id, p.code, p.version from ar.products p where p.tenant_id = ${caller.tenantId} order by p.code`,
    ),
  )

test('the tenant day follows the tenant zone, not the server', async () => {
  expect(await db.read(a, async (reader) => reader.today)).toBe('2026-11-22')
})

test('in a transaction a statement keeps the plan of its text, a report is planned for its values, also when several are asked at once', async () => {
  const mode = sql`select current_setting('plan_cache_mode') as mode`
  const modes = await db.transaction(a, async (tx) => [
    ...(await Promise.all([tx.report(mode), tx.one(mode), tx.report(mode), tx.report(mode)])).flat(),
    await tx.one(mode),
  ])
  expect(modes.map((row) => (row as { mode: string }).mode)).toEqual(['auto', 'force_generic_plan', 'auto', 'auto', 'force_generic_plan'])
  await expect(db.transaction(a, (tx) => tx.report(sql`select 1 / 0`))).rejects.toThrow()
  expect(await db.transaction(a, (tx) => tx.one(mode))).toEqual({ mode: 'force_generic_plan' })
})

describe('the write set', () => {
  test('many rows of several tables go out as one statement, arrays and json included', async () => {
    const ids = [uuid(), uuid()]
    await db.transaction(a, async (tx) => {
      tx.insert(
        'products',
        ids.map((id, i) => ({ id, code: `P${i}`, name: `产品 "${i}" {a,b}` })),
      )
      tx.insert('settings', [{ key: 'x', value: { 客户: ['a', null, 1] } }])
      tx.update('tenants', [{ tenantId: 1, modulesOff: ['a"b', 'c,d', '{}\\'] }], { match: ['tenantId'], set: ['modulesOff'] })
    })
    expect((await productsOf()).map((p) => p.code)).toEqual(['P0', 'P1'])
    expect(
      await db.read(a, (r) =>
        r.one(sql`select t.modules_off, s.value from ar.tenants t join ar.settings s on s.tenant_id = t.tenant_id where t.tenant_id = 1`),
      ),
    ).toEqual({ modulesOff: ['a"b', 'c,d', '{}\\'], value: { 客户: ['a', null, 1] } })
  })
  test('a guard that does not hold rolls everything back, also what follows it', async () => {
    const [first] = await productsOf()
    const failing = db.transaction(a, async (tx) => {
      tx.insert('products', [{ id: uuid(), code: 'LOST', name: 'lost' }])
      tx.update('products', [{ id: first!.id, version: first!.version + 7, name: 'renamed' }], { set: ['name'], expect: ['version'] })
      tx.number('P', [uuid()])
      tx.audit({ action: 'products.renamed', entity: 'product', entityId: first!.id })
    })
    await expect(failing).rejects.toMatchObject({ code: 'platform.conflict' })
    expect((await productsOf()).map((p) => p.code)).not.toContain('LOST')
    expect(
      await db.read(a, (r) =>
        r.one(sql`select (select count(*)::int from ar.number_series) as n, (select count(*)::int from ar.audit_log) as a`),
      ),
    ).toEqual({ n: 0, a: 0 })
  })
  test('a refused rule is a Problem and leaves nothing', async () => {
    await expect(
      db.transaction(a, async (tx) => tx.insert('products', [{ id: uuid(), code: 'BAD', name: 'x', vatRate: '1.5' }])),
    ).rejects.toMatchObject({ code: 'platform.ruleBroken' })
    await expect(db.transaction(a, async (tx) => tx.insert('products', [{ id: uuid(), code: 'P0', name: 'x' }]))).rejects.toMatchObject({
      code: 'platform.duplicate',
    })
  })
  test('what is launched is saved with the rest; when it is refused, everything fails by that refusal, whatever is asked or launched behind it', async () => {
    const row = (code: string) => ({ id: uuid(), code, name: code })
    await db.transaction(a, async (tx) => {
      for (const code of ['L1', 'L2']) {
        tx.insert('products', [row(code)])
        await tx.launch()
      }
      tx.insert('products', [row('L3')])
    })
    const isThere = async (prefix: string) => (await productsOf()).filter(({ code }) => code.startsWith(prefix)).length
    expect(await isThere('L')).toBe(3)
    const ends: readonly ((tx: Tx) => Promise<unknown>)[] = [
      async (tx) => tx.insert('products', [row('M3')]),
      (tx) => tx.all(sql`select 1`),
      (tx) => tx.flush(),
      async () => undefined,
    ]
    for (const end of ends) {
      const refused = db.transaction(a, async (tx) => {
        tx.insert('products', [row('M1'), row('L2')])
        await tx.launch()
        tx.insert('products', [row('M2')])
        await tx.launch()
        await end(tx)
      })
      await expect(refused).rejects.toMatchObject({ code: 'platform.duplicate' })
      expect(await isThere('M')).toBe(0)
    }
  })
})

describe('tenants', () => {
  test('another tenant sees nothing and writes nothing', async () => {
    expect(await productsOf(b)).toEqual([])
    expect(await db.read(b, (r) => r.all(sql`select 1 from ar.products`))).toEqual([])
    const [first] = await productsOf()
    await expect(
      db.transaction(b, async (tx) => tx.update('products', [{ id: first!.id, name: 'stolen' }], { set: ['name'] })),
    ).rejects.toMatchObject({ code: 'platform.conflict' })
  })
  test('without a tenant there is no right at all', async () => {
    await expect(db.raw(sql`select * from ar.products`)).rejects.toThrow(/permission denied/)
  })
})

test('numbers are gapless under sixteen writers', async () => {
  await Promise.all(Array.from({ length: 64 }, () => db.transaction(a, async (tx) => tx.number('SO-2611', [uuid(), uuid()]))))
  expect(
    await db.read(a, (r) =>
      r.one(
        sql`select count(*)::int as n, max(no)::int as last, count(distinct no)::int as d from ar.document_numbers where series = 'SO-2611'`,
      ),
    ),
  ).toEqual({ n: 128, last: 128, d: 128 })
})

describe('idempotency', () => {
  const call = (key: string, work: () => Promise<Answer> | Answer, request: unknown = { a: 1 }) =>
    once(db, a, { key, route: 'POST /api/x', request }, async (tx) => {
      tx.insert('products', [{ id: uuid(), code: key, name: 'once' }])
      return work()
    })
  test('sixty-four calls with one key have one effect and equal answers', async () => {
    const answers = await Promise.all(Array.from({ length: 64 }, (_, i) => call('idem-0001', () => ({ status: 201, body: { by: i } }))))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect((await productsOf()).filter((p) => p.code === 'idem-0001')).toHaveLength(1)
  })
  test('a call that finds its own twin in the way is answered like it, not refused', async () => {
    const id = uuid()
    await db.transaction(a, async (tx) => tx.insert('products', [{ id, code: 'T-1', name: 'new' }]))
    const rename = () =>
      once(db, a, { key: 'idem-twin', route: 'POST /api/x', request: {} }, async (tx) => {
        const { name } = await tx.one<{ name: string }>(
          sql`select p.name from ar.products p where p.tenant_id = 1 and p.id = ${id} for no key update`,
        )
        if (name !== 'new') throw new Problem('x.alreadyRenamed', {}, { kind: 'conflict' })
        tx.update('products', [{ id, name: 'renamed' }], { set: ['name'] })
        return { status: 201, body: { id } }
      })
    expect(await Promise.all(Array.from({ length: 8 }, rename))).toEqual(Array.from({ length: 8 }, () => ({ status: 201, body: { id } })))
  })
  test('another body under the same key is refused', async () => {
    await expect(call('idem-0001', () => ({ status: 201, body: {} }), { a: 2 })).rejects.toMatchObject({
      code: 'platform.idempotencyKeyReused',
    })
  })
  test('a refused call leaves the key free', async () => {
    await expect(
      call('idem-0002', () => {
        throw new Problem('x.no')
      }),
    ).rejects.toMatchObject({ code: 'x.no' })
    expect((await call('idem-0002', () => ({ status: 201, body: null }))).status).toBe(201)
  })
  test('the daily job forgets what is older than seven days, of its own company only, and nothing younger', async () => {
    const openAt = (at: string) => openDatabase({ url: test_.appUrl, clock: () => new Date(at) })
    const [before, later] = [await openAt('2026-11-14T16:29:59Z'), await openAt('2026-11-21T16:30:00Z')]
    const key = (caller: Caller, on: Database, name: string) =>
      once(on, caller, { key: name, route: 'POST /api/x', request: {} }, async () => ({ status: 201, body: {} }))
    for (const caller of [a, b]) await key(caller, before, 'idem-old-one')
    await key(a, later, 'idem-young')
    const run = () => forgetIdempotencyKeys.run({ db: later, caller: a, log: () => undefined }, {})
    await run()
    await run()
    const keys = (caller: Caller) =>
      later.read(caller, (r) => r.all<{ key: string }>(sql`select k.key from ar.idempotency_keys k where k.key like 'idem-%' order by 1`))
    expect((await keys(a)).map((row) => row.key)).not.toContain('idem-old-one')
    expect((await keys(a)).map((row) => row.key)).toEqual(expect.arrayContaining(['idem-0001', 'idem-young']))
    expect((await keys(b)).map((row) => row.key)).toEqual(['idem-old-one'])
    await Promise.all([before.close(), later.close()])
  })
})

test('every audit row is sealed once into the Merkle log, in batches, by whoever comes first', async () => {
  for (let i = 0; i < 5; i += 1)
    await db.transaction(a, async (tx) => {
      for (let k = 0; k < 7; k += 1) tx.audit({ action: 'x.done', entity: 'x', entityId: uuid(), after: { amount: 12n, k } })
    })
  const sealed = await Promise.all([sealAudit(db, a), sealAudit(db, a)])
  expect(sealed.reduce((sum, n) => sum + n, 0) + (await sealAudit(db, a))).toBe(35)
  const leaves = await db.read(a, (r) => r.all<{ leaf: Buffer }>(sql`select s.leaf from ar.audit_seals s order by s.seq`))
  const frontier = await db.read(a, latestFrontier)
  expect(Buffer.from(rootOf(frontier)).equals(treeHash(leaves.map((row) => row.leaf)))).toBe(true)
  expect(leafHash('').toString('hex')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
})
