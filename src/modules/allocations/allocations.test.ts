import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allocate, allocateByRule, owedBy, paid } from '../../../test/harness/allocations.ts'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { balances, openOf, owe, payingCustomer, receiptOf, received } from '../../../test/harness/receipts.ts'
import { newCustomers } from '../../../test/harness/receivables.ts'
import { uuid } from '../../kernel/uuid.ts'

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

describe('on confirmation', () => {
  beforeAll(begin)
  test('what the payer named is settled, with the reason in words, a voucher and the exposure', async () => {
    const [named, other] = await owe(app, company, customer, [
      { amount: '300', reference: 'INV-1' },
      { amount: '200', dueOn: '2026-10-02', reference: 'INV-2' },
    ])
    expect(await owedBy(app, company, customer)).toBe(50_000)
    const id = await paid(company, customer, '400', { reference: '付 inv-1' })
    expect(await openOf(app, company, [named!, other!])).toEqual([0, 20_000])
    const receipt = await receiptOf(company, id)
    expect(receipt).toMatchObject({
      allocated: '300.00',
      unallocated: '100.00',
      allocations: [{ how: 'reference', amount: '300.00', explanation: { key: 'allocations.rules.reference' } }],
    })
    expect(receipt.vouchers.map((voucher: { sourceKind: string }) => voucher.sourceKind)).toEqual(['receipt', 'allocationBatch'])
    expect(await owedBy(app, company, customer)).toBe(20_000)
    expect(await balances(app, company)).toEqual({ '1002': 40_000, '1122': 20_000, '2203': -10_000, '6001': -50_000 })
    await expectBooksTrue(app, company)
  })
  test('money that nobody named waits, unless the company says otherwise', async () => {
    expect(await receiptOf(company, await paid(company, customer, '10'))).toMatchObject({ allocated: '0.00' })
    await app.db.transaction(company.system, async (tx) =>
      tx.insert('settings', [{ key: 'allocations', value: { onConfirmation: 'oldest' } }]),
    )
    expect(await receiptOf(company, await paid(company, customer, '20'))).toMatchObject({
      allocated: '20.00',
      allocations: [{ how: 'oldest' }],
    })
    await expectBooksTrue(app, company)
  })
})

describe('by hand', () => {
  beforeAll(begin)
  let a: string
  let b: string
  let items: string[]
  test('n:m, all or nothing', async () => {
    items = await owe(app, company, customer, [{ amount: '100' }, { amount: '50' }])
    a = await paid(company, customer, '90')
    b = await paid(company, customer, '60')
    const lines = [
      { receiptId: a, receivableId: items[0]!, amount: '70' },
      { receiptId: a, receivableId: items[1]!, amount: '20' },
      { receiptId: b, receivableId: items[0]!, amount: '30.01' },
    ]
    expect(await allocate(company, lines)).toMatchObject({
      status: 409,
      body: { code: 'allocations.invalid', issues: [{ path: 'lines.2.amount', code: 'allocations.exceedsOpenAmount' }] },
    })
    expect(await openOf(app, company, items)).toEqual([10_000, 5_000])
    expect(await allocate(company, [...lines.slice(0, 2), { ...lines[2]!, amount: '30' }])).toMatchObject({
      status: 201,
      body: { batches: [{ allocated: '90.00' }, { allocated: '30.00' }] },
    })
    expect(await openOf(app, company, items)).toEqual([0, 3_000])
    await expectBooksTrue(app, company)
  })
  test.each([
    ['nothing', '0', 400],
    ['less than nothing', '-1', 400],
    ['a thousandth', '0.001', 422],
    ['more than there is', '1000000000000', 409],
    ['1e15 and more', '9999999999999999', 422],
    ['an exponent', '1e3', 400],
  ])('refused: %s', async (_, amount, status) => {
    expect((await allocate(company, [{ receiptId: b, receivableId: items[1]!, amount }])).status).toBe(status)
    expect(await openOf(app, company, items)).toEqual([0, 3_000])
  })
  test('refused: another customer, another currency, another company, drafts, what was taken back, tomorrow, before the money, before the item', async () => {
    const [stranger] = await newCustomers(app, company, 1)
    const [theirs] = await owe(app, company, stranger!, [{ amount: '5' }])
    const one = (receivableId: string, receiptId = b, more = {}) => allocate(company, [{ receiptId, receivableId, amount: '1' }], more)
    expect(await one(theirs!)).toMatchObject({ status: 422, body: { issues: [{ code: 'allocations.otherCustomer' }] } })
    const [dollars] = await owe(app, company, customer, [{ amount: '5', currency: 'USD', rate: '7' }])
    expect(await one(dollars!)).toMatchObject({ status: 422, body: { issues: [{ code: 'allocations.currencyDiffers' }] } })
    const other = await app.company('other')
    const [far] = await owe(app, other, (await newCustomers(app, other, 1))[0]!, [{ amount: '5' }])
    expect(await one(far!)).toMatchObject({ status: 404 })
    expect(await one(items[1]!, uuid())).toMatchObject({ status: 404 })
    const draft = await company.people.arAccountant.post('/api/receipts', {
      receipts: [{ customerId: customer, amount: '1.23', receivedOn: '2026-11-25' }],
    })
    expect(await one(items[1]!, draft.body.ids[0])).toMatchObject({ status: 409, body: { code: 'allocations.receiptNotConfirmed' } })
    expect(await one(items[1]!, b, { entryOn: '2026-11-22' })).toMatchObject({ status: 422, body: { code: 'allocations.inFuture' } })
    expect(await one(items[1]!, b, { entryOn: '2026-11-19' })).toMatchObject({ status: 422, body: { code: 'allocations.beforeReceipt' } })
    const [young] = await owe(app, company, customer, [{ amount: '5', issuedOn: '2026-11-21', dueOn: '2026-12-21' }])
    expect(await one(young!, b, { entryOn: '2026-11-20' })).toMatchObject({ status: 422, body: { code: 'allocations.beforeIssue' } })
    const twice = [1, 2].map(() => ({ receiptId: b, receivableId: items[1]!, amount: '1' }))
    expect(await allocate(company, twice)).toMatchObject({ status: 422, body: { issues: [{ code: 'allocations.pairTwice' }] } })
    expect(await company.people.salesperson.post('/api/allocations', { lines: twice })).toMatchObject({ status: 403 })
    const gone = await paid(company, customer, '1.11')
    expect(await company.people.arAccountant.post(`/api/receipts/${gone}/reversal`, { version: 2, reason: 'x' })).toMatchObject({
      status: 201,
    })
    expect(await one(items[1]!, gone)).toMatchObject({ status: 409 })
    await expectBooksTrue(app, company)
  })
  test('a member of the same group may pay', async () => {
    const [root, child] = await newCustomers(app, company, 2)
    await app.database.pool.query('update ar.credit_accounts set ancestors = $1 where tenant_id = $2 and customer_id = $3', [
      [root, child],
      company.tenantId,
      child,
    ])
    await app.database.pool.query('update ar.customers set parent_id = $1 where tenant_id = $2 and id = $3', [
      root,
      company.tenantId,
      child,
    ])
    const [item] = await owe(app, company, child!, [{ amount: '7' }])
    const receiptId = await received(company, { customerId: root, amount: '7' })
    expect(
      (await company.people.auditor.get(`/api/receipts/${receiptId}/allocation-proposal`)).body.items.map((one: { id: string }) => one.id),
    ).toEqual([item])
    expect(await allocate(company, [{ receiptId, receivableId: item!, amount: '7' }])).toMatchObject({ status: 201 })
    expect([await owedBy(app, company, root!), await owedBy(app, company, child!)]).toEqual([0, 0])
    await expectBooksTrue(app, company)
  })
})

describe('by rule', () => {
  beforeAll(begin)
  const rest = async (ids: string[]) => (await openOf(app, company, ids)).map((minor) => minor / 100)
  test.each([
    [
      'oldest',
      [
        { amount: '100', dueOn: '2026-12-31' },
        { amount: '100', dueOn: '2026-10-05' },
      ],
      '150',
      [50, 0],
    ],
    [
      'statutory',
      [
        { amount: '100', dueOn: '2026-12-31' },
        { amount: '100', dueOn: '2026-10-05' },
      ],
      '150',
      [50, 0],
    ],
    ['proRata', [{ amount: '100' }, { amount: '200' }], '100', [66.67, 133.33]],
  ])('%s: what it proposes is what it does', async (rule, owed, amount, left) => {
    customer = (await newCustomers(app, company, 1))[0]!
    const ids = await owe(app, company, customer, owed)
    const id = await paid(company, customer, amount)
    const proposal = (await company.people.auditor.get(`/api/receipts/${id}/allocation-proposal?rule=${rule}`)).body
    expect(await allocateByRule(company, rule, [id])).toMatchObject({ status: 201 })
    expect(await rest(ids)).toEqual(left)
    const made = (await receiptOf(company, id)).allocations
    const pair = (one: { receivableId: string; amount: string }) => [one.receivableId, one.amount]
    expect(made.map(pair).sort()).toEqual(proposal.allocations.map(pair).sort())
    await expectBooksTrue(app, company)
  })
  test('reference: documents and amounts said now; what nothing is called is paid nothing', async () => {
    customer = (await newCustomers(app, company, 1))[0]!
    const ids = await owe(app, company, customer, [
      { amount: '100', reference: 'A-1' },
      { amount: '100', reference: 'A-2' },
    ])
    const id = await paid(company, customer, '150')
    expect(
      await allocateByRule(company, 'reference', [id], { named: [{ reference: 'a-2', amount: '30' }, { reference: 'A-9' }] }),
    ).toMatchObject({
      status: 201,
      body: { batches: [{ allocated: '30.00' }] },
    })
    expect(await rest(ids)).toEqual([100, 70])
    expect(await allocateByRule(company, 'reference', [id], { named: [{ reference: 'A-1', amount: '0.001' }] })).toMatchObject({
      status: 422,
      body: { issues: [{ path: 'named.0.amount' }] },
    })
  })
  test('many receipts of many customers at once; only named items when they are named; nothing found is no error', async () => {
    const customers = await newCustomers(app, company, 3)
    const receipts: string[] = []
    const items: string[] = []
    for (const customerId of customers) {
      items.push(...(await owe(app, company, customerId, [{ amount: '10' }, { amount: '10', dueOn: '2026-11-30' }])))
      receipts.push(await received(company, { customerId, amount: '15' }))
    }
    expect((await allocateByRule(company, 'oldest', receipts, { receivableIds: [items[1]] })).body.batches).toHaveLength(1)
    expect((await allocateByRule(company, 'oldest', receipts)).body.batches).toHaveLength(3)
    expect(await rest(items)).toEqual([5, 0, 0, 5, 0, 5])
    const [nothing] = [await received(company, { customerId: (await newCustomers(app, company, 1))[0], amount: '1' })]
    expect(await allocateByRule(company, 'oldest', [nothing!])).toMatchObject({ status: 201, body: { batches: [] } })
    expect(await allocateByRule(company, 'oldest', [receipts[0]!])).toMatchObject({
      status: 409,
      body: { code: 'allocations.nothingLeft' },
    })
    await expectBooksTrue(app, company)
  })
})

test('a salesperson sees the allocations of own customers only', async () => {
  await begin()
  const [other] = await newCustomers(app, company, 1, { salespersonId: company.people.secondSalesperson.caller.actorId })
  for (const customerId of [customer, other!]) {
    await owe(app, company, customerId, [{ amount: '9', reference: `R-${customerId}` }])
    await received(company, { customerId, amount: '9', reference: `R-${customerId}` })
  }
  expect((await company.people.auditor.get('/api/allocations')).body.total).toBe(2)
  expect((await company.people.salesperson.get('/api/allocations')).body).toMatchObject({ total: 1, items: [{ customerId: customer }] })
})

test('the same key allocates once', async () => {
  await begin()
  const [item] = await owe(app, company, customer, [{ amount: '10' }])
  const receiptId = await paid(company, customer, '10')
  const body = { lines: [{ receiptId, receivableId: item, amount: '4' }] }
  const key = { 'idempotency-key': uuid() }
  const first = await company.people.arAccountant.send('POST', '/api/allocations', body, key)
  expect((await company.people.arAccountant.send('POST', '/api/allocations', body, key)).body).toEqual(first.body)
  expect(await openOf(app, company, [item!])).toEqual([600])
  const changed = { lines: [{ receiptId, receivableId: item, amount: '5' }] }
  expect(await company.people.arAccountant.send('POST', '/api/allocations', changed, key)).toMatchObject({ status: 422 })
})
