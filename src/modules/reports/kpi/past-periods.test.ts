import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../../test/harness/app.ts'
import { owe, received } from '../../../../test/harness/receipts.ts'
import { newCustomers, opened } from '../../../../test/harness/receivables.ts'
import { day, endOfMonth } from '../../../kernel/day.ts'
import type { KpiFigures } from './kpi-facts.ts'
import { figuresOfPeriods } from './period-figures.query.ts'

let app: TestApp
let company: TestCompany
let customerId: string
beforeAll(async () => {
  app = await startTestApp()
}, 120_000)
afterAll(() => app.close())
beforeEach(async () => {
  company = await app.company()
  customerId = (await newCustomers(app, company, 1))[0]!
})

test('money comes late, is allocated later still: it waited until the day of the money, in the month in which it settled', async () => {
  const [item] = await owe(app, company, customerId, [{ amount: '100', issuedOn: '2026-08-11', dueOn: '2026-09-10' }])
  const receiptId = await received(company, { customerId, amount: '100', receivedOn: '2026-09-30' })
  await allocated(receiptId, item!, '100', '2026-10-08')
  expect(await month('2026-09')).toMatchObject({ collected: 0n, closing: 10_000n, notDue: 0n })
  expect(await month('2026-10')).toMatchObject({
    opening: 10_000n,
    collected: 10_000n,
    waited: 50n * 10_000n,
    late: 20n * 10_000n,
    closing: 0n,
  })
})

test('money that was there before the sale waited no days, and came before it was due', async () => {
  const receiptId = await received(company, { customerId, amount: '100', receivedOn: '2026-09-20' })
  const [item] = await owe(app, company, customerId, [{ amount: '100', issuedOn: '2026-10-01', dueOn: '2026-10-31' }])
  await allocated(receiptId, item!, '100', '2026-10-02')
  expect(await month('2026-10')).toMatchObject({ sales: 10_000n, collected: 10_000n, waited: 0n, late: -41n * 10_000n })
})

test('undone later: the month of the money stays as it was, the month of the undoing takes exactly that away, whatever the due day has become', async () => {
  const [item] = await owe(app, company, customerId, [{ amount: '100', issuedOn: '2026-08-01', dueOn: '2026-08-31' }])
  const receiptId = await received(company, { customerId, amount: '40', receivedOn: '2026-09-10' })
  await allocated(receiptId, item!, '40', '2026-09-10')
  const before = await month('2026-09')
  expect(before).toMatchObject({ collected: 4_000n, waited: 40n * 4_000n, late: 10n * 4_000n, closing: 6_000n })
  const { version } = (await company.people.auditor.get(`/api/receivables/${item}`)).body
  const moved = { receivables: [{ id: item, version, dueOn: '2026-12-31', reason: 'asked for' }] }
  expect(await company.people.financeManager.post('/api/receivables/reschedulings', moved)).toMatchObject({ status: 201 })
  const undone = { receiptId, reason: 'wrong', entryOn: '2026-11-21' }
  expect(await company.people.financeManager.post('/api/allocations/reversals', undone)).toMatchObject({ status: 201 })
  expect(await month('2026-09')).toEqual(before)
  expect(await month('2026-11')).toMatchObject({
    collected: -4_000n,
    waited: -40n * 4_000n,
    late: -10n * 4_000n,
    closing: 10_000n,
    notDue: 10_000n,
  })
})

test("opening balances enter on their day and are nobody's sales; taken back, they leave as they came", async () => {
  const opening = { kind: 'opening', issuedOn: '2026-03-01', dueOn: '2026-03-31', entryOn: '2026-10-01' }
  const id = await opened(company.people.financeManager, customerId, opening)
  expect(await month('2026-03')).toMatchObject({ sales: 0n, closing: 0n })
  expect(await month('2026-10')).toMatchObject({ sales: 0n, salesNet: 0n, broughtIn: 11_300n, closing: 11_300n, notDue: 0n })
  const { version } = (await company.people.auditor.get(`/api/receivables/${id}`)).body
  const reply = await company.people.financeManager.post(`/api/receivables/${id}/voiding`, {
    version,
    voidedOn: '2026-11-02',
    reason: 'twice',
  })
  expect(reply).toMatchObject({ status: 201 })
  expect(await month('2026-10')).toMatchObject({ broughtIn: 11_300n, closing: 11_300n })
  expect(await month('2026-11')).toMatchObject({ broughtIn: -11_300n, sales: 0n, closing: 0n })
})

test('a sale taken back in another month is a sale of its month, and less sold in the other', async () => {
  const id = await opened(company.people.financeManager, customerId, { issuedOn: '2026-09-05', dueOn: '2026-10-05' })
  const { version } = (await company.people.auditor.get(`/api/receivables/${id}`)).body
  await company.people.financeManager.post(`/api/receivables/${id}/voiding`, { version, voidedOn: '2026-10-03', reason: 'twice' })
  expect(await month('2026-09')).toMatchObject({ sales: 11_300n, salesNet: 10_000n, closing: 11_300n, notDue: 11_300n })
  expect(await month('2026-10')).toMatchObject({ sales: -11_300n, salesNet: -10_000n, closing: 0n })
})

test('due on the last day of a period is not overdue in it', async () => {
  await owe(app, company, customerId, [{ amount: '100', issuedOn: '2026-09-01', dueOn: '2026-09-30' }])
  expect(await month('2026-09')).toMatchObject({ closing: 10_000n, notDue: 10_000n })
  expect(await month('2026-10')).toMatchObject({ closing: 10_000n, notDue: 0n })
})

async function allocated(receiptId: string, receivableId: string, amount: string, entryOn: string): Promise<void> {
  const reply = await company.people.arAccountant.post('/api/allocations', { lines: [{ receiptId, receivableId, amount }], entryOn })
  expect(reply).toMatchObject({ status: 201 })
}
async function month(name: string): Promise<KpiFigures> {
  const from = day(`${name}-01`)
  const asked = { currency: undefined, filters: {} }
  const parts = ['opening', 'closing', 'sales', 'salesNet', 'money'] as const
  const [found] = await app.db.read(company.system, (reader) => figuresOfPeriods(reader, asked, [{ from, to: endOfMonth(from) }], parts))
  return found!
}
