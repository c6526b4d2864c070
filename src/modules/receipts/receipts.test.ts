import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { balances, confirmed, openOf, owe, payingCustomer, receiptOf, received, record } from '../../../test/harness/receipts.ts'
import { newCustomers } from '../../../test/harness/receivables.ts'
import { sql } from '../../platform/sql.ts'
import { createRules } from '../approvals/edit-rules.command.ts'
import { addMethod, foundPaymentMethods } from './found-receipts.command.ts'

let app: TestApp
let company: TestCompany
let customer: string

beforeAll(async () => {
  app = await startTestApp()
}, 120_000)
afterAll(() => app.close())

async function begin(): Promise<void> {
  ;({ company, customer } = await payingCustomer(app))
}

describe('unidentified money', () => {
  beforeAll(begin)
  let id: string
  test('waits on its own account and cannot be allocated', async () => {
    id = await received(company, { amount: '500', payerName: '某人', reference: 'INV-1' })
    expect(await balances(app, company)).toEqual({ '1002': 50_000, '2241': -50_000 })
    expect((await company.people.auditor.get('/api/receipts?unidentified=true')).body).toMatchObject({ total: 1 })
    const [item] = await owe(app, company, customer, [{ amount: '500', reference: 'INV-1' }])
    const lines = [{ receiptId: id, receivableId: item, amount: '500' }]
    expect(await company.people.arAccountant.post('/api/allocations', { lines })).toMatchObject({
      status: 422,
      body: { code: 'allocations.receiptUnidentified' },
    })
  })
  test('once its customer is known it moves there and pays what the payer named', async () => {
    const identify = () =>
      company.people.arAccountant.post(`/api/receipts/${id}/customer`, { version: 2, customerId: customer, reason: '客户来电' })
    expect(await identify()).toMatchObject({ status: 201 })
    expect(await identify()).toMatchObject({ status: 409, body: { code: 'receipts.alreadyIdentified' } })
    expect(await receiptOf(company, id)).toMatchObject({
      customerId: customer,
      unallocated: '0.00',
      allocations: [{ amount: '500.00', how: 'reference' }],
    })
    expect(await balances(app, company)).toEqual({ '1002': 50_000, '6001': -50_000 })
    await expectBooksTrue(app, company)
  })
  test('undone whole: both vouchers are mirrored', async () => {
    const { version } = await receiptOf(company, id)
    expect(await company.people.arAccountant.post(`/api/receipts/${id}/undo`, { version, reason: '退票' })).toMatchObject({ status: 201 })
    expect(await receiptOf(company, id)).toMatchObject({
      status: 'reversed',
      reversedOn: '2026-11-21',
      reverseReason: '退票',
      allocated: '0.00',
    })
    expect(await balances(app, company)).toEqual({ '1122': 50_000, '6001': -50_000 })
    await expectBooksTrue(app, company)
  })
})

describe('reversal', () => {
  beforeAll(begin)
  test('only of confirmed money that pays nothing, not before the last day on which it did', async () => {
    const [item] = await owe(app, company, customer, [{ amount: '100', reference: 'INV-9' }])
    const id = await received(company, { customerId: customer, amount: '100', reference: 'INV-9', receivedOn: '2026-11-10' })
    const reverse = (reversedOn: string) =>
      company.people.arAccountant.post(`/api/receipts/${id}/reversal`, { version: 2, reversedOn, reason: '退票' })
    expect(await reverse('2026-11-21')).toMatchObject({ status: 409, body: { code: 'receipts.stillAllocated' } })
    expect(await company.people.arAccountant.post('/api/allocations/reversals', { receiptId: id, reason: '错' })).toMatchObject({
      status: 201,
    })
    expect(await reverse('2026-11-20')).toMatchObject({ status: 422, body: { code: 'receipts.reversedOutOfRange' } })
    expect(await reverse('2026-11-22')).toMatchObject({ status: 422 })
    expect(await reverse('2026-11-21')).toMatchObject({ status: 201 })
    expect(await reverse('2026-11-21')).toMatchObject({ status: 409, body: { code: 'receipts.notConfirmed' } })
    expect(await openOf(app, company, [item!])).toEqual([10_000])
    await expectBooksTrue(app, company)
  })
})

describe('approval by rule', () => {
  beforeAll(async () => {
    await begin()
    await app.db.transaction(company.people.financeManager.caller, (tx) =>
      createRules(tx, [{ kind: 'receipt', name: 'large', conditions: { amountFrom: '10000' }, steps: [{ role: 'financeManager' }] }]),
    )
  })
  const decide = async (decision: string) => {
    const { items } = (await company.people.financeManager.get('/api/approvals')).body
    return company.people.financeManager.post('/api/approvals/decisions', {
      decisions: [{ id: items[0].id, version: items[0].version, decision, reason: 'r' }],
    })
  }
  test('below the amount: booked at once; above: only once approved', async () => {
    await received(company, { customerId: customer, amount: '9999.99' })
    const { body } = await record(company, { customerId: customer, amount: '10000' })
    const id = body.ids[0]
    expect(await confirmed(company, id)).toMatchObject({ status: 201, body: { confirmed: [], awaitingApproval: [id] } })
    expect(await confirmed(company, id)).toMatchObject({ status: 409, body: { code: 'receipts.awaitingApproval' } })
    expect(await receiptOf(company, id)).toMatchObject({ status: 'draft', awaitingApproval: true })
    expect(await decide('approved')).toMatchObject({ status: 201 })
    expect(await receiptOf(company, id)).toMatchObject({
      status: 'confirmed',
      awaitingApproval: false,
      confirmedByName: 'secondAccountant',
    })
    await expectBooksTrue(app, company)
  })
  test('rejected: stays a draft; changed while it waited: the request is void', async () => {
    const { body } = await record(company, { customerId: customer, amount: '20000' })
    await confirmed(company, body.ids[0])
    expect(await decide('rejected')).toMatchObject({ status: 201 })
    expect(await receiptOf(company, body.ids[0])).toMatchObject({ status: 'draft', awaitingApproval: false })
    await confirmed(company, body.ids[0])
    await company.people.arAccountant.send('PUT', `/api/receipts/${body.ids[0]}`, {
      customerId: customer,
      amount: '30000',
      receivedOn: '2026-11-20',
      version: 1,
    })
    expect((await company.people.financeManager.get('/api/approvals')).body.total).toBe(0)
    expect(await confirmed(company, body.ids[0], 2)).toMatchObject({ status: 201, body: { awaitingApproval: [body.ids[0]] } })
  })
})

describe('lists, scope, exports, masters', () => {
  beforeAll(async () => {
    await begin()
    const [other] = await newCustomers(app, company, 1, { salespersonId: company.people.secondSalesperson.caller.actorId })
    await received(company, { customerId: customer, amount: '100', payerName: '=cmd()' })
    await received(company, { customerId: other, amount: '200', currency: 'USD', rate: '7.1' })
    await received(company, { amount: '300' })
  })
  test('a salesperson sees the receipts of own customers only, in the list, by id and in the file', async () => {
    expect((await company.people.auditor.get('/api/receipts')).body).toMatchObject({
      total: 3,
      sums: [
        { currency: 'CNY', amount: '400.00', unallocated: '400.00' },
        { currency: 'USD', amount: '200.00' },
      ],
    })
    const own = await company.people.salesperson.get('/api/receipts')
    expect(own.body.items.map((item: { amount: string }) => item.amount)).toEqual(['100.00'])
    const [hidden] = (await company.people.auditor.get('/api/receipts?currency=USD')).body.items
    expect(await company.people.salesperson.get(`/api/receipts/${hidden.id}`)).toMatchObject({ status: 404 })
    expect(
      String((await company.people.salesperson.get('/api/receipts.csv')).body)
        .split('\r\n')
        .filter(Boolean),
    ).toHaveLength(2)
  })
  test('a salesperson records for own customers only', async () => {
    const as = (receipt: object) =>
      company.people.salesperson.post('/api/receipts', { receipts: [{ amount: '1', receivedOn: '2026-11-20', ...receipt }] })
    expect(await as({ customerId: customer })).toMatchObject({ status: 201 })
    expect(await as({ customerId: null })).toMatchObject({ status: 403 })
  })
  test('the file holds what is filtered, and no formula', async () => {
    const csv = await company.people.auditor.get('/api/receipts.csv?from=2026-11-20&currency=CNY')
    expect(csv.headers['content-type']).toContain('text/csv')
    const text = csv.raw.toString()
    expect(text.split('\r\n')[0]).toContain('收款单号')
    expect(text).not.toMatch(/,=cmd/)
    expect(text).not.toContain('USD')
    const xlsx = await company.people.auditor.get('/api/receipts.xlsx')
    expect(xlsx.raw.subarray(0, 2).toString()).toBe('PK')
  })
  test('pages by keyset, newest first', async () => {
    const first = (await company.people.auditor.get('/api/receipts?limit=2')).body
    const second = (await company.people.auditor.get(`/api/receipts?limit=2&cursor=${first.nextCursor}`)).body
    expect(new Set([...first.items, ...second.items].map((item) => item.id)).size).toBe(4)
  })
  test('a company starts with payment methods; own accounts are shown in full to whoever may see them', async () => {
    await app.db.transaction(company.system, (tx) => foundPaymentMethods(tx))
    await app.db.transaction(company.system, (tx) => addMethod(tx, { code: 'barter', name: '以货抵款' }))
    expect((await company.people.salesperson.get('/api/payment-methods')).body.items.map((one: { name: string }) => one.name)).toEqual(
      expect.arrayContaining(['银行转账', '银行承兑汇票', '商业承兑汇票', '以货抵款']),
    )
    const account = { name: '基本户', bank: '工行', accountNo: '6222021234567890', currency: 'CNY', account: '1002' }
    expect(await company.people.arAccountant.post('/api/bank-accounts', account)).toMatchObject({ status: 403 })
    expect(await company.people.administrator.post('/api/bank-accounts', account)).toMatchObject({ status: 201 })
    expect((await company.people.arAccountant.get('/api/bank-accounts')).body.items[0].accountNo).toBe('6222021234567890')
    expect((await company.people.salesperson.get('/api/bank-accounts')).body.items[0].accountNo).toBe('…7890')
  })
})

test('after a receipt the salesperson is told and gets one customer-care task, however often the job runs', async () => {
  await begin()
  const id = await received(company, { customerId: customer, amount: '42' })
  await app.drain()
  const { careAfterReceipts } = await import('./care-after-receipts.command.ts')
  await app.db.transaction(company.system, (tx) => careAfterReceipts(tx, [id]))
  const tasks = await app.db.read(company.system, (reader) =>
    reader.all(sql`select t.person_id, t.due_on from ar.tasks t where t.tenant_id = ${company.tenantId} and t.source_id = ${id}`),
  )
  expect(tasks).toEqual([{ personId: company.people.salesperson.caller.actorId, dueOn: '2026-11-28' }])
  const told = await app.db.read(company.system, (reader) =>
    reader.all(sql`select n.kind from ar.notifications n where n.tenant_id = ${company.tenantId} and n.entity_id = ${id}`),
  )
  expect(told).toEqual([{ kind: 'receiptConfirmed' }])
})
