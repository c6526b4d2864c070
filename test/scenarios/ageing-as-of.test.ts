import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ageingDimensions } from '../../src/modules/ageing/ageing.api.ts'
import type { CompaniesFounded } from '../../src/modules/company/company-events.ts'
import { emit } from '../../src/platform/events.ts'
import { type Reply, startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'

/**
 * 宁波海晟 sells pumps to 恒远 (east) and 南方 (south). Between June and November: receivables are opened, paid in part, the payment is taken back, one is put off, one
 * changes hands. On every evening somebody prints the ageing by every dimension. In November all of them are printed again for their old days: nothing has changed.
 */
let app: TestApp
let company: TestCompany
let people: TestCompany['people']
const ids: Record<string, string> = {}
const evenings: { day: string; by: string; report: Report }[] = []
type Row = {
  keys: { id: string | null; name: string | null }[]
  buckets: string[]
  total: string
  overdue: string
  unallocated: string | null
}
type Report = {
  items: Row[]
  totals: Omit<Row, 'keys'>
  total: number
  tieOut: { ledger: string; account1122: string; difference: string } | null
  buckets: { key: string }[]
  later: { received: string; drafts: string } | null
}

beforeAll(async () => {
  app = await startTestApp('2026-06-01T02:00:00Z')
  company = await app.company('宁波海晟')
  people = company.people
  await foundAndFill()
  await tellTheStory()
}, 120_000)
afterAll(() => app.close())

describe('what was printed on an evening is printed the same for ever', () => {
  test('every dimension, every evening', async () => {
    expect(evenings.length).toBe(5 * CUTS.length)
    for (const { day, by, report } of evenings) {
      const { later: _, ...again } = await ageing(day, by)
      const { later: __, ...then } = report
      expect(again, `${by} as of ${day}`).toEqual(then)
    }
  })

  test('receipts that came later stand beside, not inside', async () => {
    const june = await ageing('2026-06-20', 'by=customer')
    expect(june.totals).toMatchObject({ total: '18000.00', unallocated: '0.00' })
    expect(june.later).toEqual({ received: '14500.00', drafts: '77.00' })
  })
})

describe('the figures, evening by evening', () => {
  const buckets = ['notDue', '1-30', '31-60', '61-90', '91-180', '181+']
  test.each([
    [
      '2026-06-20: two not due yet, one five days late',
      '2026-06-20',
      ['15000.00', '3000.00', '0.00', '0.00', '0.00', '0.00'],
      '18000.00',
      '0.00',
    ],
    [
      '2026-07-10: 4,000 paid on the first, 500 kept for later',
      '2026-07-10',
      ['5000.00', '9000.00', '0.00', '0.00', '0.00', '0.00'],
      '14000.00',
      '500.00',
    ],
    [
      '2026-07-15: the second is put off to the end of September',
      '2026-07-15',
      ['5000.00', '9000.00', '0.00', '0.00', '0.00', '0.00'],
      '14000.00',
      '500.00',
    ],
    [
      '2026-08-01: the 4,000 are taken back, so they wait again',
      '2026-08-01',
      ['5000.00', '0.00', '13000.00', '0.00', '0.00', '0.00'],
      '18000.00',
      '4500.00',
    ],
    ['2026-09-01: the first is paid in full', '2026-09-01', ['5000.00', '0.00', '0.00', '3000.00', '0.00', '0.00'], '8000.00', '4500.00'],
  ])('%s', async (_, day, expected, total, unallocated) => {
    const report = await ageing(day, 'by=customer')
    expect(report.buckets.map(({ key }) => key)).toEqual(buckets)
    expect(report.totals).toMatchObject({ buckets: expected, total, unallocated })
  })

  test('the boundary days of a due day: not due on it, one day late after it', async () => {
    const due = (await ageing('2026-06-15', 'by=customer')).totals
    const after = (await ageing('2026-06-16', 'by=customer')).totals
    expect([due.buckets[0], due.overdue]).toEqual(['18000.00', '0.00'])
    expect([after.buckets.slice(0, 2), after.overdue]).toEqual([['15000.00', '3000.00'], '3000.00'])
    const thirty = (await ageing('2026-07-15', `by=customer&customer=${ids['south']}`)).totals
    const thirtyOne = (await ageing('2026-07-16', `by=customer&customer=${ids['south']}`)).totals
    expect(thirty.buckets.slice(1, 3)).toEqual(['3000.00', '0.00'])
    expect(thirtyOne.buckets.slice(1, 3)).toEqual(['0.00', '3000.00'])
  })

  test('the day before the first receivable there is nothing, and tomorrow is not known', async () => {
    expect(await ageing('2026-05-31', 'by=customer')).toMatchObject({ total: 0, items: [], totals: { total: '0.00' } })
    const tomorrow = await people.arAccountant.get('/api/ageing?asOf=2026-11-22')
    expect(tomorrow).toMatchObject({ status: 422, body: { code: 'ageing.futureDay' } })
  })

  test('what changed hands shows its old owner before and its new owner after', async () => {
    const owners = async (day: string) =>
      Object.fromEntries(
        (await ageing(day, 'by=salesperson')).items
          .filter(({ total }) => total !== '0.00')
          .map(({ keys, total }) => [keys[0]!.name, total]),
      )
    expect(await owners('2026-09-01')).toEqual({ salesperson: '5000.00', secondSalesperson: '3000.00' })
    expect(await owners('2026-10-10')).toEqual({ secondSalesperson: '8000.00' })
  })

  test('by product: a half-paid document is half open on each of its lines', async () => {
    const rows = (await ageing('2026-07-10', `by=product&customer=${ids['east']}`)).items
    expect(Object.fromEntries(rows.map(({ keys, total }) => [keys[0]!.name, total]))).toEqual({
      水泵: '5400.00',
      安装: '600.00',
      null: '5000.00',
    })
  })
})

describe('everything ties', () => {
  const days = ['2026-06-20', '2026-07-10', '2026-07-15', '2026-08-01', '2026-09-01', '2026-10-10', '2026-11-21']

  test.each(days)('%s: every dimension = buckets = ledger = account 1122', async (day) => {
    for (const dimension of ageingDimensions) {
      const { totals, items, tieOut } = await ageing(day, `by=${dimension}`)
      expect(tieOut, `${dimension} ${day}`).toMatchObject({ ledger: totals.total, account1122: totals.total, difference: '0.00' })
      expect(cents(totals.buckets), `${dimension} ${day}`).toBe(cents([totals.total]))
      expect(cents(items.map(({ total }) => total)), `${dimension} ${day}`).toBe(cents([totals.total]))
      for (const row of items) expect(cents(row.buckets)).toBe(cents([row.total]))
    }
  })

  test.each(days)('%s: the documents behind every figure add up to it', async (day) => {
    const { items, buckets } = await ageing(day, 'by=customer')
    for (const { keys, buckets: amounts } of items)
      for (const [index, { key }] of buckets.entries()) {
        const cell = (
          await people.arAccountant.get(`/api/ageing/items?asOf=${day}&customer=${keys[0]!.id}&bucket=${encodeURIComponent(key)}`)
        ).body
        expect(cell.sum, `${keys[0]!.name} ${key} ${day}`).toBe(amounts[index])
        expect(cents(cell.items.map((item: { open: string }) => item.open))).toBe(cents([cell.sum]))
      }
  })

  test('two dimensions are one, cut again', async () => {
    const one = await ageing('2026-08-01', 'by=region')
    const two = await ageing('2026-08-01', 'by=region&by=product')
    for (const { keys, total } of one.items)
      expect(cents(two.items.filter((row) => row.keys[0]!.id === keys[0]!.id).map((row) => row.total))).toBe(cents([total]))
  })

  test('the books are true', () => expectBooksTrue(app, company))
})

test('a receipt entered late with an old day changes that day, and says on which day it was entered in the books', async () => {
  const before = await ageing('2026-10-10', 'by=customer')
  const id = await receive({ customerId: ids['south'], amount: '1000.00', receivedOn: '2026-10-05' })
  await done(
    people.arAccountant.post('/api/allocations', {
      lines: [{ receiptId: id, receivableId: ids['third'], amount: '1000.00' }],
      entryOn: '2026-10-05',
    }),
  )
  const after = await ageing('2026-10-10', 'by=customer')
  expect(cents([before.totals.total]) - cents([after.totals.total])).toBe(100_000n)
  expect((await ageing('2026-10-04', 'by=customer')).totals.total).toBe(before.totals.total)
  expect(after.tieOut!.difference).toBe('0.00')
})

const CUTS = [
  ...ageingDimensions.map((dimension) => `by=${dimension}`),
  'by=region&by=salesperson',
  'by=customer&basis=issued',
  'by=customer&overdueOnly=true',
]

async function foundAndFill(): Promise<void> {
  const { tenantId, entityId, system } = company
  const founded = {
    tenantId,
    entityId,
    baseCurrency: 'CNY',
    language: 'zh-CN' as const,
    administratorId: people.administrator.caller.actorId,
  }
  await app.db.transaction(system, (tx) => emit<CompaniesFounded>(tx, { type: 'companies.founded', companies: [founded] }))
  ids['eastern'] = (await done(people.financeManager.post('/api/regions', { name: '华东' }))).id
  ids['southern'] = (await done(people.financeManager.post('/api/regions', { name: '华南' }))).id
  const customer = async (name: string, regionId: string, owner: keyof typeof people, more: object) =>
    (await done(people.arAccountant.post('/api/customers', { name, regionId, salespersonId: people[owner].caller.actorId, ...more }))).id
  ids['group'] = await customer('恒远集团', ids['eastern']!, 'salesperson', { industry: '机械', class: 'A' })
  ids['east'] = await customer('苏州恒远自动化', ids['eastern']!, 'salesperson', { industry: '机械', class: 'A', parentId: ids['group'] })
  ids['south'] = await customer('南方水务', ids['southern']!, 'secondSalesperson', { industry: '水务', class: 'B' })
  const product = async (code: string, name: string) =>
    (await done(people.financeManager.post('/api/products', { code, name, unit: '台', price: '100.00', vatRate: '0.13' }))).id
  ids['pump'] = await product('PUMP', '水泵')
  ids['service'] = await product('SERVICE', '安装')
}

async function tellTheStory(): Promise<void> {
  const lines = [
    { productId: ids['pump'], amount: '9000.00' },
    { productId: ids['service'], amount: '1000.00' },
  ]
  await open('first', { customerId: ids['east'], amount: '10000.00', dueOn: '2026-06-30', lines })
  await open('second', { customerId: ids['east'], amount: '5000.00', dueOn: '2026-07-31' })
  await open('third', {
    customerId: ids['south'],
    amount: '3000.00',
    dueOn: '2026-06-15',
    lines: [{ productId: ids['pump'], amount: '3000.00' }],
  })
  await printAll('2026-06-20')
  at('2026-07-10')
  ids['early'] = await receive({ customerId: ids['east'], amount: '4500.00', receivedOn: '2026-07-10' })
  await done(
    people.arAccountant.post('/api/allocations', { lines: [{ receiptId: ids['early'], receivableId: ids['first'], amount: '4000.00' }] }),
  )
  await printAll('2026-07-10')
  at('2026-07-15')
  await done(
    people.arAccountant.post('/api/receivables/reschedulings', {
      receivables: [{ ...(await receivable('second')), dueOn: '2026-09-30', reason: '客户要求展期' }],
    }),
  )
  await printAll('2026-07-15')
  at('2026-08-01')
  await done(people.financeManager.post('/api/allocations/reversals', { receiptId: ids['early'], reason: '对方称是预付款' }))
  await printAll('2026-08-01')
  at('2026-09-01')
  const full = await receive({ customerId: ids['east'], amount: '10000.00', receivedOn: '2026-09-01' })
  await done(people.arAccountant.post('/api/allocations', { lines: [{ receiptId: full, receivableId: ids['first'], amount: '10000.00' }] }))
  await done(
    people.arAccountant.post('/api/receipts', { receipts: [{ customerId: ids['east'], amount: '77.00', receivedOn: '2026-09-01' }] }),
  )
  await printAll('2026-09-01')
  at('2026-10-01')
  await done(
    people.financeManager.post('/api/receivables/reassignments', {
      receivables: [{ ...(await receivable('second')), salespersonId: people.secondSalesperson.caller.actorId, reason: '换人跟进' }],
    }),
  )
  at('2026-11-21')
}

function at(day: string): void {
  app.setNow(`${day}T02:00:00Z`)
}

async function printAll(day: string): Promise<void> {
  at(day)
  for (const by of CUTS) evenings.push({ day, by, report: await ageing(day, by) })
}

async function ageing(day: string, query: string): Promise<Report> {
  return done(people.arAccountant.get(`/api/ageing?asOf=${day}&${query}&limit=200`))
}

async function open(name: string, wanted: object): Promise<void> {
  ids[name] = (await done(people.arAccountant.post('/api/receivables', { receivables: [{ issuedOn: '2026-06-01', ...wanted }] }))).ids[0]
}

async function receivable(name: string): Promise<{ id: string; version: number }> {
  const id = ids[name]!
  return { id, version: (await done(people.arAccountant.get(`/api/receivables/${id}`))).version }
}

async function receive(wanted: object): Promise<string> {
  const [id] = (await done(people.arAccountant.post('/api/receipts', { receipts: [wanted], acceptDuplicates: true }))).ids
  await done(people.secondAccountant.post('/api/receipts/confirmations', { receipts: [{ id, version: 1 }] }))
  return id
}

// biome-ignore lint/suspicious/noExplicitAny: answers are read freely in tests
async function done(call: Promise<Reply>): Promise<any> {
  const { status, body } = await call
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}

function cents(amounts: readonly string[]): bigint {
  return amounts.reduce((sum, amount) => sum + BigInt(amount.replace('.', '')), 0n)
}
