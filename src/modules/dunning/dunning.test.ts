import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { owed, reminders, runOn } from '../../../test/harness/dunning.ts'
import { received } from '../../../test/harness/receipts.ts'
import { sql } from '../../platform/sql.ts'
import { foundLadder } from './found-ladder.command.ts'

let app: TestApp
let company: TestCompany
let collector: Person

beforeAll(async () => {
  app = await startTestApp('2026-11-20T02:00:00Z')
}, 120_000)
afterAll(() => app.close())
beforeEach(async () => {
  app.setNow('2026-11-20T02:00:00Z')
  company = await app.company()
  collector = company.people.collector
  await app.db.transaction(company.system, foundLadder)
})

describe('the daily run', () => {
  test('one message a customer for everything overdue, and none when it is asked for again', async () => {
    const customerId = await owed(app, company, { items: [{ dueOn: '2026-11-01', amount: '8000' }, { dueOn: '2026-11-10', amount: '500' }, { dueOn: '2026-12-24', amount: '9000' }] }) // biome-ignore format: one line
    const run = await runOn(app, company)
    expect(run).toMatchObject({ status: 'done', counts: { cases: 1, opened: 1, emails: 1, items: 2 } })
    const { items: timeline } = (await collector.get(`/api/customers/${customerId}/timeline?kind=dunning`)).body
    expect(timeline).toMatchObject([{ kind: 'dunning', what: 'email', text: '逾期提醒', amount: '8500.00', currency: 'CNY' }])
    const [message] = await messages()
    expect(message).toMatchObject({ status: 'kept', customerId, recipients: ['finance@customer.example.com'], language: 'zh-CN' })
    expect(message!.text).toContain('8,000.00 CNY')
    expect(message!.text).toContain('8,500.00 CNY')
    expect(message!.text).not.toContain('9,000.00')
    expect((await collector.post('/api/dunning/runs')).body).toMatchObject({ code: 'dunning.alreadyRun' })
    await app.drain()
    expect(await messages()).toHaveLength(1)
    await expectBooksTrue(app, company)
  })

  test('from day to day: strictly one level after the other, each on its day', async () => {
    await owed(app, company, { items: [{ dueOn: '2026-11-20', amount: '60000' }], salesperson: true })
    const taken: string[] = []
    for (const on of ['2026-11-20', '2026-11-23', '2026-11-24', '2026-12-04', '2026-12-07', '2026-12-21', '2027-01-19', '2027-01-20']) {
      app.setNow(`${on}T02:00:00Z`)
      await runOn(app, company)
      for (const step of (await stepsOf(on)).toSorted()) taken.push(`${on} ${step}`)
    }
    expect(taken).toEqual([
      '2026-11-20 1 email',
      '2026-11-23 2 email',
      '2026-12-07 3 remindSalesperson',
      '2026-12-21 4 email',
      '2026-12-21 4 escalate',
      '2027-01-19 5 email',
      '2027-01-19 5 flagHighRisk',
    ])
    const tasks = (await company.people.salesperson.get('/api/tasks')).body.items
    expect(tasks).toMatchObject([{ kind: 'dunningReminder', dueOn: '2026-12-10', params: { amount: '60000.00', overdueDays: 17 } }])
    expect((await collector.get('/api/notifications')).body.items).toMatchObject([{ kind: 'dunning.task', entity: 'dunningCase' }])
    await expectBooksTrue(app, company)
  })

  test('what is paid, disputed or paused is left out, and money that lies there comes off', async () => {
    const disputed = await owed(app, company, { name: '争议', items: [{ dueOn: '2026-11-01', amount: '8000', disputed: true }] })
    await owed(app, company, { name: '已付', items: [{ dueOn: '2026-11-01', amount: '8000' }], unallocated: '8000' })
    const small = await owed(app, company, { name: '零头', items: [{ dueOn: '2026-11-01', amount: '900' }] })
    const paused = await owed(app, company, { name: '暂停', items: [{ dueOn: '2026-11-01', amount: '8000' }] })
    await collector.post('/api/dunning/blocks', { customerId: paused, untilOn: '2026-11-23', reason: '月底付清' })
    const run = await runOn(app, company)
    expect(run.counts).toMatchObject({ cases: 0, emails: 0 })
    expect(
      Object.fromEntries(run.notPlanned.map((one: { customerName: string; reason: string }) => [one.customerName, one.reason])),
    ).toEqual({
      争议: 'itemsExcluded',
      已付: 'covered',
      零头: 'belowMinimum',
      暂停: 'blocked',
    })
    expect(run.notPlanned.find((one: { customerId: string }) => one.customerId === paused)).toMatchObject({
      onDay: '2026-11-23',
      note: '月底付清',
    })
    expect([disputed, small].length).toBe(2)
    app.setNow('2026-11-24T02:00:00Z')
    expect((await runOn(app, company)).counts).toMatchObject({ cases: 1, emails: 1 })
  })

  test('currencies stand apart and are never added; the message is in the customer’s language', async () => {
    await owed(app, company, { language: 'en', items: [{ dueOn: '2026-11-01', amount: '8000' }, { dueOn: '2026-11-02', amount: '200', currency: 'USD', rate: '7' }] }) // biome-ignore format: one line
    await runOn(app, company)
    const [message] = await messages()
    expect(message).toMatchObject({ language: 'en' })
    expect(message!.text).toContain('8,000.00 CNY')
    expect(message!.text).toContain('200.00 USD')
    expect(message!.text).not.toMatch(/8,200|9,400/)
  })

  test('two messages to one address within a week, whoever its customers are', async () => {
    for (let index = 0; index < 3; index += 1)
      await owed(app, company, { name: `c${index}`, items: [{ dueOn: '2026-11-01', amount: '8000' }], email: 'Agent@x.example.com' })
    const run = await runOn(app, company)
    expect(run.counts).toMatchObject({ emails: 2 })
    expect(run.leftOut).toEqual([{ reason: 'tooManyContacts', customers: 1 }])
    app.setNow('2026-11-27T02:00:00Z')
    expect((await runOn(app, company)).counts).toMatchObject({ emails: 1 })
  })

  test('a case closes when what it named is settled, and a new debt begins a new one', async () => {
    const customerId = await owed(app, company, { items: [{ dueOn: '2026-11-01', amount: '8000' }] })
    await runOn(app, company)
    const [receivableId] = await openOf(customerId)
    const receiptId = await received(company, { customerId, amount: '8000' })
    const allocated = await company.people.arAccountant.post('/api/allocations', { lines: [{ receiptId, receivableId, amount: '8000' }] })
    expect(allocated.status).toBe(201)
    app.setNow('2026-11-23T02:00:00Z')
    await owed(app, company, { customerId, items: [{ dueOn: '2026-11-19', amount: '9000' }] })
    expect((await runOn(app, company)).counts).toMatchObject({ closed: 1, opened: 1, emails: 1 })
    const cases = (await collector.get('/api/dunning/cases?status=closed')).body
    expect(cases.items).toMatchObject([{ customerId, closedHow: 'settled', level: 2 }])
  })

  test('nobody is chased on a rest day, and the run says so', async () => {
    app.setNow('2026-11-21T02:00:00Z')
    const refused = await collector.post('/api/dunning/runs')
    expect(refused.status).toBe(422)
    expect(refused.body).toMatchObject({ code: 'dunning.restDay' })
  })
})

test('the dry run says what the run then does, and writes nothing', async () => {
  const customerId = await owed(app, company, { name: '恒远', items: [{ dueOn: '2026-11-01', amount: '8000' }] })
  await owed(app, company, { name: '无邮箱', items: [{ dueOn: '2026-11-01', amount: '7000' }], email: null, salesperson: true })
  await owed(app, company, { name: '零头', items: [{ dueOn: '2026-11-01', amount: '900' }] })
  const rows = () => app.db.read(company.system, (reader) => reader.one<{ count: number }>(sql`select (select count(*) from ar.dunning_cases) + (select count(*) from ar.messages) + (select count(*) from ar.tasks) as count`)) // biome-ignore format: one line
  const before = await rows()
  const dry = (await collector.get('/api/dunning/dry-run')).body
  expect(dry).toMatchObject({
    restDay: null,
    alreadyRun: false,
    counts: { cases: 2, emails: 1, unsent: 1, items: 2 },
    planned: [
      {
        customerId,
        customerName: '恒远',
        level: 2,
        net: '8000.00',
        overdueDays: 19,
        actions: [{ kind: 'email', to: ['finance@customer.example.com'], notPossible: null }],
      },
      {
        customerName: '无邮箱',
        level: 2,
        actions: [{ kind: 'email', to: ['salesperson'], notPossible: 'noAddress' }],
      },
    ],
    notPlanned: [{ customerName: '零头', reason: 'belowMinimum' }],
  })
  expect(await rows()).toEqual(before)
  expect((await runOn(app, company)).counts).toEqual(dry.counts)
  expect((await collector.get('/api/dunning/dry-run?onDay=2026-11-22')).body).toMatchObject({ restDay: 'weekend', planned: [] })
})

test('a draft is published by a second person, and what is live is never edited', async () => {
  const { financeManager, administrator } = company.people
  const { items } = (await financeManager.get('/api/dunning/ladders')).body
  const [{ id, version, live }] = items
  expect(live.levels).toHaveLength(5)
  const { leastDaysBetween, levels } = live
  const changed = [{ ...levels[0], days: -5 }, ...levels.slice(1)]
  expect(
    (await financeManager.send('PUT', `/api/dunning/ladders/${id}/draft`, { version, leastDaysBetween, levels: changed })).status,
  ).toBe(200)
  const asked = await financeManager.post(`/api/dunning/ladders/${id}/publication`, { version: version + 1 })
  expect(asked.body).toEqual({ waiting: true })
  const { items: requests } = (await administrator.get('/api/approvals?box=toDecide')).body
  const request = requests.find((one: { kind: string }) => one.kind === 'dunningLadder')
  const own = await financeManager.post('/api/approvals/decisions', {
    decisions: [{ id: request.id, version: request.version, decision: 'approved', reason: 'ok' }],
  })
  expect(own.status).toBe(403)
  const decided = await administrator.post('/api/approvals/decisions', {
    decisions: [{ id: request.id, version: request.version, decision: 'approved', reason: 'ok' }],
  })
  expect(decided.status).toBe(201)
  const after = (await financeManager.get(`/api/dunning/ladders/${id}`)).body
  expect(after).toMatchObject({ draft: null, live: { no: 2, publishedHow: 'person', levels: [{ days: -5 }, {}, {}, {}, {}] } })
  expect(after.versions.map((one: { no: number }) => one.no)).toEqual([2, 1])
})

test('a ladder is given a name, classes and single customers; who is with one cannot be given to another', async () => {
  const { financeManager } = company.people
  const first = await owed(app, company, { items: [] })
  const second = await owed(app, company, { items: [] })
  const [standard] = (await financeManager.get('/api/dunning/ladders')).body.items
  const added = async (name: string): Promise<string> =>
    (await financeManager.post('/api/dunning/ladders', { name, copyOf: standard.id })).body.id
  const [id, other] = [await added('大客户'), await added('小客户')]
  const patch = (of: string, body: object) => financeManager.send('PATCH', `/api/dunning/ladders/${of}`, body)
  expect(await patch(id, { version: 1, name: '重点客户', customerIds: [first, second] })).toMatchObject({ status: 200 })
  expect(await patch(id, { version: 2, customerIds: [second] })).toMatchObject({ status: 200 })
  const { body } = await financeManager.get(`/api/dunning/ladders/${id}`)
  expect(body).toMatchObject({ name: '重点客户', version: 3, assigned: [{ id: second }] })
  expect(await patch(other, { version: 1, customerIds: [second] })).toMatchObject({ body: { code: 'dunning.customersElsewhere' } })
  expect(await patch(other, { version: 1, customerIds: [first] })).toMatchObject({ status: 200 })
  const { rows } = await app.database.pool.query(
    `select l.body from ar.audit_log l where l.entity_id = $1 and l.action = 'dunning.ladderEdited' order by l.at, l.id`,
    [id],
  )
  expect(rows).toMatchObject([
    { body: { before: { name: '大客户', customerIds: [] }, after: { name: '重点客户', customerIds: [first, second].toSorted() } } },
    { body: { before: { customerIds: [first, second].toSorted() }, after: { customerIds: [second] } } },
  ])
})

test('a text of one’s own: unknown fields are refused by name, the preview shows real data', async () => {
  const { financeManager } = company.people
  await owed(app, company, { name: '恒远', items: [{ dueOn: '2026-11-01', amount: '8000' }] })
  const path = '/api/dunning/templates/overdue/zh-CN'
  const wrong = await financeManager.send('PUT', path, {
    version: 0,
    subject: '{{customer}} {{password}}',
    body: '{{items}}\n{{constructor}}',
  })
  expect(wrong.status).toBe(422)
  expect(wrong.body.issues.map((one: { params: { field: string } }) => one.params.field)).toEqual(['password', 'constructor'])
  expect((await financeManager.send('PUT', path, { version: 0, subject: 'x', body: 'no list' })).body.issues[0].code).toBe(
    'dunning.itemsMissing',
  )
  expect(
    (await financeManager.send('PUT', path, { version: 0, subject: '请付款 {{customer}}', body: '您好\n{{items}}\n谢谢' })).status,
  ).toBe(200)
  const preview = (await financeManager.post('/api/dunning/templates/preview', { key: 'overdue' })).body
  expect(preview).toMatchObject({ customerName: '恒远', subject: '请付款 恒远', to: ['finance@customer.example.com'] })
  expect(preview.html).toContain('8,000.00')
  for (const language of ['zh-TW', 'en'])
    expect((await financeManager.post('/api/dunning/templates/preview', { key: 'formal', language })).status).toBe(200)
})

test('whoever sees some customers only sees their cases, steps and pauses', async () => {
  const mine = await owed(app, company, { name: 'mine', items: [{ dueOn: '2026-11-01', amount: '8000' }], salesperson: true })
  await owed(app, company, { name: 'other', items: [{ dueOn: '2026-11-01', amount: '8000' }] })
  const run = await runOn(app, company)
  const { salesperson } = company.people
  const cases = (await salesperson.get('/api/dunning/cases')).body
  expect(cases).toMatchObject({ total: 1, items: [{ customerId: mine }] })
  expect((await salesperson.get(`/api/dunning/runs/${run.id}`)).body.items).toHaveLength(1)
  expect((await salesperson.get('/api/dunning/dry-run')).body.notPlanned.map((one: { customerName: string }) => one.customerName)).toEqual([
    'mine',
  ])
  const [other] = (await collector.get('/api/dunning/cases')).body.items.filter((one: { customerId: string }) => one.customerId !== mine)
  expect((await salesperson.get(`/api/dunning/cases/${other.id}`)).status).toBe(404)
})

const messages = () => reminders(app, company)
async function openOf(customerId: string): Promise<string[]> {
  const rows = await app.db.read(company.system, (reader) =>
    reader.all<{ id: string }>(
      sql`select r.id from ar.receivables r where r.tenant_id = ${company.tenantId} and r.customer_id = ${customerId} and r.open <> 0`,
    ),
  )
  return rows.map(({ id }) => id)
}
async function stepsOf(on: string): Promise<string[]> {
  const rows = await app.db.read(company.system, (reader) =>
    reader.all<{ level: number; action: string }>(
      sql`select s.level, s.action from ar.dunning_steps s where s.tenant_id = ${company.tenantId} and s.on_day = ${on}::date`,
    ),
  )
  return rows.map(({ level, action }) => `${level} ${action}`)
}
