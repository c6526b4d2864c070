import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { uuid } from '../../src/kernel/uuid.ts'
import { allocateByHand } from '../../src/modules/allocations/allocate-receipts.command.ts'
import { mergeCustomer } from '../../src/modules/customers/merge-customers.command.ts'
import { foundLadder } from '../../src/modules/dunning/found-ladder.command.ts'
import { prepareReminders } from '../../src/modules/dunning/prepare-reminders.command.ts'
import { runDunning } from '../../src/modules/dunning/run-dunning.command.ts'
import { runDunningJob } from '../../src/modules/dunning/run-dunning.job.ts'
import { claimMessages } from '../../src/modules/messages/claim-messages.command.ts'
import { disputeReceivables } from '../../src/modules/receivables/dispute-receivables.command.ts'
import { lookAfter } from '../../src/platform/daily-clock.ts'
import type { Tx } from '../../src/platform/db.ts'
import { sql } from '../../src/platform/sql.ts'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'
import { owed, reminders } from '../harness/dunning.ts'
import { connectToSink } from '../harness/outbox.ts'
import { received } from '../harness/receipts.ts'
import { type SmtpSink, startSmtpSink } from '../harness/smtp-sink.ts'

const FRIDAY = '2026-11-20T02:00:00Z'
let app: TestApp
let company: TestCompany
let sink: SmtpSink

beforeAll(async () => {
  app = await startTestApp(FRIDAY)
  sink = await startSmtpSink()
}, 120_000)
afterAll(async () => {
  await app.close()
  await sink.close()
})
beforeEach(async () => {
  app.setNow(FRIDAY)
  company = await app.company()
  await app.db.transaction(company.system, foundLadder)
  await connectToSink(app, company, sink)
})
afterEach(() => expectBooksTrue(app, company))

/** The day's run, begun by the clock and worked off; messages are queued and not sent. */
async function runToday(): Promise<void> {
  await look()
  await runDunning(app.db, company.system, (await runs())[0]!.id)
}
const look = () => lookAfter(app.db, company.system, [runDunningJob])
const runs = () =>
  app.db.read(company.system, (reader) =>
    reader.all<{ id: string; businessKey: string; status: string }>(
      sql`select r.id, r.business_key, r.status from ar.runs r where r.tenant_id = ${company.tenantId} and r.kind = 'dunning' order by r.business_key desc`,
    ),
  )
const claim = (tx: Tx) => claimMessages(tx, uuid(), 'dunning', { dunning: prepareReminders }, 20)
const itemsOf = (customerId: string) =>
  app.db.read(company.system, (reader) =>
    reader.all<{ id: string; no: string; version: number }>(sql`select r.id, n.series || '-' || ar.no_text(n.no) as no, r.version
      from ar.receivables r join ar.document_numbers n on n.tenant_id = r.tenant_id and n.document_id = r.id where r.tenant_id = ${company.tenantId} and r.customer_id = ${customerId} order by r.due_on`),
  )

/** Two things in one order: `first` has done its work and holds its locks when `second` begins; `second` is still waiting when `first` commits. */
async function oneAfterTheOther<A, B>(first: (tx: Tx) => Promise<A>, second: (tx: Tx) => Promise<B>): Promise<[A, B]> {
  let go = (): void => undefined
  const gate = new Promise<void>((resolve) => (go = resolve))
  let done = (): void => undefined
  const isDone = new Promise<void>((resolve) => (done = resolve))
  const one = app.db.transaction(company.system, async (tx) => {
    const answer = await first(tx)
    await tx.flush()
    done()
    await gate
    return answer
  })
  await Promise.race([isDone, one])
  let ended = false
  const other = app.db.transaction(company.system, second).finally(() => (ended = true))
  await sleep(200)
  expect(ended, 'the second waits for the first').toBe(false)
  go()
  return Promise.all([one, other])
}

async function twoItems(): Promise<{ customerId: string; items: { id: string; no: string; version: number }[] }> {
  const customerId = await owed(app, company, { items: [{ dueOn: '2026-11-01', amount: '8000' }, { dueOn: '2026-11-02', amount: '50000' }] }) // biome-ignore format: one line
  return { customerId, items: await itemsOf(customerId) }
}

test('S20, T85: pay ∥ dun: the payment commits first, and the reminder leaves the item out', async () => {
  const { customerId, items } = await twoItems()
  await runToday()
  const receiptId = await received(company, { customerId, amount: '8000' })
  const [, sent] = await oneAfterTheOther(
    (tx) => allocateByHand(tx, { lines: [{ receiptId, receivableId: items[0]!.id, amount: '8000' }] }),
    claim,
  )
  expect(sent.messages).toHaveLength(1)
  expect(sent.messages[0]!.text).not.toContain(items[0]!.no)
  expect(sent.messages[0]!.text).toContain(items[1]!.no)
})

test('S20, T85: pay ∥ dun: the reminder is claimed first, and the payment waits for it', async () => {
  const { customerId, items } = await twoItems()
  await runToday()
  const receiptId = await received(company, { customerId, amount: '8000' })
  const [sent] = await oneAfterTheOther(claim, (tx) =>
    allocateByHand(tx, { lines: [{ receiptId, receivableId: items[0]!.id, amount: '8000' }] }),
  )
  expect(sent.messages[0]!.text).toContain(items[0]!.no)
  expect(sent.messages[0]!.text).toContain('8,000.00 CNY')
})

test('S20, T85: dispute ∥ dun: what is disputed first is left out; when nothing else remains, nothing is sent', async () => {
  const customerId = await owed(app, company, { items: [{ dueOn: '2026-11-01', amount: '8000' }] })
  const [item] = await itemsOf(customerId)
  await runToday()
  const dispute = (tx: Tx) => disputeReceivables(tx, [{ id: item!.id, version: item!.version, disputed: true, reason: 'wrong price' }])
  const [, sent] = await oneAfterTheOther(dispute, claim)
  expect(sent).toMatchObject({ messages: [], withheld: 1 })
  expect(await reminders(app, company)).toMatchObject([{ status: 'withheld', reason: 'itemsExcluded' }])
})

test('S20, T85: merge ∥ dun: a reminder to the merged customer is withheld, and the case goes along without taking a level twice', async () => {
  const fromId = await owed(app, company, { items: [{ dueOn: '2026-11-01', amount: '8000' }] })
  const intoId = await owed(app, company, { items: [{ dueOn: '2026-12-24', amount: '1' }] })
  await runToday()
  const [, sent] = await oneAfterTheOther((tx) => mergeCustomer(tx, { fromId, fromVersion: 1, intoId, reason: 'one company' }), claim)
  expect(sent).toMatchObject({ messages: [], withheld: 1 })
  const cases = (await company.people.collector.get('/api/dunning/cases')).body.items
  expect(cases).toMatchObject([{ customerId: intoId, level: 2 }])
})

test('S20: merge ∥ run: a merge that is under way is waited for, and nobody gets a case under the merged name', async () => {
  const fromId = await owed(app, company, { items: [{ dueOn: '2026-11-01', amount: '8000' }] })
  const intoId = await owed(app, company, { items: [{ dueOn: '2026-11-02', amount: '9000' }] })
  await look()
  const { id } = (await runs())[0]!
  let go = (): void => undefined
  const gate = new Promise<void>((resolve) => (go = resolve))
  const merging = app.db.transaction(company.system, async (tx) => {
    await mergeCustomer(tx, { fromId, fromVersion: 1, intoId, reason: 'one company' })
    await tx.flush()
    await gate
  })
  await sleep(100)
  const running = runDunning(app.db, company.system, id)
  await sleep(300)
  go()
  await Promise.all([merging, running])
  const found = await reminders(app, company)
  expect(found).toMatchObject([{ customerId: intoId }])
})

test('S20, T86: contact moved ∥ dun: a reminder goes to whoever is there when it is sent', async () => {
  const customerId = await owed(app, company, { items: [{ dueOn: '2026-11-01', amount: '8000' }], email: 'old@customer.example.com' })
  await runToday()
  const contact = (await company.people.administrator.get(`/api/customers/${customerId}/contacts`)).body.items[0]
  const moved = await company.people.administrator.send('PATCH', `/api/customers/${customerId}/contacts/${contact.id}`, {
    version: contact.version,
    email: 'new@customer.example.com',
  })
  expect(moved.status).toBe(200)
  await app.drain()
  expect(sink.taken.flatMap(({ to }) => to).filter((to) => /^(old|new)@/.test(to))).toEqual(['new@customer.example.com'])
})

test('S20, T85, T86: fifty customers are paid, disputed, paused and written to at the same time: nothing paid is written to after it was paid', async () => {
  const customers: string[] = []
  for (let index = 0; index < 50; index += 1)
    customers.push(await owed(app, company, { items: [{ dueOn: '2026-11-01', amount: '8000' }, { dueOn: '2026-11-02', amount: '50000' }], email: `c${index}@customer.example.com` })) // biome-ignore format: one line
  await runToday()
  const { arAccountant, collector } = company.people
  const before = sink.taken.length
  const over = new Map<string, number>()
  const changes = customers.map(async (customerId, index) => {
    const [first] = (await itemsOf(customerId)) as [{ id: string; no: string; version: number }]
    if (index % 3 === 0) {
      const receiptId = await received(company, { customerId, amount: '8000' })
      await arAccountant.post('/api/allocations', { lines: [{ receiptId, receivableId: first.id, amount: '8000' }] })
    } else if (index % 3 === 1)
      await app.db.transaction(company.system, (tx) => disputeReceivables(tx, [{ ...first, disputed: true, reason: 'price' }]))
    else await collector.post('/api/dunning/blocks', { receivableId: first.id, reason: 'promised' })
    over.set(first.no, sink.seen.length)
  })
  const sending = (async () => {
    for (let round = 0; round < 4; round += 1) await app.drain()
  })()
  await Promise.all([...changes, sending])
  await app.drain()
  const taken = sink.taken.slice(before).filter(({ to }) => /^c\d+@/.test(to[0]!))
  expect(taken).toHaveLength(customers.length)
  expect(new Set(taken.map(({ to }) => to[0]))).toEqual(new Set(customers.map((_, index) => `c${index}@customer.example.com`)))
  for (const [no, seen] of over) for (const mail of sink.seen.slice(seen + 20)) expect(mail.text).not.toContain(no) // what was claimed before may still be on its way
})

test('S19, T84: two schedulers, each minute of an hour, and two workers on one run: one run a day, one step a case', async () => {
  for (let index = 0; index < 5; index += 1)
    await owed(app, company, { items: [{ dueOn: '2026-11-01', amount: '8000' }], email: `c${index}@customer.example.com` })
  for (let minute = 0; minute < 60; minute += 3) {
    app.setNow(new Date(Date.parse(FRIDAY) + minute * 60_000).toISOString())
    await Promise.all([look(), look()])
  }
  const found = await runs()
  expect(found).toHaveLength(1)
  await Promise.all([1, 2, 3].map(() => runDunning(app.db, company.system, found[0]!.id)))
  await runDunning(app.db, company.system, found[0]!.id)
  const before = sink.taken.length
  await Promise.all([app.drain(), app.drain()])
  expect(sink.taken.slice(before)).toHaveLength(5)
  expect(await reminders(app, company)).toHaveLength(5)
}, 60_000)

test('S19, T84: three days of standstill: one step a case when it goes on, no storm, and a run that was left waiting is not made up for', async () => {
  await owed(app, company, { items: [{ dueOn: '2026-09-01', amount: '90000' }], salesperson: true })
  await look() // Friday: the run is begun, and no worker takes it
  app.setNow('2026-11-25T02:00:00Z')
  await Promise.all([look(), look()])
  for (const { id } of await runs()) await runDunning(app.db, company.system, id)
  expect(await runs()).toMatchObject([
    { businessKey: '2026-11-25', status: 'done' },
    { businessKey: '2026-11-20', status: 'cancelled' },
  ])
  const { collector } = company.people
  const told = (await collector.get('/api/home/today?view=collector')).body.items.find(
    (line: { key: string }) => line.key === 'dunningRuns',
  )
  expect(told).toMatchObject({ count: 1, list: { path: '/api/dunning/runs', query: { unfinished: 'true' } } })
  expect((await collector.get('/api/dunning/runs?unfinished=true')).body).toMatchObject({ total: 1, items: [{ onDay: '2026-11-20' }] })
  expect(await reminders(app, company)).toHaveLength(1)
  const taken: string[] = []
  for (const on of ['2026-11-26', '2026-11-27', '2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-07']) {
    app.setNow(`${on}T02:00:00Z`)
    await look()
    for (const { id } of await runs()) await runDunning(app.db, company.system, id)
    const rows = await app.db.read(company.system, (reader) =>
      reader.all<{ level: number }>(
        sql`select distinct s.level from ar.dunning_steps s where s.tenant_id = ${company.tenantId} and s.on_day = ${on}::date`,
      ),
    )
    taken.push(...rows.map(({ level }) => `${on} ${level}`))
  }
  expect(taken).toEqual(['2026-11-30 3', '2026-12-03 4', '2026-12-07 5'])
}, 60_000)

test('T84: before its hour, after it, on a rest day and in test mode the clock begins no run', async () => {
  await owed(app, company, { items: [{ dueOn: '2026-11-01', amount: '8000' }] })
  for (const at of ['2026-11-20T00:59:59Z', '2026-11-20T10:00:00Z', '2026-11-21T02:00:00Z']) {
    app.setNow(at)
    await look()
    expect(await runs(), at).toEqual([])
  }
  app.setNow('2026-11-20T01:00:00Z')
  await look()
  expect(await runs()).toHaveLength(1)
})
