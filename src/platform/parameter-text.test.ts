import { afterAll, beforeAll, expect, test } from 'vitest'
import { callerOf } from '../../test/harness/callers.ts'
import { createTestDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { type Database, openDatabase } from './db.ts'
import { parameterText } from './parameter-text.ts'
import { type Sql, sql } from './sql.ts'

let test_: TestDatabase
let db: Database
beforeAll(async () => {
  test_ = await createTestDatabase()
  db = await openDatabase({ url: test_.appUrl, clock: () => new Date('2026-11-21T16:30:00Z') })
})
afterAll(async () => {
  await db.close()
  await test_.drop()
})

const ask = <T>(query: Sql) => db.read(callerOf(1), (reader) => reader.one<T>(query))

test('null, figures, words, bytes, instants', () => {
  expect([null, undefined, 1, 2n, true, '', 'a'].map(parameterText)).toEqual([null, null, '1', '2', 'true', '', 'a'])
  expect(parameterText(new Date('2026-11-21T00:00:00Z'))).toBe('2026-11-21T00:00:00.000Z')
  expect(parameterText(Buffer.from([1]))).toEqual(Buffer.from([1]))
})

const texts = ['a', '', 'NULL', 'null', 'a b', 'a,b', '{x}', '"q"', 'back\\slash', '客户', '-', ' ', "it's", '\n']
test('every text comes back from PostgreSQL as it went, alone and in a list', async () => {
  const row = await ask<{ list: (string | null)[]; one: string }>(sql`select ${[...texts, null]}::text[] as list, ${'NULL'}::text as one`)
  expect(row).toEqual({ list: [...texts, null], one: 'NULL' })
})
test('lists of figures, days, ids, truths, instants, bytes, lists', async () => {
  const at = new Date('2026-11-21T01:02:03.004Z')
  const id = '0190a5d4-0000-7000-8000-000000000001'
  const row = await ask<{ bytes: Buffer[] }>(
    sql`select ${[1n, -2n]}::bigint[] as big, ${['2026-11-21']}::date[] as days, ${[id]}::uuid[] as ids, ${[true, false]}::boolean[] as truths,
      ${[at]}::timestamptz[] as instants, ${[Buffer.from([0, 92, 34])]}::bytea[] as bytes, ${[]}::text[] as nothing, array_length(${[['a', 'b c'], ['d', null]]}::text[][], 2) as wide`,
  )
  expect(row).toMatchObject({
    big: [1n, -2n],
    days: ['2026-11-21'],
    ids: [id],
    truths: [true, false],
    instants: [at],
    nothing: [],
    wide: 2,
  })
  expect(row.bytes[0]).toEqual(Buffer.from([0, 92, 34]))
})
