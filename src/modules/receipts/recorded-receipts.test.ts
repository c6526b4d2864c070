import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { balances, confirmed, payingCustomer, receiptOf, received, record } from '../../../test/harness/receipts.ts'
import { newCustomers } from '../../../test/harness/receivables.ts'
import { uuid } from '../../kernel/uuid.ts'
import { sql } from '../../platform/sql.ts'
import { addBankAccount } from './found-receipts.command.ts'

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
const auditOf = (id: string) =>
  app.db.read(company.system, (reader) =>
    reader.all<{ action: string }>(
      sql`select a.action from ar.audit_log a where a.tenant_id = ${company.tenantId} and a.entity_id = ${id} order by a.id`,
    ),
  )

describe('two steps', () => {
  beforeAll(begin)
  test('recorded as a draft with a number of its month; nothing is booked', async () => {
    const { status, body } = await record(company, { customerId: customer, amount: '1000', fee: '5', receivedOn: '2026-11-20' })
    expect(status).toBe(201)
    expect(await receiptOf(company, body.ids[0])).toMatchObject({
      no: 'RC-2611-0001',
      status: 'draft',
      amount: '1000.00',
      fee: '5.00',
      unallocated: '0.00',
      createdByName: 'arAccountant',
    })
    expect(await balances(app, company)).toEqual({})
  })
  test('whoever recorded it may not confirm it; a second person may, once', async () => {
    const id = (await company.people.auditor.get('/api/receipts')).body.items[0].id
    expect(await confirmed(company, id, 1, company.people.arAccountant)).toMatchObject({
      status: 403,
      body: { code: 'receipts.makerIsChecker' },
    })
    expect(await confirmed(company, id, 1, company.people.salesperson)).toMatchObject({ status: 403 })
    expect(await confirmed(company, id)).toMatchObject({ status: 201, body: { confirmed: [id], awaitingApproval: [] } })
    expect(await confirmed(company, id)).toMatchObject({ status: 409, body: { code: 'receipts.notDraft' } })
    expect(await receiptOf(company, id)).toMatchObject({ status: 'confirmed', confirmedByName: 'secondAccountant', unallocated: '1000.00' })
    expect(await balances(app, company)).toEqual({ '1002': 99_500, '2203': -100_000, '6603': 500 })
    expect((await auditOf(id)).map((entry) => entry.action)).toEqual(['receipts.recorded', 'receipts.confirmed'])
    await expectBooksTrue(app, company)
  })
  test('whoever changed the draft last has made it', async () => {
    const { body } = await record(company, { customerId: customer, amount: '10' })
    const edit = { customerId: customer, amount: '20', receivedOn: '2026-11-20', version: 1 }
    expect(await company.people.secondAccountant.send('PUT', `/api/receipts/${body.ids[0]}`, edit)).toMatchObject({ status: 200 })
    expect(await confirmed(company, body.ids[0], 2)).toMatchObject({ status: 403, body: { code: 'receipts.makerIsChecker' } })
    expect(await confirmed(company, body.ids[0], 1, company.people.arAccountant)).toMatchObject({
      status: 409,
      body: { code: 'platform.staleVersion' },
    })
    expect(await confirmed(company, body.ids[0], 2, company.people.arAccountant)).toMatchObject({ status: 201 })
  })
  test('money of tomorrow is recorded but not confirmed; a draft can be dropped, a confirmed receipt not', async () => {
    const { body } = await record(company, { customerId: customer, amount: '30', receivedOn: '2026-11-22' })
    expect(await confirmed(company, body.ids[0])).toMatchObject({ status: 422, body: { code: 'receipts.inFuture' } })
    const drop = () => company.people.arAccountant.post('/api/receipts/cancellations', { receipts: [{ id: body.ids[0], version: 1 }] })
    expect(await drop()).toMatchObject({ status: 201 })
    expect(await drop()).toMatchObject({ status: 409, body: { code: 'receipts.notDraft' } })
  })
  test('where one person is the company, it confirms alone, and that is on the record', async () => {
    const alone = { ...company.people.financeManager.caller, fourEyes: false }
    const { recordReceipts } = await import('./record-receipts.command.ts')
    const { confirmReceipts } = await import('./confirm-receipts.command.ts')
    const draft = {
      customerId: customer,
      orderId: null,
      amount: '77',
      fee: '0',
      receivedOn: '2026-11-19' as never,
      methodId: null,
      bankAccountId: null,
      payerName: null,
      payerAccount: null,
      reference: null,
      remark: '',
      channel: null,
      channelTx: null,
      sourceNo: null,
    }
    const [id] = await app.db.transaction(alone, (tx) => recordReceipts(tx, [draft], { acceptDuplicates: true }))
    await app.db.transaction(alone, (tx) => confirmReceipts(tx, [{ id: id!, version: 1 }]))
    const how = await app.db.read(company.system, (reader) =>
      reader.one<{ how: string }>(
        sql`select r.confirmed_how as how from ar.receipts r where r.tenant_id = ${company.tenantId} and r.id = ${id}`,
      ),
    )
    expect(how).toEqual({ how: 'alone' })
  })
  test('the same key twice records once', async () => {
    const key = { 'idempotency-key': uuid() }
    const body = { receipts: [{ customerId: customer, amount: '5.55', receivedOn: '2026-11-20' }] }
    const [first, second] = [
      await company.people.arAccountant.send('POST', '/api/receipts', body, key),
      await company.people.arAccountant.send('POST', '/api/receipts', body, key),
    ]
    expect(second.body).toEqual(first.body)
    expect((await company.people.auditor.get('/api/receipts?least=5.55&most=5.55')).body).toMatchObject({
      total: 1,
      sums: [{ currency: 'CNY', amount: '5.55' }],
    })
  })
})

describe('refused input', () => {
  beforeAll(begin)
  test.each([
    ['nothing', { amount: '0' }, 400],
    ['less than nothing', { amount: '-1' }, 400],
    ['minus zero', { amount: '-0' }, 400],
    ['a number instead of text', { amount: 1 }, 400],
    ['an exponent', { amount: '1e15' }, 400],
    ['too many decimals', { amount: '0.001' }, 422],
    ['more decimals than the yen has', { amount: '10.5', currency: 'JPY', rate: '0.05' }, 422],
    ['a fee above the amount', { amount: '1', fee: '1.01' }, 422],
    ['a fee below nothing', { amount: '1', fee: '-1' }, 422],
    ['no rate for foreign money', { amount: '1', currency: 'USD' }, 422],
    ['a rate of nothing', { amount: '1', currency: 'USD', rate: '0' }, 422],
    ['another rate than 1 for our own', { amount: '1', rate: '1.1' }, 422],
    ['31 February', { amount: '1', receivedOn: '2026-02-31' }, 400],
    ['a customer of nobody', { amount: '1', customerId: uuid() }, 422],
    ['an unknown field', { amount: '1', confirmed: true }, 400],
  ])('%s', async (_, fields, status) => {
    const before = (await company.people.auditor.get('/api/receipts')).body.total
    expect((await record(company, { customerId: customer, ...fields })).status).toBe(status)
    expect((await company.people.auditor.get('/api/receipts')).body.total).toBe(before)
  })
  test("another company's customer, receipt and bank account do not exist", async () => {
    const other = await app.company('other')
    const [theirs] = await newCustomers(app, other, 1)
    expect(await record(company, { customerId: theirs, amount: '1' })).toMatchObject({
      status: 422,
      body: { issues: [{ code: 'receipts.customerUnknown' }] },
    })
    const id = await received(other, { customerId: theirs, amount: '1' })
    expect(await company.people.auditor.get(`/api/receipts/${id}`)).toMatchObject({ status: 404 })
    expect(await company.people.arAccountant.post(`/api/receipts/${id}/reversal`, { version: 2, reason: 'x' })).toMatchObject({
      status: 404,
    })
    const bankAccountId = await app.db.transaction(other.system, (tx) =>
      addBankAccount(tx, { name: 'b', bank: '', accountNo: '1', currency: 'CNY', account: '1002' }),
    )
    expect(await record(company, { customerId: customer, amount: '1', bankAccountId })).toMatchObject({ status: 422 })
  })
})

describe('duplicates', () => {
  beforeAll(begin)
  const money = { amount: '888.88', payerName: '恒远（苏州）科技' }
  test('what looks alike is said, refused, and saved once the person means it', async () => {
    await received(company, { ...money, customerId: customer })
    const again = { ...money, customerId: customer, receivedOn: '2026-11-18' }
    expect(await record(company, again, false)).toMatchObject({
      status: 409,
      body: { code: 'receipts.duplicateLikely', issues: [{ path: 'receipts.0' }] },
    })
    const check = await company.people.arAccountant.post('/api/receipt-checks', again)
    expect(check.body.duplicates).toMatchObject([{ no: 'RC-2611-0001', certain: false, reasons: ['nearDay', 'samePayer'] }])
    expect(await record(company, again, true)).toMatchObject({ status: 201 })
  })
  test('an unknown payer is recognised by name, whatever its width', async () => {
    expect(await record(company, { amount: '888.88', payerName: '恒远 (苏州) 科技' }, false)).toMatchObject({ status: 409 })
    expect(await record(company, { amount: '888.88', payerName: '别人' }, false)).toMatchObject({ status: 201 })
  })
  test('the same bank transaction is refused whatever is said, also without a channel, until the first is dropped', async () => {
    const tx = { customerId: customer, amount: '1', channelTx: 'T-1' }
    const first = await record(company, tx)
    const asked = { ...tx, amount: '2', receivedOn: '2026-11-20' }
    const check = await company.people.arAccountant.post('/api/receipt-checks', asked)
    expect(check.body.duplicates).toMatchObject([{ certain: true, reasons: ['sameTransaction'] }])
    expect(await record(company, { ...tx, amount: '2' }, true)).toMatchObject({ status: 409, body: { code: 'receipts.duplicateCertain' } })
    await company.people.arAccountant.post('/api/receipts/cancellations', { receipts: [{ id: first.body.ids[0], version: 1 }] })
    expect(await record(company, tx)).toMatchObject({ status: 201 })
  })
  test('twice in one list is refused, too', async () => {
    const receipts = [1, 2].map(() => ({ customerId: customer, amount: '3', receivedOn: '2026-11-20', channel: 'bank', channelTx: 'T-2' }))
    expect(await company.people.arAccountant.post('/api/receipts', { receipts, acceptDuplicates: true })).toMatchObject({
      status: 409,
      body: { code: 'receipts.duplicateInList' },
    })
  })
  test('the window is the company’s setting', async () => {
    const late = { ...money, customerId: customer, receivedOn: '2026-09-01' }
    expect(await record(company, late, false)).toMatchObject({ status: 201 })
    await app.db.transaction(company.system, async (tx) => tx.insert('settings', [{ key: 'receipts', value: { duplicateDays: 0 } }]))
    expect(await record(company, { ...late, receivedOn: '2026-09-02' }, false)).toMatchObject({ status: 201 })
    expect(await record(company, { ...late, receivedOn: '2026-09-02' }, false)).toMatchObject({ status: 409 })
  })
})
