import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../../test/harness/app.ts'
import { figures } from '../../../../test/harness/figures-by-hand.ts'
import { type Place, type RandomBooks, randomBooks } from '../../../../test/harness/random-books.ts'
import { owe, received } from '../../../../test/harness/receipts.ts'
import { addMonths, type Day, day, endOfMonth } from '../../../kernel/day.ts'
import type { Reader } from '../../../platform/db.ts'
import { sql } from '../../../platform/sql.ts'
import { keepMonthEndsJob } from '../../ageing/keep-month-ends.job.ts'
import type { ReportQuestion } from '../report-definition.query.ts'
import { balanceFacts } from './balance-facts.query.ts'
import { factSums } from './fact-row.query.ts'
import { forgetKpiMonths, keepKpiMonth, kpiMonthsToMake } from './keep-kpi-months.command.ts'
import { keepKpiMonthsJob } from './keep-kpi-months.job.ts'
import { keptMonths } from './kept-months.query.ts'
import { type KpiFigures, kpiFigures, NO_FIGURES } from './kpi-facts.ts'
import { figuresBy, figuresOfPeriods, type KpiPart } from './period-figures.query.ts'

/** Every figure against a small calculation over the list of what the test did, on three random books. */
const PARTS: readonly KpiPart[] = ['opening', 'closing', 'sales', 'salesNet', 'money']
const MONTHS = Array.from({ length: 11 }, (_, index) => addMonths(day('2026-01-01'), index)).map((from) => ({ from, to: endOfMonth(from) }))
const ODD = [
  { from: day('2026-03-17'), to: day('2026-03-17') },
  { from: day('2026-04-10'), to: day('2026-09-03') },
  { from: day('2025-01-01'), to: day('2026-11-21') },
]
let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
}, 120_000)
afterAll(() => app.close())

describe.each([1, 2, 3])('random books %i', (seed) => {
  let company: TestCompany
  let books: RandomBooks
  beforeAll(async () => {
    company = await app.company()
    books = await randomBooks(app, company, seed * 7_919)
  }, 120_000)

  test('the books are worth asking: sales, money, undoing, voids, moves and short payments are in them', () => {
    const settlements = books.items.flatMap((item) => item.settlements)
    expect([
      books.items.length > 15,
      settlements.length > 8,
      settlements.some(({ undone }) => undone !== undefined) || seed !== 1,
      books.items.some(({ places }) => places.length > 1),
    ]).toEqual([true, true, true, true])
  })

  test('months, quarters, a day and the whole time', async () => {
    for (const periods of [MONTHS, ODD, ...ODD.map((one) => [one])])
      expect(await read((reader) => figuresOfPeriods(reader, ALL, periods, PARTS))).toEqual(
        periods.map((period) => figures(books.items, period)),
      )
  })

  test('what was settled without its days is what the money says', async () => {
    const settled = await read((reader) => figuresOfPeriods(reader, ALL, MONTHS, ['settled']))
    const money = await read((reader) => figuresOfPeriods(reader, ALL, MONTHS, ['money']))
    expect(settled).toEqual(money.map((one) => ({ ...one, waited: 0n, late: 0n })))
    expect(settled.some(({ collected }) => collected !== 0n)).toBe(true)
  })

  test.each(['customer', 'salesperson'] as const)('by %s', async (by) => {
    for (const period of [...ODD, ...MONTHS.slice(-2)]) {
      const found = await byKey(by, period)
      const keys = new Set([...books.customers.map(({ id, salesperson }) => (by === 'customer' ? id : salesperson)), ...[...found.keys()]])
      for (const key of keys)
        expect(found.get(key) ?? NO_FIGURES, `${by} ${key} ${period.from}`).toEqual(
          figures(books.items, period, (place) => place[by] === key),
        )
      expect([...found.values()].reduce(sum, NO_FIGURES)).toEqual(figures(books.items, period))
    }
  })

  test('one filter, and one currency in its own amounts', async () => {
    const { id } = books.customers[0]!
    const [customer] = await read((reader) => figuresOfPeriods(reader, { ...ALL, filters: { customer: [id] } }, [ODD[1]!], PARTS))
    expect(customer).toEqual(figures(books.items, ODD[1]!, (place) => place.customer === id))
    const dollars = books.items.filter(({ currency }) => currency === 'USD')
    const inOwn = await read((reader) => figuresOfPeriods(reader, { ...ALL, currency: 'USD' }, MONTHS, PARTS))
    expect(inOwn).toEqual(MONTHS.map((period) => divided(figures(dollars, period), 7n)))
  })

  test('who sees a part of the company is told of that part', async () => {
    const { caller } = company.people.salesperson
    const own = new Set(books.customers.filter(({ salesperson }) => salesperson === caller.actorId).map(({ id }) => id))
    const seen = await app.db.read(caller, (reader) => figuresOfPeriods(reader, ALL, MONTHS, PARTS))
    expect(seen).toEqual(MONTHS.map((period) => figures(books.items, period, (place) => own.has(place.customer))))
  })

  test('balances from one pass are those of each day', async () => {
    const days = [...MONTHS.map(({ to }) => to), day('2026-05-13')]
    const apart = await Promise.all(days.map((on) => standing([on])))
    expect(await standing(days)).toEqual(apart.flat())
  })

  test('a period that follows begins where the last one ended', async () => {
    const found = await read((reader) => figuresOfPeriods(reader, ALL, MONTHS, PARTS))
    for (const [index, one] of found.entries()) {
      expect(one.closing).toBe(one.opening + one.sales + one.broughtIn - one.collected - one.adjusted)
      if (index > 0) expect(one.opening).toBe(found[index - 1]!.closing)
    }
  })

  test('kept months give the same, cut or filtered, and what is dated back puts them out of use at once', async () => {
    const { missing } = await app.db.read(company.system, kpiMonthsToMake)
    expect(missing.length).toBeGreaterThan(8)
    for (const onDay of missing) await app.db.transaction(company.system, (tx) => keepKpiMonth(tx, onDay))
    expect(await app.db.read(company.system, kpiMonthsToMake)).toEqual({ missing: [], surplus: [] })
    expect(await kept()).toEqual(missing)
    await expectByHand()
    const [item] = await owe(app, company, books.customers[0]!.id, [{ amount: '100', issuedOn: '2026-07-10', dueOn: '2026-08-09' }])
    const at = { customer: books.customers[0]!.id, salesperson: null, region: null, dueOn: day('2026-08-09') }
    const added = { id: item!, isOpening: false, currency: 'CNY', amount: 10_000n, base: 10_000n, net: 10_000n, lines: [], settlements: [] }
    books.items.push({ ...added, issuedOn: day('2026-07-10'), entryOn: day('2026-07-10'), places: [{ from: day('2026-07-10'), at }] })
    expect(await kept()).toEqual(missing.filter((on) => on < '2026-07-10'))
    await expectByHand()
  })

  test('kept from the month ends of the ageing they are the same', async () => {
    await keepMonthEndsJob.run({ db: app.db, caller: company.system, log: () => undefined }, {})
    const known = await kept()
    await app.db.transaction(company.system, (tx) => forgetKpiMonths(tx, known))
    expect(await kept()).toEqual([])
    await keepKpiMonthsJob.run({ db: app.db, caller: company.system, log: () => undefined }, {})
    expect((await app.db.read(company.system, kpiMonthsToMake)).missing).toEqual([])
    await expectByHand()
  })

  test('what is dated back into the month that runs counts beside its sums at once, and joins them with the next keeping', async () => {
    const keep = async () => {
      const { missing } = await app.db.read(company.system, kpiMonthsToMake)
      for (const onDay of missing) expect(await app.db.transaction(company.system, (tx) => keepKpiMonth(tx, onDay))).toBe(true)
      return missing
    }
    await keep()
    const { id } = books.customers[0]!
    const [item] = await owe(app, company, id, [{ amount: '70', issuedOn: '2026-11-09', dueOn: '2026-12-09' }])
    const receiptId = await received(company, { customerId: id, amount: '30', receivedOn: '2026-11-12' })
    const lines = [{ receiptId, receivableId: item!, amount: '30' }]
    expect(await company.people.arAccountant.post('/api/allocations', { lines, entryOn: '2026-11-12' })).toMatchObject({ status: 201 })
    const before = await read((reader) => keptMonths(reader, ALL))
    expect(before.running).toMatchObject({ on: '2026-11-20', late: { series: 'V-2611' } })
    const asked = [...MONTHS.slice(-2), { from: day('2026-11-10'), to: day('2026-11-21') }, ...ODD]
    const figuresNow = () => read((reader) => figuresOfPeriods(reader, ALL, asked, PARTS))
    const beside = await figuresNow()
    const plain = await read((reader) => figuresOfPeriods(reader, { ...ALL, filters: { inCurrency: ['CNY', 'USD', 'EUR'] } }, asked, PARTS))
    expect(beside).toEqual(plain)
    expect(beside.at(-1)!.collected).toBeGreaterThanOrEqual(3_000n)
    expect(await keep()).toEqual(['2026-11-20'])
    expect((await read((reader) => keptMonths(reader, ALL))).running).toEqual({ on: '2026-11-20', late: undefined })
    expect(await figuresNow()).toEqual(plain)
  })

  const kept = () =>
    read(async (reader) => {
      const { ends, running } = await keptMonths(reader, ALL)
      return [...ends, ...(running === undefined ? [] : [running.on])].sort()
    })
  const expectByHand = async () => {
    for (const periods of [MONTHS, ODD])
      expect(await read((reader) => figuresOfPeriods(reader, ALL, periods, PARTS))).toEqual(
        periods.map((period) => figures(books.items, period)),
      )
    for (const [by, period] of [
      ['customer', ODD[1]!],
      ['salesperson', ODD[2]!],
      ['customer', MONTHS[5]!],
    ] as const)
      for (const [key, found] of await byKey(by, period)) expect(found).toEqual(figures(books.items, period, (place) => place[by] === key))
    const { id, salesperson } = books.customers[0]!
    for (const [filters, counts] of [
      [{ customer: [id] }, (place: Place) => place.customer === id],
      [{ salesperson: [salesperson ?? 'none'] }, (place: Place) => place.salesperson === salesperson],
    ] as const)
      expect(await read((reader) => figuresOfPeriods(reader, { ...ALL, filters }, MONTHS, PARTS))).toEqual(
        MONTHS.map((period) => figures(books.items, period, counts)),
      )
  }
  const read = <T>(body: (reader: Reader) => Promise<T>): Promise<T> => app.db.read(company.system, body)
  const byKey = (by: 'customer' | 'salesperson', period: { from: Day; to: Day }): Promise<Map<string | null, KpiFigures>> =>
    app.db.read(company.system, async (reader) => {
      const rows = await reader.report<Record<string, string | bigint>>(await figuresBy(reader, { ...ALL, ...period }, by, period, PARTS))
      return new Map(
        rows.map((row) => [
          row['k'] as string | null,
          Object.fromEntries(kpiFigures.map((name) => [name, BigInt(row[name]!)])) as KpiFigures,
        ]),
      )
    })
  const standing = (days: readonly Day[]) =>
    app.db.read(company.system, async (reader) => {
      const facts = await balanceFacts(
        reader,
        ALL,
        [],
        days.map((on, place) => ({ place, on, as: 'closing' as const })),
      )
      const rows = await reader.report<{ place: number; closing: bigint; notDue: bigint }>(
        sql`select f.place, ${factSums()} from (${facts}) f group by f.place order by f.place`,
      )
      return days.map((_, place) => {
        const row = rows.find((one) => one.place === place)
        return [row?.closing ?? 0n, row?.notDue ?? 0n]
      })
    })
})

const ALL: ReportQuestion = {
  from: day('2026-01-01'),
  to: day('2026-11-21'),
  by: 'month',
  currency: undefined,
  filters: {},
  compared: undefined,
}
function divided(of: KpiFigures, by: bigint): KpiFigures {
  return Object.fromEntries(kpiFigures.map((name) => [name, of[name] / by])) as KpiFigures
}
function sum(a: KpiFigures, b: KpiFigures): KpiFigures {
  return Object.fromEntries(kpiFigures.map((name) => [name, a[name] + b[name]])) as KpiFigures
}
