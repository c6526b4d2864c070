import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp, type TestCompany } from '../../../../test/harness/app.ts'
import { received } from '../../../../test/harness/receipts.ts'
import { newCustomers, opened } from '../../../../test/harness/receivables.ts'
import { storyCompany } from '../../../../test/harness/story.ts'
import { type Day, day } from '../../../kernel/day.ts'
import { keepMonthEndsJob } from '../../ageing/keep-month-ends.job.ts'
import { keptSales } from '../../ageing/month-end-sums.query.ts'
import { trueMonthEnds } from '../../ageing/month-ends.query.ts'
import { homeViews } from './home-views.ts'
import { limitationDays } from './today/receivables.query.ts'

/** 2026-11-21, a Saturday. */
let app: TestApp
let story: TestCompany
beforeAll(async () => {
  app = await startTestApp()
  story = (await storyCompany(app, 'home')).company
  await addMore(story)
}, 300_000)
afterAll(() => app.close())

/** What the story has not: money of nobody, a dispute, an old debt, a limit that ends, a held order's like. */
async function addMore(company: TestCompany): Promise<void> {
  const { financeManager, arAccountant, salesperson, secondSalesperson } = company.people
  const [own] = await newCustomers(app, company, 1, { salespersonId: salesperson.caller.actorId })
  const [other] = await newCustomers(app, company, 1, { salespersonId: secondSalesperson.caller.actorId })
  const old = await opened(arAccountant, own!, {
    amount: '500.00',
    tax: '0.00',
    issuedOn: '2023-12-01',
    dueOn: '2023-12-20',
    entryOn: '2026-10-02',
  })
  expect(old).toBeTruthy()
  await opened(arAccountant, other!, { amount: '70.00', tax: '0.00', disputed: true })
  await received(company, { amount: '33.00' })
  await received(company, { customerId: own, amount: '44.00' })
  const { version } = (await financeManager.get(`/api/credit/${own}`)).body
  const limit = { version, kind: 'temporary', limit: '100.00', effectiveFrom: '2026-11-21', effectiveUntil: '2026-11-25', reason: 'fair' }
  expect((await financeManager.post(`/api/credit/${own}/limits`, limit)).body).toMatchObject({ waiting: true })
  const { items } = (await company.people.administrator.get('/api/approvals?limit=200')).body
  const request = items.find(({ customerId }: { customerId: string }) => customerId === own)
  const decided = { decisions: [{ id: request.id, version: request.version, decision: 'approved' }] }
  expect((await company.people.administrator.post('/api/approvals/decisions', decided)).status).toBe(201)
}

const url = ({ path, query }: { path: string; query: Record<string, string | string[]> }) => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) for (const one of [value].flat()) search.append(name, one)
  return `${path}?${search}`
}

describe('今天要处理', () => {
  test.each([
    'financeManager',
    'arAccountant',
    'collector',
    'salesManager',
    'salesperson',
    'secondSalesperson',
    'auditor',
    'administrator',
  ] as const)(
    '%s: every line is the count and the sum of the list that it opens',
    async (who) => {
      const person = story.people[who]
      const seen = new Set<string>()
      for (const view of homeViews) {
        const { items } = (await person.get(`/api/home/today?view=${view}`)).body
        for (const line of items) {
          seen.add(line.key)
          const list = (await person.get(url(line.list))).body
          expect(line.count, line.key).toBeGreaterThan(0)
          expect(list.total ?? list.items.length, line.key).toBe(line.count)
          expect(sumsOf(line.key, list), line.key).toEqual(line.amounts)
        }
        const days = items.map(({ dueOn }: { dueOn: string | null }) => dueOn ?? '9999')
        expect(days).toEqual(days.toSorted())
      }
      if (who === 'financeManager')
        expect([...seen].sort()).toEqual(
          expect.arrayContaining([
            'approvals',
            'disputed',
            'incompleteCustomers',
            'limitation',
            'overdue',
            'temporaryLimits',
            'unallocated',
            'unidentified',
          ]),
        )
    },
    60_000,
  )

  test('a held order stands once: with the approvals of who decides it, as held with who only waits for it', async () => {
    const held = async (who: 'financeManager' | 'salesperson', more = '') =>
      (await story.people[who].get(`/api/orders?status=submitted&credit=hold${more}`)).body.items.map(({ id }: { id: string }) => id)
    const line = async (who: 'financeManager' | 'salesperson') =>
      (await story.people[who].get(`/api/home/today?view=${who}`)).body.items.find(({ key }: { key: string }) => key === 'ordersHeld')
    const all = await held('financeManager')
    expect(all.length).toBeGreaterThan(0)
    const decided = (await story.people.financeManager.get('/api/approvals?box=toDecide&kind=order&limit=200')).body.items
    expect(await held('financeManager', '&decider=me')).toEqual(all)
    expect(decided.map(({ entityId }: { entityId: string }) => entityId)).toEqual(expect.arrayContaining(all))
    expect(await held('financeManager', '&decider=others')).toEqual([])
    expect(await line('financeManager')).toBeUndefined()
    expect(await line('salesperson')).toMatchObject({ count: (await held('salesperson')).length })
  })

  test('own scope: the salesperson is told of the own customer, not of the other one', async () => {
    const lines = async (who: 'salesperson' | 'secondSalesperson') =>
      (await story.people[who].get('/api/home/today?view=salesperson')).body.items.map(({ key }: { key: string }) => key)
    expect(await lines('salesperson')).toContain('temporaryLimits')
    expect(await lines('secondSalesperson')).not.toContain('temporaryLimits')
    expect(await lines('secondSalesperson')).toContain('disputed')
  })

  test('a view is nothing that a role could lack: lines without permission are left out', async () => {
    const { items } = (await story.people.salesperson.get('/api/home/today?view=arAccountant')).body
    expect(items.map(({ key }: { key: string }) => key)).not.toContain('receiptsToConfirm')
    expect((await story.people.salesperson.get('/api/home/today?view=nobody')).status).toBe(400)
  })

  test('three years of limitation: due days within sixty days of their end', () => {
    expect(limitationDays(day('2026-11-21'))).toEqual({ from: '2023-11-21', until: '2024-01-20' })
    expect(limitationDays(day('2027-03-01'))).toEqual({ from: '2024-03-01', until: '2024-04-30' })
    expect(limitationDays(day('2027-02-28')).from).toBe('2024-02-28')
  })
})

/** The sums of a list, as a line has them: by currency for receipts, in base currency elsewhere, none where a thing has no amount. */
// biome-ignore lint/suspicious/noExplicitAny: lists of every kind
function sumsOf(key: string, list: any): { currency: string; amount: string }[] {
  const base = (amount: string) => [{ currency: 'CNY', amount }]
  if (key === 'receiptsToConfirm') return bySums(list.sums, 'amount')
  if (key === 'unidentified' || key === 'unallocated') return bySums(list.sums, 'unallocated')
  if (list.base) return base(list.base.open)
  if (list.sumBase !== undefined) return base(list.sumBase)
  return list.open === undefined ? [] : base(list.open)
}
function bySums(sums: Record<string, string>[], name: string) {
  const rows = sums.map((sum) => ({ currency: sum['currency']!, amount: sum[name]! }))
  return rows.toSorted((a, b) => Number(b.currency === 'CNY') - Number(a.currency === 'CNY'))
}

describe('figures', () => {
  test.each(['financeManager', 'salesManager', 'salesperson', 'secondSalesperson'] as const)(
    '%s: today is the ledger, every month end is the ageing of that day',
    async (who) => {
      const person = story.people[who]
      const { months, buckets } = (await person.get('/api/home/figures')).body
      const { base } = (await person.get('/api/receivables?status=open&sums=only')).body
      expect(months.at(-1)).toMatchObject({ on: '2026-11-21', total: base.open, overdue: base.overdue })
      expect(buckets).toHaveLength(6)
      for (const month of months) {
        const ageing = (await person.get(`/api/ageing?asOf=${month.on}&by=salesperson&proof=false`)).body
        expect([month.on, ...month.buckets, month.total, month.overdue]).toEqual([
          month.on,
          ...ageing.totals.buckets,
          ageing.totals.total,
          ageing.totals.overdue,
        ])
      }
    },
    60_000,
  )

  test('the same from kept month ends', async () => {
    const person = story.people.financeManager
    const before = (await person.get('/api/home/figures')).body
    await keepMonthEndsJob.run({ db: app.db, caller: story.system, log: () => undefined } as never, {} as never)
    const kept = await app.db.read(story.system, trueMonthEnds)
    expect(before.months.slice(0, -1).every(({ on }: { on: Day }) => kept.includes(on))).toBe(true)
    expect([...(await app.db.read(story.system, (reader) => keptSales(reader, kept))).keys()].sort()).toEqual(kept)
    expect((await person.get('/api/home/figures')).body).toEqual(before)
  }, 60_000)

  test('days of sales are those of the report, with VAT and without', async () => {
    const { financeManager, salesperson } = story.people
    for (const vatBasis of ['net', 'gross']) {
      const { version } = (await financeManager.get('/api/settings/reports')).body
      expect((await financeManager.send('PUT', '/api/settings/reports', { value: { vatBasis }, version })).status).toBe(200)
      for (const person of [financeManager, salesperson]) {
        const { months } = (await person.get('/api/home/figures')).body
        const report = (await person.get('/api/reports/dso?from=2026-11-01&to=2026-11-30&by=month')).body
        expect(months.at(-1).dso.days).toBe(report.totals.countback)
      }
    }
  })

  test('what was received this month is the receipts report of these days', async () => {
    for (const who of ['financeManager', 'salesperson'] as const) {
      const found = (await story.people[who].get('/api/home/collections')).body
      expect(found).toMatchObject({ from: '2026-11-01', to: '2026-11-21', target: null, ofTarget: null, ofTime: 70 })
      const report = (await story.people[who].get('/api/reports/receipts?from=2026-11-01&to=2026-11-21')).body
      expect(report.totals.amount).toBe(found.amount)
    }
  })

  test('targets of the company stand beside', async () => {
    const { financeManager, salesperson } = story.people
    const save = (who: Person, value: object) => who.send('PUT', '/api/settings/targets', { value, version: 0 })
    expect((await save(salesperson, { dsoDays: 60 })).status).toBe(403)
    expect((await save(financeManager, { dsoDays: 0 })).status).toBe(400)
    expect((await save(financeManager, { collectionsPerMonth: '1.5' })).status).toBe(400)
    expect((await save(financeManager, { dsoDays: 60, overdueShareBasisPoints: 3_500, collectionsPerMonth: '1000' })).status).toBe(200)
    expect((await salesperson.get('/api/home/figures')).body.targets).toEqual({ overdueShare: '35.0', dsoDays: 60 })
    const { amount, ofTarget } = (await financeManager.get('/api/home/collections')).body
    expect(ofTarget).toBe(Math.floor(Number(amount) / 10))
  })
})

describe('cash', () => {
  type Item = { expectedOn: string; expectedBasis: string; openBase: string }
  const minor = (text: string) => Math.round(Number(text) * 100)
  const sum = (items: readonly Item[]) => items.reduce((all, { openBase }) => all + minor(openBase), 0)

  test.each(['financeManager', 'salesManager', 'salesperson'] as const)(
    '%s: each week is what the ledger expects in it, and the list that it opens',
    async (who) => {
      const person = story.people[who]
      const cash = (await person.get('/api/home/cash')).body
      const items: Item[] = (await person.get('/api/receivables?status=open&limit=200')).body.items
      expect(items.length).toBeGreaterThan(1)
      expect(items.length).toBeLessThan(200)
      for (const week of cash.weeks) {
        const within = items.filter(({ expectedOn }) => week.from <= expectedOn && expectedOn <= week.to)
        expect(minor(week.prediction)).toBe(sum(within.filter(({ expectedBasis }) => expectedBasis === 'habit')))
        expect(minor(week.dueOnly)).toBe(sum(within.filter(({ expectedBasis }) => expectedBasis === 'due')))
        expect(await listed(person, `expectedFrom=${week.from}&expectedUntil=${week.to}`)).toBe(week.total)
      }
      expect(minor(cash.passed)).toBe(sum(items.filter(({ expectedOn }) => expectedOn < cash.asOf)))
      expect(await listed(person, 'expectedUntil=2026-11-20')).toBe(cash.passed)
      expect(await listed(person, `expectedFrom=${cash.weeks[0].from}&expectedUntil=${cash.weeks[12].to}`)).toBe(cash.total)
      expect(minor(cash.total) + minor(cash.passed) + minor(cash.later)).toBe(sum(items))
      expect(minor(cash.open)).toBe(sum(items))
    },
    60_000,
  )

  const listed = async (person: Person, query: string) =>
    (await person.get(`/api/receivables?status=open&sums=only&${query}`)).body.base.open
})

describe('risks', () => {
  test('the most overdue, old ones weighing more; their sum is what the customer’s list of overdue receivables says', async () => {
    const { items } = (await story.people.financeManager.get('/api/home/risks')).body
    expect(items.length).toBeGreaterThan(1)
    for (const risk of items) {
      const { base } = (await story.people.financeManager.get(`/api/receivables?status=overdue&customerId=${risk.id}&sums=only`)).body
      expect(base.open).toBe(risk.overdue)
      expect(risk.reasons.length).toBeGreaterThan(0)
    }
  })
})
