import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuid } from '../../src/kernel/uuid.ts'
import { type Person, startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'
import { foundStandards } from '../harness/story-customers.ts'
import { type Tell, type Told, teller } from '../harness/story-teller.ts'

/** 一人公司: Wang works alone. What needs two people elsewhere, Wang may do alone after switching four-eyes off: by typing the company's name, and on record. */
let app: TestApp
let company: TestCompany
let tell: Tell
let told: Told
let wang: Person
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company('小王五金')
  ;({ tell, told } = teller(app, company, ''))
  wang = company.people.administrator
  await foundStandards(tell, told)
}, 60_000)
afterAll(() => app.close())

const switchFourEyes = async (fourEyes: boolean, confirmation: string) =>
  wang.send('PUT', '/api/company/four-eyes', { fourEyes, confirmation, version: (await tell.get(wang, '/api/company')).version })

test('while others work there, four-eyes cannot be switched off', async () => {
  expect((await switchFourEyes(false, '小王五金')).body.code).toBe('company.fourEyesNeeded')
  for (const person of (await tell.get(wang, '/api/people?limit=200')).items as { id: string; version: number }[])
    if (person.id !== wang.caller.actorId)
      await tell.put(wang, `/api/people/${person.id}/status`, { status: 'disabled', version: person.version })
})

test('alone, Wang switches it off by typing the name of the company, and the audit log says who and when', async () => {
  expect((await switchFourEyes(false, 'yes')).body.code).toBe('company.nameNotTyped')
  expect((await switchFourEyes(false, '小王五金')).status).toBe(200)
  ;(wang.caller as { fourEyes: boolean }).fourEyes = false // callers of this harness do not read it anew for each request
  const { items } = await tell.get(wang, '/api/audit?limit=200')
  expect(items).toContainEqual(expect.objectContaining({ action: 'company.fourEyesOff', actorName: 'administrator' }))
})

test('Wang sells, takes the money in and confirms it, each marked as decided alone', async () => {
  told.customers.li = (
    await tell.post(wang, '/api/customers', { name: '李记餐饮', salespersonId: wang.caller.actorId, termsId: told.terms.COD })
  ).id
  const [receivable] = (
    await tell.post(wang, '/api/receivables', {
      receivables: [{ customerId: told.customers.li, amount: '1130.00', tax: '130.00', issuedOn: '2026-11-20', dueOn: '2026-11-20' }],
    })
  ).ids
  const [receipt] = (
    await tell.post(wang, '/api/receipts', { receipts: [{ customerId: told.customers.li, amount: '1130.00', receivedOn: '2026-11-21' }] })
  ).ids
  expect(await tell.post(wang, '/api/receipts/confirmations', { receipts: [{ id: receipt, version: 1 }] })).toMatchObject({
    confirmed: [receipt],
  })
  await tell.post(wang, '/api/allocations', { lines: [{ receiptId: receipt, receivableId: receivable, amount: '1130.00' }] })
  expect(await tell.get(wang, `/api/receivables/${receivable}`)).toMatchObject({ status: 'settled', open: '0.00' })
  const { rows } = await app.database.pool.query('select r.confirmed_how as how from ar.receipts r where r.id = $1', [receipt])
  expect(rows).toEqual([{ how: 'alone' }])
  await expectBooksTrue(app, company)
})

test('an order of a customer on hold: Wang releases it alone, with a reason, and the request says so', async () => {
  await tell.post(wang, `/api/credit/${told.customers.li}/hold`, { reason: '上次拖了两个月' })
  told.products.pipe = (await tell.post(wang, '/api/products', { code: 'PIPE', name: '水管', price: '113.00' })).id
  const draft = { customerId: told.customers.li, deliveryOn: '2026-11-25', lines: [{ productId: told.products.pipe, quantity: '2' }] }
  const { id } = await tell.post(wang, '/api/orders', draft)
  expect((await tell.post(wang, '/api/orders/submissions', { orders: [{ id, version: 1 }] })).orders[0]).toMatchObject({
    creditResult: 'hold',
    status: 'submitted',
  })
  await tell.decide(wang, id, 'approved', '这次先付一半')
  const { rows } = await app.database.pool.query(
    'select o.status, o.approved_how as how, c.reason from ar.orders o join ar.credit_overrides c on c.tenant_id = o.tenant_id and c.id = o.override_id where o.id = $1',
    [id],
  )
  expect(rows).toEqual([{ status: 'approved', how: 'alone', reason: '这次先付一半' }])
  await expectBooksTrue(app, company)
})

test('when a second person is invited, four-eyes is on again by itself', async () => {
  const invited = await tell.post(wang, '/api/people', {
    email: `${uuid()}@example.com`,
    name: '小张',
    role: 'arAccountant',
    dataScope: 'all',
    teamId: null,
    phone: null,
    language: 'zh-CN',
  })
  expect(invited.fourEyesSwitchedOn).toBe(true)
  expect(await tell.get(wang, '/api/company')).toMatchObject({ fourEyes: true })
})
