import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { balances, openOf, owe, received, record } from '../../../test/harness/receipts.ts'
import { newCustomers } from '../../../test/harness/receivables.ts'
import { uuid } from '../../kernel/uuid.ts'
import { sql } from '../../platform/sql.ts'
import { createRules } from '../approvals/edit-rules.command.ts'
import { addBankAccount, addMethod, foundPaymentMethods } from './found-receipts.command.ts'

let app: TestApp
let company: TestCompany
let customer: string

beforeAll(async () => {
  app = await startTestApp()
}, 120_000)
afterAll(() => app.close())

/** A company of its own for every story, so that account balances are that story's. */
async function begin(): Promise<void> {
  company = await app.company()
  customer = (await newCustomers(app, company, 1, { salespersonId: company.people.salesperson.caller.actorId }))[0]!
}
const confirm = (id: string, version = 1, by = company.people.secondAccountant) =>
  by.post('/api/receipts/confirmations', { receipts: [{ id, version }] })
const get = async (id: string) => (await company.people.auditor.get(`/api/receipts/${id}`)).body
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
    expect(await get(body.ids[0])).toMatchObject({
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
    expect(await confirm(id, 1, company.people.arAccountant)).toMatchObject({ status: 403, body: { code: 'receipts.makerIsChecker' } })
    expect(await confirm(id, 1, company.people.salesperson)).toMatchObject({ status: 403 })
    expect(await confirm(id)).toMatchObject({ status: 201, body: { confirmed: [id], awaitingApproval: [] } })
    expect(await confirm(id)).toMatchObject({ status: 409, body: { code: 'receipts.notDraft' } })
    expect(await get(id)).toMatchObject({ status: 'confirmed', confirmedByName: 'secondAccountant', unallocated: '1000.00' })
    expect(await balances(app, company)).toEqual({ '1002': 99_500, '2203': -100_000, '6603': 500 })
    expect((await auditOf(id)).map((entry) => entry.action)).toEqual(['receipts.recorded', 'receipts.confirmed'])
    await expectBooksTrue(app, company)
  })
  test('whoever changed the draft last has made it', async () => {
    const { body } = await record(company, { customerId: customer, amount: '10' })
    const edit = { customerId: customer, amount: '20', receivedOn: '2026-11-20', version: 1 }
    expect(await company.people.secondAccountant.send('PUT', `/api/receipts/${body.ids[0]}`, edit)).toMatchObject({ status: 200 })
    expect(await confirm(body.ids[0], 2)).toMatchObject({ status: 403, body: { code: 'receipts.makerIsChecker' } })
    expect(await confirm(body.ids[0], 1, company.people.arAccountant)).toMatchObject({
      status: 409,
      body: { code: 'platform.staleVersion' },
    })
    expect(await confirm(body.ids[0], 2, company.people.arAccountant)).toMatchObject({ status: 201 })
  })
  test('money of tomorrow is recorded but not confirmed; a draft can be dropped, a confirmed receipt not', async () => {
    const { body } = await record(company, { customerId: customer, amount: '30', receivedOn: '2026-11-22' })
    expect(await confirm(body.ids[0])).toMatchObject({ status: 422, body: { code: 'receipts.inFuture' } })
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
    expect(await get(id)).toMatchObject({
      customerId: customer,
      unallocated: '0.00',
      allocations: [{ amount: '500.00', how: 'reference' }],
    })
    expect(await balances(app, company)).toEqual({ '1002': 50_000, '6001': -50_000 })
    await expectBooksTrue(app, company)
  })
  test('undone whole: both vouchers are mirrored', async () => {
    const { version } = await get(id)
    expect(await company.people.arAccountant.post(`/api/receipts/${id}/undo`, { version, reason: '退票' })).toMatchObject({ status: 201 })
    expect(await get(id)).toMatchObject({ status: 'reversed', reversedOn: '2026-11-21', reverseReason: '退票', allocated: '0.00' })
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
    expect(await confirm(id)).toMatchObject({ status: 201, body: { confirmed: [], awaitingApproval: [id] } })
    expect(await confirm(id)).toMatchObject({ status: 409, body: { code: 'receipts.awaitingApproval' } })
    expect(await get(id)).toMatchObject({ status: 'draft', awaitingApproval: true })
    expect(await decide('approved')).toMatchObject({ status: 201 })
    expect(await get(id)).toMatchObject({ status: 'confirmed', awaitingApproval: false, confirmedByName: 'secondAccountant' })
    await expectBooksTrue(app, company)
  })
  test('rejected: stays a draft; changed while it waited: the request is void', async () => {
    const { body } = await record(company, { customerId: customer, amount: '20000' })
    await confirm(body.ids[0])
    expect(await decide('rejected')).toMatchObject({ status: 201 })
    expect(await get(body.ids[0])).toMatchObject({ status: 'draft', awaitingApproval: false })
    await confirm(body.ids[0])
    await company.people.arAccountant.send('PUT', `/api/receipts/${body.ids[0]}`, {
      customerId: customer,
      amount: '30000',
      receivedOn: '2026-11-20',
      version: 1,
    })
    expect((await company.people.financeManager.get('/api/approvals')).body.total).toBe(0)
    expect(await confirm(body.ids[0], 2)).toMatchObject({ status: 201, body: { awaitingApproval: [body.ids[0]] } })
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
