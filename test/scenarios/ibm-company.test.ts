import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'
import { upload } from '../harness/upload.ts'

const FOLDER = process.env['HUIKUAN_DATA_SAMPLES'] ?? join(import.meta.dirname, '../../../shared/data')
const FILE = join(FOLDER, 'ibm-accounts-receivable.csv')

describe.skipIf(!existsSync(FILE))('a company brings in two years of settled invoices', () => {
  let app: TestApp
  let company: TestCompany
  let accountant: Person
  beforeAll(async () => {
    app = await startTestApp()
    company = await app.company()
    accountant = company.people.arAccountant
  }, 60_000)
  afterAll(() => app?.close())

  const one = async (text: string): Promise<Record<string, unknown>> => (await app.database.pool.query(text, [company.tenantId])).rows[0]

  test('the file goes in with the mapping that ships: nothing refused, tied out', async () => {
    const uploaded = await upload(accountant, app, { kind: 'invoices', name: 'ibm.csv', content: readFileSync(FILE), map: 'ibm-ar' })
    expect(uploaded.status, JSON.stringify(uploaded.body)).toBe(201)
    const check = (await accountant.get(`/api/imports/${uploaded.body.id}/check`)).body
    expect(check).toMatchObject({ rows: 2466, accepted: 2466, refused: 0, newCustomers: 100, newRegions: 5 })
    expect(check.totals).toEqual([
      { currency: 'CNY', rows: 2466, importRows: 2466, file: '147703.18', toImport: '147703.18', refused: '0.00', difference: '0.00' },
    ])
    expect((await accountant.post(`/api/imports/${uploaded.body.id}/start`)).status).toBe(201)
    await app.drain()
    const progress = (await accountant.get(`/api/imports/${uploaded.body.id}/progress`)).body
    expect(progress).toMatchObject({ status: 'done', imported: 2466, refused: 0, message: null })
  }, 60_000)

  test('2,466 receivables, total 147,703.18, 877 paid late, the disputed flag kept', async () => {
    const found =
      await one(`select count(*)::int as n, sum(amount)::text as total, count(*) filter (where settled_on > due_on)::int as late,
      count(*) filter (where disputed)::int as disputed, count(distinct customer_id)::int as customers, sum(open)::text as open from ar.receivables where tenant_id = $1`)
    const disputed = readFileSync(FILE, 'utf8')
      .split('\n')
      .filter((line) => line.split(',')[7] === 'Yes').length
    expect(found).toEqual({ n: 2466, total: '14770318', late: 877, disputed, customers: 100, open: '0' })
    expect(
      await one(`select count(*)::int as n, sum(amount)::text as total from ar.receipts where tenant_id = $1 and status = 'confirmed'`),
    ).toEqual({ n: 2466, total: '14770318' })
    expect(await one(`select count(*)::int as n from ar.allocations where tenant_id = $1 and how = 'import'`)).toEqual({ n: 2466 })
  })

  for (const asOf of ['2012-06-30', '2013-06-30', '2013-11-15']) {
    for (const [by, column] of [
      ['customer', 1],
      ['region', 0],
    ] as const) {
      test(`the ageing by ${by} as of ${asOf} is what the file says, to the cent`, async () => {
        expect(await ageing(accountant, by, asOf)).toEqual(fromTheFile(column, asOf))
      })
    }
  }

  test('the books are true', () => expectBooksTrue(app, company), 60_000)

  test('the same file does not come in twice by accident', async () => {
    const again = await upload(accountant, app, { kind: 'invoices', name: 'renamed.csv', content: readFileSync(FILE), map: 'ibm-ar' })
    const start = await accountant.post(`/api/imports/${again.body.id}/start`)
    expect([start.status, start.body.code]).toEqual([409, 'imports.alreadyImported'])
    expect(start.body.message).toContain('arAccountant')
    const check = (await accountant.get(`/api/imports/${again.body.id}/check`)).body
    expect(check).toMatchObject({ accepted: 0, already: 2466 })
  }, 60_000)
})

/** Name → what is not due, 1-30, 31-60, 61-90, 91-180 and more days overdue, as the product says it. */
async function ageing(person: Person, by: string, asOf: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  let cursor = ''
  do {
    const { status, body } = await person.get(`/api/ageing?by=${by}&asOf=${asOf}&limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`)
    expect(status, JSON.stringify(body)).toBe(200)
    for (const row of body.items) found[row.keys[0].name] = row.buckets
    cursor = body.nextCursor ?? ''
  } while (cursor !== '')
  return found
}

/** Ten lines that share no code with the product: open on the day = issued by then and not yet paid; whole cents. */
function fromTheFile(column: number, asOf: string): Record<string, string[]> {
  const at = (text: string) => Date.UTC(Number(text.split('/')[2]), Number(text.split('/')[0]) - 1, Number(text.split('/')[1])) / 86_400_000
  const sums: Record<string, number[]> = {}
  for (const cells of readFileSync(FILE, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','))) {
    const day = Date.parse(asOf) / 86_400_000
    if (at(cells[4]!) > day || at(cells[8]!) <= day) continue
    const bucket = [0, 30, 60, 90, 180, Infinity].findIndex((most) => day - at(cells[5]!) <= most)
    sums[cells[column]!] ??= [0, 0, 0, 0, 0, 0]
    sums[cells[column]!]![bucket]! += Math.round(Number(cells[6]) * 100)
  }
  return Object.fromEntries(Object.entries(sums).map(([name, cents]) => [name, cents.map((sum) => (sum / 100).toFixed(2))]))
}
