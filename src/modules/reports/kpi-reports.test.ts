import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { type FiguresByHand, figures, standingAt } from '../../../test/harness/figures-by-hand.ts'
import { type BookedItem, type Place, type RandomBooks, randomBooks } from '../../../test/harness/random-books.ts'
import { addDays, addMonths, type Day, day, daysBetween, earlierDay, endOfMonth, laterDay, startOfMonth } from '../../kernel/day.ts'

/** Each key figure as the API gives it, against a small calculation in plain numbers over what the test did: no code of the program stands between. */
let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
}, 120_000)
afterAll(() => app.close())

const UNTIL = day('2026-11-21')
const FROM = day('2026-01-01')
const MONTHS = Array.from({ length: 11 }, (_, index) => addMonths(FROM, index)).map((from) => ({
  from,
  to: earlierDay(endOfMonth(from), UNTIL),
}))
const WHOLE = { from: FROM, to: UNTIL }

describe.each([4, 5])('random books %i', (seed) => {
  let company: TestCompany
  let books: RandomBooks
  beforeAll(async () => {
    company = await app.company()
    books = await randomBooks(app, company, seed * 104_729)
  }, 120_000)

  test('DSO: simple, best possible, delinquent and countback, month by month and for the whole time', async () => {
    const { items, totals } = await report('dso', 'by=month')
    for (const [index, period] of [...MONTHS, WHOLE].entries()) {
      const cells = index < MONTHS.length ? (rowOf(items, period)?.cells ?? NOTHING_YET) : totals
      const f = figures(books.items, period)
      const perDay = Number(f.sales) / length(period)
      close(cells['dso'], perDay > 0 ? Number(f.closing) / perDay : null)
      close(cells['bestPossible'], perDay > 0 ? Number(f.notDue) / perDay : null)
      close(cells['delinquent'], perDay > 0 ? Number(f.closing - f.notDue) / perDay : null)
      close(cells['countback'], walkedBack(books.items, f.closing, period.to))
    }
  })

  test('the formula is written with the numbers of the whole time, and its value is the total', async () => {
    const { figures: shown, totals } = (await report('dso', 'by=month')) as Answer & {
      figures: { key: string; value: string; formula: unknown[] }[]
    }
    const { closing, sales } = figures(books.items, WHOLE)
    const [dso] = shown
    expect(dso).toMatchObject({ key: 'dso', value: totals['dso'], isAtLeast: false, unit: 'days' })
    const part = (title: string, unit: string, value: string) => ({ title, unit, value })
    const [open, sold] = [closing, sales].map((one) => `${one / 100n}.${String(one % 100n).padStart(2, '0')}`)
    expect(dso!.formula).toEqual([
      part('期末应收', 'amount', open!),
      '÷',
      part('本期赊销', 'amount', sold!),
      '×',
      part('期间', 'days', '325'),
    ])
  })

  test('DSO and turnover without VAT, on a year of 360 days', async () => {
    await set({ vatBasis: 'net', yearDays: 360 })
    const dso = await report('dso', 'by=quarter')
    const turnover = await report('turnover', 'by=quarter')
    expect([dso, turnover, await report('collectionCycle', 'by=quarter')].map((one) => (one as Answer & { basis: unknown }).basis)).toEqual(
      [{ vatBasis: 'net', yearDays: 360 }, { vatBasis: 'net', yearDays: 360 }, null],
    )
    await set({ vatBasis: 'gross', yearDays: 365 })
    const period = { from: day('2026-04-01'), to: day('2026-06-30') }
    const f = figures(books.items, period)
    const [ofDso, ofTurnover] = [dso, turnover].map(({ items }) => items.find(({ key }) => key === '2026-Q2')!.cells)
    close(ofDso!['dso'], (Number(f.closing) / Number(f.salesNet)) * 91)
    const rate = (Number(f.salesNet) * 4) / (Number(f.opening + f.closing) / 2)
    close(ofTurnover!['turnoverRate'], rate, 0.005)
    close(ofTurnover!['turnoverDays'], 360 / rate)
  })

  test('CEI month by month', async () => {
    const { items } = await report('collectionEffectiveness', 'by=month')
    for (const period of MONTHS) {
      const f = figures(books.items, period)
      const due = Number(f.opening + f.broughtIn + f.sales)
      const could = due - Number(f.notDue)
      close((rowOf(items, period)?.cells ?? NOTHING_YET)['effectiveness'], could > 0 ? (due - Number(f.closing)) / could : null, 0.0005)
    }
  })

  test('collection cycle by customer, for who sees all and for who sees own customers', async () => {
    const { salesperson } = company.people
    const own = new Set(books.customers.filter((one) => one.salesperson === salesperson.caller.actorId).map(({ id }) => id))
    for (const [person, sees] of [
      [company.people.financeManager, () => true],
      [salesperson, (id: string) => own.has(id)],
    ] as [Person, (id: string) => boolean][]) {
      const { items } = await report('collectionCycle', 'by=customer', person)
      const expected = books.customers
        .filter(({ id }) => sees(id))
        .map(({ id }) => [id, figures(books.items, WHOLE, (place) => place.customer === id)] as const)
      expect(items.map(({ key }) => key).sort()).toEqual(
        expected
          .filter(([, f]) => f.collected !== 0n)
          .map(([id]) => id)
          .sort(),
      )
      for (const { key, cells } of items) averages(cells, expected.find(([id]) => id === key)![1])
    }
  })

  test('salesperson performance', async () => {
    const { items } = await report('salespersonPerformance', 'by=salesperson')
    for (const { key, cells } of items) {
      const f = figures(books.items, WHOLE, (place: Place) => place.salesperson === key)
      expect(['sales', 'collected', 'closing', 'overdue'].map((name) => minor(cells[name]))).toEqual([
        f.sales,
        f.collected,
        f.closing,
        f.closing - f.notDue,
      ])
      averages(cells, f)
    }
    expect(items.length).toBe(new Set(items.map(({ key }) => key)).size)
  })

  test('product performance as of a past day: lines carry their share of what is open', async () => {
    const period = { from: day('2026-03-01'), to: day('2026-08-31') }
    const { items } = await report('productPerformance', 'by=product', undefined, period)
    const all = figures(books.items, period)
    expect([sumOf(items, 'sales'), sumOf(items, 'salesNet'), sumOf(items, 'closing'), sumOf(items, 'overdue')]).toEqual([
      all.sales,
      all.salesNet,
      all.closing,
      all.closing - all.notDue,
    ])
    for (const { key, cells } of items) {
      const found = productByHand(books.items, period, key)
      for (const name of ['sales', 'closing', 'settled'] as const)
        expect(Math.abs(Number(minor(cells[name]) ?? 0n) - found[name])).toBeLessThanOrEqual(books.items.length)
    }
  })

  test.each(['2026-05-31', '2026-09-30', '2026-11-21'])('payment behaviour as of %s', async (asOf) => {
    const { items } = await body(company.people.financeManager, `/api/reports/paymentBehaviour?asOf=${asOf}&limit=200`)
    const settled = books.items.flatMap((item) => settledBy(item, day(asOf)))
    expect(items.map(({ key }) => key).sort()).toEqual([...new Set(settled.map(({ customer }) => customer))].sort())
    for (const { key, cells } of items) {
      const own = settled.filter(({ customer }) => customer === key)
      expect(cells['count']).toBe(own.length)
      expect(minor(cells['amount'])).toBe(own.reduce((sum, { amount }) => sum + amount, 0n))
      close(cells['averageDaysLate'], mean(own))
      close(cells['onTimeShare'], own.filter(({ late }) => late <= 0).length / own.length, 0.0005)
      expect(Number(cells['worstDays'])).toBe(Math.max(...own.map(({ late }) => late)))
    }
  })

  test('payment behaviour is the habit on the page of the customer', async () => {
    const { items } = await body(company.people.financeManager, '/api/reports/paymentBehaviour?limit=200')
    for (const { key, cells } of items) {
      const { habit } = (await company.people.financeManager.get(`/api/customers/${key}/overview`)).body
      expect([Number(cells['averageDaysLate']), cells['count'], Number(cells['worstDays'])]).toEqual([
        habit.averageDaysLate,
        habit.count,
        habit.worstDaysLate,
      ])
      expect(cells['trendDays'] === null ? null : Number(cells['trendDays'])).toBe(habit.trendDays)
    }
  })

  test('before and after are the figures of the two periods', async () => {
    const now = { from: day('2026-07-01'), to: day('2026-09-30') }
    const then = { from: day('2026-04-01'), to: day('2026-06-30') }
    const { items } = await report('kpiEffect', 'by=kpi', undefined, now)
    const cells = Object.fromEntries(items.map((item) => [item.key, item.cells]))
    const [a, b] = [figures(books.items, then), figures(books.items, now)]
    const dso = (f: FiguresByHand, days: number) => (Number(f.closing) / Number(f.sales)) * days
    close(cells['dso']!['before'], dso(a, 91), 0.005)
    close(cells['dso']!['after'], dso(b, 92), 0.005)
    close(cells['dso']!['difference'], dso(b, 92) - dso(a, 91), 0.005)
    close(cells['overdueShare']!['after'], (Number(b.closing - b.notDue) / Number(b.closing)) * 100, 0.005)
  })

  const report = (key: string, question: string, person: Person = company.people.financeManager, { from, to } = WHOLE) =>
    body(person, `/api/reports/${key}?${question}&from=${from}&to=${to}&limit=200`)
  const set = async (value: object) => {
    const person = company.people.financeManager
    const { version } = (await person.get('/api/settings/reports')).body
    expect(await person.send('PUT', '/api/settings/reports', { version, value })).toMatchObject({ status: 200 })
  }
})

/** Months before the first entry have no row. */
const NOTHING_YET: Cells = { dso: null, bestPossible: null, delinquent: null, countback: '0.0', effectiveness: null }
const rowOf = (items: Answer['items'], { from }: { from: Day }) => items.find(({ key }) => key === from.slice(0, 7))

type Cells = Record<string, string | number | null>
type Answer = { items: { key: string | null; cells: Cells }[]; totals: Cells }
async function body(person: Person, path: string): Promise<Answer> {
  const reply = await person.get(path)
  expect(reply, path).toMatchObject({ status: 200 })
  return reply.body
}

function close(cell: string | number | null | undefined, expected: number | null, within = 0.05): void {
  if (expected === null) expect(cell).toBeNull()
  else expect(Math.abs(Number(cell) - expected), `${cell} for ${expected}`).toBeLessThanOrEqual(within + 1e-6)
}
function averages(cells: Cells, { collected, waited, late }: FiguresByHand): void {
  expect(minor(cells['collected'])).toBe(collected)
  close(cells['cycleDays'] ?? null, collected > 0n ? Number(waited) / Number(collected) : null)
  close(cells['lateDays'] ?? null, collected > 0n ? Number(late) / Number(collected) : null)
}
const minor = (cell: string | number | null | undefined): bigint => BigInt(String(cell ?? '0.00').replace('.', ''))
const sumOf = (items: Answer['items'], name: string): bigint => items.reduce((sum, { cells }) => sum + minor(cells[name]), 0n)
const length = ({ from, to }: { from: Day; to: Day }): number => daysBetween(from, to) + 1
const mean = (own: readonly { amount: bigint; late: number }[]): number =>
  own.reduce((sum, { amount, late }) => sum + Number(amount) * late, 0) / own.reduce((sum, { amount }) => sum + Number(amount), 0)

/** Countback day by day: every day of a month has sold the same, and takes it off what is receivable. */
function walkedBack(items: readonly BookedItem[], closing: bigint, to: Day): number {
  let [rest, days, known] = [Number(closing), 0, 0]
  for (let month = startOfMonth(to), back = 0; back < 24 && rest > 0.5; month = addMonths(month, -1), back += 1) {
    const end = endOfMonth(month) < to ? endOfMonth(month) : to
    const aDay = Number(figures(items, { from: month, to: end }).sales) / length({ from: month, to: end })
    for (let count = length({ from: month, to: end }); count > 0 && rest > 0.5; count -= 1) {
      const part = aDay > rest ? rest / aDay : 1
      days += part
      rest -= aDay * part
    }
    if (aDay > 0) known = days
  }
  return rest > 0.5 ? known : days
}

function productByHand(
  items: readonly BookedItem[],
  period: { from: Day; to: Day },
  product: string | null,
): { sales: number; closing: number; settled: number } {
  const found = { sales: 0, closing: 0, settled: 0 }
  const within = (on: Day) => on >= period.from && on <= period.to
  for (const item of items) {
    const line = Number(item.lines.filter((one) => one.product === product).reduce((sum, { base }) => sum + base, 0n))
    const open = (Number(standingAt(item, period.to)?.open ?? 0n) * line) / Number(item.base)
    found.closing += open
    if (item.isOpening) continue
    if (within(item.entryOn)) found.sales += line
    if (item.voided && within(item.voided.on)) found.sales -= line
    if (within(item.entryOn) && !(item.voided && item.voided.on <= period.to)) found.settled += line - open
  }
  return found
}

/** Settled on the day, in the twelve months before: the day of the last thing that happened to it by then. */
function settledBy(item: BookedItem, asOf: Day): { customer: string; amount: bigint; late: number }[] {
  const standing = standingAt(item, asOf)
  if (standing === undefined || standing.open !== 0n) return []
  const happened = [
    item.entryOn,
    ...item.places.map(({ from }) => from),
    ...item.settlements.flatMap((one) => [one.on, ...(one.undone ? [one.undone.on] : [])]),
  ]
  const on = happened.filter((one) => one <= asOf).reduce(laterDay, addDays(asOf, -4_000))
  return on > addMonths(asOf, -12)
    ? [{ customer: standing.place.customer, amount: item.base, late: daysBetween(standing.place.dueOn, on) }]
    : []
}
