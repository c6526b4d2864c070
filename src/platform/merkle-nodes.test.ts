import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callerOf } from '../../test/harness/callers.ts'
import { createTestDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { type Database, openDatabase, type Reader } from './db.ts'
import { consistencySpans, inclusionSpans, treeHash, verifyConsistency, verifyInclusion } from './merkle.ts'
import { spanHashes } from './merkle-nodes.ts'
import { MIGRATIONS } from './migrate.ts'
import { sealAudit } from './seal.ts'

/** Above 2^16, so that two stored levels stand above the leaves. */
const ENTRIES = 66_100

let test_: TestDatabase
let db: Database
let leaves: Buffer[]
const caller = callerOf(1)
beforeAll(async () => {
  test_ = await createTestDatabase()
  db = await openDatabase({ url: test_.appUrl, clock: () => new Date('2026-11-21T16:30:00Z') })
  await db.transaction(caller, async (tx) =>
    tx.insert('tenants', [{ name: 'company', baseCurrency: 'CNY', timeZone: 'Asia/Shanghai', language: 'zh-CN' }]),
  )
  await test_.pool.query(
    `with made as (insert into ar.audit_log (tenant_id, id, at, actor_kind, action, entity, body, leaf)
       select 1, ('01890000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, now(), 'system', 'x.done', 'x', '{}', sha256(n::text::bytea) from generate_series(1, $1::int) n returning tenant_id, id)
     insert into ar.audit_unsealed select m.tenant_id, m.id from made m`,
    [ENTRIES],
  )
  for (let sealed = 1; sealed > 0; ) sealed = await sealAudit(db, caller)
  const rows = await test_.pool.query<{ leaf: Buffer }>('select s.leaf from ar.audit_seals s order by s.seq')
  leaves = rows.rows.map((row) => row.leaf)
}, 240_000)
afterAll(async () => {
  await db.close()
  await test_.drop()
})

const nodes = async () =>
  (await test_.pool.query(`select n.level, n.place, encode(n.hash, 'hex') as hash from ar.audit_nodes n order by 1, 2`)).rows
const rootOfFirst = (size: number) => treeHash(leaves.slice(0, size))

describe('the stored nodes of the sealed log', () => {
  test('are its complete subtrees of every eighth level, and no others', async () => {
    const expected = [256, 65_536].flatMap((width, step) =>
      Array.from({ length: Math.floor(ENTRIES / width) }, (_, place) => ({
        level: (step + 1) * 8,
        place: BigInt(place),
        hash: Buffer.from(treeHash(leaves.slice(place * width, (place + 1) * width))).toString('hex'),
      })),
    )
    expect(expected).toHaveLength(259)
    expect(await nodes()).toEqual(expected)
  })

  test.each([
    [1, 0],
    [2, 1],
    [255, 254],
    [256, 0],
    [257, 256],
    [65_535, 40_000],
    [65_536, 65_535],
    [ENTRIES, 0],
    [ENTRIES, 255],
    [ENTRIES, 33_333],
    [ENTRIES, 65_536],
    [ENTRIES, ENTRIES - 1],
  ])('prove in the log of %i entries the one at %i', async (size, index) => {
    const path = await db.read(caller, (reader) => spanHashes(reader, inclusionSpans(size, index)))
    expect(path).toHaveLength(inclusionSpans(size, index).length)
    expect(verifyInclusion(BigInt(index), BigInt(size), leaves[index]!, path, rootOfFirst(size))).toBe(true)
  })

  test.each([
    [1, 2],
    [255, 256],
    [256, 257],
    [300, ENTRIES],
    [65_535, 65_537],
    [65_536, ENTRIES],
    [ENTRIES - 1, ENTRIES],
  ])('prove that the log of %i entries is the beginning of that of %i', async (first, second) => {
    const path = await db.read(caller, (reader) => spanHashes(reader, consistencySpans(second, first)))
    expect(verifyConsistency(BigInt(first), BigInt(second), rootOfFirst(first), rootOfFirst(second), path)).toBe(true)
  })

  test('are few: a proof reads some hundreds of rows, not the log', async () => {
    let rows = 0
    await db.read(caller, async (reader) => {
      const counting: Reader = Object.assign(Object.create(reader) as Reader, {
        all: async <T>(question: Parameters<Reader['all']>[0]) => {
          const found = await reader.all<T>(question)
          rows += found.length
          return found
        },
      })
      await spanHashes(counting, inclusionSpans(ENTRIES, 33_333))
    })
    expect(rows).toBeGreaterThan(255)
    expect(rows).toBeLessThan(1_000)
  })

  test('are made by the migration for a log that was sealed before it', async () => {
    const before = await nodes()
    await test_.pool.query('delete from ar.audit_nodes')
    const migration = readFileSync(join(MIGRATIONS, '0070-platform-audit-nodes.sql'), 'utf8')
    await test_.pool.query(migration.slice(migration.indexOf('do $$')))
    expect(await nodes()).toEqual(before)
  })
})
