import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { owed, reminders, runOn } from '../../../test/harness/dunning.ts'
import { connectToSink } from '../../../test/harness/outbox.ts'
import { type SmtpSink, startSmtpSink } from '../../../test/harness/smtp-sink.ts'
import { sql } from '../../platform/sql.ts'
import { foundLadder } from './found-ladder.command.ts'

let app: TestApp
let company: TestCompany
let sink: SmtpSink
const refused = new Set<string>()
/** Refused by the server's own policy, whoever it is. */
const limited = new Set<string>()

beforeAll(async () => {
  app = await startTestApp('2026-11-20T02:00:00Z')
  sink = await startSmtpSink({
    script: () => ({
      rcpt: (address) =>
        refused.has(address) ? '550 5.1.1 no such user' : limited.has(address) ? '550 5.4.5 daily limit of this sender' : undefined,
    }),
  })
}, 120_000)
afterAll(async () => {
  await app.close()
  await sink.close()
})
beforeEach(async () => {
  app.setNow('2026-11-20T02:00:00Z')
  refused.clear()
  limited.clear()
  company = await app.company()
  await app.db.transaction(company.system, foundLadder)
})
afterEach(() => expectBooksTrue(app, company))

const on = (day: string) => app.setNow(`${day}T02:00:00Z`)
/** What was done on a day, as `level action why-not`. */
async function doneOn(day: string): Promise<string[]> {
  on(day)
  await runOn(app, company)
  const rows = await app.db.read(company.system, (reader) =>
    reader.all<{ said: string }>(
      sql`select s.level || case when s.turn > 1 then '/' || s.turn else '' end || ' ' || s.action || coalesce(' ' || s.not_possible, '') as said from ar.dunning_steps s
        where s.tenant_id = ${company.tenantId} and s.on_day = ${day}::date order by s.level, s.action`,
    ),
  )
  return rows.map(({ said }) => said).toSorted()
}
const tasksOf = async (who: 'salesperson' | 'financeManager' | 'collector') =>
  (await company.people[who].get('/api/tasks')).body.items.map((task: { kind: string }) => task.kind)

describe('who cannot be written to', () => {
  test('takes every level all the same: the message is written down as not possible, somebody is asked for an address once, the rest is done', async () => {
    const customerId = await owed(app, company, { items: [{ dueOn: '2026-11-16', amount: '90000' }], email: null, salesperson: true })
    expect(await doneOn('2026-11-20')).toEqual(['2 email noAddress'])
    expect(await tasksOf('salesperson')).toEqual(['dunningNoAddress'])
    expect((await company.people.salesperson.get('/api/notifications')).body.items).toMatchObject([{ kind: 'dunning.task' }])
    expect(await doneOn('2026-12-01')).toEqual(['3 remindSalesperson'])
    expect(await doneOn('2026-12-16')).toEqual(['4 email noAddress', '4 escalate'])
    expect(await tasksOf('salesperson')).toEqual(['dunningNoAddress', 'dunningReminder'])
    expect(await tasksOf('collector')).toEqual(['dunningEscalation'])
    expect(await reminders(app, company)).toEqual([])
    const { steps } = (await company.people.collector.get(`/api/dunning/cases/${await caseOf(customerId)}`)).body
    expect(steps).toMatchObject([
      { action: 'email', notPossible: 'noAddress', messageId: null, to: [], personName: 'salesperson', taskDone: false },
      { action: 'remindSalesperson', notPossible: null },
      { action: 'escalate' },
      { action: 'email', notPossible: 'noAddress', taskId: null },
    ])
  })

  test('an address that is added later is written to at the next level', async () => {
    const customerId = await owed(app, company, { items: [{ dueOn: '2026-11-16', amount: '90000' }], email: null })
    expect(await doneOn('2026-11-20')).toEqual(['2 email noAddress'])
    const [task] = (await company.people.financeManager.get('/api/tasks')).body.items
    expect(task).toMatchObject({ kind: 'dunningNoAddress' }) // it has no salesperson
    const contact = { name: '王芳', email: 'new@customer.example.com', purpose: ['dunning'], isPrimary: true }
    expect((await company.people.administrator.post(`/api/customers/${customerId}/contacts`, contact)).status).toBe(201)
    expect(await doneOn('2026-11-23')).toEqual([])
    await doneOn('2026-12-01')
    expect(await doneOn('2026-12-16')).toEqual(['4 email', '4 escalate'])
    expect(await reminders(app, company)).toMatchObject([{ recipients: ['new@customer.example.com'] }])
  })

  test('all addresses were refused by the mail server: as if there were none; one good address is enough', async () => {
    await connectToSink(app, company, sink)
    refused.add('gone@customer.example.com')
    const items = [{ dueOn: '2026-11-16', amount: '90000' }]
    await owed(app, company, { name: 'gone', items, email: 'gone@customer.example.com', salesperson: true })
    const both = await owed(app, company, { name: 'both', items, email: 'gone@customer.example.com' })
    expect((await runOn(app, company)).counts).toMatchObject({ emails: 2, unsent: 0 })
    await app.drain()
    expect(await reminders(app, company)).toMatchObject([{ status: 'failed', reason: 'refused' }, { status: 'failed', reason: 'refused' }]) // biome-ignore format: one line
    const contact = { name: '李强', email: 'good@customer.example.com', purpose: ['dunning'], isPrimary: false }
    expect((await company.people.administrator.post(`/api/customers/${both}/contacts`, contact)).status).toBe(201)
    expect(await doneOn('2026-12-01')).toEqual(['3 remindSalesperson', '3 remindSalesperson'])
    const before = sink.taken.length
    expect(await doneOn('2026-12-16')).toEqual(['4 email', '4 email refused', '4 escalate', '4 escalate'])
    await app.drain()
    expect(sink.taken.slice(before).flatMap(({ to }) => to)).toEqual(['good@customer.example.com'])
    expect(await tasksOf('salesperson')).toContain('dunningNoAddress')
  })
})

test('a message came back: whoever read that says that the address does not work, and the next level asks for another one, until it works after all', async () => {
  await connectToSink(app, company, sink)
  await owed(app, company, { items: [{ dueOn: '2026-11-16', amount: '90000' }], email: 'Bounces@customer.example.com', salesperson: true })
  await runOn(app, company)
  const [sent] = await reminders(app, company)
  const { financeManager, collector } = company.people
  const say = (address: string, works: boolean, who = financeManager) =>
    who.post(`/api/messages/${sent!.id}/addresses`, { address, works, note: '退信：查无此人' })
  expect((await say('bounces@customer.example.com', false, collector)).status).toBe(403)
  expect((await say('other@customer.example.com', false)).body).toMatchObject({ code: 'messages.notItsAddress' })
  expect((await say('bounces@customer.example.com', false)).status).toBe(201)
  expect((await say('BOUNCES@customer.example.com', false)).status).toBe(201)
  expect((await collector.get(`/api/messages/${sent!.id}`)).body).toMatchObject({
    status: 'sent',
    undeliverable: ['bounces@customer.example.com'],
  })
  expect(await doneOn('2026-12-01')).toEqual(['3 remindSalesperson'])
  expect(await doneOn('2026-12-16')).toEqual(['4 email refused', '4 escalate'])
  expect(await tasksOf('salesperson')).toContain('dunningNoAddress')
  expect((await say('bounces@customer.example.com', true)).status).toBe(201)
  expect((await collector.get(`/api/messages/${sent!.id}`)).body.undeliverable).toEqual([])
  expect(await doneOn('2027-01-15')).toContain('5 email')
})

test('what the mail server refuses for its own limits says nothing about the address: the next level is mailed', async () => {
  await connectToSink(app, company, sink)
  limited.add('full@customer.example.com')
  await owed(app, company, { items: [{ dueOn: '2026-11-16', amount: '90000' }], email: 'full@customer.example.com', salesperson: true })
  expect((await runOn(app, company)).counts).toMatchObject({ emails: 1, unsent: 0 })
  await app.drain()
  expect(await reminders(app, company)).toMatchObject([{ status: 'failed', reason: 'refused' }])
  limited.clear()
  expect(await doneOn('2026-12-01')).toEqual(['3 remindSalesperson'])
  expect(await doneOn('2026-12-16')).toEqual(['4 email', '4 escalate'])
})

describe('the last level again', () => {
  test('names the debts that fell due since, under a key of its own, and a second run of the day adds nothing', async () => {
    const customerId = await owed(app, company, { items: [{ dueOn: '2026-09-01', amount: '90000' }], salesperson: true })
    for (const day of ['2026-11-20', '2026-11-23', '2026-11-26', '2026-11-30']) await doneOn(day)
    await owed(app, company, { customerId, items: [{ dueOn: '2026-12-24', amount: '700' }] })
    expect(await doneOn('2026-12-29')).toEqual([])
    expect(await doneOn('2026-12-30')).toEqual(['5/2 email', '5/2 flagHighRisk'])
    const keys = await app.db.read(company.system, (reader) =>
      reader.all<{ key: string }>(
        sql`select split_part(m.business_key, ' ', 3) || ' ' || split_part(m.business_key, ' ', 5) as key from ar.messages m where m.tenant_id = ${company.tenantId} order by m.id`,
      ),
    )
    expect(keys.map(({ key }) => key.trim())).toEqual(['2', '4', '5', '5 2'])
    expect((await reminders(app, company)).at(-1)!.text).toContain('90,700.00 CNY')
    const flags = (await company.people.financeManager.get('/api/tasks')).body.items
    expect(flags.map((task: { kind: string }) => task.kind)).toEqual(['dunningHighRisk']) // nobody has done the first one
    const shown = (await company.people.collector.get(`/api/dunning/cases/${await caseOf(customerId)}`)).body
    expect(shown).toMatchObject({ level: 5, turn: 2, next: { level: 5, turn: 3, onDay: '2027-01-29' } })
    expect(await doneOn('2027-01-29')).toEqual(['5/3 email', '5/3 flagHighRisk'])
  })
})

async function caseOf(customerId: string): Promise<string> {
  return (await company.people.collector.get(`/api/dunning/cases?customerId=${customerId}`)).body.items[0].id
}
