import { afterAll, beforeAll, expect, test } from 'vitest'
import { termsPresets } from '../../src/modules/terms/terms-presets.ts'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { fingerprint } from '../harness/fingerprint.ts'
import { type OrderWorld, orderWorld } from '../harness/orders.ts'
import { owe, received } from '../harness/receipts.ts'

let app: TestApp
let company: TestCompany
let world: OrderWorld
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  world = await orderWorld(app, company)
})
afterAll(() => app.close())

test('what is counted from a day at the end of the calendar is refused with a sentence, and nothing is saved', async () => {
  const { salesperson } = company.people
  const customerId = await world.customer()
  const draft = { customerId, deliveryOn: '2199-12-20', lines: [{ productId: world.productId, quantity: '1', unitPrice: '5' }] }
  const id = await world.order(salesperson, customerId, 5, { deliveryOn: draft.deliveryOn })
  const before = await fingerprint(app)
  const definition = termsPresets.daysAfterDelivery(30)
  const dates = { order: '2199-12-20' }
  const answers = [
    await salesperson.post('/api/orders/check', { draft }),
    await world.submit(salesperson, id),
    await salesperson.post('/api/terms/preview', {
      definition,
      amount: '1.00',
      currency: 'CNY',
      dates,
      expected: { delivery: '2199-12-20' },
    }),
    await salesperson.get('/api/ageing?asOf=1970-01-01'),
  ]
  for (const answer of answers) expect(answer).toMatchObject({ status: 422, body: { code: 'platform.dayOutOfRange' } })
  expect(await fingerprint(app)).toEqual(before)
})

test('one due day at the end of the calendar, of a customer that pays late, closes no list', async () => {
  const { arAccountant } = company.people
  const customerId = await world.customer()
  const [late, far] = (await owe(app, company, customerId, [{ amount: '10' }, { amount: '7', dueOn: '2199-12-31' }])) as [string, string]
  const receiptId = await received(company, { customerId, amount: '10' })
  await arAccountant.post('/api/allocations', { lines: [{ receiptId, receivableId: late, amount: '10' }] })
  expect((await arAccountant.get(`/api/receivables/${far}`)).body).toMatchObject({ expectedOn: '2199-12-31' })
  for (const path of ['/api/receivables', `/api/customers/${customerId}/overview`, '/api/home/cash', '/api/ageing?by=customer'])
    expect([path, (await arAccountant.get(path)).status]).toEqual([path, 200])
})
