import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'
import { foundStandards, limit } from '../harness/story-customers.ts'
import { type Tell, type Told, teller } from '../harness/story-teller.ts'

/**
 * 从订单到回款: one customer, one order above the limit, told in the order in which it happens. Zhou sells, Chen is the finance manager, Lin and Fang keep the
 * accounts. Each test goes on where the one before ended.
 */
let app: TestApp
let company: TestCompany
let tell: Tell
let told: Told
let zhou: Tell['people']['salesperson']
let chen: Tell['people']['financeManager']
let lin: Tell['people']['arAccountant']
let fang: Tell['people']['secondAccountant']

beforeAll(async () => {
  app = await startTestApp('2026-09-01T02:00:00Z')
  company = await app.company('海晟机械')
  ;({ tell, told } = teller(app, company, ''))
  ;({ salesperson: zhou, financeManager: chen, arAccountant: lin, secondAccountant: fang } = company.people)
  await foundStandards(tell, told)
  told.customers.hengyuan = (
    await tell.post(lin, '/api/customers', {
      name: '苏州恒远自动化设备有限公司',
      salespersonId: zhou.caller.actorId,
      termsId: told.terms.P361,
    })
  ).id
  told.products.line = (
    await tell.post(chen, '/api/products', { code: 'LINE', name: '装配线', unit: '条', price: '113000.00', vatRate: '0.13' })
  ).id
  await limit(tell, told.customers.hengyuan!, '100000.00')
}, 60_000)
afterAll(() => app.close())

const order = () => tell.get(lin, `/api/orders/${told.orders.order}`)
const instalments = async (): Promise<{ id: string; partName: string; amount: string; open: string; dueOn: string }[]> =>
  (await order()).receivables
const position = () => tell.get(chen, `/api/credit/${told.customers.hengyuan}`)
/** The total of the ageing, of account 1122 in the trial balance, and of the ledger, on one day. */
async function threeFigures(asOf: string): Promise<string[]> {
  const ageing = await tell.get(chen, `/api/ageing?asOf=${asOf}`)
  const trial = await tell.get(chen, `/api/vouchers/trial-balance?from=2026-01-01&until=${asOf}`)
  const tie = await tell.get(chen, `/api/vouchers/tie-out?asOf=${asOf}`)
  expect(trial.balanced).toBe(true)
  expect(tie).toMatchObject({ tied: true, difference: '0.00' })
  const of1122 = trial.accounts
    .filter((account: { code: string }) => account.code.startsWith('1122'))
    .map((account: { closing: string }) => account.closing)
  return [ageing.totals.total, of1122[0] ?? '0.00', tie.ledger]
}

test('1 September: Zhou takes an order of 113,000 although the limit is 100,000: it is held', async () => {
  const draft = {
    customerId: told.customers.hengyuan,
    orderedOn: '2026-09-01',
    deliveryOn: '2026-09-20',
    customerReference: 'HY-2609',
    lines: [{ productId: told.products.line, quantity: '1' }],
  }
  const check = await tell.post(zhou, '/api/orders/check', { draft })
  // 30 % are paid before delivery, so that 79,100 count; with the limit at 100,000 this alone would pass
  expect(check.totals).toMatchObject({ net: '100000.00', tax: '13000.00', amount: '113000.00' })
  expect(check.due.map((part: { amount: string }) => part.amount)).toEqual(['33900.00', '67800.00', '11300.00'])
  told.orders.order = (await tell.post(zhou, '/api/orders', { ...draft, lines: [{ productId: told.products.line, quantity: '2' }] })).id
  const { orders } = await tell.post(zhou, '/api/orders/submissions', { orders: [{ id: told.orders.order, version: 1 }] })
  expect(orders).toEqual([{ id: told.orders.order, creditResult: 'hold', status: 'submitted' }])
  expect((await order()).receivables).toEqual([])
})

test('Zhou cannot release it himself, nor may Lin; Chen releases it with a reason that stays on record', async () => {
  const waiting = (await tell.get(chen, '/api/approvals')).items
  expect(waiting).toMatchObject([{ kind: 'order', entityId: told.orders.order, requestedByName: 'salesperson' }])
  const { id, version } = waiting[0]
  const decide = (person: Tell['people']['salesperson'], reason: string) =>
    person.post('/api/approvals/decisions', { decisions: [{ id, version, decision: 'approved', reason }] })
  expect((await decide(zhou, '老客户')).status).toBe(403)
  expect((await decide(lin, '老客户')).status).toBe(403)
  expect((await decide(chen, '')).status).toBe(422)
  expect((await decide(chen, '已签担保')).status).toBe(201)
  expect(await order()).toMatchObject({
    status: 'approved',
    approvedHow: 'person',
    approvedByName: 'financeManager',
    override: { reason: '已签担保', byName: 'financeManager' },
  })
})

test('the order opens its receivables by the plan 3-6-1, and they add up to the fen', async () => {
  const parts = await instalments()
  expect(parts.map(({ partName, amount, dueOn }) => [partName, amount, dueOn])).toEqual([
    ['预付款', '67800.00', '2026-09-01'],
    ['到货款', '135600.00', '2026-10-20'],
    ['质保金', '22600.00', '2027-09-20'],
  ])
  expect(await position()).toMatchObject({ exposure: '226000.00', limit: { amount: '100000.00' } })
  expect(await threeFigures('2026-09-01')).toEqual(['226000.00', '226000.00', '226000.00'])
  await expectBooksTrue(app, company)
})

test('30 October: the second instalment is ten days late, and the ageing says so', async () => {
  app.setNow('2026-10-30T02:00:00Z')
  const { totals } = await tell.get(chen, '/api/ageing')
  expect(totals).toMatchObject({ total: '226000.00', overdue: '203400.00' })
  expect(await threeFigures('2026-10-30')).toEqual(['226000.00', '226000.00', '226000.00'])
})

test('money arrives: Lin records it, may not confirm it herself, Fang confirms; only then it is in the books', async () => {
  const receipt = {
    customerId: told.customers.hengyuan,
    amount: '100000.00',
    fee: '20.00',
    receivedOn: '2026-10-30',
    payerName: '苏州恒远自动化设备有限公司',
  }
  const [id] = (await tell.post(lin, '/api/receipts', { receipts: [receipt] })).ids
  told.receipts.first = id
  expect((await lin.post('/api/receipts/confirmations', { receipts: [{ id, version: 1 }] })).body.code).toBe('receipts.makerIsChecker')
  expect((await tell.get(chen, '/api/vouchers?sourceKind=receipt')).total).toBe(0)
  expect(await tell.post(fang, '/api/receipts/confirmations', { receipts: [{ id, version: 1 }] })).toEqual({
    confirmed: [id],
    awaitingApproval: [],
  })
  const trial = await tell.get(chen, '/api/vouchers/trial-balance?from=2026-10-01&until=2026-10-31')
  const closing = Object.fromEntries(trial.accounts.map((account: { code: string; closing: string }) => [account.code, account.closing]))
  expect(closing).toMatchObject({ '1002': '99980.00', '2203': '-100000.00', '1122': '226000.00' })
  const ageing = await tell.get(chen, '/api/ageing')
  expect(ageing.totals).toMatchObject({ total: '226000.00', unallocated: '100000.00' })
  await expectBooksTrue(app, company)
})

test('Lin allocates it by the order of the law: first what is due longest', async () => {
  const proposal = await tell.get(lin, `/api/receipts/${told.receipts.first}/allocation-proposal?rule=statutory`)
  expect(proposal.allocations.map((one: { amount: string }) => one.amount)).toEqual(['67800.00', '32200.00'])
  await tell.post(lin, '/api/allocations/by-rule', { receiptIds: [told.receipts.first], rule: 'statutory' })
  expect((await instalments()).map(({ open }) => open)).toEqual(['0.00', '103400.00', '22600.00'])
  expect(await threeFigures('2026-10-30')).toEqual(['126000.00', '126000.00', '126000.00'])
  expect((await tell.get(chen, '/api/ageing')).totals).toMatchObject({ total: '126000.00', overdue: '103400.00', unallocated: '0.00' })
  await expectBooksTrue(app, company)
})

test('the ageing as of September is the same today as it was then', async () => {
  expect((await tell.get(chen, '/api/ageing?asOf=2026-09-30')).totals).toMatchObject({ total: '226000.00', overdue: '67800.00' })
  expect(await threeFigures('2026-09-30')).toEqual(['226000.00', '226000.00', '226000.00'])
})

test('5 November: the rest comes three yuan short for the bank; the difference is closed as a bank charge', async () => {
  app.setNow('2026-11-05T02:00:00Z')
  const [id] = (
    await tell.post(lin, '/api/receipts', {
      receipts: [{ customerId: told.customers.hengyuan, amount: '103397.00', receivedOn: '2026-11-05' }],
    })
  ).ids
  await tell.post(fang, '/api/receipts/confirmations', { receipts: [{ id, version: 1 }] })
  const second = (await instalments())[1]!
  await tell.post(lin, '/api/allocations', {
    lines: [{ receiptId: id, receivableId: second.id, amount: '103397.00' }],
    adjustments: [{ receiptId: id, receivableId: second.id, reason: 'bankCharge' }],
  })
  expect((await instalments()).map(({ open }) => open)).toEqual(['0.00', '0.00', '22600.00'])
  expect((await tell.get(lin, `/api/receivables/${second.id}`)).status).toBe('settled')
  expect(await threeFigures('2026-11-05')).toEqual(['22600.00', '22600.00', '22600.00'])
  expect(await position()).toMatchObject({ exposure: '22600.00' })
  await expectBooksTrue(app, company)
})

test('the cheque bounces: everything it paid is undone by mirror rows, and what was owed is owed again', async () => {
  const { version } = await tell.get(lin, `/api/receipts/${told.receipts.first}`)
  expect((await lin.post(`/api/receipts/${told.receipts.first}/reversal`, { version, reason: '退票' })).status).toBe(409)
  await tell.post(lin, `/api/receipts/${told.receipts.first}/undo`, { version, reason: '退票' })
  expect((await instalments()).map(({ open }) => open)).toEqual(['67800.00', '32200.00', '22600.00'])
  expect(await threeFigures('2026-11-05')).toEqual(['122600.00', '122600.00', '122600.00'])
  expect(await threeFigures('2026-10-30')).toEqual(['126000.00', '126000.00', '126000.00'])
  await expectBooksTrue(app, company)
})

test('every step left its entry in the audit log, with who did it', async () => {
  const { items } = await tell.get(company.people.auditor, '/api/audit?limit=200')
  const actions = items.map((entry: { action: string }) => entry.action)
  for (const action of [
    'orders.submitted',
    'orders.approved',
    'receivables.opened',
    'receipts.recorded',
    'receipts.confirmed',
    'receipts.reversed',
  ])
    expect(actions).toContain(action)
})
