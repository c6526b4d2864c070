import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { sql } from '../../src/platform/sql.ts'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'
import { balances, openOf, owe, received } from '../harness/receipts.ts'
import { newCustomers, opened } from '../harness/receivables.ts'

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
afterEach(() => expectBooksTrue(app, company))

const allocate = (receiptId: string, receivableId: string, amount: string, entryOn?: string) =>
  company.people.arAccountant.post('/api/allocations', { lines: [{ receiptId, receivableId, amount }], ...(entryOn ? { entryOn } : {}) })
const undo = (what: object) => company.people.arAccountant.post('/api/allocations/reversals', { reason: 'wrong', ...what })
const versionOf = async (id: string): Promise<number> => (await company.people.auditor.get(`/api/receivables/${id}`)).body.version

test('an opening item cannot be paid on a day on which it was not yet in the books', async () => {
  const item = await opened(company.people.financeManager, customerId, {
    issuedOn: '2026-09-01',
    dueOn: '2026-09-30',
    entryOn: '2026-11-10',
  })
  const receipt = await received(company, { customerId, amount: '113', receivedOn: '2026-10-15' })
  expect(await allocate(receipt, item, '113', '2026-10-20')).toMatchObject({ status: 422, body: { code: 'receivables.beforeLastChange' } })
  expect(await allocate(receipt, item, '113', '2026-11-10')).toMatchObject({ status: 201 })
})

test('what was paid and undone is not paid again on a day before that', async () => {
  const [item] = await owe(app, company, customerId, [{ amount: '100' }])
  const receipt = await received(company, { customerId, amount: '200', receivedOn: '2026-11-01' })
  expect(await allocate(receipt, item!, '100', '2026-11-10')).toMatchObject({ status: 201 })
  expect(await undo({ receiptId: receipt, entryOn: '2026-11-12' })).toMatchObject({ status: 201 })
  expect(await allocate(receipt, item!, '100', '2026-11-08')).toMatchObject({ status: 422, body: { code: 'receivables.beforeLastChange' } })
  const body = { receiptIds: [receipt], rule: 'oldest', entryOn: '2026-11-08' }
  expect(await company.people.arAccountant.post('/api/allocations/by-rule', body)).toMatchObject({ status: 201, body: { batches: [] } })
  expect(await openOf(app, company, [item!])).toEqual([10_000])
})

test('what was paid and undone is not taken back on a day before that', async () => {
  const [item] = await owe(app, company, customerId, [{ amount: '100' }])
  const receipt = await received(company, { customerId, amount: '200', receivedOn: '2026-11-01' })
  await allocate(receipt, item!, '100', '2026-11-10')
  await undo({ receiptId: receipt, entryOn: '2026-11-12' })
  const voided = { version: await versionOf(item!), voidedOn: '2026-11-05', reason: 'keyed twice' }
  expect(await company.people.financeManager.post(`/api/receivables/${item}/voiding`, voided)).toMatchObject({ status: 201 })
})

test('T72: a due day that was changed stays as it was on the days before', async () => {
  const [item] = await owe(app, company, customerId, [{ amount: '100' }])
  const receipt = await received(company, { customerId, amount: '200', receivedOn: '2026-11-01' })
  const moved = { receivables: [{ id: item, version: await versionOf(item!), dueOn: '2026-12-31', reason: 'asked for' }] }
  expect(await company.people.financeManager.post('/api/receivables/reschedulings', moved)).toMatchObject({ status: 201 })
  expect(await allocate(receipt, item!, '40', '2026-11-10')).toMatchObject({ status: 422, body: { code: 'receivables.beforeLastChange' } })
  expect(await allocate(receipt, item!, '40')).toMatchObject({ status: 201 })
})

test('settled on the day of the last payment by its own day, in whatever order they were entered', async () => {
  const [item] = await owe(app, company, customerId, [{ amount: '100' }])
  const receipt = await received(company, { customerId, amount: '200', receivedOn: '2026-11-01' })
  await allocate(receipt, item!, '60', '2026-11-10')
  await allocate(receipt, item!, '40', '2026-11-08')
  const { settledOn } = await app.db.read(company.system, (reader) =>
    reader.one<{ settledOn: string }>(
      sql`select r.settled_on from ar.receivables r where r.tenant_id = ${company.tenantId} and r.id = ${item}`,
    ),
  )
  expect(settledOn).toBe('2026-11-10')
})

test('an allocation is undone on the accounts on which it was made, whatever the rules say today', async () => {
  const [item] = await owe(app, company, customerId, [{ amount: '100' }])
  const receipt = await received(company, { customerId, amount: '98', receivedOn: '2026-11-01' })
  const adjustments = [{ receiptId: receipt, receivableId: item, reason: 'goodwill' }]
  const lines = [{ receiptId: receipt, receivableId: item, amount: '98' }]
  expect(await company.people.arAccountant.post('/api/allocations', { lines, adjustments })).toMatchObject({ status: 201 })
  const before = { '1002': 9_800, '1122': 10_000, '2203': -9_800, '6001': -10_000 }
  const codes = { version: 0, codes: [{ key: 'salesAllowance', code: '6051' }], reason: 'own account' }
  expect(await company.people.financeManager.send('PUT', '/api/posting-accounts', codes)).toMatchObject({ status: 200 })
  expect(await undo({ receiptId: receipt })).toMatchObject({ status: 201 })
  expect(await balances(app, company)).toEqual(before)
})

test('T72: money that was unidentified on a day stays so in the ageing of that day', async () => {
  const receipt = await received(company, { amount: '70', receivedOn: '2026-11-01', payerName: 'somebody' })
  const asOf = async (on: string) =>
    (await company.people.financeManager.get(`/api/ageing?by=customer&asOf=${on}`)).body.items.map(
      (row: { keys: { id: string | null }[]; unallocated: string }) => [row.keys[0]!.id, row.unallocated],
    )
  expect(await asOf('2026-11-10')).toEqual([[null, '70.00']])
  const identified = { version: 2, customerId, reason: 'they called' }
  expect(await company.people.arAccountant.post(`/api/receipts/${receipt}/customer`, identified)).toMatchObject({ status: 201 })
  expect(await asOf('2026-11-10')).toEqual([[null, '70.00']])
  expect(await asOf('2026-11-21')).toEqual([[customerId, '70.00']])
})
