import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { balances, openOf, owe, received } from '../../../test/harness/receipts.ts'
import { newCustomers } from '../../../test/harness/receivables.ts'
import { uuid } from '../../kernel/uuid.ts'
import { sql } from '../../platform/sql.ts'

let app: TestApp
let company: TestCompany
let customer: string

beforeAll(async () => {
  app = await startTestApp()
}, 120_000)
afterAll(() => app.close())

async function begin(): Promise<void> {
  company = await app.company()
  customer = (await newCustomers(app, company, 1, { salespersonId: company.people.salesperson.caller.actorId }))[0]!
}
type Line = { receiptId: string; receivableId: string; amount: string }
const allocate = (lines: readonly Line[], more: object = {}) => company.people.arAccountant.post('/api/allocations', { lines, ...more })
const byRule = (rule: string, receiptIds: readonly string[], more: object = {}) =>
  company.people.arAccountant.post('/api/allocations/by-rule', { rule, receiptIds, ...more })
const undo = (what: object) => company.people.arAccountant.post('/api/allocations/reversals', { reason: '错', ...what })
const get = async (id: string) => (await company.people.auditor.get(`/api/receipts/${id}`)).body
const paid = (amount: string, more: object = {}) => received(company, { customerId: customer, amount, ...more })
const exposure = async (id = customer) =>
  Number(
    (
      await app.db.read(company.system, (reader) =>
        reader.one<{ base: bigint }>(
          sql`select a.receivables_base as base from ar.credit_accounts a where a.tenant_id = ${company.tenantId} and a.customer_id = ${id}`,
        ),
      )
    ).base,
  )

describe('on confirmation', () => {
  beforeAll(begin)
  test('what the payer named is settled, with the reason in words, a voucher and the exposure', async () => {
    const [named, other] = await owe(app, company, customer, [
      { amount: '300', reference: 'INV-1' },
      { amount: '200', dueOn: '2026-10-02', reference: 'INV-2' },
    ])
    expect(await exposure()).toBe(50_000)
    const id = await paid('400', { reference: '付 inv-1' })
    expect(await openOf(app, company, [named!, other!])).toEqual([0, 20_000])
    const receipt = await get(id)
    expect(receipt).toMatchObject({
      allocated: '300.00',
      unallocated: '100.00',
      allocations: [{ how: 'reference', amount: '300.00', explanation: { key: 'allocations.rules.reference' } }],
    })
    expect(receipt.vouchers.map((voucher: { sourceKind: string }) => voucher.sourceKind)).toEqual(['receipt', 'allocationBatch'])
    expect(await exposure()).toBe(20_000)
    expect(await balances(app, company)).toEqual({ '1002': 40_000, '1122': 20_000, '2203': -10_000, '6001': -50_000 })
    await expectBooksTrue(app, company)
  })
  test('money that nobody named waits, unless the company says otherwise', async () => {
    expect(await get(await paid('10'))).toMatchObject({ allocated: '0.00' })
    await app.db.transaction(company.system, async (tx) =>
      tx.insert('settings', [{ key: 'allocations', value: { onConfirmation: 'oldest' } }]),
    )
    expect(await get(await paid('20'))).toMatchObject({ allocated: '20.00', allocations: [{ how: 'oldest' }] })
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
    a = await paid('90')
    b = await paid('60')
    const lines = [
      { receiptId: a, receivableId: items[0]!, amount: '70' },
      { receiptId: a, receivableId: items[1]!, amount: '20' },
      { receiptId: b, receivableId: items[0]!, amount: '30.01' },
    ]
    expect(await allocate(lines)).toMatchObject({
      status: 409,
      body: { code: 'allocations.invalid', issues: [{ path: 'lines.2.amount', code: 'allocations.exceedsOpenAmount' }] },
    })
    expect(await openOf(app, company, items)).toEqual([10_000, 5_000])
    expect(await allocate([...lines.slice(0, 2), { ...lines[2]!, amount: '30' }])).toMatchObject({
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
    expect((await allocate([{ receiptId: b, receivableId: items[1]!, amount }])).status).toBe(status)
    expect(await openOf(app, company, items)).toEqual([0, 3_000])
  })
  test('refused: another customer, another currency, another company, drafts, what was taken back, tomorrow, before the money, before the item', async () => {
    const [stranger] = await newCustomers(app, company, 1)
    const [theirs] = await owe(app, company, stranger!, [{ amount: '5' }])
    const one = (receivableId: string, receiptId = b, more = {}) => allocate([{ receiptId, receivableId, amount: '1' }], more)
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
    expect(await allocate(twice)).toMatchObject({ status: 422, body: { issues: [{ code: 'allocations.pairTwice' }] } })
    expect(await company.people.salesperson.post('/api/allocations', { lines: twice })).toMatchObject({ status: 403 })
    const gone = await paid('1.11')
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
    expect(await allocate([{ receiptId, receivableId: item!, amount: '7' }])).toMatchObject({ status: 201 })
    expect([await exposure(root), await exposure(child)]).toEqual([0, 0])
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
    const id = await paid(amount)
    const proposal = (await company.people.auditor.get(`/api/receipts/${id}/allocation-proposal?rule=${rule}`)).body
    expect(await byRule(rule, [id])).toMatchObject({ status: 201 })
    expect(await rest(ids)).toEqual(left)
    const made = (await get(id)).allocations
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
    const id = await paid('150')
    expect(await byRule('reference', [id], { named: [{ reference: 'a-2', amount: '30' }, { reference: 'A-9' }] })).toMatchObject({
      status: 201,
      body: { batches: [{ allocated: '30.00' }] },
    })
    expect(await rest(ids)).toEqual([100, 70])
    expect(await byRule('reference', [id], { named: [{ reference: 'A-1', amount: '0.001' }] })).toMatchObject({
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
    expect((await byRule('oldest', receipts, { receivableIds: [items[1]] })).body.batches).toHaveLength(1)
    expect((await byRule('oldest', receipts)).body.batches).toHaveLength(3)
    expect(await rest(items)).toEqual([5, 0, 0, 5, 0, 5])
    const [nothing] = [await received(company, { customerId: (await newCustomers(app, company, 1))[0], amount: '1' })]
    expect(await byRule('oldest', [nothing!])).toMatchObject({ status: 201, body: { batches: [] } })
    expect(await byRule('oldest', [receipts[0]!])).toMatchObject({ status: 409, body: { code: 'allocations.nothingLeft' } })
    await expectBooksTrue(app, company)
  })
})

describe('short payment', () => {
  beforeAll(begin)
  const short = async (amount: string, paidAmount: string, reason: string) => {
    const [item] = await owe(app, company, customer, [{ amount }])
    const receiptId = await paid(paidAmount)
    const answer = await allocate([{ receiptId, receivableId: item!, amount: paidAmount }], {
      adjustments: [{ receiptId, receivableId: item, reason }],
    })
    return { answer, item: item!, receiptId }
  }
  test('within tolerance: closed, on the account of its reason', async () => {
    const { answer, item } = await short('1000', '990', 'bankCharge')
    expect(answer).toMatchObject({ status: 201, body: { batches: [{ allocated: '990.00', adjusted: '10.00' }] } })
    expect(await openOf(app, company, [item])).toEqual([0])
    expect((await balances(app, company))['6603']).toBe(1_000)
    await expectBooksTrue(app, company)
  })
  test.each([
    ['above the amount', '1000', '989.99', 'rounding', 'allocations.aboveTolerance'],
    ['above the share', '100', '97.99', 'rounding', 'allocations.aboveTolerance'],
    ['a reason that leaves it open', '1000', '999', 'quality', 'allocations.reasonLeavesOpen'],
    ['no discount was agreed', '1000', '999', 'earlyPaymentDiscount', 'allocations.noDiscountAgreed'],
  ])('refused whole: %s', async (_, amount, paidAmount, reason, code) => {
    const { answer, item } = await short(amount, paidAmount, reason)
    expect(answer).toMatchObject({ status: 422, body: { code: 'allocations.invalid', issues: [{ code }] } })
    expect(await openOf(app, company, [item])).toEqual([Number(amount) * 100])
  })
  test('undone with its allocation', async () => {
    const { item, receiptId } = await short('500', '499', 'rounding')
    expect(await undo({ receiptId })).toMatchObject({ status: 201 })
    expect(await openOf(app, company, [item])).toEqual([50_000])
    await expectBooksTrue(app, company)
  })
})

describe('early-payment discount', () => {
  beforeAll(begin)
  const terms = (partPayment: string) => ({ earlyPaymentDiscount: { percent: '2', withinDays: 10, on: 'gross', partPayment } })
  /** Issued on 1 November: the last day is the 11th. */
  const pay = async (item: string, receivedOn: string, amount: string) => {
    const receiptId = await paid(amount, { receivedOn })
    return allocate([{ receiptId, receivableId: item, amount }], {
      adjustments: [{ receiptId, receivableId: item, reason: 'earlyPaymentDiscount' }],
    })
  }
  const item = async (partPayment = 'none') =>
    (await owe(app, company, customer, [{ amount: '1000', issuedOn: '2026-11-01', dueOn: '2026-12-01', terms: terms(partPayment) }]))[0]!
  test('the last day counts, the next does not', async () => {
    const one = await item()
    expect(await pay(one, '2026-11-12', '980')).toMatchObject({
      status: 422,
      body: { issues: [{ code: 'allocations.discountLate', params: { lastDay: '2026-11-11' } }] },
    })
    expect(await pay(one, '2026-11-11', '980')).toMatchObject({ status: 201, body: { batches: [{ adjusted: '20.00' }] } })
    expect(await openOf(app, company, [one])).toEqual([0])
    await expectBooksTrue(app, company)
  })
  test('offered beside the open item before anything is allocated: how much, until when, and whether this money came in time', async () => {
    const one = await item()
    const offered = async (receivedOn: string) => {
      const id = await paid('980', { receivedOn })
      const { items } = (await company.people.arAccountant.get(`/api/receipts/${id}/allocation-proposal`)).body
      return items.find(({ id: own }: { id: string }) => own === one).discount
    }
    expect(await offered('2026-11-11')).toEqual({ amount: '20.00', lastDay: '2026-11-11', isInTime: true })
    expect(await offered('2026-11-12')).toEqual({ amount: '20.00', lastDay: '2026-11-11', isInTime: false })
    expect(await pay(one, '2026-11-10', '980')).toMatchObject({ status: 201 })
    const [plain] = await owe(app, company, customer, [{ amount: '7' }])
    const { items } = (await company.people.arAccountant.get(`/api/receipts/${await paid('9')}/allocation-proposal`)).body
    expect(items.find(({ id }: { id: string }) => id === plain).discount).toBeNull()
  })
  test('counted from the base day of the terms, as the due day is, where it is not the issue day', async () => {
    const own = { ...terms('none'), baseOn: '2026-11-08' }
    const [one] = await owe(app, company, customer, [{ amount: '1000', issuedOn: '2026-11-01', dueOn: '2026-12-08', terms: own }])
    expect(await pay(one!, '2026-11-19', '980')).toMatchObject({ status: 422, body: { issues: [{ params: { lastDay: '2026-11-18' } }] } })
    expect(await pay(one!, '2026-11-18', '980')).toMatchObject({ status: 201, body: { batches: [{ adjusted: '20.00' }] } })
  })
  test('not more than was agreed, not for a part', async () => {
    const one = await item()
    expect(await pay(one, '2026-11-05', '979.99')).toMatchObject({
      status: 422,
      body: { issues: [{ code: 'allocations.discountPartPayment' }] },
    })
    expect(await openOf(app, company, [one])).toEqual([100_000])
  })
  test('where a part earns its share, all parts together earn no more than the whole', async () => {
    const one = await item('proRata')
    expect(await pay(one, '2026-11-05', '490')).toMatchObject({ status: 201, body: { batches: [{ adjusted: '10.00' }] } })
    expect(await openOf(app, company, [one])).toEqual([50_000])
    expect(await pay(one, '2026-11-06', '490')).toMatchObject({ status: 201, body: { batches: [{ adjusted: '10.00' }] } })
    expect(await openOf(app, company, [one])).toEqual([0])
    await expectBooksTrue(app, company)
  })
  test('not twice, when a part of what was paid is undone and paid again', async () => {
    const one = await item()
    const first = await paid('500', { receivedOn: '2026-11-05' })
    await allocate([{ receiptId: first, receivableId: one, amount: '500' }])
    expect(await pay(one, '2026-11-06', '480')).toMatchObject({ status: 201 })
    expect(await undo({ receiptId: first })).toMatchObject({ status: 201 })
    expect(await openOf(app, company, [one])).toEqual([50_000])
    expect(await pay(one, '2026-11-07', '490')).toMatchObject({ status: 422, body: { issues: [{ code: 'allocations.discountTaken' }] } })
    await expectBooksTrue(app, company)
  })
  test('late money beside early money makes it late', async () => {
    const one = await item()
    const early = await paid('500', { receivedOn: '2026-11-05' })
    const late = await paid('480', { receivedOn: '2026-11-15' })
    const lines = [early, late].map((receiptId, index) => ({ receiptId, receivableId: one, amount: index === 0 ? '500' : '480' }))
    expect(await allocate(lines, { adjustments: [{ receiptId: early, receivableId: one, reason: 'earlyPaymentDiscount' }] })).toMatchObject(
      { status: 422, body: { issues: [{ code: 'allocations.discountLate' }] } },
    )
  })
})

describe('reversal', () => {
  beforeAll(begin)
  test('one, a batch, all of a receipt; each once; the past stays', async () => {
    const items = await owe(app, company, customer, [{ amount: '10' }, { amount: '20' }, { amount: '30' }])
    const id = await paid('60')
    const { body } = await allocate(
      items.map((receivableId, index) => ({ receiptId: id, receivableId, amount: `${(index + 1) * 10}` })),
      { entryOn: '2026-11-20' },
    )
    const first = (await get(id)).allocations.find((one: { receivableId: string }) => one.receivableId === items[0])
    expect(await undo({ allocationIds: [first.id], entryOn: '2026-11-19' })).toMatchObject({
      status: 422,
      body: { code: 'allocations.reversedTooEarly' },
    })
    expect(await undo({ allocationIds: [first.id], entryOn: '2026-11-22' })).toMatchObject({
      status: 422,
      body: { code: 'allocations.inFuture' },
    })
    expect(await undo({ allocationIds: [first.id] })).toMatchObject({ status: 201 })
    expect(await undo({ allocationIds: [first.id] })).toMatchObject({ status: 409, body: { code: 'allocations.alreadyReversed' } })
    expect(await openOf(app, company, items)).toEqual([1_000, 0, 0])
    expect(await undo({ batchId: body.batches[0].id })).toMatchObject({ status: 201 })
    expect(await openOf(app, company, items)).toEqual([1_000, 2_000, 3_000])
    expect(await undo({ receiptId: id })).toMatchObject({ status: 409 })
    expect(await undo({ allocationIds: [uuid()] })).toMatchObject({ status: 404 })
    expect(await undo({ batchId: body.batches[0].id, receiptId: id })).toMatchObject({ status: 400 })
    expect(await exposure()).toBe(6_000)
    const onDay = (day: string) =>
      app.db.read(company.system, (reader) =>
        reader.one<{ owed: bigint }>(
          sql`select sum(e.amount)::bigint as owed from ar.receivable_entries e where e.tenant_id = ${company.tenantId} and e.entry_on <= ${day}::date`,
        ),
      )
    expect([await onDay('2026-11-19'), await onDay('2026-11-20'), await onDay('2026-11-21')]).toEqual([
      { owed: 6_000n },
      { owed: 0n },
      { owed: 6_000n },
    ])
    const said = { explanation: { key: 'allocations.rules.reversed', params: { reason: '错' } } }
    expect((await company.people.auditor.get('/api/allocations?reversals=true')).body).toMatchObject({
      total: 3,
      sums: [{ amount: '-60.00' }],
      items: [said, said, said],
    })
    await expectBooksTrue(app, company)
  })
  test('undoing what never was; undoing a receipt that paid nothing reverses it', async () => {
    const id = await paid('5')
    expect(await undo({ receiptId: id })).toMatchObject({ status: 422, body: { code: 'allocations.nothingToReverse' } })
    expect(await company.people.arAccountant.post(`/api/receipts/${id}/undo`, { version: 2, reason: 'x' })).toMatchObject({ status: 201 })
    expect(await get(id)).toMatchObject({ status: 'reversed' })
  })
})

describe('foreign currency', () => {
  beforeAll(begin)
  test('the difference of the two rates is booked once; no value is left where no currency is left', async () => {
    const ids = await owe(app, company, customer, [{ amount: '100', currency: 'USD', rate: '7.123456' }])
    const receipts = [await paid('33.33', { currency: 'USD', rate: '7.2' }), await paid('66.67', { currency: 'USD', rate: '7.05' })]
    await allocate([{ receiptId: receipts[0]!, receivableId: ids[0]!, amount: '33.33' }])
    await allocate([{ receiptId: receipts[1]!, receivableId: ids[0]!, amount: '66.67' }])
    const rows = await app.db.read(company.system, (reader) =>
      reader.all(sql`select r.open, r.open_base from ar.receivables r where r.tenant_id = ${company.tenantId}`),
    )
    expect(rows).toEqual([{ open: 0n, openBase: 0n }])
    const left = await app.db.read(company.system, (reader) =>
      reader.all(
        sql`select r.amount_base - r.allocated_base as base from ar.receipts r where r.tenant_id = ${company.tenantId} and r.allocated = r.amount`,
      ),
    )
    expect(left).toEqual([{ base: 0n }, { base: 0n }])
    const accounts = await balances(app, company)
    expect(accounts['1122']).toBeUndefined()
    expect(accounts['2203']).toBeUndefined()
    // 239.98 + 470.02 received for 712.35 owed
    expect(accounts).toMatchObject({ '1002': 71_000, '6001': -71_235 })
    expect(Object.values(accounts).reduce((sum, one) => sum + one, 0)).toBe(0)
    await expectBooksTrue(app, company)
    expect(await undo({ receiptId: receipts[0] })).toMatchObject({ status: 201 })
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
  const receiptId = await paid('10')
  const body = { lines: [{ receiptId, receivableId: item, amount: '4' }] }
  const key = { 'idempotency-key': uuid() }
  const first = await company.people.arAccountant.send('POST', '/api/allocations', body, key)
  expect((await company.people.arAccountant.send('POST', '/api/allocations', body, key)).body).toEqual(first.body)
  expect(await openOf(app, company, [item!])).toEqual([600])
  const changed = { lines: [{ receiptId, receivableId: item, amount: '5' }] }
  expect(await company.people.arAccountant.send('POST', '/api/allocations', changed, key)).toMatchObject({ status: 422 })
})
