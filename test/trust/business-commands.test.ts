import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ageingDimensions } from '../../src/modules/ageing/ageing.api.ts'
import { cellsOf } from '../../src/platform/files/table-for-tests.ts'
import { openInstallation } from '../../src/platform/installation.ts'
import { openChromium } from '../harness/chromium.ts'
import { openFolder, type RunningProgram, type Said, startProgram } from '../harness/program.ts'

const PASSWORD = 'four words of mine'
const EMAIL = 'wang@example.com'

let program: RunningProgram
let key: Record<string, string>
let elsewhere: string
beforeAll(async () => {
  program = await startProgram()
  elsewhere = openFolder('huikuan-elsewhere-')
  const file = (name: string, lines: readonly string[]) => writeFileSync(join(program.folder, name), `${lines.join('\n')}\n`)
  file('open.csv', [
    '客户,单据编号,业务日期,到期日,金额',
    '宁波海晟,A-1,2024-08-01,2024-08-31,100.10',
    '宁波海晟,A-2,2024-09-01,2024-10-10,200.20',
    '杭州远洋,A-3,2024-10-01,2098-12-31,300.30',
  ])
  file('ibm.csv', [
    'countryCode,customerID,PaperlessDate,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate,PaperlessBill,DaysToSettle,DaysLate',
    '391,0379-NEVHP,4/6/2013,611365,1/2/2013,2/1/2013,55.94,No,1/15/2013,Paper,13,0',
    '406,8976-AMJEO,3/3/2012,7900770,1/26/2013,2/25/2013,61.74,Yes,3/3/2013,Electronic,36,6',
  ])
  file('wrong.csv', [
    '客户,单据编号,业务日期,到期日,金额',
    '宁波海晟,B-1,2024-02-31,2026-08-31,10.00',
    '宁波海晟,B-2,2026-02-01,2026-08-31,20.00',
  ])
}, 120_000)
afterAll(async () => {
  await program?.stop()
  rmSync(elsewhere, { recursive: true, force: true })
})

/** Runs a command that must succeed and reads its JSON. */
// biome-ignore lint/suspicious/noExplicitAny: answers are read freely in tests
const asked = async (...args: string[]): Promise<any> => {
  const said = await program.huikuan([...args, '--json'], key)
  expect(said.code, `${args.join(' ')}: ${said.err}${said.out}${said.code === 0 ? '' : program.logged().slice(-3_000)}`).toBe(0)
  return JSON.parse(said.out)
}
const said = (...args: string[]): Promise<Said> => program.huikuan(args, key)

describe('the business commands on the running program', () => {
  test('setup founds the company once and prints a key', async () => {
    const given = ['setup', '--company', '宁波海晟贸易', '--name', '王敏', '--email', EMAIL, '--language', 'en']
    const made = await program.huikuan([...given, '--json'], { HUIKUAN_ADMIN_PASSWORD: PASSWORD })
    expect(made, made.err).toMatchObject({ code: 0, err: '' })
    key = { HUIKUAN_API_KEY: JSON.parse(made.out).apiKey }
    expect(key['HUIKUAN_API_KEY']).toMatch(/^hk_\d+_[\w-]{43}$/)
    expect(await program.huikuan(given, { HUIKUAN_ADMIN_PASSWORD: PASSWORD })).toMatchObject({
      code: 1,
      out: '',
      err: 'There is a company already.\n',
    })
  })

  test('a key that is not good is named, and where to make another', async () => {
    const refused = await program.huikuan(['verify'], { HUIKUAN_API_KEY: `hk_1_${'x'.repeat(43)}` })
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/HUIKUAN_API_KEY is not valid.*Settings → API keys/) })
  })

  test('import: a dry run changes nothing; then it comes in; a second time only if meant', async () => {
    const dry = await asked('import', 'open-items', 'open.csv', '--dry-run', '--create-customers')
    expect(dry).toMatchObject({ rows: 3, accepted: 3, refused: 0, totals: [{ currency: 'CNY', file: '600.60', difference: '0.00' }] })
    expect((await asked('open-items')).items).toEqual([])

    const done = await asked('import', 'openItems', 'open.csv', '--create-customers')
    expect(done).toMatchObject({ status: 'done', imported: 3, refused: 0 })
    const twice = await said('import', 'open-items', 'open.csv')
    expect(twice).toMatchObject({ code: 1, out: '', err: expect.stringContaining('give --again') })
    expect((await asked('open-items')).items).toHaveLength(3)
  }, 120_000)

  test('import with a mapping that ships; one that does not exist is named', async () => {
    expect(await asked('import', 'invoices', 'ibm.csv', '--map', 'ibm-ar')).toMatchObject({ status: 'done', imported: 2 })
    expect(await said('import', 'invoices', 'ibm.csv', '--map', 'sap')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('sap'),
    })
  }, 120_000)

  test('import of a file with a wrong row: exit 1, the row and the reason', async () => {
    const refused = await said('import', 'open-items', 'wrong.csv', '--dry-run')
    expect(refused).toMatchObject({ code: 1, err: '' })
    expect(refused.out).toMatch(/2 rows: 1 can come in.*1 refused/)
    expect(refused.out).toMatch(/row 2 .*There is no such day as “2024-02-31”/)
  }, 120_000)

  test('open-items: all, of one customer by its code, by search; sums', async () => {
    const all = await asked('open-items')
    expect(all.items.map((item: { open: string }) => item.open)).toEqual(['100.10', '200.20', '300.30'])
    expect(all.sums).toMatchObject([{ currency: 'CNY', count: 3, open: '600.60' }])
    expect((await asked('open-items', '--customer', all.items[0].customerCode)).items).toHaveLength(2)
    expect((await asked('open-items', '--search', 'A-2')).items).toHaveLength(1)
    expect(await said('open-items', '--customer', 'nobody')).toMatchObject({ code: 1, err: 'There is no customer with the code nobody.\n' })
    expect((await said('open-items')).out).toMatch(/CNY: 3 open, 600\.60, overdue 300\.30/)
  }, 120_000)

  test.each(ageingDimensions.map((by) => [by]))('ageing by %s ties to the ledger', async (by) => {
    const found = await asked('ageing', '--by', by)
    expect(found).toMatchObject({ totals: { total: '600.60', overdue: '300.30' }, tieOut: { difference: '0.00' } })
  })

  test('ageing by two dimensions, from the day of issue, as of another day', async () => {
    const two = await asked('ageing', '--by', 'customer', '--by', 'region')
    expect(two.items.map((row: { keys: unknown[]; total: string }) => [row.keys.length, row.total]).sort()).toEqual([
      [2, '300.30'],
      [2, '300.30'],
    ])
    expect(await asked('ageing', '--by', 'customer,region')).toEqual(two)
    const issued = await asked('ageing', '--basis', 'issued')
    expect(issued).toMatchObject({ basis: 'issued', totals: { total: '600.60' } })
    expect((await said('ageing', '--as-of', '2013-02-20')).out).toMatch(/61\.74/)
  })

  test('report: the list, one as a table, narrowed, and the same figures as CSV and Excel', async () => {
    const { items } = await asked('report', '--list')
    expect(items.map((one: { key: string }) => one.key)).toContain('arrears')
    const report = await asked('report', 'arrears')
    expect(report.totals).toMatchObject({ open: '600.60', overdue: '300.30' })
    const { code } = report.items.find((item: { cells: { open: string } }) => item.cells.open === '300.30')
    const one = await asked('report', 'arrears', '--filter', `customer=${code}`, '--by', 'customer', '--sort=-overdue')
    expect(one).toMatchObject({ total: 1, totals: { open: '300.30' } })
    const table = await said('report', 'arrears', '--filter', `customer=${code}`)
    expect(table).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/300\.30/) })
    expect((await said('report', 'arrears', '--format', 'json')).out.trim()).toBe(JSON.stringify(report, undefined, 2))

    const csv = await asked('report', 'arrears', '--format', 'csv', '--out', 'arrears.csv')
    expect(csv).toMatchObject({ file: join(program.folder, 'arrears.csv') })
    const text = readFileSync(csv.file, 'utf8')
    for (const { name } of report.items) expect(text).toContain(`${name},`)
    expect(text).toMatch(/600\.60,.*300\.30/)
    const [, ...rows] = await cellsOf('arrears.csv', readFileSync(csv.file))
    for (const format of ['xlsx', 'pdf']) {
      const { file, bytes } = await asked('report', 'arrears', '--format', format)
      expect(file).toMatch(new RegExp(`${report.title}-${report.to}\\.${format}$`))
      expect(readFileSync(file)).toHaveLength(bytes)
      if (format === 'xlsx')
        expect((await cellsOf('arrears.xlsx', readFileSync(file))).slice(1).map((row) => row[0])).toEqual(rows.map((row) => row[0]))
    }
  }, 120_000)

  test.each([
    ['nothing of that name', ['report', 'arears'], 1, /report --list/],
    ['a filter without a value', ['report', 'arrears', '--filter', 'customer'], 2, /NAME=VALUE/],
    ['a filter that no report has', ['report', 'arrears', '--filter', 'colour=red'], 2, /NAME=VALUE/],
    ['a filter that this report does not take', ['report', 'arrears', '--filter', 'reason=held'], 1, /no filter “reason”/],
    ['a customer who is not there', ['report', 'arrears', '--filter', 'customer=nobody'], 1, /no customer with the code nobody/],
    ['a format that is none', ['report', 'arrears', '--format', 'docx'], 2, /--format is one of/],
    ['a file of a table', ['report', 'arrears', '--out', 'x.txt'], 2, /--out wants --format/],
    ['a folder that is not there', ['report', 'arrears', '--format', 'csv', '--out', 'none/here.csv'], 1, /none.here\.csv/],
    ['no name', ['report'], 2, /report takes NAME/],
  ])(
    'report, refused in a sentence: %s',
    async (_, args, code, sentence) => {
      expect(await said(...args)).toMatchObject({ code, out: '', err: expect.stringMatching(sentence) })
    },
    60_000,
  )

  test('backup → restore elsewhere → verify: equal figures, sending off, also on screen; sign-in and key go on', async () => {
    const before = await figures(asked)
    const made = await asked('backup', 'one.huikuan')
    mkdirSync(join(elsewhere, 'data'))
    copyFileSync(join(program.folder, 'data/secret.key'), join(elsewhere, 'data/secret.key'))
    const restored = await program.huikuan(['restore', 'one.huikuan', '--json'], { HUIKUAN_DATA_DIR: join(elsewhere, 'data') })
    expect(restored.code, restored.err).toBe(0)
    expect(JSON.parse(restored.out).rows).toBe(made.rows)

    const copy = await startProgram({ folder: elsewhere })
    try {
      const after = await figures(async (...args) => JSON.parse((await copy.huikuan([...args, '--json'], key)).out))
      expect(after).toEqual(before)
      const company = await fetch(`${copy.address}/api/company`, { headers: { authorization: `Bearer ${key['HUIKUAN_API_KEY']}` } })
      expect(await company.json()).toMatchObject({ sendingEnabled: false })
      await seesSendingOff(copy)
    } finally {
      await copy.stop()
    }
  }, 240_000)

  test('verify: exit 1 and the rows when an invariant fails', async () => {
    expect((await said('verify')).out).toMatch(/ invariants hold \(/)
    await asOwner('update ar.receivables set open = open - 1 where open > 100')
    const broken = await said('verify')
    expect(broken).toMatchObject({ code: 1, err: '' })
    expect(broken.out).toMatch(/^FAIL /m)
    expect(broken.out).toMatch(/ {5}\d+ rows, the first:\n {5}\{/)
    expect(broken.out).toMatch(/ invariants do not hold$/m)
    const inJson = await program.huikuan(['verify', '--json'], key)
    expect(inJson.code).toBe(1)
    expect(JSON.parse(inJson.out)).toMatchObject({ holds: false })
  }, 120_000)
})

/** What must be the same in a restored copy, without what the clock says. */
async function figures(ask: typeof asked) {
  const [verified, byCustomer, byRegion, open] = [
    await ask('verify'),
    await ask('ageing', '--by', 'customer'),
    await ask('ageing', '--by', 'region', '--as-of', '2013-02-20'),
    await ask('open-items'),
  ]
  expect(verified.holds).toBe(true)
  const invariants = verified.invariants.map(({ seconds: _, ...found }: { seconds: number }) => found)
  return { invariants, byCustomer, byRegion, open }
}

async function seesSendingOff(copy: RunningProgram): Promise<void> {
  const chromium = await openChromium({ locale: 'en-GB' })
  try {
    const page = await chromium.context.newPage()
    await page.goto(`${copy.address}/sign-in`)
    await page.fill('input[type=email], input[name=email], #email', EMAIL)
    await page.fill('input[type=password]', PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => !url.pathname.includes('sign-in'))
    await page.goto(`${copy.address}/settings/mail`)
    await page.getByText('Always off after a restore').waitFor()
  } finally {
    await chromium.close()
  }
}

async function asOwner(statement: string): Promise<void> {
  const installation = await openInstallation({ dataDir: join(program.folder, 'data'), databaseUrl: undefined }, () => undefined)
  const client = new Client({ connectionString: installation.ownerUrl })
  await client.connect()
  try {
    await client.query('set row_security = off')
    expect((await client.query(statement)).rowCount).toBeGreaterThan(0)
  } finally {
    await client.end()
    await installation.stop()
  }
}
