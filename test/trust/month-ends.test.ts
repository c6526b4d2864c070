import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Day, day } from '../../src/kernel/day.ts'
import { type AgeingDimension, ageingDimensions } from '../../src/modules/ageing/ageing.api.ts'
import { ageing } from '../../src/modules/ageing/ageing.query.ts'
import { bucketRanges, collectionBuckets, provisionBuckets } from '../../src/modules/ageing/ageing-bucket.ts'
import { ageingItems } from '../../src/modules/ageing/ageing-items.query.ts'
import { keepMonthEnd } from '../../src/modules/ageing/keep-month-ends.command.ts'
import { keepMonthEndsJob } from '../../src/modules/ageing/keep-month-ends.job.ts'
import { monthEndsBefore, openAtMonthEnds } from '../../src/modules/ageing/month-end-sums.query.ts'
import { startOf, trueMonthEnds } from '../../src/modules/ageing/month-ends.query.ts'
import type { Reader, Tx } from '../../src/platform/db.ts'
import { sql } from '../../src/platform/sql.ts'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'
import { ownerReader } from '../harness/owner-reader.ts'
import { done, type RandomLedger, randomLedger } from '../harness/random-ledger.ts'

/** A report of a far day starts from a kept month end. Whatever is entered, moved, taken back or dated back before or after it was kept: the report is the one without month ends. */
let app: TestApp
let company: TestCompany
let ledger: RandomLedger

beforeAll(async () => {
  app = await startTestApp('2026-08-20T02:00:00Z')
  company = await app.company()
  ledger = await randomLedger(app, company, 20_261_121)
  await ledger.open(40, '2025-11-10', 280)
  await ledger.pay(8)
  await ledger.moves(3)
  app.setNow('2026-10-20T02:00:00Z')
  await ledger.open(15, '2026-08-01', 75)
  await ledger.pay(6)
  await ledger.moves(3)
  app.setNow('2026-11-21T02:00:00Z')
  await ledger.open(3, '2026-11-05', 10)
}, 240_000)
afterAll(() => app.close())

test('nothing is kept yet: reports start from today', async () => {
  expect(await startsAt('2026-03-15')).toBeUndefined()
  await expectSameAsPlain()
})

test('M4, T72: kept: reports of far days start from there, and are the same', async () => {
  await keep()
  expect(await startsAt('2026-03-20')).toBe('2026-03-31')
  expect(await startsAt('2026-10-31')).toBe('2026-10-31')
  await expectSameAsPlain()
  await expectBooksTrue(app, company)
}, 120_000)

test('T72: a posting dated back: every month end from its own on is no longer used, at once', async () => {
  await ledger.open(1, '2026-06-15', 1)
  expect(await app.db.read(company.system, trueMonthEnds)).toEqual((await ends()).filter((end) => end < '2026-06-15'))
  expect(await startsAt('2026-08-31')).not.toBe('2026-08-31')
  await expectSameAsPlain()
  await ledger.pay(6)
  await expectSameAsPlain()
  await keep()
  expect(await startsAt('2026-08-31')).toBe('2026-08-31')
  await expectSameAsPlain()
}, 180_000)

test('M4, T72: what is moved, merged or taken back today changes no kept day', async () => {
  const before = await reports((await ends())[3]!)
  await ledger.moves(4)
  await ledger.undo()
  const version = (await done(company.people.auditor.get(`/api/customers/${ledger.customers[1]}`))).version
  await done(
    company.people.financeManager.post('/api/customers/merges', {
      fromId: ledger.customers[1],
      fromVersion: version,
      intoId: ledger.customers[2],
      reason: 'the same',
    }),
  )
  expect(await reports((await ends())[3]!)).toEqual(before)
  await expectSameAsPlain()
  await expectBooksTrue(app, company)
}, 120_000)

test('a move that reaches the books late, with an old day, is seen too', async () => {
  const [end] = (await ends()).slice(-2)
  const used = () => app.db.read(company.system, trueMonthEnds)
  expect(await used()).toContain(end)
  await app.database.pool.query(
    `insert into ar.receivable_entries (tenant_id, id, receivable_id, kind, entry_on, amount, amount_base, customer_id, issued_on, due_on, source_kind, source_id)
     select e.tenant_id, gen_random_uuid(), e.receivable_id, 'reassigned', e.issued_on, v, v, e.customer_id, e.issued_on, e.due_on, 'move', e.id
     from (select * from ar.receivable_entries o where o.tenant_id = $1 and o.kind = 'opened' and o.entry_on <= $2::date order by o.id limit 1) e, unnest(array[-1, 1]) v`,
    [company.tenantId, end],
  )
  expect(await used()).not.toContain(end)
})

test('the first posting of a month that comes while the last day of the month before is being kept', async () => {
  app.setNow('2026-12-01T02:00:00Z')
  const end = day('2026-11-30')
  await app.db.transaction(company.system, (tx) =>
    keepMonthEnd(
      meanwhile(tx, () => ledger.open(1, '2026-12-01', 1)),
      end,
    ),
  )
  expect(await app.db.read(company.system, trueMonthEnds)).toContain(end)
  const { kept, entered } = await app.db.read(company.system, (reader) =>
    reader.one<{ kept: bigint; entered: bigint }>(sql`select
      (select sum(m.open_base)::bigint from ar.month_end_items m where m.tenant_id = ${company.tenantId} and m.on_day = ${end}::date) as kept,
      (select sum(e.amount_base)::bigint from ar.receivable_entries e where e.tenant_id = ${company.tenantId} and e.entry_on <= ${end}::date) as entered`),
  )
  expect(kept).toBe(entered)
}, 60_000)

test('whoever sees a part of the company starts from today', async () => {
  const { caller } = company.people.salesperson
  expect(await app.db.read(caller, trueMonthEnds)).toEqual([])
})

const DAYS = ['2025-12-10', '2025-12-31', '2026-03-20', '2026-04-05', '2026-06-30', '2026-08-31', '2026-09-20', '2026-10-31', '2026-11-03']
const CUTS: readonly (readonly AgeingDimension[])[] = [
  ...ageingDimensions.map((one) => [one]),
  ['region', 'salesperson'],
  ['currency', 'product'],
]

async function expectSameAsPlain(): Promise<void> {
  const client = new pg.Client(app.database.owner)
  await client.connect()
  try {
    await client.query('begin')
    const sums = await app.db.read(company.system, monthSums)
    await client.query('delete from ar.month_end_sums')
    await client.query('delete from ar.month_end_items')
    await client.query('delete from ar.month_ends')
    const plain = ownerReader(client, company.system, app.db.now())
    expect(await monthSums(plain)).toEqual(sums)
    for (const on of DAYS) {
      expect((await startOf(plain, question(day(on)))).monthEnd).toBeUndefined()
      const reported = await reports(day(on))
      expect(reported, on).toEqual(await reportsOf(plain, day(on)))
      const entered = await plain.all<{ customer: string; sum: string }>(
        sql`select e.customer_id as customer, sum(e.amount_base)::text as sum from ar.receivable_entries e
          where e.tenant_id = ${company.tenantId} and e.entry_on <= ${on}::date group by 1 having sum(e.amount_base) <> 0 order by 1`,
      )
      expect(reported.byCustomer, on).toEqual(Object.fromEntries(entered.map(({ customer, sum }) => [customer, sum])))
    }
  } finally {
    await client.query('rollback')
    await client.end()
  }
}

/** The sums by due day at the last twelve month ends: kept ones are what the entries add up to. */
const monthSums = async (reader: Reader) => {
  const found = await openAtMonthEnds(reader, monthEndsBefore(reader.today, 12))
  return [...found].map(([on, sums]) => [on, [...sums].map(([due, open]) => `${due} ${open}`).sort()])
}
const question = (asOf: Day) => ({ asOf, basis: 'due', overdueOnly: false, filters: {} }) as const
const reports = (asOf: Day) => app.db.read(company.system, (reader) => reportsOf(reader, asOf))

async function reportsOf(reader: Reader, asOf: Day) {
  const asked = { ...question(asOf), ranges: bucketRanges(collectionBuckets, asOf), sort: 'name', limit: 200 } as const
  const all: unknown[] = []
  for (const by of CUTS) all.push(await ageing(reader, { ...asked, by }))
  all.push(await ageing(reader, { ...asked, by: ['salesperson'], basis: 'issued', ranges: bucketRanges(provisionBuckets, asOf) }))
  for (const currency of ['USD', 'CNY']) all.push(await ageing(reader, { ...asked, by: ['customer'], currency }))
  all.push(await ageing(reader, { ...asked, by: ['product'], currency: 'USD' }))
  all.push(await ageing(reader, { ...asked, by: ['product'], overdueOnly: true, filters: { customer: ledger.customers.slice(0, 2) } }))
  all.push(await ageingItems(reader, question(asOf), { limit: 200 }))
  all.push(await ageingItems(reader, { ...question(asOf), filters: { product: ledger.products } }, { limit: 200 }))
  const { items: rows } = await ageing(reader, { ...asked, by: ['customer'] })
  return {
    all: JSON.parse(JSON.stringify(all, (_, value) => (typeof value === 'bigint' ? String(value) : value))),
    byCustomer: Object.fromEntries(
      rows
        .filter(({ total }) => BigInt(total) !== 0n)
        .map(({ keys, total }) => [keys[0]!.id!, String(total)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  }
}

async function startsAt(asOf: string): Promise<Day | undefined> {
  return (await app.db.read(company.system, (reader) => startOf(reader, question(day(asOf))))).monthEnd
}
async function ends(): Promise<Day[]> {
  const rows = await app.db.read(company.system, (reader) =>
    reader.all<{ onDay: Day }>(sql`select m.on_day from ar.month_ends m where m.tenant_id = ${company.tenantId} order by m.on_day`),
  )
  return rows.map(({ onDay }) => onDay)
}
/** The same transaction, in which something happens elsewhere once it is known from where a report starts. */
function meanwhile(tx: Tx, happens: () => Promise<void>): Tx {
  const report: Tx['report'] = async <T>(query: Parameters<Tx['report']>[0]) => {
    const rows = await tx.report<T>(query)
    const [row] = rows
    if (typeof row === 'object' && row !== null && 'found' in row) await happens()
    return rows
  }
  return new Proxy(tx, {
    get: (of, name) => {
      if (name === 'report') return report
      const value: unknown = Reflect.get(of, name, of)
      return typeof value === 'function' ? value.bind(of) : value
    },
  })
}
function keep(): Promise<void> {
  return keepMonthEndsJob.run({ db: app.db, caller: company.system, log: () => undefined }, {})
}
