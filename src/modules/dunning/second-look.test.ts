import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { owed, reminders, runOn } from '../../../test/harness/dunning.ts'
import { connectToSink } from '../../../test/harness/outbox.ts'
import { owe, received } from '../../../test/harness/receipts.ts'
import { type SmtpSink, startSmtpSink } from '../../../test/harness/smtp-sink.ts'
import { sql } from '../../platform/sql.ts'
import { foundLadder } from './found-ladder.command.ts'
import { runDunning } from './run-dunning.command.ts'
import { startRun } from './start-run.command.ts'

let app: TestApp
let company: TestCompany
let sink: SmtpSink

beforeAll(async () => {
  app = await startTestApp('2026-11-20T02:00:00Z')
  sink = await startSmtpSink()
}, 120_000)
afterAll(async () => {
  await app.close()
  await sink.close()
})
beforeEach(async () => {
  app.setNow('2026-11-20T02:00:00Z')
  company = await app.company()
  await app.db.transaction(company.system, foundLadder)
})
afterEach(() => expectBooksTrue(app, company))

test('kept in test mode for weeks and released together: only the last reminder of a case goes out', async () => {
  await owed(app, company, { items: [{ dueOn: '2026-10-01', amount: '90000' }] })
  for (const day of ['2026-11-20', '2026-11-23', '2026-11-26']) {
    app.setNow(`${day}T02:00:00Z`)
    await runOn(app, company)
  }
  await connectToSink(app, company, sink)
  const { items } = (await company.people.financeManager.get('/api/messages?status=kept')).body
  expect(items).toHaveLength(2)
  const messages = items.map(({ id, version }: { id: string; version: number }) => ({ id, version }))
  const released = await company.people.financeManager.post('/api/messages/decisions', { messages, decision: 'send' })
  expect(released.status, JSON.stringify(released.body)).toBeLessThan(300)
  const before = sink.taken.length
  await app.drain()
  expect(await reminders(app, company)).toMatchObject([{ status: 'withheld', reason: 'superseded' }, { status: 'sent' }])
  expect(sink.taken.slice(before)).toHaveLength(1)
})

test('what is left when it is sent is below the level’s minimum: nothing goes out about a trifle', async () => {
  await connectToSink(app, company, sink)
  const customerId = await owed(app, company, { items: [], name: 'trifle' })
  const [receivableId] = await owe(app, company, customerId, [{ amount: '8000', issuedOn: '2026-10-01', dueOn: '2026-11-01' }])
  await runDunning(app.db, company.system, await app.db.transaction(company.system, startRun))
  const receiptId = await received(company, { customerId, amount: '7999.99' })
  await company.people.arAccountant.post('/api/allocations', { lines: [{ receiptId, receivableId, amount: '7999.99' }] })
  const before = sink.taken.length
  await app.drain()
  expect(await reminders(app, company)).toMatchObject([{ status: 'withheld', reason: 'belowMinimum' }])
  expect(sink.taken.slice(before)).toHaveLength(0)
})

test('a long list ends after two hundred rows and says how many more there are; the total is of all', async () => {
  await owed(app, company, { items: Array.from({ length: 203 }, () => ({ dueOn: '2026-11-01', amount: '100' })) })
  await runOn(app, company)
  const [message] = await reminders(app, company)
  expect(message!.text.match(/100\.00 CNY/g)!.length).toBeGreaterThanOrEqual(200)
  expect(message!.text).toContain('另有 3 笔未列出')
  expect(message!.text).toContain('20,300.00 CNY')
  const [{ count }] = (await app.db.read(company.system, (reader) =>
    reader.all<{ count: number }>(sql`select count(*)::int as count from ar.dunning_step_items i where i.tenant_id = ${company.tenantId}`),
  )) as [{ count: number }]
  expect(count).toBe(203)
})
