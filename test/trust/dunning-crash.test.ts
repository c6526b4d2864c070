import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noteProof } from '../../scripts/proof/proof-lines.ts'
import { foundLadder } from '../../src/modules/dunning/found-ladder.command.ts'
import { runDunningJob } from '../../src/modules/dunning/run-dunning.job.ts'
import { startRun } from '../../src/modules/dunning/start-run.command.ts'
import { lookAfter } from '../../src/platform/daily-clock.ts'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'
import { owed } from '../harness/dunning.ts'
import { connectToSink } from '../harness/outbox.ts'
import { type SmtpSink, startSmtpSink } from '../harness/smtp-sink.ts'
import type { ToRun } from './crash/dunning-process.ts'

const FRIDAY = '2026-11-20T02:00:00Z'
/** A run that has said nothing for three minutes is taken up again. */
const LATER = '2026-11-20T02:04:00Z'
/** Points that are tried, spread over the run; every one with HUIKUAN_CRASH_POINTS=all. */
const POINTS_TRIED = 16

let app: TestApp
let sink: SmtpSink
const processes: ChildProcess[] = []
beforeAll(async () => {
  app = await startTestApp(FRIDAY)
  sink = await startSmtpSink()
}, 120_000)
afterAll(async () => {
  for (const process of processes) process.kill('SIGKILL')
  await app.close()
  await sink.close()
})

/** Five customers in three chunks: three are written to, one has no address, one is flagged by its salesperson's task as well. */
async function fiveOwe(): Promise<TestCompany> {
  app.setNow(FRIDAY)
  const company = await app.company()
  await app.db.transaction(company.system, foundLadder)
  await connectToSink(app, company, sink)
  for (const name of ['a', 'b', 'c', 'd'])
    await owed(app, company, { name, items: [{ dueOn: '2026-11-01', amount: '8000' }], email: `${name}@customer.example.com` })
  await owed(app, company, { name: 'e', items: [{ dueOn: '2026-11-02', amount: '8000' }], email: null, salesperson: true })
  return company
}

/** The worker, until it ends; how many points it passed when it was not killed. */
async function work(company: TestCompany, runId: string, crashAt: number): Promise<number | undefined> {
  const child = fork(join(import.meta.dirname, 'crash/dunning-process.ts'), { serialization: 'advanced' })
  processes.push(child)
  await once(child, 'message')
  let points: number | undefined
  child.on('message', (said) => (points = Number(said)))
  const over = once(child, 'exit')
  child.send({ url: app.database.appUrl, now: FRIDAY, caller: company.system, runId, crashAt } satisfies ToRun)
  await over
  return points
}

async function crashedAt(n: number): Promise<{ points: number | undefined; before: number; after: unknown }> {
  const company = await fiveOwe()
  const runId = await app.db.transaction(company.system, startRun)
  const points = await work(company, runId, n)
  const before = (await found(company)).steps
  app.setNow(LATER)
  await Promise.all([lookAfter(app.db, company.system, [runDunningJob]), lookAfter(app.db, company.system, [runDunningJob])])
  const taken = sink.taken.length
  await Promise.all([app.drain(), app.drain()])
  await app.drain()
  const mails = sink.taken.slice(taken).flatMap(({ to }) => to)
  await expectBooksTrue(app, company)
  return { points, before, after: { ...(await found(company)), mails: mails.toSorted() } }
}

/** What stands in the books of one run. */
async function found({ tenantId }: TestCompany) {
  const { rows } = await app.database.pool.query(
    `select (select r.status from ar.runs r where r.tenant_id = $1 and r.kind = 'dunning') as status, (select r.result -> 'counts' from ar.runs r where r.tenant_id = $1 and r.kind = 'dunning') as counts,
      (select count(*)::int from ar.dunning_cases k where k.tenant_id = $1) as cases, (select count(*)::int from ar.dunning_steps s where s.tenant_id = $1) as steps,
      (select count(*)::int from ar.dunning_step_items i where i.tenant_id = $1) as items, (select count(*)::int from ar.messages m where m.tenant_id = $1) as messages,
      (select count(*)::int from ar.tasks t where t.tenant_id = $1) as tasks, (select count(*)::int from ar.notifications n where n.tenant_id = $1 and n.kind like 'dunning.%') as notices`,
    [tenantId],
  )
  return rows[0]
}
const WHOLE = {
  status: 'done',
  counts: { cases: 5, opened: 5, closed: 0, emails: 4, unsent: 1, reminders: 0, escalations: 0, flags: 0, holds: 0, items: 5 },
  cases: 5,
  steps: 5,
  items: 5,
  messages: 4,
  tasks: 1,
  notices: 1,
  mails: ['a', 'b', 'c', 'd'].map((name) => `${name}@customer.example.com`),
}

test('S08, I-36: a worker killed at any point of a dunning run: the next one goes on, and every customer gets its step, its message and its task once', async () => {
  const { points, after } = await crashedAt(Number.POSITIVE_INFINITY)
  expect(after).toEqual(WHOLE)
  expect(points).toBeGreaterThan(40)
  const every = process.env['HUIKUAN_CRASH_POINTS'] === 'all' ? 1 : Math.ceil(points! / POINTS_TRIED)
  const stood = new Set<number>()
  let tried = 0
  for (let n = 1; n < points!; n += every) {
    const crashed = await crashedAt(n)
    expect([n, crashed.points, crashed.after]).toEqual([n, undefined, WHOLE])
    stood.add(crashed.before)
    tried += 1
  }
  expect([...stood]).toEqual(expect.arrayContaining([0, 2, 4])) // killed before the first chunk, between chunks, in the last
  noteProof({ proof: 'crash: a dunning run', ids: ['S08', 'I-36'], points: points!, tried })
}, 300_000)
