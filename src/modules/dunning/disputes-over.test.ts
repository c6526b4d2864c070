import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { owed, reminders, runOn } from '../../../test/harness/dunning.ts'
import { connectToSink } from '../../../test/harness/outbox.ts'
import { owe, received } from '../../../test/harness/receipts.ts'
import { type SmtpSink, startSmtpSink } from '../../../test/harness/smtp-sink.ts'
import { day } from '../../kernel/day.ts'
import { uuid } from '../../kernel/uuid.ts'
import { sql } from '../../platform/sql.ts'
import { mergeCustomer } from '../customers/merge-customers.command.ts'
import { disputeReceivables } from '../receivables/dispute-receivables.command.ts'
import { foundLadder } from './found-ladder.command.ts'
import { assignCustomers, insertLadder, insertVersion } from './ladder.store.ts'
import type { LadderContent } from './ladder.ts'
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

const rows = <T>(statement: ReturnType<typeof sql>) => app.db.read(company.system, (reader) => reader.all<T>(statement as never))
/** What was done on a day, as `level/turn action: what it names`. */
async function doneOn(on: string): Promise<string[]> {
  app.setNow(`${on}T02:00:00Z`)
  await runOn(app, company)
  const done = await rows<{
    said: string
  }>(sql`select s.level || case when s.turn > 1 then '/' || s.turn else '' end || ' ' || s.action || ': ' ||
      (select string_agg(i.due_on::text, ' ' order by i.due_on) from ar.dunning_step_items i where i.tenant_id = s.tenant_id and i.case_id = s.case_id and i.level = s.level and i.turn = s.turn) as said
    from ar.dunning_steps s where s.tenant_id = ${company.tenantId} and s.on_day = ${on}::date order by s.level, s.action`)
  return done.map(({ said }) => said)
}
async function dispute(customerId: string, dueOn: string, disputed: boolean): Promise<void> {
  const found = await rows<{ id: string; version: number }>(
    sql`select r.id, r.version from ar.receivables r where r.tenant_id = ${company.tenantId} and r.customer_id = ${customerId} and r.due_on = ${dueOn}::date`,
  )
  await app.db.transaction(company.system, (tx) => disputeReceivables(tx, found.map((one) => ({ ...one, disputed, reason: 'checked' })))) // biome-ignore format: one line
}
const cases = async (status: 'open' | 'closed') => (await company.people.collector.get(`/api/dunning/cases?status=${status}`)).body.items

/** Levels 3, 10 and 20 days after the due day, every one a message; the last is repeated every 10 days. */
const three: LadderContent = {
  leastDaysBetween: 3,
  levels: [3, 10, 20].map((days, index) => ({ position: index + 1, name: `level ${index + 1}`, days, minimumMinor: 0n, actions: [{ kind: 'email', template: 'overdue' }], repeat: index === 2 ? { everyDays: 10, most: 2 } : null })), // biome-ignore format: one line
}
/** A ladder of one's own for these customers, live from today on; a further version when it is there already. */
async function ladder(content: LadderContent, customerIds: readonly string[], ladderId = uuid(), no = 1): Promise<string> {
  await app.db.transaction(company.system, async (tx) => {
    if (no === 1) insertLadder(tx, { id: ladderId, name: `own ${ladderId}`, isStandard: false, draft: null })
    insertVersion(tx, { id: uuid(), ladderId, no, content, validFrom: day(tx.today), draftedBy: null, publishedBy: null, publishedHow: 'founded', requestId: null })
    if (no === 1) assignCustomers(tx, ladderId, { add: customerIds, remove: [] })
  }) // biome-ignore format: a version is one line
  return ladderId
}

describe('what is disputed and what comes back', () => {
  test('a disputed debt does not keep another one from being chased; when its dispute is over, no level that named it names it again', async () => {
    const customerId = await owed(app, company, { items: [{ dueOn: '2026-10-01', amount: '5000' }] })
    await ladder(three, [customerId])
    expect(await doneOn('2026-11-20')).toEqual(['1 email: 2026-10-01'])
    expect(await doneOn('2026-11-23')).toEqual(['2 email: 2026-10-01'])
    await dispute(customerId, '2026-10-01', true)
    expect(await doneOn('2026-11-26')).toEqual([])
    expect(await cases('open')).toMatchObject([{ level: 2, waits: true, next: null }])

    await owed(app, company, { customerId, items: [{ dueOn: '2026-11-27', amount: '1000000' }] })
    expect(await doneOn('2026-11-30')).toEqual(['1 email: 2026-11-27'])
    expect(await cases('closed')).toMatchObject([{ level: 2, closedHow: 'excluded' }])

    await dispute(customerId, '2026-10-01', false)
    expect(await doneOn('2026-12-07')).toEqual(['2 email: 2026-11-27'])
    // the older of the two decides on the day
    expect(await doneOn('2026-12-10')).toEqual(['3 email: 2026-10-01 2026-11-27'])
  })

  test('a case of which everything is disputed waits, and goes on where it was', async () => {
    const customerId = await owed(app, company, { items: [{ dueOn: '2026-10-01', amount: '5000' }] })
    await ladder(three, [customerId])
    await doneOn('2026-11-20')
    await dispute(customerId, '2026-10-01', true)
    expect(await doneOn('2026-11-24')).toEqual([])
    await dispute(customerId, '2026-10-01', false)
    expect(await doneOn('2026-11-25')).toEqual(['2 email: 2026-10-01'])
    expect(await cases('closed')).toEqual([])
  })

  test('alone again after the other debt was paid: a new case goes on where the old one had come, with its turns', async () => {
    const customerId = await owed(app, company, { items: [{ dueOn: '2026-10-01', amount: '5000' }] })
    await ladder(three, [customerId])
    for (const on of ['2026-11-20', '2026-11-23', '2026-11-27']) await doneOn(on)
    await dispute(customerId, '2026-10-01', true)
    const other = await owed(app, company, { customerId, items: [{ dueOn: '2026-11-27', amount: '70' }] })
    expect(await doneOn('2026-11-30')).toEqual(['1 email: 2026-11-27'])
    await dispute(other, '2026-11-27', true)
    await dispute(customerId, '2026-10-01', false)
    expect(await doneOn('2026-12-03')).toEqual([])
    expect(await doneOn('2026-12-07')).toEqual(['3/2 email: 2026-10-01'])
  })
})

/** One company under two customers: the debts of the first go to the second. */
const merge = (fromId: string, intoId: string) =>
  app.db.transaction(company.system, (tx) => mergeCustomer(tx, { fromId, fromVersion: 1, intoId, reason: 'one company' }))
/** The run alone; its messages leave with the next drain. */
async function runWithoutSending(on: string): Promise<void> {
  app.setNow(`${on}T02:00:00Z`)
  await runDunning(app.db, company.system, await app.db.transaction(company.system, startRun))
}
const pause = (customerId: string, untilOn: string) =>
  company.people.collector.post('/api/dunning/blocks', { customerId, reason: '对账中', untilOn })

describe('a level whose message was withheld when it should be sent', () => {
  test('comes once more when the reason is over, its message alone, and the next level after it', async () => {
    await connectToSink(app, company, sink)
    const before = sink.taken.length
    const customerId = await owed(app, company, { items: [{ dueOn: '2026-10-01', amount: '90000' }] })
    const remind = { kind: 'remindSalesperson', withinDays: 2 } as const
    await ladder({ ...three, levels: three.levels.map((one) => ({ ...one, actions: [...one.actions, remind] })) }, [customerId])
    await runWithoutSending('2026-11-20')
    expect((await pause(customerId, '2026-11-24')).status).toBe(201)
    await app.drain()
    expect(await reminders(app, company)).toMatchObject([{ status: 'withheld', reason: 'paused' }])
    expect(await doneOn('2026-11-24')).toEqual([])
    expect(await doneOn('2026-11-25')).toEqual(['1/2 email: 2026-10-01'])
    expect(await reminders(app, company)).toMatchObject([{ status: 'withheld' }, { status: 'sent' }])
    expect(sink.taken.length - before).toBe(1)
    expect(await doneOn('2026-11-30')).toHaveLength(2)
    expect(sink.taken.length - before).toBe(2)
    expect(await cases('open')).toMatchObject([{ level: 2, turn: 1 }])
  })

  test('the last level does not lose a repetition by it', async () => {
    await connectToSink(app, company, sink)
    const customerId = await owed(app, company, { items: [{ dueOn: '2026-10-01', amount: '90000' }] })
    await ladder({ ...three, levels: [{ ...three.levels[2]!, position: 1, repeat: { everyDays: 7, most: 1 } }] }, [customerId])
    await runWithoutSending('2026-11-20')
    await pause(customerId, '2026-11-22')
    await app.drain()
    expect(await doneOn('2026-11-23')).toEqual(['1/2 email: 2026-10-01'])
    expect(await doneOn('2026-11-26')).toEqual([])
    expect(await doneOn('2026-11-30')).toEqual(['1/3 email: 2026-10-01'])
    expect(await doneOn('2026-12-14')).toEqual([])
  })

  test('everything was paid: the case is over, and the next debt begins from the first level', async () => {
    await connectToSink(app, company, sink)
    const customerId = await owed(app, company, { items: [] })
    await ladder(three, [customerId])
    const [receivableId] = await owe(app, company, customerId, [{ amount: '8000', issuedOn: '2026-10-01', dueOn: '2026-11-01' }])
    await runWithoutSending('2026-11-20')
    const receiptId = await received(company, { customerId, amount: '8000' })
    await company.people.arAccountant.post('/api/allocations', { lines: [{ receiptId, receivableId, amount: '8000' }] })
    await app.drain()
    expect(await reminders(app, company)).toMatchObject([{ status: 'withheld', reason: 'settled' }])
    expect(await doneOn('2026-11-23')).toEqual([])
    expect(await cases('closed')).toMatchObject([{ level: 1, closedHow: 'settled' }])
  })

  test('the customer was merged before it left: whoever the debts belong to now is reminded of them', async () => {
    await connectToSink(app, company, sink)
    const from = await owed(app, company, { name: 'from', items: [{ dueOn: '2026-10-01', amount: '90000' }] })
    const into = await owed(app, company, { name: 'into', items: [] })
    await ladder(three, [from, into])
    await runWithoutSending('2026-11-20')
    await merge(from, into)
    await app.drain()
    expect(await reminders(app, company)).toMatchObject([{ status: 'withheld', reason: 'customerMerged' }])
    expect(await doneOn('2026-11-23')).toEqual(['1/2 email: 2026-10-01'])
    expect((await reminders(app, company)).at(-1)).toMatchObject({ status: 'sent', customerId: into })
  })
})

describe('a case that has come further than its ladder has levels now', () => {
  const shorter: LadderContent = { ...three, levels: [three.levels[0]!, { ...three.levels[1]!, repeat: { everyDays: 7, most: 3 } }] }

  test('goes on at the highest level that remains, and it is said once: on the customer, on the case, and to whoever collects', async () => {
    const customerId = await owed(app, company, { items: [{ dueOn: '2026-10-01', amount: '90000' }] })
    const id = await ladder(three, [customerId])
    for (const on of ['2026-11-20', '2026-11-23', '2026-11-27']) expect(await doneOn(on)).toHaveLength(1)
    app.setNow('2026-11-30T02:00:00Z')
    await ladder(shorter, [customerId], id, 2)
    expect(await doneOn('2026-11-30')).toEqual([])
    const tasks = async () => (await company.people.collector.get('/api/tasks')).body.items
    expect(await tasks()).toMatchObject([{ kind: 'dunningCut' }])
    expect(await cases('open')).toMatchObject([
      { level: 3, levels: 2, cutOn: '2026-11-30', next: { level: 2, turn: 2, onDay: '2026-12-04' } },
    ])
    const { items } = (await company.people.collector.get(`/api/customers/${customerId}/timeline?kind=change`)).body
    expect(items.map((item: { what: string }) => item.what)).toContain('dunning.caseCut')
    expect(await doneOn('2026-12-04')).toEqual(['2/2 email: 2026-10-01'])
    expect(await doneOn('2026-12-11')).toEqual(['2/3 email: 2026-10-01'])
    expect(await tasks()).toHaveLength(1)

    app.setNow('2026-12-14T02:00:00Z')
    const again = [
      ...three.levels.slice(0, 2),
      { ...three.levels[2]!, repeat: null },
      { ...three.levels[2]!, position: 4, days: 40, repeat: null },
    ]
    await ladder({ ...three, levels: again }, [customerId], id, 3)
    expect(await doneOn('2026-12-14')).toEqual(['4 email: 2026-10-01'])
    expect(await cases('open')).toMatchObject([{ level: 4, cutOn: null }])
  })

  test('by a merge into a customer with a shorter ladder', async () => {
    const from = await owed(app, company, { name: 'from', items: [{ dueOn: '2026-10-01', amount: '90000' }] })
    const into = await owed(app, company, { name: 'into', items: [] })
    await ladder(three, [from])
    await ladder({ ...three, levels: [three.levels[0]!] }, [into])
    for (const on of ['2026-11-20', '2026-11-23']) expect(await doneOn(on)).toHaveLength(1)
    await merge(from, into)
    expect(await doneOn('2026-11-26')).toEqual([])
    expect((await company.people.collector.get('/api/tasks')).body.items).toMatchObject([{ kind: 'dunningCut' }])
    expect(await doneOn('2026-11-27')).toEqual([])
    expect((await company.people.collector.get('/api/tasks')).body.items).toHaveLength(1)
  })
})
