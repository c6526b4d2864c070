import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { bridge } from '../../test/harness/bridge.ts'
import { callerOf } from '../../test/harness/callers.ts'
import { createTestDatabase, type TestDatabase } from '../../test/harness/database.ts'
import { type Database, openDatabase } from './db.ts'
import { type Job, prepareJobs, startJobs } from './jobs.ts'

const LOCKS = { beatMs: 50, silentMs: 400 }
let database: TestDatabase
let db: Database
beforeAll(async () => {
  database = await createTestDatabase()
  await prepareJobs(database.ownerUrl)
  db = await openDatabase({ url: database.appUrl, clock: () => new Date() })
})
afterAll(async () => {
  await db.close()
  await database.drop()
})
let runs: string[]
beforeEach(() => {
  runs = []
})

const work = (run: Job['run'], ownerUrl = database.ownerUrl) =>
  startJobs({
    ownerUrl,
    db,
    jobs: [{ task: 'test.job', run }],
    callerFor: async (tenantId) => callerOf(tenantId),
    log: () => undefined,
    locks: LOCKS,
  })
const ask = (name: string) => database.pool.query(`select graphile_worker.add_job('test.job', $1::json)`, [{ tenantId: 1, name }])
const waiting = async () => (await database.pool.query('select from graphile_worker._private_jobs')).rowCount

describe('T95: a job', () => {
  test('that a killed worker had taken is done by another', async () => {
    await ask('left behind')
    await database.pool.query(
      `update graphile_worker._private_jobs set locked_by = 'pool-of-the-dead', locked_at = now() - interval '1 second', attempts = 1`,
    )
    const runner = await work(async (_, { name }) => void runs.push(String(name)))
    await expect.poll(() => runs, { timeout: 5_000 }).toEqual(['left behind'])
    await expect.poll(waiting).toBe(0)
    await runner.stop()
  })
  test('of a queue whose worker was killed is done by another, and so is what waits behind it', async () => {
    for (const name of ['left behind', 'behind it'])
      await database.pool.query(`select graphile_worker.add_job('test.job', $1::json, queue_name := 'one company')`, [
        { tenantId: 1, name },
      ])
    await database.pool.query(
      `update graphile_worker._private_jobs set locked_by = 'pool-of-the-dead', locked_at = now() - interval '1 second', attempts = 1 where id = (select min(id) from graphile_worker._private_jobs)`,
    )
    await database.pool.query(
      `update graphile_worker._private_job_queues set locked_by = 'pool-of-the-dead', locked_at = now() - interval '1 second'`,
    )
    const runner = await work(async (_, { name }) => {
      runs.push(String(name))
      await sleep(600) // longer than a worker may be silent: its own queue stays shut
    })
    await expect.poll(() => runs.length, { timeout: 5_000 }).toBe(2)
    await expect.poll(waiting, { timeout: 5_000 }).toBe(0)
    expect(new Set(runs)).toEqual(new Set(['left behind', 'behind it']))
    await runner.stop()
  })
  test('that takes longer than a worker may be silent is not done twice', async () => {
    const runner = await work(async (_, { name }) => {
      runs.push(String(name))
      await sleep(1_200)
    })
    await ask('long')
    await expect.poll(waiting, { timeout: 10_000 }).toBe(0)
    expect(runs).toEqual(['long'])
    await runner.stop()
  })
  test('that fails is tried again, and the program goes on', async () => {
    const runner = await work(async (_, { name }) => {
      runs.push(String(name))
      if (runs.length === 1) throw new Error('the first time')
    })
    await ask('fails once')
    await expect.poll(waiting, { timeout: 20_000 }).toBe(0)
    expect(runs).toEqual(['fails once', 'fails once'])
    await runner.stop()
  })
  test('whose database goes away before its end is done once it is back, and no error goes unheard', async () => {
    const link = await bridge(new URL(database.ownerUrl))
    const runner = await work(async (_, { name }) => {
      runs.push(String(name))
      if (runs.length > 1) return
      link.down()
      setTimeout(() => void link.up(), 500)
    }, link.url)
    await ask('cut')
    await expect.poll(waiting, { timeout: 20_000 }).toBe(0)
    expect(new Set(runs)).toEqual(new Set(['cut']))
    await ask('after')
    await expect.poll(() => runs.at(-1), { timeout: 20_000 }).toBe('after')
    await runner.stop()
    link.close()
  }, 60_000)
})
