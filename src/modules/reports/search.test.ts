import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { received } from '../../../test/harness/receipts.ts'
import { newCustomers, opened } from '../../../test/harness/receivables.ts'

let app: TestApp
let company: TestCompany
let receivable: string
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  const [customer] = await newCustomers(app, company, 1, { salespersonId: company.people.salesperson.caller.actorId })
  receivable = await opened(company.people.arAccountant, customer!, {
    reference: 'INV 2026/088',
    sourceNo: 'U8-0001',
    amount: '1234.50',
    tax: '0.00',
  })
  await opened(company.people.arAccountant, customer!, { currency: 'JPY', rate: '0.05', amount: '123450', tax: '0' })
  await received(company, { customerId: customer!, amount: '1234.50', reference: 'ICBC20261121009' })
}, 60_000)
afterAll(() => app.close())

const found = async (q: string, person = company.people.auditor) =>
  (await person.get(`/api/search?q=${encodeURIComponent(q)}`)).body.items as {
    path: string
    title: string
    detail: string
    amount: string
  }[]
const pathsOf = async (q: string, person = company.people.auditor) => (await found(q, person)).map(({ path }) => path.split('/')[1])

describe('the search box finds', () => {
  test.each([
    ['the customer’s invoice number', 'INV 2026/088', ['receivables']],
    ['its beginning, in small letters', 'inv 2026', ['receivables']],
    ['the number in the system it came from', 'u8-0001', ['receivables']],
    ['the bank’s reference', 'ICBC2026', ['receipts']],
    ['the number of a voucher', 'V-2610-0001', ['vouchers']],
    ['nothing else', 'INV 2027', []],
  ])('%s', async (_, typed, pages) => {
    expect(await pathsOf(typed)).toEqual(pages)
  })
  test('an amount as it is written on paper, in its own currency only', async () => {
    expect((await pathsOf('1,234.50')).sort()).toEqual(['receipts', 'receivables'])
    expect((await found('¥1,234.50')).map(({ amount }) => amount)).toEqual(['1234.50', '1234.50'])
    expect((await found('123,450')).map(({ amount }) => amount)).toEqual(['123450'])
  })
  test('and says whose it is and under which number', async () => {
    expect(await found('U8-0001')).toEqual([
      {
        path: `/receivables/${receivable}`,
        title: 'AR-2610-0001',
        detail: expect.stringMatching(/^customer .* · INV 2026\/088$/),
        amount: '1234.50',
      },
    ])
  })
  test('only what the caller may see', async () => {
    expect(await pathsOf('INV 2026', company.people.salesperson)).toEqual(['receivables'])
    expect(await pathsOf('INV 2026', company.people.secondSalesperson)).toEqual([])
    expect(await pathsOf('V-2610-0001', company.people.salesperson)).toEqual([])
  })
})

test.each([
  ['receivables', 'reference', 'receivables_by_reference'],
  ['receipts', 'reference', 'receipts_by_reference'],
  ['orders', 'customer_reference', 'orders_by_customer_reference'],
])('%s: beginnings are probed in their index, also for people with a scope', async (table, column, index) => {
  const client = await app.database.pool.connect()
  try {
    await client.query(
      `begin; set local enable_seqscan = off; set local enable_sort = off; set local role app_scoped; set local app.tenant = '${company.tenantId}'; set local app.salespeople = '{${company.people.salesperson.caller.actorId}}'`,
    )
    const { rows } = await client.query(
      `explain select y.id from ar.${table} y where y.tenant_id = ${company.tenantId} and y.${column} collate "C" >= 'INV' and y.${column} collate "C" < 'INW' order by y.${column} collate "C", y.id limit 5`,
    )
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toContain(index)
    expect(plan).toMatch(new RegExp(`Index Cond: .*${column}`))
  } finally {
    await client.query('rollback')
    client.release()
  }
})
