import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'
import { foundStandards, limit } from '../harness/story-customers.ts'
import { type Tell, type Told, teller } from '../harness/story-teller.ts'

/** 集团授信: a group with 100,000, a northern and a southern company below it with 80,000 each, and a branch of the southern one without a limit of its own. */
let app: TestApp
let company: TestCompany
let tell: Tell
let told: Told
let seller: Tell['people']['salesperson']
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company('集团授信')
  ;({ tell, told } = teller(app, company, ''))
  seller = company.people.salesperson
  await foundStandards(tell, told)
  told.products.pump = (
    await tell.post(company.people.financeManager, '/api/products', { code: 'PUMP', name: '水泵', price: '1000.00', vatRate: '0.13' })
  ).id
  const add = async (key: string, parent?: string) => {
    const customer = {
      name: key,
      salespersonId: seller.caller.actorId,
      termsId: told.terms.NET30,
      ...(parent ? { parentId: told.customers[parent] } : {}),
      acceptSimilar: true,
    }
    told.customers[key] = (await tell.post(company.people.arAccountant, '/api/customers', customer)).id
  }
  await add('华夏集团')
  await add('北方公司', '华夏集团')
  await add('南方公司', '华夏集团')
  await add('南方分店', '南方公司')
  await limit(tell, told.customers['华夏集团']!, '100000.00')
  await limit(tell, told.customers['北方公司']!, '80000.00')
  await limit(tell, told.customers['南方公司']!, '80000.00')
}, 60_000)
afterAll(() => app.close())

/** An order of so many thousands, submitted; what became of it. */
async function order(customer: string, thousands: number): Promise<{ id: string; creditResult: string; status: string }> {
  const { id } = await tell.post(seller, '/api/orders', {
    customerId: told.customers[customer],
    deliveryOn: '2026-12-01',
    lines: [{ productId: told.products.pump, quantity: String(thousands) }],
  })
  return (await tell.post(seller, '/api/orders/submissions', { orders: [{ id, version: 1 }] })).orders[0]
}
const exposure = async (customer: string) => (await tell.get(seller, `/api/credit/${told.customers[customer]}`)).exposure

test('each company stays below its own limit', async () => {
  expect(await order('北方公司', 60)).toMatchObject({ creditResult: 'pass', status: 'approved' })
  expect(await exposure('北方公司')).toBe('60000.00')
  expect(await exposure('华夏集团')).toBe('60000.00')
})
test('what one of them uses, the group has used: the next is held by the limit of the group although its own is untouched', async () => {
  const held = await order('南方公司', 50)
  expect(held).toMatchObject({ creditResult: 'hold', status: 'submitted' })
  expect(await exposure('南方公司')).toBe('0.00')
  const { creditRules } = await tell.get(seller, `/api/orders/${held.id}`)
  expect(creditRules.filter((rule: { result: string }) => rule.result === 'hold').length).toBe(1)
})
test('a branch without a limit of its own counts to its company and to the group', async () => {
  expect(await order('南方分店', 30)).toMatchObject({ status: 'approved' })
  expect([await exposure('南方分店'), await exposure('南方公司'), await exposure('华夏集团')]).toEqual(['30000.00', '30000.00', '90000.00'])
  expect(await order('南方分店', 11)).toMatchObject({ creditResult: 'hold' })
})
test('ten orders at once of all three that together pass the limit of the group: never more than fits is approved', async () => {
  const answers = await Promise.all(
    ['北方公司', '南方公司', '南方分店', '北方公司', '南方公司', '南方分店', '北方公司', '南方公司', '南方分店', '北方公司'].map(
      (customer) => order(customer, 4),
    ),
  )
  expect(answers.filter(({ status }) => status === 'approved')).toHaveLength(2)
  expect(await exposure('华夏集团')).toBe('98000.00')
  await expectBooksTrue(app, company)
})
test('money received in the north makes room in the south', async () => {
  const { arAccountant, secondAccountant } = company.people
  const [id] = (
    await tell.post(arAccountant, '/api/receipts', {
      receipts: [{ customerId: told.customers['北方公司'], amount: '60000.00', receivedOn: '2026-11-21' }],
    })
  ).ids
  await tell.post(secondAccountant, '/api/receipts/confirmations', { receipts: [{ id, version: 1 }] })
  await tell.post(arAccountant, '/api/allocations/by-rule', { receiptIds: [id], rule: 'oldest' })
  expect(await exposure('华夏集团')).toBe('38000.00')
  expect(await order('南方公司', 30)).toMatchObject({ creditResult: 'pass', status: 'approved' })
  await expectBooksTrue(app, company)
})
test('a company that leaves the group takes what it owes with it', async () => {
  const { arAccountant } = company.people
  const before = { north: await exposure('北方公司'), group: await exposure('华夏集团') }
  const path = `/api/customers/${told.customers['北方公司']}`
  const answer = await arAccountant.send('PATCH', path, { version: await tell.version(path), changes: { parentId: null } })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  expect(await exposure('北方公司')).toBe(before.north)
  expect(Number(await exposure('华夏集团'))).toBe(Number(before.group) - Number(before.north))
  await expectBooksTrue(app, company)
})
