import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../test/harness/app.ts'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { type OrderWorld, orderWorld } from '../../../test/harness/orders.ts'

let app: TestApp
let company: TestCompany
let world: OrderWorld
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  world = await orderWorld(app, company)
})
afterAll(() => app.close())

const ask = async (who: Person, customerId: string, more: object) => {
  const { version } = (await company.people.financeManager.get(`/api/credit/${customerId}`)).body
  const wanted = { version, kind: 'standard', effectiveFrom: '2026-11-21', reason: 'more business', ...more }
  const reply = await who.post(`/api/credit/${customerId}/limits`, wanted)
  expect(reply.status, JSON.stringify(reply.body)).toBe(201)
  return reply.body as { id: string; waiting: boolean }
}
const pending = async () =>
  (await company.people.financeManager.get('/api/approvals')).body as { items: { id: string; version: number; kind: string }[] }
const approveAll = async () => {
  const { items } = await pending()
  const decisions = items.map(({ id, version }) => ({ id, version, decision: 'approved', reason: 'agreed' }))
  return { count: items.length, reply: await company.people.financeManager.post('/api/approvals/decisions', { decisions }) }
}

test('a standard and a temporary limit of one customer, and its order, are decided in one go', async () => {
  const { salesperson, financeManager } = company.people
  const customerId = await world.customer({ limit: 100 })
  const orderId = await world.order(salesperson, customerId, 500)
  expect((await world.submit(salesperson, orderId)).body.orders[0]).toMatchObject({ status: 'submitted', creditResult: 'hold' })
  await ask(salesperson, customerId, { limit: '2000.00' })
  await ask(salesperson, customerId, { limit: '3000.00', kind: 'temporary', effectiveUntil: '2026-12-31' })
  const { count, reply } = await approveAll()
  expect([count, reply.status, reply.body]).toMatchObject([3, 201, {}])
  expect((await financeManager.get(`/api/credit/${customerId}`)).body.limit).toMatchObject({ amount: '3000.00', temporary: true })
  expect((await salesperson.get(`/api/orders/${orderId}`)).body).toMatchObject({ status: 'approved' })
  await expectBooksTrue(app, company)
})

test('no limit at all is more than any amount that a rule asks somebody for', async () => {
  const { financeManager } = company.people
  const rule = { kind: 'creditLimit', name: 'large limits', conditions: { amountFrom: '1000000' }, steps: [{ role: 'administrator' }] }
  expect((await company.people.administrator.post('/api/approval-rules', { ...rule })).status).toBe(201)
  const customerId = await world.customer({ limit: 100 })
  expect(await ask(financeManager, customerId, { limit: '999999.99' })).toMatchObject({ waiting: false })
  expect(await ask(financeManager, customerId, { limit: null })).toMatchObject({ waiting: true })
})
