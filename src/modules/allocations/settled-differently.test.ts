import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allocate, owedBy, paid, undoAllocations } from '../../../test/harness/allocations.ts'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { balances, openOf, owe, payingCustomer, receiptOf } from '../../../test/harness/receipts.ts'
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
  ;({ company, customer } = await payingCustomer(app))
}

describe('short payment', () => {
  beforeAll(begin)
  const short = async (amount: string, paidAmount: string, reason: string) => {
    const [item] = await owe(app, company, customer, [{ amount }])
    const receiptId = await paid(company, customer, paidAmount)
    const answer = await allocate(company, [{ receiptId, receivableId: item!, amount: paidAmount }], {
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
    expect(await undoAllocations(company, { receiptId })).toMatchObject({ status: 201 })
    expect(await openOf(app, company, [item])).toEqual([50_000])
    await expectBooksTrue(app, company)
  })
})

describe('early-payment discount', () => {
  beforeAll(begin)
  const terms = (partPayment: string) => ({ earlyPaymentDiscount: { percent: '2', withinDays: 10, on: 'gross', partPayment } })
  /** Issued on 1 November: the last day is the 11th. */
  const pay = async (item: string, receivedOn: string, amount: string) => {
    const receiptId = await paid(company, customer, amount, { receivedOn })
    return allocate(company, [{ receiptId, receivableId: item, amount }], {
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
      const id = await paid(company, customer, '980', { receivedOn })
      const { items } = (await company.people.arAccountant.get(`/api/receipts/${id}/allocation-proposal`)).body
      return items.find(({ id: own }: { id: string }) => own === one).discount
    }
    expect(await offered('2026-11-11')).toEqual({ amount: '20.00', lastDay: '2026-11-11', isInTime: true })
    expect(await offered('2026-11-12')).toEqual({ amount: '20.00', lastDay: '2026-11-11', isInTime: false })
    expect(await pay(one, '2026-11-10', '980')).toMatchObject({ status: 201 })
    const [plain] = await owe(app, company, customer, [{ amount: '7' }])
    const { items } = (await company.people.arAccountant.get(`/api/receipts/${await paid(company, customer, '9')}/allocation-proposal`))
      .body
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
    const first = await paid(company, customer, '500', { receivedOn: '2026-11-05' })
    await allocate(company, [{ receiptId: first, receivableId: one, amount: '500' }])
    expect(await pay(one, '2026-11-06', '480')).toMatchObject({ status: 201 })
    expect(await undoAllocations(company, { receiptId: first })).toMatchObject({ status: 201 })
    expect(await openOf(app, company, [one])).toEqual([50_000])
    expect(await pay(one, '2026-11-07', '490')).toMatchObject({ status: 422, body: { issues: [{ code: 'allocations.discountTaken' }] } })
    await expectBooksTrue(app, company)
  })
  test('late money beside early money makes it late', async () => {
    const one = await item()
    const early = await paid(company, customer, '500', { receivedOn: '2026-11-05' })
    const late = await paid(company, customer, '480', { receivedOn: '2026-11-15' })
    const lines = [early, late].map((receiptId, index) => ({ receiptId, receivableId: one, amount: index === 0 ? '500' : '480' }))
    expect(
      await allocate(company, lines, { adjustments: [{ receiptId: early, receivableId: one, reason: 'earlyPaymentDiscount' }] }),
    ).toMatchObject({ status: 422, body: { issues: [{ code: 'allocations.discountLate' }] } })
  })
})

describe('reversal', () => {
  beforeAll(begin)
  test('one, a batch, all of a receipt; each once; the past stays', async () => {
    const items = await owe(app, company, customer, [{ amount: '10' }, { amount: '20' }, { amount: '30' }])
    const id = await paid(company, customer, '60')
    const { body } = await allocate(
      company,
      items.map((receivableId, index) => ({ receiptId: id, receivableId, amount: `${(index + 1) * 10}` })),
      { entryOn: '2026-11-20' },
    )
    const first = (await receiptOf(company, id)).allocations.find((one: { receivableId: string }) => one.receivableId === items[0])
    expect(await undoAllocations(company, { allocationIds: [first.id], entryOn: '2026-11-19' })).toMatchObject({
      status: 422,
      body: { code: 'allocations.reversedTooEarly' },
    })
    expect(await undoAllocations(company, { allocationIds: [first.id], entryOn: '2026-11-22' })).toMatchObject({
      status: 422,
      body: { code: 'allocations.inFuture' },
    })
    expect(await undoAllocations(company, { allocationIds: [first.id] })).toMatchObject({ status: 201 })
    expect(await undoAllocations(company, { allocationIds: [first.id] })).toMatchObject({
      status: 409,
      body: { code: 'allocations.alreadyReversed' },
    })
    expect(await openOf(app, company, items)).toEqual([1_000, 0, 0])
    expect(await undoAllocations(company, { batchId: body.batches[0].id })).toMatchObject({ status: 201 })
    expect(await openOf(app, company, items)).toEqual([1_000, 2_000, 3_000])
    expect(await undoAllocations(company, { receiptId: id })).toMatchObject({ status: 409 })
    expect(await undoAllocations(company, { allocationIds: [uuid()] })).toMatchObject({ status: 404 })
    expect(await undoAllocations(company, { batchId: body.batches[0].id, receiptId: id })).toMatchObject({ status: 400 })
    expect(await owedBy(app, company, customer)).toBe(6_000)
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
    const id = await paid(company, customer, '5')
    expect(await undoAllocations(company, { receiptId: id })).toMatchObject({ status: 422, body: { code: 'allocations.nothingToReverse' } })
    expect(await company.people.arAccountant.post(`/api/receipts/${id}/undo`, { version: 2, reason: 'x' })).toMatchObject({ status: 201 })
    expect(await receiptOf(company, id)).toMatchObject({ status: 'reversed' })
  })
})

describe('foreign currency', () => {
  beforeAll(begin)
  test('the difference of the two rates is booked once; no value is left where no currency is left', async () => {
    const ids = await owe(app, company, customer, [{ amount: '100', currency: 'USD', rate: '7.123456' }])
    const receipts = [
      await paid(company, customer, '33.33', { currency: 'USD', rate: '7.2' }),
      await paid(company, customer, '66.67', { currency: 'USD', rate: '7.05' }),
    ]
    await allocate(company, [{ receiptId: receipts[0]!, receivableId: ids[0]!, amount: '33.33' }])
    await allocate(company, [{ receiptId: receipts[1]!, receivableId: ids[0]!, amount: '66.67' }])
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
    expect(await undoAllocations(company, { receiptId: receipts[0] })).toMatchObject({ status: 201 })
    await expectBooksTrue(app, company)
  })
})
