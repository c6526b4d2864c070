import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'
import { foundStandards, limit } from '../harness/story-customers.ts'
import { type Tell, type Told, teller } from '../harness/story-teller.ts'

/** 审批: large orders (500,000 within 7 days of one customer) go to the sales manager, orders on credit hold to the finance manager. */
let app: TestApp
let company: TestCompany
let tell: Tell
let told: Told
let people: TestCompany['people']
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company('审批')
  people = company.people
  ;({ tell, told } = teller(app, company, ''))
  await foundStandards(tell, told)
  told.products.pump = (
    await tell.post(people.financeManager, '/api/products', { code: 'PUMP', name: '水泵', price: '1000.00', vatRate: '0.13' })
  ).id
  for (const key of ['split', 'changed', 'delegated', 'limited']) {
    const customer = {
      name: `客户 ${key}`,
      salespersonId: people.salesperson.caller.actorId,
      termsId: told.terms.NET30,
      acceptSimilar: true,
    }
    told.customers[key] = (await tell.post(people.arAccountant, '/api/customers', customer)).id
  }
}, 60_000)
afterAll(() => app.close())

const draft = (customer: string, thousands: number) => ({
  customerId: told.customers[customer],
  deliveryOn: '2026-12-20',
  lines: [{ productId: told.products.pump, quantity: String(thousands) }],
})
async function order(customer: string, thousands: number): Promise<{ id: string; status: string; creditResult: string }> {
  const { id } = await tell.post(people.salesperson, '/api/orders', draft(customer, thousands))
  return (await tell.post(people.salesperson, '/api/orders/submissions', { orders: [{ id, version: 1 }] })).orders[0]
}
const requestOf = async (id: string) =>
  (await tell.get(people.auditor, '/api/approvals?box=all&limit=200')).items.find(
    (one: { entityId: string; status: string }) => one.entityId === id && one.status === 'pending',
  )
const decide = async (person: Person, id: string, reason = '同意', decision = 'approved') => {
  const request = await requestOf(id)
  return person.post('/api/approvals/decisions', { decisions: [{ id: request.id, version: request.version, decision, reason }] })
}
const status = async (id: string) => (await tell.get(people.auditor, `/api/orders/${id}`)).status

describe('T20: one order split into many', () => {
  test('the sixth of six orders of 90,000 within a week goes to the sales manager', async () => {
    const answers = []
    for (let i = 0; i < 6; i += 1) answers.push((await order('split', 90)).status)
    expect(answers).toEqual(['approved', 'approved', 'approved', 'approved', 'approved', 'submitted'])
  })
  test('six in one request are seen together as well', async () => {
    const ids = []
    for (let i = 0; i < 3; i += 1) ids.push((await tell.post(people.salesperson, '/api/orders', draft('changed', 200))).id as string)
    const { orders } = await tell.post(people.salesperson, '/api/orders/submissions', { orders: ids.map((id) => ({ id, version: 1 })) })
    expect(orders.map((one: { status: string }) => one.status)).toEqual(['approved', 'approved', 'submitted'])
  })
  test('after the week is over, they count no more', async () => {
    app.setNow('2026-12-01T02:00:00Z')
    expect((await order('split', 90)).status).toBe('approved')
    app.setNow('2026-11-21T02:00:00Z')
  })
})

describe('T19: what was approved is what was asked', () => {
  test('a change while it waits takes the request back: the old decision finds nothing to decide', async () => {
    const { id } = await order('delegated', 600)
    const request = await requestOf(id)
    const { version } = await tell.get(people.salesperson, `/api/orders/${id}`)
    await tell.put(people.salesperson, `/api/orders/${id}`, { version, draft: draft('delegated', 900) })
    const late = await people.salesManager.post('/api/approvals/decisions', {
      decisions: [{ id: request.id, version: request.version, decision: 'approved', reason: '同意' }],
    })
    expect([404, 409, 422], JSON.stringify(late.body)).toContain(late.status)
    expect(await status(id)).toBe('draft')
    expect((await tell.get(people.auditor, `/api/approvals/${request.id}`)).status).toMatch(/withdrawn|void/)
  })
  test('an approved order cannot be edited; reopened, it is checked and asked for anew', async () => {
    const { id } = await order('delegated', 600)
    expect((await decide(people.salesManager, id)).status).toBe(201)
    expect(await status(id)).toBe('approved')
    const { version } = await tell.get(people.salesperson, `/api/orders/${id}`)
    const edit = await people.salesperson.send('PUT', `/api/orders/${id}`, { version, draft: draft('delegated', 601) })
    expect([409, 422]).toContain(edit.status)
    await tell.post(people.financeManager, `/api/orders/${id}/reopening`, { version, reason: '客户改数量' })
    const reopened = (await tell.get(people.salesperson, `/api/orders/${id}`)).version
    await tell.put(people.salesperson, `/api/orders/${id}`, { version: reopened, draft: draft('delegated', 601) })
    const again = await tell.post(people.salesperson, '/api/orders/submissions', {
      orders: [{ id, version: (await tell.get(people.salesperson, `/api/orders/${id}`)).version }],
    })
    expect(again.orders[0].status).toBe('submitted')
    await expectBooksTrue(app, company)
  })
  test('an approval whose credit has gone meanwhile is held: a second look at the moment of approval', async () => {
    await limit(tell, told.customers.limited!, '700000.00')
    const { id, creditResult } = await order('limited', 600)
    expect(creditResult).not.toBe('hold')
    const receivable = { customerId: told.customers.limited, amount: '200000.00', issuedOn: '2026-11-20', dueOn: '2026-12-31' }
    await tell.post(people.arAccountant, '/api/receivables', { receivables: [receivable] })
    const silent = await decide(people.salesManager, id, '')
    expect(silent.body.code, JSON.stringify(silent.body)).toBe('orders.creditHoldNow')
    expect(await status(id)).toBe('submitted')
    await expectBooksTrue(app, company)
  })
})

describe('T17, T24: who decides', () => {
  test('the one who asked never does, whatever their role', async () => {
    const { id } = await tell.post(people.salesManager, '/api/orders', draft('split', 600))
    await tell.post(people.salesManager, '/api/orders/submissions', { orders: [{ id, version: 1 }] })
    expect((await decide(people.salesManager, id)).body.code).toBe('approvals.makerDecides')
    expect((await decide(people.administrator, id)).status).toBe(201)
  })
  test('a delegate decides on the days of the delegation, and on no other, by the calendar of the company', async () => {
    const delegate = people.collector
    await tell.post(people.salesManager, '/api/approval-delegations', {
      delegateId: delegate.caller.actorId,
      fromOn: '2026-11-23',
      untilOn: '2026-11-24',
    })
    const { id } = await order('split', 600)
    const at = async (instant: string) => {
      app.setNow(instant)
      return decide(delegate, id)
    }
    expect((await at('2026-11-22T15:59:59Z')).body.code).toBe('approvals.notYourStep') // 22 November, 23:59 in Shanghai
    expect((await at('2026-11-24T16:00:01Z')).body.code).toBe('approvals.notYourStep') // 25 November in Shanghai
    expect((await at('2026-11-24T15:59:59Z')).status).toBe(201) // the last second
    expect(await status(id)).toBe('approved')
    app.setNow('2026-11-21T02:00:00Z')
  })
  test('a delegation that was taken back counts no more', async () => {
    app.setNow('2026-11-25T02:00:00Z')
    const { id: delegation } = await tell.post(people.salesManager, '/api/approval-delegations', {
      delegateId: people.collector.caller.actorId,
      fromOn: '2026-11-25',
      untilOn: '2026-11-30',
    })
    await tell.post(people.salesManager, `/api/approval-delegations/${delegation}/revocation`)
    const { id } = await order('split', 600)
    expect((await decide(people.collector, id)).body.code).toBe('approvals.notYourStep')
    await expectBooksTrue(app, company)
  })
})
