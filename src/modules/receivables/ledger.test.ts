import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { newCustomers, opened } from '../../../test/harness/receivables.ts'
import { addDays, type Day, day } from '../../kernel/day.ts'
import { uuid } from '../../kernel/uuid.ts'
import { usualDaysLate } from '../customers/usual-days-late.query.ts'
import { averageDaysLate } from './habits.query.ts'
import { moveBackFromMergedCustomer, moveToMergedCustomer, moveToNewSalesperson } from './move-receivables.command.ts'
import { weightedDaysLate } from './payment-habit.ts'

let app: TestApp
let company: TestCompany
beforeAll(async () => {
  app = await startTestApp()
}, 60_000)
afterAll(() => app.close())

const ledger = async (query: string, person: keyof TestCompany['people'] = 'auditor') =>
  (await company.people[person].get(`/api/receivables?${query}`)).body
const issuedDueOn = (dueOn: string, amount: string) => ({ dueOn, amount, tax: '0' })

describe('the ledger', () => {
  let mine: string
  let theirs: string
  beforeAll(async () => {
    company = await app.company()
    const { salesperson, secondSalesperson, arAccountant } = company.people
    mine = (await newCustomers(app, company, 1, { salespersonId: salesperson.caller.actorId }))[0]!
    theirs = (await newCustomers(app, company, 1, { salespersonId: secondSalesperson.caller.actorId }))[0]!
    await opened(arAccountant, mine, { ...issuedDueOn('2026-10-31', '100.00'), reference: 'PO-77' })
    await opened(arAccountant, mine, issuedDueOn('2026-11-21', '200.00'))
    await opened(arAccountant, theirs, issuedDueOn('2026-12-31', '300.00'))
    await opened(arAccountant, theirs, { ...issuedDueOn('2026-11-01', '10.00'), currency: 'USD', rate: '7', disputed: true })
  })
  test.each<[string, string, string[]]>([
    ['everything, first due first', '', ['100.00', '10.00', '200.00', '300.00']],
    ['last due first', 'sort=-due', ['300.00', '200.00', '10.00', '100.00']],
    ['most open first, by base value', 'sort=-open', ['300.00', '200.00', '100.00', '10.00']],
    ['overdue: due today is not', 'status=overdue', ['100.00', '10.00']],
    ['not due', 'status=notDue', ['200.00', '300.00']],
    ['disputed', 'status=disputed', ['10.00']],
    ['settled or partly: none', 'status=settled&status=partly', []],
    ['of one currency', 'currency=USD', ['10.00']],
    ['amounts', 'least=100&most=200', ['100.00', '200.00']],
    ['due days', 'dueFrom=2026-11-01&dueUntil=2026-12-01', ['10.00', '200.00']],
    ['the cell 1-30 days of an ageing report', 'bucketFrom=1&bucketTo=31', ['100.00', '10.00']],
    ['the cell not due', 'bucketTo=1', ['200.00', '300.00']],
    ['the cell 30-60 days since issue', 'basis=issued&bucketFrom=30&bucketTo=60', ['100.00', '10.00', '200.00', '300.00']],
    ['by reference from its beginning', 'search=PO-7', ['100.00']],
    ['by number', 'search=ar-2610-0002', ['200.00']],
    ['by nothing known', 'search=nobody', []],
  ])('%s', async (_, query, amounts) => {
    const { items, total } = await ledger(query)
    expect(items.map((row: { amount: string }) => row.amount)).toEqual(amounts)
    expect(total).toBe(amounts.length)
  })
  test('the page and its sums may be asked for apart, and are the same', async () => {
    const { total, sums, base, ...page } = await ledger('limit=2')
    expect(await ledger('limit=2&sums=without')).toEqual({ ...page, total: null, sums: null, base: null })
    expect(await ledger('limit=2&sums=only')).toEqual({ ...page, items: [], nextCursor: null, total, sums, base })
  })
  test('sums are those of the whole filter, per currency and in base currency', async () => {
    const { sums, base, items, nextCursor } = await ledger('limit=1')
    expect(items).toHaveLength(1)
    expect(nextCursor).not.toBeNull()
    expect(sums).toEqual([
      { currency: 'CNY', count: 3, amount: '600.00', open: '600.00', overdue: '100.00' },
      { currency: 'USD', count: 1, amount: '10.00', open: '10.00', overdue: '10.00' },
    ])
    expect(base).toEqual({ amount: '670.00', open: '670.00', overdue: '170.00' })
  })
  test('pages by cursor meet every row once, in every order', async () => {
    for (const sort of ['due', '-due', 'issued', '-issued', '-open']) {
      const seen: string[] = []
      for (let cursor = ''; ; ) {
        const page = await ledger(`limit=1&sort=${sort}${cursor}`)
        seen.push(...page.items.map((row: { id: string }) => row.id))
        if (page.nextCursor === null) break
        cursor = `&cursor=${page.nextCursor}`
      }
      expect(new Set(seen).size).toBe(4)
      expect(seen).toHaveLength(4)
    }
    expect((await company.people.auditor.get('/api/receivables?cursor=nonsense')).status).toBe(400)
  })
  test('the export is the same rows, as Excel and CSV, within the scope of the caller', async () => {
    const csv = await company.people.auditor.get('/api/receivables.csv?status=overdue')
    expect(csv.raw.toString().trim().split('\n')).toHaveLength(3)
    expect(csv.raw.toString()).toContain('AR-2610-0001')
    const own = await company.people.salesperson.get('/api/receivables.csv')
    expect(own.raw.toString().trim().split('\n')).toHaveLength(3)
    const xlsx = await company.people.auditor.get('/api/receivables.xlsx')
    expect(xlsx.raw.subarray(0, 2).toString()).toBe('PK')
  })
  test('a salesperson sees their own customers only, in the list, its sums and one by one', async () => {
    expect((await ledger('', 'salesperson')).base.open).toBe('300.00')
    expect((await ledger('', 'secondSalesperson')).base.open).toBe('370.00')
    expect((await ledger('', 'salesManager')).base.open).toBe('300.00')
    const [foreign] = (await ledger(`customerId=${theirs}`)).items
    expect((await company.people.salesperson.get(`/api/receivables/${foreign.id}`)).status).toBe(404)
    expect((await company.people.secondSalesperson.get(`/api/receivables/${foreign.id}`)).status).toBe(200)
  })
})

describe('moves are pairs of entries', () => {
  const accountant = () => company.people.arAccountant
  test('rescheduled: due day and lines move, the contract day stays, the reason is on record', async () => {
    const [customerId] = await newCustomers(app, company, 1)
    const id = await opened(accountant(), customerId!)
    const { body: before } = await company.people.auditor.get(`/api/receivables/${id}`)
    const wanted = { id, version: before.version, dueOn: '2026-12-15', reason: '客户资金紧张' }
    expect((await accountant().post('/api/receivables/reschedulings', { receivables: [wanted] })).status).toBe(201)
    const { body } = await company.people.auditor.get(`/api/receivables/${id}`)
    expect(body).toMatchObject({
      dueOn: '2026-12-15',
      contractDueOn: '2026-10-31',
      status: 'open',
      open: '113.00',
      events: [{}, { action: 'receivables.rescheduled', reason: '客户资金紧张', byName: 'arAccountant' }],
    })
    expect(body.entries.map((entry: { kind: string; amount: string; dueOn: string }) => [entry.kind, entry.amount, entry.dueOn])).toEqual([
      ['opened', '113.00', '2026-10-31'],
      ['rescheduled', '-113.00', '2026-10-31'],
      ['rescheduled', '113.00', '2026-12-15'],
    ])
    expect((await accountant().post('/api/receivables/reschedulings', { receivables: [wanted] })).body.code).toBe('platform.staleVersion')
    for (const [dueOn, code] of [
      ['2026-09-30', 'receivables.dueBeforeIssue'],
      ['2026-12-15', 'receivables.sameDueDay'],
    ]) {
      const { body: refused } = await accountant().post('/api/receivables/reschedulings', {
        receivables: [{ ...wanted, version: body.version, dueOn }],
      })
      expect(refused.code).toBe(code)
    }
    expect((await company.people.salesperson.post('/api/receivables/reschedulings', { receivables: [wanted] })).status).toBe(403)
    await expectBooksTrue(app, company)
  })
  test('another salesperson, by hand and with the customer', async () => {
    const [from, to] = [company.people.salesperson.caller.actorId, company.people.secondSalesperson.caller.actorId]
    const [customerId] = await newCustomers(app, company, 1, { salespersonId: from })
    const id = await opened(accountant(), customerId!)
    await app.db.transaction(company.system, (tx) =>
      moveToNewSalesperson(tx, {
        type: 'customers.reassigned',
        customers: [{ id: customerId!, from, to }],
        moveReceivables: true,
        reason: 'left',
      }),
    )
    expect((await company.people.auditor.get(`/api/receivables/${id}`)).body).toMatchObject({ salespersonId: to, version: 2 })
    await accountant().post('/api/receivables/reassignments', { receivables: [{ id, version: 2, salespersonId: from, reason: 'back' }] })
    expect((await company.people.auditor.get(`/api/receivables/${id}`)).body).toMatchObject({ salespersonId: from, entries: { length: 5 } })
    await expectBooksTrue(app, company)
  })
  test('merged customers: what is open and its exposure go along, and come back', async () => {
    const [fromId, intoId] = await newCustomers(app, company, 2)
    const id = await opened(accountant(), fromId!)
    const moved: { receivables?: readonly string[] } = {}
    const merge = { mergeId: uuid(), fromId: fromId!, intoId: intoId! }
    await app.db.transaction(company.system, (tx) => moveToMergedCustomer(tx, { type: 'customers.merged', ...merge, moved }))
    expect(moved.receivables).toEqual([id])
    expect((await ledger(`customerId=${intoId}`)).base.open).toBe('113.00')
    await expectBooksTrue(app, company)
    await app.db.transaction(company.system, (tx) => moveBackFromMergedCustomer(tx, { type: 'customers.unmerged', ...merge, moved }))
    expect((await ledger(`customerId=${fromId}`)).base.open).toBe('113.00')
    await expectBooksTrue(app, company)
  })
})

test('disputed and no longer so; voided by a mirror; what is voided can do nothing more', async () => {
  const [customerId] = await newCustomers(app, company, 1)
  const id = await opened(company.people.arAccountant, customerId!)
  await company.people.arAccountant.post('/api/receivables/disputes', {
    receivables: [{ id, version: 1, disputed: true, reason: 'quality' }],
  })
  expect((await company.people.auditor.get(`/api/receivables/${id}`)).body).toMatchObject({ disputed: true, version: 2 })
  await company.people.arAccountant.post('/api/receivables/disputes', {
    receivables: [{ id, version: 2, disputed: false, reason: 'solved' }],
  })
  expect((await company.people.arAccountant.post(`/api/receivables/${id}/voiding`, { version: 2, reason: 'x' })).body.code).toBe(
    'platform.staleVersion',
  )
  expect((await company.people.arAccountant.post(`/api/receivables/${id}/voiding`, { version: 3, reason: 'keyed twice' })).status).toBe(201)
  const { body } = await company.people.auditor.get(`/api/receivables/${id}`)
  expect(body).toMatchObject({
    status: 'voided',
    voidedOn: '2026-11-21',
    open: '0.00',
    entries: [{ kind: 'opened' }, { kind: 'voided', amount: '-113.00' }],
  })
  const again = await company.people.arAccountant.post(`/api/receivables/${id}/voiding`, { version: 4, reason: 'x' })
  expect([again.status, again.body.code]).toEqual([409, 'receivables.voided'])
  await expectBooksTrue(app, company)
})

test('open and settled ones together page in one order of due days, both ways', async () => {
  company = await app.company()
  const mine = (await newCustomers(app, company, 1))[0]!
  for (const dueOn of ['2026-10-31', '2026-11-21', '2026-12-31'])
    await opened(company.people.arAccountant, mine, issuedDueOn(dueOn, '7.00'))
  await app.database.pool.query(
    `insert into ar.receivables (tenant_id, id, kind, entity_id, customer_id, currency, amount, amount_base, open, open_base, issued_on, due_on, contract_due_on, settled_on)
     select $1, gen_random_uuid(), 'manual', $2, $3, 'CNY', 100, 100, 0, 0, date '2026-10-01', d, d, d from unnest(array[date '2026-10-15', date '2026-10-31', date '2026-11-21', date '2027-01-15']) d`,
    [company.tenantId, company.entityId, mine],
  )
  for (const sort of ['due', '-due']) {
    const whole = (await ledger(`sort=${sort}&limit=200`)).items.map((row: { id: string }) => row.id)
    const settled = (await ledger('status=settled&limit=200')).items.length
    expect(settled).toBeGreaterThan(0)
    const paged: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { items, nextCursor } = await ledger(`sort=${sort}&limit=2&sums=without${cursor === '' ? '' : `&cursor=${cursor}`}`)
      paged.push(...items.map((row: { id: string }) => row.id))
      cursor = nextCursor
    }
    expect(paged).toEqual(whole)
  }
})

test('the habit in SQL is the habit of the rule', async () => {
  const items = Array.from({ length: 40 }, (_, i) => ({
    amount: BigInt(1 + ((i * 7_919) % 100_003)),
    dueOn: addDays(day('2026-03-01'), (i * 13) % 150),
    paidOn: addDays(day('2026-03-10'), (i * 29) % 240) as Day,
  }))
  const customers = await newCustomers(app, company, 4)
  await app.database.pool.query(
    `insert into ar.receivables (tenant_id, id, kind, entity_id, customer_id, currency, amount, amount_base, open, open_base, issued_on, due_on, contract_due_on, settled_on)
     select $1, gen_random_uuid(), 'manual', $2, c, 'CNY', a, a, 0, 0, '2026-01-01', d, d, p from unnest($3::uuid[], $4::bigint[], $5::date[], $6::date[]) x(c, a, d, p)`,
    [
      company.tenantId,
      company.entityId,
      items.map((_, i) => customers[i % 4]),
      items.map((item) => item.amount),
      items.map((item) => item.dueOn),
      items.map((item) => item.paidOn),
    ],
  )
  const found = await app.db.read(company.system, (reader) => averageDaysLate(reader, customers, day('2026-11-21')))
  customers.forEach((customer, index) => {
    expect(found.get(customer)).toBe(weightedDaysLate(items.filter((_, i) => i % 4 === index)))
  })
})

/** The rule of usualDays in the words of its docstring, on floats. */
function usualByHand(items: readonly { amount: bigint; late: number }[]): number | undefined {
  if (items.length < 4) return undefined
  const sum = (of: (item: { weight: number; late: number }) => number) =>
    items.reduce((total, { amount, late }) => total + of({ weight: Number(amount), late }), 0)
  const whole = sum(({ weight }) => weight)
  const mean = sum(({ weight, late }) => weight * late) / whole
  const scatter = sum(({ late }) => (late - mean) ** 2) / items.length
  const effective = whole ** 2 / sum(({ weight }) => weight ** 2)
  return Math.round(mean * (effective / (effective + Math.max(scatter, 400) / 400)))
}

test('expected days rest on enough documents, and two very late ones move them little: one figure for the list, the order and the page', async () => {
  const cases: (readonly { amount: bigint; late: number }[])[] = [
    [100, 100, 100].map((late) => ({ amount: 1_000n, late })),
    [25, 25, 25, 25].map((late) => ({ amount: 1_000n, late })),
    [...Array(18).fill(5), 200, 200].map((late) => ({ amount: 1_000n, late })),
    [
      ...Array(18)
        .fill(5)
        .map((late) => ({ amount: 1_000n, late })),
      { amount: 900_000n, late: 200 },
      { amount: 900_000n, late: 190 },
    ],
    Array.from({ length: 30 }, (_, i) => ({ amount: BigInt(1_000 + i * 77), late: 140 + (i % 7) })),
    Array.from({ length: 9 }, (_, i) => ({ amount: BigInt(500 + i * 13), late: (i * 37) % 61 })),
    Array(5).fill({ amount: 9_000_000_000_000_000n, late: 36_000 }),
  ]
  const customers = await newCustomers(app, company, cases.length)
  const rows = cases.flatMap((items, index) => items.map((item) => ({ customer: customers[index], ...item })))
  await app.database.pool.query(
    `insert into ar.receivables (tenant_id, id, kind, entity_id, customer_id, currency, amount, amount_base, open, open_base, issued_on, due_on, contract_due_on, settled_on)
     select $1, gen_random_uuid(), 'manual', $2, c, 'CNY', a, a, 0, 0, '2026-11-01'::date - l, '2026-11-01'::date - l, '2026-11-01'::date - l, '2026-11-01' from unnest($3::uuid[], $4::bigint[], $5::int[]) x(c, a, l)`,
    [
      company.tenantId,
      company.entityId,
      rows.map(({ customer }) => customer),
      rows.map(({ amount }) => amount),
      rows.map(({ late }) => late),
    ],
  )
  const found = await app.db.read(company.system, (reader) => usualDaysLate(reader, customers, day('2026-11-21')))
  expect(customers.map((id) => found.get(id)?.days)).toEqual(cases.map(usualByHand))
  expect(customers.map((id) => found.get(id)?.days).slice(0, 5)).toEqual([undefined, 20, 17, 5, 138])
  expect(found.get(customers[2]!)).toEqual({ days: 17, documents: 20 })
})
