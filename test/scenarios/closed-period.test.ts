import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'
import { fingerprint } from '../harness/fingerprint.ts'
import { type Story, storyCompany } from '../harness/story.ts'

/** 结账: October is closed. What belongs into October is refused by every way in; what corrects it goes to November (T66). */
let app: TestApp
let story: Story
let september: string
beforeAll(async () => {
  app = await startTestApp()
  story = await storyCompany(app, 'STORY')
  const { arAccountant, financeManager } = story.company.people
  const wrong = { customerId: story.customers.plain, amount: '88.00', issuedOn: '2026-09-05', dueOn: '2026-10-05' }
  september = (await arAccountant.post('/api/receivables', { receivables: [wrong] })).body.ids[0]
  // years in which nothing was posted, then month by month
  await app.database.pool.query(`update ar.periods set status = 'closed', closed_at = now() where tenant_id = $1 and period < 202511`, [
    story.company.tenantId,
  ])
  for (const period of [202511, 202512, 202601, 202602, 202603, 202604, 202605, 202606, 202607, 202608, 202609, 202610]) {
    const closed = await financeManager.post(`/api/periods/${period}/closing`, { version: 1, reason: '月结' })
    expect(closed.status, JSON.stringify(closed.body)).toBe(201)
  }
}, 120_000)
afterAll(() => app.close())

const of1122 = async (until: string) => {
  const { body } = await story.company.people.auditor.get(`/api/vouchers/trial-balance?from=2026-01-01&until=${until}`)
  return body.accounts.find((account: { code: string }) => account.code === '1122').closing
}
const version = async (path: string) => (await story.company.people.administrator.get(path)).body.version

describe('into the closed month nothing is posted', () => {
  test.each<[string, () => Promise<[string, object]>]>([
    ['a receivable by hand', async () => ['/api/receivables', { receivables: [{ customerId: story.customers.plain, amount: '10.00', issuedOn: '2026-10-15', dueOn: '2026-11-15' }] }]],
    ['an opening balance', async () => ['/api/receivables', { receivables: [{ kind: 'opening', customerId: story.customers.plain, amount: '10.00', issuedOn: '2026-10-15', dueOn: '2026-11-15' }] }]],
    ['an allocation', async () => ['/api/allocations', { entryOn: '2026-10-31', lines: [{ receiptId: story.receipts.byHand, receivableId: story.receivables.late, amount: '1.00' }] }]],
    ['an allocation by rule', async () => ['/api/allocations/by-rule', { entryOn: '2026-10-31', receiptIds: [story.receipts.byHand], rule: 'oldest' }]],
    ['the reversal of an allocation', async () => ['/api/allocations/reversals', { entryOn: '2026-10-31', batchId: story.batches.byHand, reason: 'x' }]],
    ['the reversal of a receipt', async () => [`/api/receipts/${story.receipts.stray}/reversal`, { version: await version(`/api/receipts/${story.receipts.stray}`), reversedOn: '2026-10-31', reason: 'x' }]],
    ['the voiding of a receivable', async () => [`/api/receivables/${story.receivables.opening}/voiding`, { version: await version(`/api/receivables/${story.receivables.opening}`), voidedOn: '2026-10-31', reason: 'x' }]],
    ['a delivery', async () => [`/api/orders/${story.orders.instalments}/deliveries`, { version: await version(`/api/orders/${story.orders.instalments}`), deliveredOn: '2026-10-31' }]],
  ])('%s', async (_, make) => {
    const [path, body] = await make()
    const before = await fingerprint(app)
    const { status, body: said } = await story.company.people.financeManager.post(path, body)
    expect([409, 422], JSON.stringify(said)).toContain(status)
    expect(await fingerprint(app)).toEqual(before)
  }) // biome-ignore format: a table of cases
  test('a receipt dated October may be drafted, but not confirmed', async () => {
    const { arAccountant, secondAccountant } = story.company.people
    const drafted = await arAccountant.post('/api/receipts', {
      receipts: [{ customerId: story.customers.plain, amount: '33.00', receivedOn: '2026-10-20' }],
      acceptDuplicates: true,
    })
    if (drafted.status === 201) {
      const before = await of1122('2026-10-31')
      const confirmed = await secondAccountant.post('/api/receipts/confirmations', { receipts: [{ id: drafted.body.ids[0], version: 1 }] })
      expect([409, 422], JSON.stringify(confirmed.body)).toContain(confirmed.status)
      expect(await of1122('2026-10-31')).toBe(before)
    } else expect([409, 422]).toContain(drafted.status)
  })
})

describe('what corrects October goes to November', () => {
  test('an allocation and its reversal, dated today; October stays as it was closed', async () => {
    const { financeManager } = story.company.people
    const october = await of1122('2026-10-31')
    const made = await financeManager.post('/api/allocations', {
      lines: [{ receiptId: story.receipts.byHand, receivableId: story.receivables.late, amount: '7.00' }],
    })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    expect((await financeManager.post('/api/allocations/reversals', { batchId: made.body.batches[0].id, reason: 'x' })).status).toBe(201)
    expect(await of1122('2026-10-31')).toBe(october)
    await expectBooksTrue(app, story.company)
  })
  test('a receivable of September is voided today, into November', async () => {
    const path = `/api/receivables/${september}`
    const before = await of1122('2026-09-30')
    const answer = await story.company.people.financeManager.post(`${path}/voiding`, { version: await version(path), reason: '开错了' })
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    expect(await of1122('2026-09-30')).toBe(before)
    await expectBooksTrue(app, story.company)
  })
})

describe('closing and opening', () => {
  test('are for the finance manager, each on record, and an accountant may not', async () => {
    const { arAccountant, financeManager, auditor } = story.company.people
    const october = async () =>
      (await auditor.get('/api/periods?year=2026')).body.items.find((one: { period: number }) => one.period === 202_610)
    expect((await arAccountant.post('/api/periods/202610/reopening', { version: (await october()).version })).status).toBe(403)
    expect(
      (await financeManager.post('/api/periods/202610/closing', { version: (await october()).version })).status,
    ).toBeGreaterThanOrEqual(409)
    expect(
      (await financeManager.post('/api/periods/202610/reopening', { version: (await october()).version, reason: '补记一张单' })).status,
    ).toBe(201)
    expect(await october()).toMatchObject({ status: 'open' })
    const late = await arAccountant.post('/api/receivables', {
      receivables: [{ customerId: story.customers.plain, amount: '10.00', issuedOn: '2026-10-15', dueOn: '2026-11-15' }],
    })
    expect(late.status, JSON.stringify(late.body)).toBe(201)
    const { items } = (await auditor.get('/api/audit?limit=200')).body
    const actions = items.map((entry: { action: string }) => entry.action)
    expect(actions.filter((action: string) => action.startsWith('periods.')).length).toBeGreaterThanOrEqual(2)
    await expectBooksTrue(app, story.company)
  })
})
