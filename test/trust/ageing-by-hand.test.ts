import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'
import { received } from '../harness/receipts.ts'
import { newCustomers, opened } from '../harness/receivables.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
}, 60_000)
afterAll(() => app.close())

type Row = { keys: { id: string; name: string }[]; buckets: string[]; total: string; unallocated: string }
const ask = async (company: TestCompany, query: string) => {
  const { status, body } = await company.people.auditor.get(`/api/ageing?${query}`)
  expect([status, body.tieOut?.difference ?? '0.00']).toEqual([200, '0.00'])
  return body as { items: Row[]; totals: Row; buckets: { key: string }[]; firstOn: string | null; later: { received: string } | null }
}
const totals = async (company: TestCompany, asOf: string, more = '') => (await ask(company, `asOf=${asOf}${more}`)).totals
async function companyWith(): Promise<{ company: TestCompany; customer: string }> {
  const company = await app.company()
  const [customer] = await newCustomers(app, company, 1, { salespersonId: company.people.salesperson.caller.actorId })
  return { company, customer: customer! }
}

describe('by hand: days overdue over the end of February', () => {
  // Due on 31 January 2024, a leap year: 29 February is day 29, 1 March day 30, 2 March day 31.
  test.each([
    ['2024-01-31', [100, 0, 0, 0]],
    ['2024-02-01', [0, 100, 0, 0]],
    ['2024-02-29', [0, 100, 0, 0]],
    ['2024-03-01', [0, 100, 0, 0]],
    ['2024-03-02', [0, 0, 100, 0]],
    ['2024-03-31', [0, 0, 100, 0]],
    ['2024-04-01', [0, 0, 0, 100]],
  ])('as of %s', async (asOf, wanted) => {
    const { company, customer } = await companyWith()
    await opened(company.people.arAccountant, customer, { amount: '100.00', tax: '0.00', issuedOn: '2024-01-01', dueOn: '2024-01-31' })
    expect((await totals(company, asOf)).buckets.slice(0, 4)).toEqual(wanted.map((amount) => amount.toFixed(2)))
  })
})

describe('by hand: age in years', () => {
  // Issued on 29 February 2024: one year old with the end of 28 February 2025.
  test.each([
    ['2025-02-27', 0],
    ['2025-02-28', 0],
    ['2025-03-01', 1],
    ['2026-02-28', 1],
    ['2026-03-01', 2],
  ])('as of %s', async (asOf, bucket) => {
    const { company, customer } = await companyWith()
    await opened(company.people.arAccountant, customer, { amount: '100.00', tax: '0.00', issuedOn: '2024-02-29', dueOn: '2024-03-31' })
    const { buckets } = await totals(company, asOf, '&scheme=provision')
    expect(buckets.indexOf('100.00')).toBe(bucket)
  })
})

test('money received before the invoice stands beside until the day on which it is allocated; taken back, it stands beside again', async () => {
  const { company, customer } = await companyWith()
  const { arAccountant } = company.people
  const receivable = await opened(arAccountant, customer, { amount: '100.00', tax: '0.00', issuedOn: '2026-10-10', dueOn: '2026-10-31' })
  const receipt = await received(company, { customerId: customer, amount: '130.00', receivedOn: '2026-09-20' })
  const lines = [{ receiptId: receipt, receivableId: receivable, amount: '100.00' }]
  expect((await arAccountant.post('/api/allocations', { lines, entryOn: '2026-10-09' })).status).toBe(422)
  expect((await arAccountant.post('/api/allocations', { lines, entryOn: '2026-10-12' })).status).toBe(201)
  const days = {
    '2026-09-19': ['0.00', '0.00'],
    '2026-09-20': ['0.00', '130.00'],
    '2026-10-10': ['100.00', '130.00'],
    '2026-10-12': ['0.00', '30.00'],
    '2026-11-19': ['0.00', '30.00'],
  }
  const shown = async (asOf: string) => {
    const { total, unallocated } = await totals(company, asOf)
    return [total, unallocated]
  }
  for (const [asOf, wanted] of Object.entries(days)) expect([asOf, await shown(asOf)]).toEqual([asOf, wanted])
  expect((await ask(company, 'asOf=2026-09-19')).later).toMatchObject({ received: '130.00' })
  await arAccountant.post('/api/allocations/reversals', { receiptId: receipt, entryOn: '2026-11-20', reason: 'wrong invoice' })
  const { version } = (await arAccountant.get(`/api/receipts/${receipt}`)).body
  await company.people.financeManager.post(`/api/receipts/${receipt}/reversal`, { version, reversedOn: '2026-11-21', reason: 'bounced' })
  for (const [asOf, wanted] of Object.entries({ ...days, '2026-11-20': ['100.00', '130.00'], '2026-11-21': ['100.00', '0.00'] }))
    expect([asOf, await shown(asOf)]).toEqual([asOf, wanted])
  await expectBooksTrue(app, company)
})

test('dollars: in base currency at the rate of the invoice, in their own amounts, paid at another rate, nothing is left over', async () => {
  const { company, customer } = await companyWith()
  const { arAccountant } = company.people
  const dollars = { currency: 'USD', tax: '0.00', issuedOn: '2026-09-01', dueOn: '2026-09-30' }
  const receivable = await opened(arAccountant, customer, { ...dollars, amount: '100.00', rate: '7.1' })
  await opened(arAccountant, customer, { ...dollars, amount: '33.33', rate: '7.2' })
  await opened(arAccountant, customer, { amount: '5.00', tax: '0.00', issuedOn: '2026-09-01', dueOn: '2026-09-30' })
  const receipt = await received(company, {
    customerId: customer,
    currency: 'USD',
    rate: '7.3',
    amount: '100.00',
    receivedOn: '2026-10-15',
  })
  await arAccountant.post('/api/allocations', {
    lines: [{ receiptId: receipt, receivableId: receivable, amount: '40.00' }],
    entryOn: '2026-10-20',
  })
  // 710.00 + 239.98 + 5.00; of the first 40 of 100 dollars leave at 7.1.
  expect((await totals(company, '2026-10-14')).total).toBe('954.98')
  expect((await totals(company, '2026-10-20')).total).toBe('670.98')
  expect(await totals(company, '2026-10-20', '&currency=USD')).toMatchObject({ total: '93.33', unallocated: '60.00' })
  expect(await totals(company, '2026-10-14', '&currency=USD')).toMatchObject({ total: '133.33', unallocated: '0.00' })
  expect(await totals(company, '2026-10-20', '&currency=CNY')).toMatchObject({ total: '5.00', unallocated: '0.00' })
  await expectBooksTrue(app, company)
})

test('M4, T72: a merged customer and a new salesperson: the days before stay where they were', async () => {
  const company = await app.company()
  const { administrator, arAccountant, salesperson, secondSalesperson } = company.people
  const [first, second] = [salesperson.caller.actorId, secondSalesperson.caller.actorId]
  const create = async (name: string) => (await administrator.post('/api/customers', { name, salespersonId: first })).body.id as string
  const [stays, goes] = [await create('留下的客户'), await create('并走的客户')]
  const item = { tax: '0.00', issuedOn: '2026-10-01', dueOn: '2026-10-31' }
  await opened(arAccountant, stays, { ...item, amount: '10.00' })
  await opened(arAccountant, goes, { ...item, amount: '90.00' })
  const version = async (id: string) => (await administrator.get(`/api/customers/${id}`)).body.version
  const merged = await administrator.post('/api/customers/merges', {
    fromId: goes,
    intoId: stays,
    fromVersion: await version(goes),
    reason: 'one company',
  })
  expect([merged.status, merged.body]).toEqual([201, expect.anything()])
  const by = async (dimension: string, asOf: string) =>
    Object.fromEntries((await ask(company, `by=${dimension}&asOf=${asOf}`)).items.map(({ keys, total }) => [keys[0]!.id, total]))
  expect(await by('customer', '2026-11-20')).toEqual({ [stays]: '10.00', [goes]: '90.00' })
  expect(await by('customer', '2026-11-21')).toEqual({ [stays]: '100.00' })
  const reassigned = await administrator.post('/api/customers/hand-over', {
    customers: [{ id: stays, version: await version(stays) }],
    salespersonId: second,
    moveReceivables: true,
    reason: 'hand-over',
  })
  expect([reassigned.status, reassigned.body]).toEqual([201, expect.anything()])
  expect(await by('salesperson', '2026-11-20')).toEqual({ [first]: '100.00' })
  expect(await by('salesperson', '2026-11-21')).toEqual({ [second]: '100.00' })
  await expectBooksTrue(app, company)
})

test('a day before the books begin is empty and says when they begin; a day on which all was paid says nothing', async () => {
  const { company, customer } = await companyWith()
  await opened(company.people.arAccountant, customer, {
    kind: 'opening',
    tax: undefined,
    amount: '9.00',
    issuedOn: '2026-03-01',
    entryOn: '2026-11-01',
    dueOn: '2026-04-01',
  })
  expect(await ask(company, 'asOf=2026-10-31')).toMatchObject({ items: [], firstOn: '2026-11-01' })
  expect(await ask(company, 'asOf=2026-11-01')).toMatchObject({ totals: { total: '9.00' }, firstOn: null })
  expect(await ask(company, 'asOf=2026-11-21&least=10.00')).toMatchObject({ items: [], firstOn: null })
})
