import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day } from '../../src/kernel/day.ts'
import { ageing } from '../../src/modules/ageing/ageing.query.ts'
import { bucketRanges, collectionBuckets } from '../../src/modules/ageing/ageing-bucket.ts'
import { ageingOfCustomers } from '../../src/modules/ageing/ageing-of-customers.query.ts'
import { receivablesAccounts } from '../../src/modules/ageing/tie-out.query.ts'
import { lineShares } from '../../src/modules/receivables/line-shares.ts'
import { openReceivables } from '../../src/modules/receivables/open-receivables.command.ts'
import { ACCOUNT_CODES } from '../../src/modules/vouchers/posting-setup.query.ts'
import { receivablesAccounts as accountsOfVouchers } from '../../src/modules/vouchers/receivables-accounts.query.ts'
import { sql } from '../../src/platform/sql.ts'
import { startTestApp, type TestApp } from '../harness/app.ts'
import { received } from '../harness/receipts.ts'
import { newCustomers } from '../harness/receivables.ts'
import { type Story, storyCompany } from '../harness/story.ts'

let app: TestApp
let story: Story
beforeAll(async () => {
  app = await startTestApp()
  story = await storyCompany(app, 'CANARY-ageing')
}, 120_000)
afterAll(() => app.close())

const get = async (path: string, person = story.company.people.financeManager) => {
  const { status, body } = await person.get(path)
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
  return body
}
const cents = (amounts: readonly string[]) => amounts.reduce((sum, amount) => sum + BigInt(amount.replace('.', '')), 0n)

describe('by product as of a past day, the statement shares out as the rule does', () => {
  test('many lines, discounts, any part paid: SQL = lineShares to the cent', async () => {
    const { company } = story
    const [customerId] = await newCustomers(app, company, 1)
    const products = (
      await app.db.read(company.system, (reader) =>
        reader.all<{ id: string }>(sql`select p.id from ar.products p where p.tenant_id = ${company.tenantId} order by p.id limit 2`),
      )
    ).map(({ id }) => id)
    const amounts = fc.sample(fc.array(fc.bigInt({ min: 1n, max: 99_999n }), { minLength: 2, maxLength: 7 }), { numRuns: 25, seed: 7 })
    const cases = amounts
      .map((lines, index) => (index % 3 === 0 ? [...lines, -(lines[0]! / 2n + 1n)] : lines))
      .filter((lines) => lines.reduce((a, b) => a + b, 0n) > 10n)
    const receivables = await app.db.transaction(company.system, (tx) =>
      openReceivables(
        tx,
        cases.map((lines) => receivableOf(company.entityId, customerId!, lines, products)),
      ),
    )
    const whole = cases.map((lines) => lines.reduce((a, b) => a + b, 0n))
    const paid = whole.map((amount, index) => (amount * BigInt((index % 9) + 1)) / 10n || 1n)
    const receipt = await received(company, { customerId, amount: decimal(paid.reduce((a, b) => a + b, 0n)), receivedOn: '2026-10-10' })
    const later = await received(company, {
      customerId,
      amount: decimal(whole.reduce((a, b) => a + b, 0n) - paid.reduce((a, b) => a + b, 0n)),
      receivedOn: '2026-11-15',
    })
    const post = (receiptId: string, part: readonly bigint[], entryOn: string) =>
      company.people.arAccountant.post('/api/allocations', {
        lines: part.flatMap((amount, index) =>
          amount === 0n ? [] : [{ receiptId, receivableId: receivables[index], amount: decimal(amount) }],
        ),
        entryOn,
      })
    expect((await post(receipt, paid, '2026-10-10')).status).toBe(201)
    expect(
      (
        await post(
          later,
          whole.map((amount, index) => amount - paid[index]!),
          '2026-11-15',
        )
      ).status,
    ).toBe(201)
    const rows = (await get(`/api/ageing?asOf=2026-10-31&by=product&customer=${customerId}`)).items as {
      keys: { id: string }[]
      total: string
    }[]
    const expected = new Map(products.map((id) => [id, 0n]))
    for (const [index, lines] of cases.entries())
      for (const [line, share] of lineShares(whole[index]! - paid[index]!, lines).entries()) {
        const product = products[line % 2]!
        expected.set(product, expected.get(product)! + share)
      }
    for (const { keys, total } of rows) expect(cents([total]), keys[0]!.id).toBe(expected.get(keys[0]!.id))
    expect((await get(`/api/ageing?by=product&customer=${customerId}`)).totals.total).toBe('0.00')
  })
})

describe('M7, T71: one figure everywhere', () => {
  test('the strip of a customer is its row of the report', async () => {
    const { items } = await get('/api/ageing?by=customer&limit=200')
    const { byCustomer } = await app.db.read(story.company.system, (reader) =>
      ageingOfCustomers(
        reader,
        items.flatMap((row: { keys: { id: string | null }[] }) => row.keys[0]!.id ?? []),
      ),
    )
    for (const { keys, total } of items) if (keys[0].id !== null) expect(decimal(byCustomer.get(keys[0].id)!.total)).toBe(total)
  })

  test('pages of any size and order give every row once, and the totals of the whole filter on each', async () => {
    for (const sort of ['-total', 'total', 'name', '-name', 'overdue']) {
      const whole = await get(`/api/ageing?by=customer&by=region&sort=${sort}&limit=200`)
      const seen: unknown[] = []
      let cursor = ''
      do {
        const page = await get(`/api/ageing?by=customer&by=region&sort=${sort}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
        expect(page.totals).toEqual(whole.totals)
        seen.push(...page.items)
        cursor = page.nextCursor ?? ''
      } while (cursor !== '')
      expect(seen).toEqual(whole.items)
    }
  })
})

describe('what is asked wrongly', () => {
  test.each([
    ['a day that does not exist', 'asOf=2026-02-31', 400],
    ['tomorrow', 'asOf=2026-11-22', 422],
    ['three dimensions', 'by=customer&by=region&by=product', 400],
    ['the same twice', 'by=customer&by=customer', 400],
    ['an unknown dimension', 'by=colour', 400],
    ['an unknown set of buckets', 'scheme=nonsense', 404],
    ['nonsense for a cursor', 'cursor=nonsense', 400],
    ['a cursor of other types', `cursor=${Buffer.from('["x","y"]').toString('base64url')}`, 400],
    ['an amount in words', 'least=much', 400],
    ['no id', 'customer=abc', 400],
  ])('%s', async (_, query, status) => {
    expect((await story.company.people.financeManager.get(`/api/ageing?${query}`)).status).toBe(status)
  })
})

describe('who sees what', () => {
  test('a salesperson sees the own customers only, in rows, totals, items and exports, and no tie-out', async () => {
    const { salesperson, financeManager } = story.company.people
    const own = await get('/api/ageing?by=customer&limit=200', salesperson)
    const theirs = await get(`/api/ageing?by=customer&limit=200&customer=${story.customers['plain']}`, salesperson)
    const whole = await get('/api/ageing?by=customer&limit=200', financeManager)
    expect(own.tieOut).toBeNull()
    expect(whole.tieOut.difference).toBe('0.00')
    expect(theirs.items).toEqual([])
    expect(own.items.length).toBeGreaterThan(0)
    expect(cents([own.totals.total])).toBe(cents(own.items.map((row: { total: string }) => row.total)))
    expect(cents([own.totals.total])).toBeLessThan(cents([whole.totals.total]))
    const items = await get('/api/ageing/items?limit=200', salesperson)
    expect(items.sum).toBe(own.totals.total)
  })
})

describe('currencies', () => {
  test('never added as they are: own amounts beside, base amounts in the totals', async () => {
    const { items, totals } = await get('/api/ageing?by=currency')
    const usd = items.find((row: { keys: { id: string }[] }) => row.keys[0]!.id === 'USD')
    expect(usd).toMatchObject({ total: '2840.00', own: { currency: 'USD', total: '400.00' } })
    expect(cents([totals.total])).toBe(cents(items.map((row: { total: string }) => row.total)))
    const own = await get('/api/ageing?by=customer&currency=USD')
    expect(own).toMatchObject({ currency: 'USD', totals: { total: '400.00' }, tieOut: null })
    const products = await get('/api/ageing?by=product&currency=USD')
    expect(products.totals.total).toBe('400.00')
  })
})

test('the proof and the vouchers mean the same accounts by 1122, also after a change of the code', async () => {
  const { system } = story.company
  await app.db.transaction(system, async (tx) =>
    tx.insert('posting_rules', [{ kind: ACCOUNT_CODES, version: 77, rule: { receivables: '112201' } }]),
  )
  const [here, there] = await app.db.read(system, async (reader) => [
    await receivablesAccounts(reader),
    (await reader.all<{ code: string }>(sql`select x.code from (${accountsOfVouchers(system.tenantId)}) x(code) order by 1`)).map(
      ({ code }) => code,
    ),
  ])
  expect(here).toEqual(['1122', '112201'])
  expect(here).toEqual(there)
})

test('a set of buckets of the company’s own', async () => {
  const { financeManager, arAccountant } = story.company.people
  const scheme = { key: 'weekly', name: '按周', basis: 'due', unit: 'day', buckets: [{ from: 1, to: 8 }, { from: 8 }] }
  expect((await arAccountant.send('PUT', '/api/ageing/schemes', { schemes: [scheme], version: 0 })).status).toBe(403)
  expect(
    (await financeManager.send('PUT', '/api/ageing/schemes', { schemes: [{ ...scheme, buckets: [{ from: 2 }] }], version: 0 })).body
      .issues[0],
  ).toMatchObject({ path: 'schemes.0.buckets.0.from', code: 'ageing.bucketGap' })
  expect((await financeManager.send('PUT', '/api/ageing/schemes', { schemes: [scheme], version: 0 })).status).toBe(200)
  const weekly = await get('/api/ageing?scheme=weekly')
  expect(weekly.buckets.map(({ key }: { key: string }) => key)).toEqual(['notDue', '1-7', '8+'])
  expect(cents(weekly.totals.buckets)).toBe(cents([weekly.totals.total]))
})

test('the report of today asks for few statements, whatever the number of rows', async () => {
  let statements = 0
  await app.db.read(story.company.system, async (reader) => {
    const counted =
      (ask: typeof reader.all): typeof reader.all =>
      (query) => {
        statements += 1
        return ask(query)
      }
    const counting = { ...reader, all: counted(reader.all), report: counted(reader.report) }
    await ageing(counting, {
      asOf: day('2026-11-21'),
      basis: 'due',
      overdueOnly: false,
      filters: {},
      by: ['customer', 'region'],
      ranges: bucketRanges(collectionBuckets, day('2026-11-21')),
      sort: '-total',
      limit: 200,
    })
  })
  expect(statements).toBe(4)
})

function receivableOf(entityId: string, customerId: string, lines: readonly bigint[], products: readonly string[]) {
  const amount = lines.reduce((a, b) => a + b, 0n)
  return {
    kind: 'manual' as const,
    entityId,
    customerId,
    orderId: null,
    partNo: null,
    partName: null,
    salespersonId: null,
    regionId: null,
    currency: 'CNY',
    amountBase: amount,
    taxBase: 0n,
    lines: lines.map((net, index) => ({ productId: products[index % 2]!, net, tax: 0n })),
    issuedOn: day('2026-10-01'),
    dueOn: day('2026-10-31'),
    contractDueOn: day('2026-10-31'),
    entryOn: day('2026-10-01'),
    reference: null,
    sourceNo: null,
    disputed: false,
    remark: '',
    terms: null,
  }
}

function decimal(minor: bigint): string {
  const text = (minor < 0n ? -minor : minor).toString().padStart(3, '0')
  return `${minor < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`
}
