import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callerOf } from '../../test/harness/callers.ts'
import { createTestDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { uuid } from '../kernel/uuid.ts'
import { type Database, openDatabase } from './db.ts'
import { kept } from './kept.ts'
import { sql } from './sql.ts'

let test_: TestDatabase
let db: Database
const caller = callerOf(1)

beforeAll(async () => {
  test_ = await createTestDatabase()
  db = await openDatabase({ url: test_.appUrl, clock: () => new Date('2026-11-21T16:30:00Z'), poolSize: 2 })
  await db.transaction(caller, async (tx) =>
    tx.insert('tenants', [{ name: 'company', baseCurrency: 'CNY', timeZone: 'Asia/Shanghai', language: 'zh-CN' }]),
  )
})
afterAll(async () => {
  await db.close()
  await test_.drop()
})

type RunRow = { businessKey: string; total: bigint | null; params: unknown; finishedAt: Date | null }

describe.each([1, 2, 4, 5, 40])('%i rows at once', (count) => {
  const kind = `rows ${count}`
  const rows = Array.from({ length: count }, (_, index) => ({
    id: uuid(),
    kind,
    businessKey: `${index} "quoted" \\ {,} 中文`,
    status: 'waiting',
    total: index % 2 === 0 ? BigInt(index) : null,
    params: { index, text: `it's "${index}"`, list: [1, null] },
    createdBy: caller.actorId,
    finishedAt: index % 3 === 0 ? new Date('2026-01-02T03:04:05.678Z') : null,
  }))
  const stored = () =>
    db.read(caller, (reader) =>
      reader.all<RunRow>(
        sql`select r.business_key, r.total, r.params, r.finished_at from ar.runs r where r.tenant_id = 1 and r.kind = ${kind} order by r.id`,
      ),
    )

  test('are inserted, changed and counted as they were given', async () => {
    await db.transaction(caller, async (tx) => tx.insert('runs', rows))
    expect(await stored()).toEqual(rows.map(({ businessKey, total, params, finishedAt }) => ({ businessKey, total, params, finishedAt })))
    await db.transaction(caller, async (tx) =>
      tx.update(
        'runs',
        rows.map((row) => ({ ...row, total: 7n })),
        { set: ['total', 'params'] },
      ),
    )
    expect((await stored()).map(({ total }) => total)).toEqual(rows.map(() => 7n))
  })

  test('a row that is not there fails all of them', async () => {
    const lost = { ...rows[0]!, id: uuid() }
    const change = db.transaction(caller, async (tx) =>
      tx.update(
        'runs',
        [...rows.slice(1), lost].map((row) => ({ ...row, total: 9n })),
        { set: ['total'] },
      ),
    )
    await expect(change).rejects.toMatchObject({ code: 'platform.conflict' })
    expect((await stored()).map(({ total }) => total)).toEqual(rows.map(() => 7n))
  })
})

describe('what is kept behind the mark', () => {
  let loads = 0
  const limit = kept(async (reader) => {
    loads += 1
    const row = await reader.maybe<{ value: { limit: number } }>(
      sql`select s.value from ar.settings s where s.tenant_id = 1 and s.key = 'kept'`,
    )
    return row?.value.limit ?? 0
  })
  const seen = () => db.read(caller, limit)
  const save = (value: number, version: number, fail = false) =>
    db.transaction(caller, async (tx) => {
      if (version === 0) tx.insert('settings', [{ key: 'kept', value: { limit: value } }])
      else
        tx.update('settings', [{ key: 'kept', value: { limit: value }, version }], { match: ['key'], set: ['value'], expect: ['version'] })
      await tx.flush()
      const own = await limit(tx)
      if (fail) throw new Error('no')
      return own
    })

  test('is read once, and again in the transaction after a change', async () => {
    expect(await save(1, 0)).toBe(1)
    expect([await seen(), await seen(), await seen()]).toEqual([1, 1, 1])
    const before = loads
    expect(await seen()).toBe(1)
    expect(loads).toBe(before)
    await save(2, 1)
    expect(await seen()).toBe(2)
  })

  test('what a transaction saw of its own and then gave up is seen by nobody else', async () => {
    await expect(save(99, 2, true)).rejects.toThrow('no')
    expect(await seen()).toBe(2)
    await save(3, 2)
    expect(await seen()).toBe(3)
  })

  test('every change makes another mark', async () => {
    const [mine] = await db.read(caller, (reader) =>
      reader.all<{ mark: string }>(sql`select m.mark from ar.kept_marks m where m.tenant_id = 1`),
    )
    await db.transaction(caller, async (tx) => tx.insert('settings', [{ key: 'other', value: {} }]))
    const [now] = await db.read(caller, (reader) =>
      reader.all<{ mark: string }>(sql`select m.mark from ar.kept_marks m where m.tenant_id = 1`),
    )
    expect(now!.mark).not.toBe(mine!.mark)
  })
})
