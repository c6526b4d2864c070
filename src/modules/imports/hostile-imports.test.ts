import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { upload } from '../../../test/harness/upload.ts'
import { handmadeWorkbook } from '../../platform/files/zip-for-tests.ts'

let app: TestApp
let company: TestCompany
let accountant: Person
let before: Record<string, number>
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  accountant = company.people.arAccountant
  before = await counted()
}, 60_000)
afterAll(() => app.close())

const TABLES = [
  'files',
  'file_pieces',
  'runs',
  'customers',
  'receivables',
  'receivable_entries',
  'vouchers',
  'receipts',
  'import_mappings',
  'audit_log',
]
async function counted(): Promise<Record<string, number>> {
  const text = TABLES.map((table) => `(select count(*)::int from ar.${table}) as ${table}`).join(', ')
  return (await app.database.pool.query(`select ${text}`)).rows[0]
}

const HEADER = '客户,单据号,开票日期,到期日,金额'
/** Inline strings of one row after the other, as XML of a sheet. */
const sheet = (rows: string[][]): string =>
  rows
    .map(
      (cells) =>
        `<row>${cells.map((cell) => (cell.startsWith('<') ? cell : `<c t="inlineStr"><is><t>${cell}</t></is></c>`)).join('')}</row>`,
    )
    .join('')

test.each([
  ['a header and nothing else', 'a.csv', `${HEADER}\n`, 'imports.noRows'],
  ['nothing', 'a.csv', '', 'files.empty'],
  ['numbers without a header', 'a.csv', '1,2,3\n4,5,6\n', 'imports.noHeader'],
  ['two columns of one name', 'a.csv', `${HEADER},金额\n甲,1,2026-01-01,2026-02-01,5,6\n`, 'imports.headerTwice'],
  [
    'bytes in no encoding we know',
    'a.csv',
    Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.from([0xff, 0xff, 0x81, 0x20, 0xfe, 0xff])]),
    'files.unknownEncoding',
  ],
  ['a cell of 10 MB', 'a.csv', `${HEADER}\n${'x'.repeat(10_000_000)},1,2026-01-01,2026-02-01,5\n`, 'files.cellTooLong'],
  [
    'a quote that never ends',
    'a.csv',
    `${HEADER}\n"甲,1,2026-01-01,2026-02-01,5\n${'乙,2,2026-01-01,2026-02-01,5\n'.repeat(5_000)}`,
    'files.unbalancedQuotes',
  ],
  ['a picture', 'a.png', Buffer.from('89504e470d0a1a0a', 'hex'), 'files.unsupportedKind'],
  ['a program called a table', 'a.csv', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(2_000)]), 'files.nulBytes'],
  ['a zip that is no workbook', 'a.xlsx', Buffer.from('PK\u0003\u0004 no zip'), 'files.damaged'],
  [
    'an xlsx bomb',
    'bomb.xlsx',
    handmadeWorkbook({
      sheet: `<row><c t="inlineStr"><is><t>客户</t></is></c></row>${`<row>${'<c><v>1</v></c>'.repeat(100)}</row>`.repeat(20_000)}`,
    }),
    'files.zipBomb',
  ],
  [
    'an entity that grows',
    'lol.xlsx',
    handmadeWorkbook({ head: '<!DOCTYPE x [<!ENTITY a "aaaa">]>', sheet: sheet([['客户']]) }),
    'files.doctype',
  ],
])('T41, T42, T43: %s: one sentence, nothing saved', async (_, name, content, code) => {
  const answer = await upload(accountant, app, { kind: 'openItems', name, content })
  expect([answer.body.code, answer.status >= 400 && answer.status < 500]).toEqual([code, true])
  expect(answer.body.message).toMatch(/[。.]$/)
  expect(await counted()).toEqual(before)
})

test('200 MB is refused while it streams, nothing saved', async () => {
  const answer = await upload(accountant, app, { kind: 'openItems', name: 'big.csv', content: Buffer.alloc(200 * 1024 * 1024, 'a,b\n') })
  expect([answer.status, answer.body.code]).toEqual([413, 'files.fileTooLarge'])
  expect(await counted()).toEqual(before)
}, 60_000)

test('no file, another content type, another role: refused', async () => {
  expect((await accountant.post('/api/imports?kind=openItems')).body.code).toBe('imports.noFile')
  expect((await upload(company.people.salesperson, app, { kind: 'openItems', name: 'a.csv', content: HEADER })).status).toBe(403)
  expect((await upload(accountant, app, { kind: 'people', name: 'a.csv', content: HEADER })).status).toBe(400)
  expect(
    (
      await upload(accountant, app, {
        kind: 'openItems',
        name: 'a.csv',
        content: `${HEADER}\n甲,1,2026-01-01,2026-02-01,5\n`,
        map: 'nobody',
      })
    ).body.code,
  ).toBe('imports.noSuchMapping')
  expect(await counted()).toEqual(before)
})

/** What the dry run says of the single row. */
async function judged(row: string, kind = 'openItems', header = HEADER): Promise<string[]> {
  const { body } = await upload(accountant, app, { kind, name: 'row.csv', content: `${header}\n${row}\n` })
  await accountant.send('PUT', `/api/imports/${body.id}/mapping`, { options: { createCustomers: true, negatives: 'refuse' } })
  const check = await accountant.get(`/api/imports/${body.id}/check`)
  const rows = check.body.refusedRows ?? []
  if (check.status !== 200) return [check.body.code]
  await accountant.post(`/api/imports/${body.id}/start`)
  await app.drain()
  return rows.flatMap((one: { findings: { code: string; fix: string; message: string }[] }) =>
    one.findings.filter((finding) => finding.message.length > 3 && finding.fix !== '').map((finding) => finding.code),
  )
}

const MONEY_TABLES = ['customers', 'receivables', 'receivable_entries', 'vouchers', 'receipts'] as const
test.each([
  ['甲,1,2026-02-31,2026-03-01,5', ['imports.noSuchDay']],
  ['甲,1,2026-01-01,2026-02-30,5', ['imports.noSuchDay']],
  ['甲,1,7/8/2026,2026-12-01,5', ['imports.dayOrderOpen']],
  ['甲,1,2026-01-01,2026-02-01,-5', ['receivables.amountNotPositive']],
  ['甲,1,2026-01-01,2026-02-01,(5.00)', ['receivables.amountNotPositive']],
  ['甲,1,2026-01-01,2026-02-01,0.00', ['receivables.amountNotPositive']],
  ['甲,1,2026-01-01,2026-02-01,NaN', ['imports.notAnAmount']],
  ['甲,1,2026-01-01,2026-02-01,1e308', ['imports.notAnAmount']],
  ['甲,1,2026-01-01,2026-02-01,0x1F', ['imports.notAnAmount']],
  ['甲,1,2026-01-01,2026-02-01,=1+1', ['imports.notAnAmount']],
  ['甲,1,2026-01-01,2026-02-01,5.005', ['platform.tooManyDecimals']],
  [`甲,1,2026-01-01,2026-02-01,${'9'.repeat(40)}`, ['imports.amountTooLarge']],
  ['甲,1,2026-02-01,2026-01-01,5', ['receivables.dueBeforeIssue']],
  [',1,2026-01-01,2026-02-01,5', ['imports.customerEmpty']],
  ['甲,1,甲公司,2026-02-01,5', ['imports.notADay']],
  ['甲\u0000,1,2026-01-01,2026-02-01,5', ['files.nulBytes']],
  ['甲\u0007,1,2026-01-01,2026-02-01,5', ['imports.controlCharacters']],
  [`${'甲'.repeat(300)},1,2026-01-01,2026-02-01,5`, ['imports.textTooLong']],
])('%s is refused with its reason and nothing comes in', async (row, codes) => {
  if (codes[0] === 'files.nulBytes') {
    expect((await upload(accountant, app, { kind: 'openItems', name: 'row.csv', content: `${HEADER}\n${row}\n` })).body.code).toBe(codes[0])
    return
  }
  expect(await judged(row)).toEqual(codes)
  const after = await counted()
  for (const table of MONEY_TABLES) expect([table, after[table]]).toEqual([table, before[table]])
})

test('T43: two decimals in yen are refused, whole yen are not', async () => {
  expect(await judged('甲,J1,2026-01-01,2026-02-01,5.50,JPY,0.05', 'openItems', `${HEADER},币别,汇率`)).toEqual([
    'platform.tooManyDecimals',
  ])
  expect(await judged('甲,J2,2026-01-01,2026-02-01,$5,CNY,', 'openItems', `${HEADER},币别,汇率`)).toEqual(['imports.currencyMarkDiffers'])
})

test('formula cells are refused with the sentence, whatever value they carry', async () => {
  const content = handmadeWorkbook({
    sheet: sheet([
      ['客户', '单据号', '开票日期', '到期日', '金额'],
      ['甲', 'F1', '2026-01-01', '2026-02-01', '<c><f>1+1</f><v>2</v></c>'],
      ['=HYPERLINK(1)', 'F2', '2026-01-01', '2026-02-01', '5'],
    ]),
  })
  const { body } = await upload(accountant, app, { kind: 'openItems', name: 'f.xlsx', content })
  const view = (await accountant.get(`/api/imports/${body.id}`)).body
  expect(view.columns[4]).toMatchObject({ note: 'formulas', count: 1 })
  const check = (await accountant.get(`/api/imports/${body.id}/check`)).body
  expect(check.refusedRows.map((row: { findings: { code: string }[] }) => row.findings[0]!.code)).toEqual([
    'imports.formulaCell',
    'imports.customerUnknown',
  ])
})

test('T44, T48: names of properties are names of columns like any other; a path in a file name is a label', async () => {
  const { body } = await upload(accountant, app, {
    kind: 'openItems',
    name: '../../../etc/passwd.csv',
    content: `__proto__,constructor,${HEADER}\n1,2,甲,1,2026-01-01,2026-02-01,5\n`,
  })
  const view = (await accountant.get(`/api/imports/${body.id}`)).body
  expect(view.fileName).toBe('passwd.csv')
  expect(view.columns.map((column: { header: string }) => column.header).slice(0, 2)).toEqual(['__proto__', 'constructor'])
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

test('a wrong column is said for every row, and a file without a needed column cannot start', async () => {
  expect(await judged('2026-01-01,5', 'openItems', '客户,开票日期')).toEqual(['imports.fieldsMissing'])
  const { body } = await upload(accountant, app, { kind: 'openItems', name: 'a.csv', content: '客户,日期,摘要\n甲,2026-01-01,x\n' })
  const start = await accountant.post(`/api/imports/${body.id}/start`)
  expect([start.status, start.body.code]).toEqual([422, 'imports.fieldsMissing'])
  const unknown = await accountant.send('PUT', `/api/imports/${body.id}/mapping`, {
    columns: [{ field: 'customer' }, { field: 'nothing' }, { field: null }],
  })
  expect(unknown.body.code).toBe('imports.noSuchField')
  const twice = await accountant.send('PUT', `/api/imports/${body.id}/mapping`, {
    columns: [{ field: 'customer' }, { field: 'amount' }, { field: 'amount' }],
  })
  expect(twice.body.code).toBe('imports.fieldTwice')
})

test('text of any language goes in and comes out as it was, also what looks like a formula', async () => {
  const { body } = await upload(accountant, app, {
    kind: 'customers',
    name: 'c.csv',
    content: Buffer.from('名称,备注\n=cmd|calc,@SUM(1)\n"<script>alert(1)</script>",‮abc\n'),
  })
  await accountant.post(`/api/imports/${body.id}/start`)
  await app.drain()
  const names = (
    await app.database.pool.query('select name from ar.customers where tenant_id = $1 order by name', [company.tenantId])
  ).rows.map((row) => row.name)
  expect(names).toEqual(['<script>alert(1)</script>', '=cmd|calc'])
})
