import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'
import { fingerprint } from '../harness/fingerprint.ts'
import { type Story, storyCompany } from '../harness/story.ts'

let app: TestApp
let story: Story
beforeAll(async () => {
  app = await startTestApp()
  story = await storyCompany(app, 'STORY')
}, 120_000)
afterAll(() => app.close())

const version = async (path: string): Promise<number> => (await story.company.people.administrator.get(path)).body.version
/** Refused, and nothing is written. */
async function refused(path: string, body: object, by: keyof Story['company']['people'] = 'financeManager'): Promise<string> {
  const before = await fingerprint(app)
  const answer = await story.company.people[by].post(path, body)
  expect([400, 403, 404, 409, 422], `${path} ${JSON.stringify(answer.body)}`).toContain(answer.status)
  expect(await fingerprint(app)).toEqual(before)
  return answer.body.code
}

describe('T60: what may not be allocated', () => {
  test.each<[string, string, string, object?]>([
    ["one customer's money to another customer's debt", 'prepaid', 'late'],
    ['yuan to a debt in dollars', 'byHand', 'foreign'],
    ['dollars to a debt in yuan', 'foreign', 'manual'],
    ['to a voided receivable', 'byHand', 'voided'],
    ['a draft', 'draft', 'manual'],
    ['a cancelled draft', 'cancelled', 'manual'],
    ['a reversed receipt', 'reversed', 'late'],
    ['money that is nobody’s yet', 'stray', 'late'],
    ['before the money came', 'prepaid', 'manual', { entryOn: '2026-11-17' }],
    ['on a day to come', 'prepaid', 'manual', { entryOn: '2026-11-22' }],
    ['to what is settled', 'short', 'rounding'],
  ])('%s', async (_, receipt, receivable, more) => {
    await refused('/api/allocations', {
      lines: [{ receiptId: story.receipts[receipt], receivableId: story.receivables[receivable], amount: '0.01' }],
      ...more,
    })
  })
  test('the same line twice in one request, together more than is open', async () => {
    const line = { receiptId: story.receipts.byHand, receivableId: story.receivables.late, amount: '1500.00' }
    await refused('/api/allocations', { lines: [line, line] })
  })
  test('a reversal twice', async () => {
    await refused('/api/allocations/reversals', { batchId: story.batches.prepaid, reason: 'x' })
  })
  test('a short payment beyond the tolerance, or without money', async () => {
    const line = { receiptId: story.receipts.byHand, receivableId: story.receivables.late, amount: '1.00' }
    const adjustment = { receiptId: story.receipts.byHand, receivableId: story.receivables.late, reason: 'rounding' }
    await refused('/api/allocations', { lines: [line], adjustments: [adjustment] })
    await refused('/api/allocations', { lines: [line], adjustments: [{ ...adjustment, receivableId: story.receivables.notDue }] })
    await refused('/api/allocations', { lines: [line], adjustments: [{ ...adjustment, reason: 'earlyPaymentDiscount' }] })
  })
})

describe('T18: steps cannot be skipped or taken twice', () => {
  const receipt = (key: string) => `/api/receipts/${story.receipts[key]}`
  const order = (key: string) => `/api/orders/${story.orders[key]}`
  const receivable = (key: string) => `/api/receivables/${story.receivables[key]}`
  const one = async (path: string, more: object = {}) => ({ version: await version(path), ...more })
  test.each<[string, () => Promise<[string, object]>]>([
    ['a confirmed receipt is confirmed again', async () => ['/api/receipts/confirmations', { receipts: [{ id: story.receipts.stray, version: await version(receipt('stray')) }] }]],
    ['a cancelled receipt is confirmed', async () => ['/api/receipts/confirmations', { receipts: [{ id: story.receipts.cancelled, version: await version(receipt('cancelled')) }] }]],
    ['a reversed receipt is confirmed', async () => ['/api/receipts/confirmations', { receipts: [{ id: story.receipts.reversed, version: await version(receipt('reversed')) }] }]],
    ['a confirmed receipt is cancelled', async () => ['/api/receipts/cancellations', { receipts: [{ id: story.receipts.stray, version: await version(receipt('stray')) }] }]],
    ['a draft receipt is reversed', async () => [`${receipt('draft')}/reversal`, await one(receipt('draft'), { reason: 'x' })]],
    ['a receipt is reversed twice', async () => [`${receipt('reversed')}/reversal`, await one(receipt('reversed'), { reason: 'x' })]],
    ['an allocated receipt is reversed', async () => [`${receipt('statutory')}/reversal`, await one(receipt('statutory'), { reason: 'x' })]],
    ['an identified receipt is given to another', async () => [`${receipt('prepaid')}/customer`, await one(receipt('prepaid'), { customerId: story.customers.plain })]],
    ['a draft order is delivered', async () => [`${order('draft')}/deliveries`, await one(order('draft'), { deliveredOn: '2026-11-21' })]],
    ['a waiting order is delivered', async () => [`${order('waiting')}/deliveries`, await one(order('waiting'), { deliveredOn: '2026-11-21' })]],
    ['a rejected order is delivered', async () => [`${order('rejected')}/deliveries`, await one(order('rejected'), { deliveredOn: '2026-11-21' })]],
    ['a cancelled order is submitted', async () => ['/api/orders/submissions', { orders: [{ id: story.orders.cancelled, version: await version(order('cancelled')) }] }]],
    ['a completed order is submitted', async () => ['/api/orders/submissions', { orders: [{ id: story.orders.completed, version: await version(order('completed')) }] }]],
    ['an approved order is submitted again', async () => ['/api/orders/submissions', { orders: [{ id: story.orders.instalments, version: await version(order('instalments')) }] }]],
    ['an approved order is completed', async () => [`${order('instalments')}/completion`, await one(order('instalments'))]],
    ['a delivered order is cancelled', async () => [`${order('completed')}/cancellation`, await one(order('completed'), { reason: 'x' })]],
    ['more is delivered than was ordered', async () => [`${order('partly')}/deliveries`, await one(order('partly'), { deliveredOn: '2026-11-21', lines: [{ lineNo: 1, quantity: '5.000001' }] })]],
    ['a delivery of tomorrow', async () => [`${order('partly')}/deliveries`, await one(order('partly'), { deliveredOn: '2026-11-22' })]],
    ['a receivable is voided twice', async () => [`${receivable('voided')}/voiding`, await one(receivable('voided'), { reason: 'x' })]],
    ['a partly paid receivable is voided', async () => [`${receivable('late')}/voiding`, await one(receivable('late'), { reason: 'x' })]],
    ['a voided receivable is rescheduled', async () => ['/api/receivables/reschedulings', { receivables: [{ id: story.receivables.voided, version: await version(receivable('voided')), dueOn: '2027-01-01', reason: 'x' }] }]],
    ['a settled receivable is rescheduled', async () => ['/api/receivables/reschedulings', { receivables: [{ id: story.receivables.rounding, version: await version(receivable('rounding')), dueOn: '2027-01-01', reason: 'x' }] }]],
    ['a customer that is not on hold is released', async () => [`/api/credit/${story.customers.plain}/release`, { reason: 'x' }]],
    ['a customer on hold is held again', async () => [`/api/credit/${story.customers.held}/hold`, { reason: 'x' }]],
    ['a customer is merged into itself', async () => ['/api/customers/merges', { fromId: story.customers.plain, fromVersion: await version(`/api/customers/${story.customers.plain}`), intoId: story.customers.plain, reason: 'x' }]],
  ])('%s', async (_, make) => {
    const [path, body] = await make()
    await refused(path, body)
  }) // biome-ignore format: a table of cases
  test('and after all attempts the books are true', () => expectBooksTrue(app, story.company))
})

describe('T17: the maker is never the checker', () => {
  test('of a receipt: neither whoever recorded it, nor whoever changed it last', async () => {
    const { arAccountant, secondAccountant } = story.company.people
    const path = `/api/receipts/${story.receipts.draft}`
    expect(
      await refused(
        '/api/receipts/confirmations',
        { receipts: [{ id: story.receipts.draft, version: await version(path) }] },
        'arAccountant',
      ),
    ).toBe('receipts.makerIsChecker')
    const edited = await secondAccountant.send('PUT', path, {
      version: await version(path),
      customerId: story.customers.child,
      amount: '770.00',
      receivedOn: '2026-11-10',
    })
    expect(edited.status, JSON.stringify(edited.body)).toBe(200)
    expect(
      await refused(
        '/api/receipts/confirmations',
        { receipts: [{ id: story.receipts.draft, version: await version(path) }] },
        'secondAccountant',
      ),
    ).toBe('receipts.makerIsChecker')
    expect(arAccountant.caller.actorId).not.toBe(secondAccountant.caller.actorId)
  })
})
