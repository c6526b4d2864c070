import { afterAll, beforeAll, expect, test } from 'vitest'
import { noteProof } from '../../scripts/proof/proof-lines.ts'
import { keepMonthEndsJob } from '../../src/modules/ageing/keep-month-ends.job.ts'
import { foundLadder } from '../../src/modules/dunning/found-ladder.command.ts'
import { runDunningJob } from '../../src/modules/dunning/run-dunning.job.ts'
import { keepKpiMonthsJob } from '../../src/modules/reports/kpi/keep-kpi-months.job.ts'
import { lookAfter } from '../../src/platform/daily-clock.ts'
import type { Database } from '../../src/platform/db.ts'
import type { Job } from '../../src/platform/jobs.ts'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'
import { owed } from '../harness/dunning.ts'
import { connectToSink } from '../harness/outbox.ts'
import { type SmtpSink, startSmtpSink } from '../harness/smtp-sink.ts'

const FRIDAY = '2026-11-20T02:00:00Z'
const CUTS_MOST = 400
let app: TestApp
let sink: SmtpSink
beforeAll(async () => {
  app = await startTestApp(FRIDAY)
  sink = await startSmtpSink()
}, 120_000)
afterAll(async () => {
  await app.close()
  await sink.close()
})

class Ended extends Error {}

/**
 * The database as a worker has it that is killed at the n-th of these points: before a commit (nothing of it is kept) and behind a commit (all of it is kept, nobody heard of it). What a
 * killed process had open is rolled back by the server, so that there are no other points.
 */
function endingAt(db: Database, point: number): Database {
  let passed = 0
  const live = () => {
    if (passed >= point) throw new Ended()
  }
  return {
    ...db,
    read: async (...asked) => {
      live()
      return db.read(...asked)
    },
    transaction: async (caller, body) => {
      live()
      const answer = await db.transaction(caller, async (tx) => {
        const inside = await body(tx)
        if (passed + 1 >= point) passed = point
        live()
        return inside
      })
      passed += 2
      live()
      return answer
    },
  }
}

/** Ends the job at its first point, begins it anew, ends that at its second, and so on until one comes to its end. Returns how often it was ended. */
async function cutEverywhere(company: TestCompany, job: Job, payload: Record<string, unknown> = {}): Promise<number> {
  const log = () => undefined
  for (let point = 1; point <= CUTS_MOST; point += 1) {
    const isOver = await job.run({ db: endingAt(app.db, point), caller: company.system, log } as never, payload).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Ended) return false
        throw error
      },
    )
    if (isOver) return point - 1
  }
  throw new Error('the job never comes to its end')
}

async function rows(text: string, company: TestCompany): Promise<string[]> {
  const { rows: found } = await app.database.pool.query<{ is: string }>(text, [company.tenantId])
  return found.map(({ is }) => is)
}

const LEVELS_TAKEN = `select concat_ws(' ', c.name, s.level, s.action, s.on_day) as is from ar.dunning_steps s join ar.dunning_cases k on k.tenant_id = s.tenant_id and k.id = s.case_id
  join ar.customers c on c.tenant_id = s.tenant_id and c.id = k.customer_id where s.tenant_id = $1 order by 1`
const QUEUED = `select concat_ws(' ', m.recipients, m.subject, m.status) as is from ar.messages m where m.tenant_id = $1 and m.kind = 'dunning' order by 1`

async function debtors(): Promise<{ company: TestCompany; runId: string }> {
  app.setNow(FRIDAY)
  const company = await app.company()
  await app.db.transaction(company.system, foundLadder)
  await connectToSink(app, company, sink)
  for (let index = 0; index < 12; index += 1)
    await owed(app, company, {
      name: `客户 ${index}`,
      items: [{ dueOn: index % 2 === 0 ? '2026-11-01' : '2026-09-01', amount: `${8_000 + index}` }],
      email: `c${index}@customer.example.com`,
      salesperson: index % 3 === 0,
    })
  await lookAfter(app.db, company.system, [runDunningJob])
  const [runId] = await rows(`select r.id::text as is from ar.runs r where r.tenant_id = $1 and r.kind = 'dunning'`, company)
  return { company, runId: runId! }
}

test('S09, S10, I-36, I-42: a run of reminders whose worker is killed before and behind every commit takes the same levels as one that nobody disturbed, each once', async () => {
  const calm = await debtors()
  await runDunningJob.run({ db: app.db, caller: calm.company.system, log: () => undefined } as never, { runId: calm.runId })
  const cut = await debtors()
  const cuts = await cutEverywhere(cut.company, runDunningJob, { runId: cut.runId })
  noteProof({ proof: 'a run of reminders, cut before and behind every commit', ids: ['S09', 'S10'], cuts, customers: 12 })
  expect(cuts).toBeGreaterThan(5)
  const taken = await rows(LEVELS_TAKEN, calm.company)
  expect(taken.length).toBeGreaterThanOrEqual(12)
  expect(await rows(LEVELS_TAKEN, cut.company)).toEqual(taken)
  expect(await rows(QUEUED, cut.company)).toEqual(await rows(QUEUED, calm.company))
  for (const { company } of [calm, cut]) {
    expect(await rows(`select r.status as is from ar.runs r where r.tenant_id = $1 and r.kind = 'dunning'`, company)).toEqual(['done'])
    await expectBooksTrue(app, company)
  }
}, 120_000)

/** Every column of what is kept; who and when are left out. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  'ageing.keepMonthEnds': ['month_ends', 'month_end_sums', 'month_end_items'],
  'reports.keepKpiMonths': ['kpi_months', 'kpi_month_figures'],
}
async function keptBy(job: Job, company: TestCompany): Promise<string[]> {
  const kept: string[] = []
  for (const table of KEPT[job.task]!) {
    const text = `select (to_jsonb(t) - 'kept_at')::text as is from ar.${table} t where t.tenant_id = $1 order by 1`
    kept.push(...(await rows(text, company)).map((row) => `${table} ${row}`))
  }
  return kept
}

test.each([[keepMonthEndsJob], [keepKpiMonthsJob]])(
  'S09: the month-end work $task, killed before and behind every commit, leaves what an undisturbed one leaves, byte for byte',
  async (job) => {
    app.setNow(FRIDAY)
    const company = await app.company()
    for (const [index, issuedOn] of ['2026-05-04', '2026-06-11', '2026-07-09', '2026-09-01'].entries())
      await owed(app, company, { items: [{ dueOn: issuedOn, amount: `${100 + index}.01` }] })
    const cuts = await cutEverywhere(company, job)
    const afterCuts = await keptBy(job, company)
    for (const table of [...KEPT[job.task]!].reverse())
      await app.database.pool.query(`delete from ar.${table} t where t.tenant_id = $1`, [company.tenantId])
    await job.run({ db: app.db, caller: company.system, log: () => undefined } as never, {})
    const undisturbed = await keptBy(job, company)
    noteProof({ proof: `${job.task}, cut before and behind every commit`, ids: ['S09'], cuts, rows: undisturbed.length })
    expect(cuts).toBeGreaterThanOrEqual(4)
    expect(undisturbed.length).toBeGreaterThan(5)
    expect(afterCuts).toEqual(undisturbed)
  },
  120_000,
)
