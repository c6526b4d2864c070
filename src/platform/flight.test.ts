import { afterAll, beforeAll, expect, test } from 'vitest'
import { callerOf } from '../../test/harness/callers.ts'
import { createTestDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { uuid } from '../kernel/uuid.ts'
import { type Database, openDatabase } from './db.ts'
import { sql } from './sql.ts'

let test_: TestDatabase
let db: Database
const caller = callerOf(1)

beforeAll(async () => {
  test_ = await createTestDatabase()
  db = await openDatabase({ url: test_.appUrl, clock: () => new Date('2026-11-21T16:30:00Z'), poolSize: 1 })
  await db.transaction(caller, async (tx) =>
    tx.insert('tenants', [{ name: 'company', baseCurrency: 'CNY', timeZone: 'Asia/Shanghai', language: 'zh-CN' }]),
  )
})
afterAll(async () => {
  await db.close()
  await test_.drop()
})

const products = () => db.read(caller, (reader) => reader.all<{ code: string }>(sql`select p.* from ar.products p order by p.code`))
const codes = async () => (await products()).map((row) => row.code)
const withProduct = (code: string, and: unknown = '') =>
  db.transaction(caller, async (tx) => {
    const { now } = await tx.one<{ now: unknown }>(sql`select ${and}::text as now`)
    tx.insert('products', [{ id: uuid(), code, name: 'x' }])
    return now
  })

test('a value that cannot be written fails its call and nothing else', async () => {
  await expect(withProduct('BAD-DAY', new Date(Number.NaN))).rejects.toThrow(RangeError)
  await expect(
    db.transaction(caller, (tx) => {
      tx.insert('products', [{ id: uuid(), code: 'LOST', name: 'lost' }])
      return tx.all(sql`select ${{ amount: 1n }}::jsonb`)
    }),
  ).rejects.toThrow(TypeError)
  await expect(
    db.transaction(caller, async (tx) => {
      tx.insert('products', [{ id: uuid(), code: 'LOST-TOO', name: { amount: 1n, toString: undefined } }])
    }),
  ).rejects.toThrow(TypeError)
  expect(await withProduct('GOOD', 'still there')).toBe('still there')
  expect(await codes()).toEqual(['GOOD'])
})

test('an error in the middle: what is behind it does not run, and the connection goes on', async () => {
  const asked = db.read(caller, (reader) =>
    Promise.allSettled([reader.one(sql`select 1 as n`), reader.one(sql`select 1 / ${0}::int as n`), reader.one(sql`select 2 as n`)]),
  )
  const settled = await asked
  expect(settled.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as { code: string }).code))).toEqual([
    { n: 1 },
    '22012',
    '22012',
  ])
  expect(await codes()).toEqual(['GOOD'])
})

test('statements that the server has forgotten, or plans anew for another table, are prepared again', async () => {
  for (let turn = 0; turn < 4; turn += 1) await products()
  await db.raw(sql`deallocate all`)
  await products().catch(() => undefined)
  expect(await codes()).toEqual(['GOOD'])
  for (let turn = 0; turn < 4; turn += 1) await withProduct(`W${turn}`)
  await test_.pool.query('alter table ar.products add column of_a_later_version int')
  await expect(products()).rejects.toMatchObject({ code: 'platform.databaseAway' })
  expect(await products()).toMatchObject([{ code: 'GOOD', ofALaterVersion: null }, {}, {}, {}, {}])
})
