import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp } from '../../../test/harness/app.ts'
import { type Story, storyCompany } from '../../../test/harness/story.ts'
import { keepOverdueReasons } from './keep-overdue-reasons.command.ts'

let app: TestApp
let story: Story
beforeAll(async () => {
  app = await startTestApp()
  story = await storyCompany(app, 'FIGURES')
}, 120_000)
afterAll(() => app.close())

// biome-ignore lint/suspicious/noExplicitAny: answers are read freely in tests
type Fields = Record<string, any>
const TODAY = '2026-11-21'
const minor = (amount: string): number => Math.round(Number(amount) * 100)

/** Every document of a list route, page by page: the reports are reckoned again from these alone. */
async function all(person: Person, path: string): Promise<Fields[]> {
  const found: Fields[] = []
  for (let cursor = ''; ; ) {
    const { body } = await person.get(`${path}${path.includes('?') ? '&' : '?'}limit=200${cursor}`)
    found.push(...body.items)
    if (body.nextCursor === null) return found
    cursor = `&cursor=${body.nextCursor}`
  }
}
const report = async (person: Person, path: string) => (await person.get(`/api/reports/${path}`)).body
const sumsBy = (rows: readonly Fields[], key: (row: Fields) => string | null, amount: (row: Fields) => number): Record<string, number> => {
  const sums: Record<string, number> = {}
  for (const row of rows) sums[key(row) ?? 'none'] = (sums[key(row) ?? 'none'] ?? 0) + amount(row)
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0))
}
const column = (body: { items: { key: string | null; cells: Fields }[] }, name: string): Record<string, number> =>
  sumsBy(
    body.items.map(({ key, cells }) => ({ key, value: cells[name] })),
    (row) => row['key'],
    (row) => minor(String(row['value'] ?? '0')),
  )

describe.each(['administrator', 'salesperson', 'salesManager'] as const)('as %s sees it', (role) => {
  const person = () => story.company.people[role]

  test('receipts by customer, by day and one by one are the confirmed receipts of the range', async () => {
    const receipts = (await all(person(), '/api/receipts?from=2026-10-15&until=2026-11-20&status=confirmed')).filter(
      (row) => !row['opening'],
    )
    const asked = 'from=2026-10-15&to=2026-11-20&limit=200'
    const base = (row: Fields) => minor(row['amountBase']!)
    expect(column(await report(person(), `receipts?by=customer&${asked}`), 'amount')).toEqual(
      sumsBy(receipts, (row) => row['customerId']!, base),
    )
    expect(column(await report(person(), `receipts?by=day&${asked}`), 'amount')).toEqual(
      sumsBy(receipts, (row) => row['receivedOn']!, base),
    )
    expect(column(await report(person(), `receipts?by=receipt&${asked}`), 'amount')).toEqual(sumsBy(receipts, (row) => row['id']!, base))
    const usd = receipts.filter((row) => row['currency'] === 'USD')
    const inUsd = await report(person(), `receipts?by=customer&currency=USD&${asked}`)
    expect(column(inUsd, 'amount')).toEqual(
      sumsBy(
        usd,
        (row) => row['customerId']!,
        (row) => minor(row['amount']!),
      ),
    )
  })

  test('arrears are the open receivables and the unallocated money of the day', async () => {
    const open = await all(person(), '/api/receivables?status=open')
    const body = await report(person(), 'arrears?limit=200')
    const base = (row: Fields) => minor(row['openBase']!)
    const late = (row: Fields) => row['dueOn']! < TODAY
    expect(column(body, 'open')).toEqual(sumsBy(open, (row) => row['customerId']!, base))
    expect(column(body, 'overdue')).toEqual(sumsBy(open.filter(late), (row) => row['customerId']!, base))
    const ageing = (await person().get('/api/ageing?limit=200')).body
    expect(body.totals).toMatchObject({ open: ageing.totals.total, overdue: ageing.totals.overdue, unallocated: ageing.totals.unallocated })
    for (const { key, cells } of body.items.filter(({ cells }: { cells: Fields }) => cells['oldestDueOn'] !== null)) {
      const days = open.filter((row) => row['customerId'] === key).map((row) => row['dueOn']!)
      expect(cells.oldestDueOn).toBe(days.toSorted()[0])
      expect(minor(cells.net)).toBe(minor(cells.open) - minor(cells.unallocated))
    }
  })

  test('overdue items each have one reason, and the reasons add up to what is overdue', async () => {
    const late = (await all(person(), '/api/receivables?status=overdue')).filter((row) => row['dueOn']! < TODAY)
    const items = await report(person(), 'overdue?by=receivable&limit=200')
    expect(column(items, 'overdue')).toEqual(
      sumsBy(
        late,
        (row) => row['id']!,
        (row) => minor(row['openBase']!),
      ),
    )
    const byReason = await report(person(), 'overdue?by=reason&limit=200')
    expect(byReason.totals.overdue).toBe(items.totals.overdue)
    for (const { key, name, cells } of byReason.items) {
      const ofIt = items.items.filter((item: { cells: Fields }) => item.cells['reason'] === name)
      expect(ofIt).toHaveLength(cells.count)
      const narrowed = await report(person(), `overdue?by=receivable&reason=${key}`)
      expect(narrowed.totals.overdue).toBe(cells.overdue)
    }
    const disputed = late.filter((row) => row['disputed']).map((row) => row['id'])
    expect(
      items.items
        .filter((item: { cells: Fields }) => item.cells['reason'] === '争议中')
        .map((item: { key: string }) => item.key)
        .sort(),
    ).toEqual(disputed.sort())
    const collected = await report(person(), 'collection?limit=200')
    expect(collected.totals.overdue).toBe(items.totals.overdue)
  })

  test('days granted and taken are weighted by what is open', async () => {
    const open = await all(person(), '/api/receivables?status=open')
    const { totals } = await report(person(), 'termOverdue')
    const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000
    const weighted = (of: (row: Fields) => number) => {
      const whole = open.reduce((sum, row) => sum + minor(row['openBase']!), 0)
      return whole === 0 ? null : (open.reduce((sum, row) => sum + minor(row['openBase']!) * of(row), 0) / whole).toFixed(1)
    }
    expect(totals.termDays).toBe(weighted((row) => days(row['issuedOn']!, row['dueOn']!)))
    expect(totals.takenDays).toBe(weighted((row) => days(row['issuedOn']!, TODAY)))
    expect(totals.openCount).toBe(open.length)
  })
})

test('the period before and the year before are the same report of those days; of a month that is not over, of as many days', async () => {
  const person = story.company.people.administrator
  const body = await report(person, 'receipts?from=2026-11-01&to=2026-11-30&compare=before&by=customer')
  const before = await report(person, 'receipts?from=2026-10-01&to=2026-10-21&by=customer')
  const lastYear = await report(person, 'receipts?from=2025-11-01&to=2025-11-21&by=customer')
  expect(body.comparison.map(({ period, from, to, totals }: Record<string, Fields>) => [period, from, to, totals!['amount']])).toEqual([
    ['before', '2026-10-01', '2026-10-21', before.totals.amount],
    ['lastYear', '2025-11-01', '2025-11-21', lastYear.totals.amount],
  ])
  expect(body.totals.amountThen).toBe(before.totals.amount)
})

test('movements add up: every row, every month, to the ageing of the last day; nothing is moved over the whole company', async () => {
  const person = story.company.people.administrator
  const asked = 'from=2026-09-01&to=2026-11-30&limit=200'
  const parts = ['opening', 'broughtIn', 'sales', 'collected', 'adjusted', 'moved', 'closing'] as const
  const rest = (cells: Fields) => {
    const [opening, broughtIn, sales, collected, adjusted, moved, closing] = parts.map((key) => minor(cells[key])) as [number, number, number, number, number, number, number] // biome-ignore format: one line
    return closing - (opening + broughtIn + sales - collected - adjusted + moved)
  }
  const ageing = (await person.get('/api/ageing?limit=200')).body
  for (const by of ['customer', 'salesperson', 'month']) {
    const { items, totals } = await report(person, `movements?by=${by}&${asked}`)
    expect(items.length).toBeGreaterThan(1)
    for (const { cells } of [...items, { cells: totals }]) expect(rest(cells)).toBe(0)
    expect([by, totals.closing, totals.moved]).toEqual([by, ageing.totals.total, '0.00'])
  }
  const { items } = await report(person, `movements?by=month&${asked}`)
  for (const [at, { cells }] of items.entries()) if (at > 0) expect(cells.opening).toBe(items[at - 1].cells.closing)
})

test('overdue at month ends: today is the report, every month end the ageing of that day, of the customers asked for', async () => {
  const person = story.company.people.administrator
  const trend = async (filter: string) =>
    (await report(person, `overdue?${filter}`)).charts.find(({ key }: { key: string }) => key === 'overdueTrend')
  const [{ key: customer }] = (await report(person, 'overdue?by=customer&limit=1')).items
  for (const filter of ['', `customer=${customer}`]) {
    const { x, series } = await trend(filter)
    expect(x.at(-1)).toBe('2026-11')
    expect(series[0].values.at(-1)).toBe((await report(person, `overdue?${filter}`)).totals.overdue)
    const { body } = await person.get(`/api/ageing?asOf=2026-10-31&${filter}`)
    expect(series[0].values.at(-2)).toBe(body.totals.overdue)
  }
  expect((await trend('reason=unknown')).x).toEqual([])
})

test('the reasons are kept month by month: once a day the last answer of the month, for who sees the whole company', async () => {
  const { administrator, salesperson } = story.company.people
  const kept = async (person: Person, filter = '') =>
    (await report(person, `overdue?${filter}`)).charts.find(({ key }: { key: string }) => key === 'overdueReasonTrend')
  expect((await kept(administrator)).x).toEqual([])
  const keep = () => app.db.transaction(story.company.system, keepOverdueReasons)
  await keep()
  await keep()
  const { x, series } = await kept(administrator)
  const { items } = await report(administrator, 'overdue?by=reason')
  const sums = Object.fromEntries(items.map((item: { key: string; cells: Fields }) => [item.key, item.cells['overdue']]))
  expect(Object.keys(sums).length).toBeGreaterThan(1)
  expect(x).toEqual(['2026-11'])
  for (const { key, values } of series) expect([key, values]).toEqual([key, [sums[key] ?? '0.00']])
  expect((await kept(salesperson)).x).toEqual([])
  expect((await kept(administrator, 'reason=unknown')).x).toEqual([])
})

test('telephone numbers of the collection list are whole only for who may see them, on the page and in its files, and give no order', async () => {
  const { collector, salesperson } = story.company.people
  const phones = async (person: Person) => {
    const asked = 'collection?by=customer&limit=200'
    const shown = (await report(person, asked)).items
      .map(({ cells }: { cells: Fields }) => cells['phone'])
      .filter((phone: string) => phone !== '')
    const file = (await person.get('/api/reports/collection/report.csv?by=customer')).raw.toString()
    expect(shown.length).toBeGreaterThan(0)
    for (const phone of shown) expect(file).toContain(phone)
    return shown as string[]
  }
  expect((await phones(collector)).every((phone) => !phone.includes('*'))).toBe(true)
  expect((await phones(salesperson)).every((phone) => phone.includes('*'))).toBe(true)
  expect((await salesperson.get('/api/reports/collection?by=customer&sort=phone')).body.code).toBe('reports.cannotSort')
})

test('what narrows a report is said by name, on the page and in its file', async () => {
  const person = story.company.people.administrator
  const [{ key, name }] = (await report(person, 'overdue?by=customer&limit=1')).items
  const { narrowedBy } = await report(person, `overdue?customer=${key}&reason=unknown&reason=none`)
  expect(narrowedBy).toEqual([
    { key: 'customer', label: '客户', value: name },
    { key: 'reason', label: '逾期原因', value: '待查明, 未填写' },
  ])
})

test('what lies unallocated beside a debt is of the currency and the legal entity that are asked for', async () => {
  const { administrator: person, arAccountant, secondAccountant } = story.company.people
  const [{ key: customerId }] = (await report(person, 'collection?by=customer&inCurrency=CNY&limit=1')).items
  const dollars = {
    receivedOn: '2026-11-20',
    payerName: '付款人',
    remark: 'USD',
    customerId,
    currency: 'USD',
    amount: '77.00',
    rate: '7.1',
  }
  const receipts = await arAccountant.post('/api/receipts', { receipts: [dollars], acceptDuplicates: true })
  expect(receipts.status, JSON.stringify(receipts.body)).toBe(201)
  expect(
    (await secondAccountant.post('/api/receipts/confirmations', { receipts: [{ id: receipts.body.ids[0], version: 1 }] })).status,
  ).toBe(201)
  const [whole, ...one] = await Promise.all(
    ['', '&inCurrency=CNY', '&inCurrency=USD', '&entity=none'].map(async (filter) => {
      const asked = `by=customer&limit=200${filter}`
      const [calls, arrears] = [await report(person, `collection?${asked}`), await report(person, `arrears?${asked}`)]
      const lying = column(arrears, 'unallocated')
      for (const { key, cells } of calls.items) expect([filter, key, minor(cells.unallocated)]).toEqual([filter, key, lying[key] ?? 0])
      return calls.totals.unallocated
    }),
  )
  expect(minor(whole)).toBeGreaterThan(0)
  expect(one.some((part) => part !== whole)).toBe(true)
})

test('average receivables are the same in the table and in the formula: halves of a cent away from nothing', async () => {
  const { items } = await report(story.company.people.administrator, 'turnover?by=month&from=2026-01-01&to=2026-11-30')
  const halves = items.map(({ cells }: { cells: Fields }) => [
    minor(cells['average']),
    (minor(cells['opening']) + minor(cells['closing'])) / 2,
  ])
  expect(halves.some(([, half]: number[]) => !Number.isInteger(half))).toBe(true)
  for (const [average, half] of halves) expect(average).toBe(Math.round(half))
})

describe('a chart shows the report, whatever the table is turned to', () => {
  const chart = async (path: string) => (await report(story.company.people.administrator, path)).charts[0]
  test('the largest arrears stay the largest when the table begins with the smallest, or on its second page', async () => {
    const largest = await chart('arrears?limit=50')
    expect(largest.x.length).toBeGreaterThan(2)
    expect(await chart('arrears?limit=50&sort=open')).toEqual(largest)
    expect(await chart('arrears?limit=2')).toEqual(largest)
    const { nextCursor } = await report(story.company.people.administrator, 'arrears?limit=2')
    expect(await chart(`arrears?limit=2&cursor=${nextCursor}`)).toEqual(largest)
  })
  test('a line over months has them all, the oldest first', async () => {
    const asked = 'dso?by=month&from=2024-01-01&to=2026-11-30'
    const { items } = await report(story.company.people.administrator, `${asked}&limit=200`)
    const drawn = await chart(asked)
    expect(drawn.x).toEqual(items.map(({ key }: { key: string }) => key))
    expect(drawn.x.length).toBeGreaterThan(10)
    expect(await chart(`${asked}&sort=-key&limit=5`)).toEqual(drawn)
  })
})

test.each([
  ['a report that is not there', 'nothing', 404, 'platform.notFound'],
  ['a range that runs backwards', 'receipts?from=2026-11-30&to=2026-11-01', 400, 'reports.rangeBackwards'],
  ['the 31st of February', 'receipts?from=2026-02-31', 400, 'platform.invalid'],
  ['eleven years', 'receipts?from=2015-01-01&to=2026-01-01', 400, 'reports.rangeTooLong'],
  ['tomorrow', 'arrears?asOf=2026-11-22', 400, 'reports.futureDay'],
  ['a range of a report as of a day', 'arrears?from=2026-01-01', 400, 'reports.timeNotTaken'],
  ['a filter that it does not take', 'arrears?method=01a20112-6777-7000-a793-cc9bd7f4491e', 400, 'reports.filterNotTaken'],
  ['a reason that is none', 'overdue?reason=disputd', 400, 'reports.unknownValue'],
  ['a currency that is none', 'arrears?inCurrency=XXQ', 400, 'reports.unknownValue'],
  ['an id that is none', 'arrears?customer=abc', 400, 'platform.wrongFormat'],
  ['a cut that it does not know', 'arrears?by=moon', 400, 'reports.cannotCut'],
  ['an order that it does not know', 'arrears?sort=net', 400, 'reports.cannotSort'],
  ['a made-up cursor', `arrears?cursor=${Buffer.from('["1","x"]').toString('base64url')}`, 400, 'platform.badCursor'],
  ['documents of a share', 'arrears/documents?column=overdueShare', 400, 'reports.opensNothing'],
  ['documents of a row that cannot be', 'arrears/documents?column=open&row=x', 400, 'reports.noSuchRow'],
  ['comparison where there is none', 'arrears?compare=before', 400, 'reports.filterNotTaken'],
])('refused in a clear sentence: %s', async (_, path, status, code) => {
  const reply = await story.company.people.administrator.get(`/api/reports/${path}`)
  expect([reply.status, reply.body.code]).toEqual([status, code])
  expect(reply.body.message).not.toMatch(/\{\{|reports\.|platform\./)
})
