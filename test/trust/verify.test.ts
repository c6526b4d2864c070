import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepMonthEndsJob } from '../../src/modules/ageing/keep-month-ends.job.ts'
import { invariants } from '../../src/modules/reports/invariants/index.ts'
import { keepKpiMonthsJob } from '../../src/modules/reports/kpi/keep-kpi-months.job.ts'
import { faultsOf, verifyBooks } from '../../src/modules/reports/verify-books.query.ts'
import { sealAudit } from '../../src/platform/seal.ts'
import { startTestApp, type TestApp } from '../harness/app.ts'
import { ownerReader } from '../harness/owner-reader.ts'
import { type Story, storyCompany } from '../harness/story.ts'
import { breaks } from './verify-breaks.ts'
import { partBreaks } from './verify-part-breaks.ts'

let app: TestApp
let story: Story
beforeAll(async () => {
  app = await startTestApp()
  story = await storyCompany(app, 'CANARY-verify')
  for (const job of [keepMonthEndsJob, keepKpiMonthsJob])
    await job.run({ db: app.db, caller: story.company.system, log: () => undefined }, {})
  while ((await sealAudit(app.db, story.company.system)) > 0);
}, 120_000)
afterAll(() => app.close())

test('the company that everything has happened to has true books', async () => {
  const { invariants: all, ...whole } = await verifyBooks(app.db, story.company.system)
  expect(all.filter(({ holds }) => !holds)).toEqual([])
  expect(whole).toMatchObject({ holds: true, asOf: '2026-11-21' })
  expect(all).toHaveLength(invariants.length)
})

test('every invariant says in three languages what is true', async () => {
  const sentences: string[][] = []
  for (const language of ['zh-CN', 'zh-TW', 'en'] as const) {
    const { invariants: all } = await verifyBooks(app.db, { ...story.company.system, language })
    sentences.push(all.map(({ sentence }) => sentence))
  }
  const [cn, tw, en] = sentences as [string[], string[], string[]]
  expect(new Set(cn).size).toBe(invariants.length)
  for (const sentence of [...cn, ...tw]) expect(sentence).toMatch(/\p{Script=Han}/u)
  for (const sentence of en) expect(sentence).not.toMatch(/\p{Script=Han}/u)
})

test('ids are unique and each has a break that proves it can fire', () => {
  const ids = invariants.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(Object.keys(breaks).sort()).toEqual([...ids].sort())
})

const byId = new Map(invariants.map((invariant) => [invariant.id, invariant]))

/** What an invariant finds once these statements have run, as the owner of the tables; nothing of it stays. */
async function foundAfter(id: string, statements: readonly string[]) {
  const client = new pg.Client(app.database.owner)
  await client.connect()
  try {
    await client.query('begin')
    const reader = ownerReader(client, story.company.system, app.db.now())
    expect((await faultsOf(reader, byId.get(id)!)).count).toBe(0)
    for (const statement of statements) await client.query(statement.replace(/(?<!:):t\b/g, String(story.company.tenantId)))
    return await faultsOf(reader, byId.get(id)!)
  } finally {
    await client.query('rollback')
    await client.end()
  }
}

describe('fires on its own break', () => {
  test.each(invariants.map(({ id, says }) => [id, says] as const))('%s %s', async (id) => {
    const { count, rows } = await foundAfter(id, breaks[id]!)
    expect(count).toBeGreaterThan(0)
    expect(rows.length).toBeGreaterThan(0)
  })
})

describe('fires on a break of each of its parts', () => {
  test.each(partBreaks)('$id: $part', async ({ id, statements, fault }) => {
    const { count, rows } = await foundAfter(id, statements)
    expect(count).toBeGreaterThan(0)
    if (fault !== undefined) expect(rows.flatMap((row) => Object.values(row as object))).toContain(fault)
  })
})

test('one check of a company at a time; another company is not kept waiting', async () => {
  const other = await app.company('other')
  const { system } = story.company
  const asked = await Promise.allSettled([verifyBooks(app.db, system), verifyBooks(app.db, system), verifyBooks(app.db, other.system)])
  expect(asked[2]!.status).toBe('fulfilled')
  for (const one of asked) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'reports.verifyRunning' })
  expect(asked.some(({ status }) => status === 'fulfilled')).toBe(true)
})

test('who may ask: auditors and finance managers, never a part of the company', async () => {
  const { auditor, arAccountant, salesperson } = story.company.people
  const answer = await auditor.get('/api/verify')
  expect(answer.body).toMatchObject({ holds: true })
  expect((await arAccountant.get('/api/verify')).status).toBe(403)
  expect((await salesperson.get('/api/verify')).status).toBe(403)
})
