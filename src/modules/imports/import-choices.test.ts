import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, type Reply, startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { excelRows } from '../../../test/harness/excel-rows.ts'
import { balances } from '../../../test/harness/receipts.ts'
import { upload } from '../../../test/harness/upload.ts'
import { createTerms } from '../terms/edit-terms.command.ts'
import { standardTermsSet } from '../terms/standard-terms.ts'

let app: TestApp
let company: TestCompany
let accountant: Person
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  const terms = standardTermsSet.map(({ code, names, definition }) => ({ code, name: names['zh-CN']!, definition }))
  await app.db.transaction(company.system, (tx) => createTerms(tx, terms))
  accountant = company.people.arAccountant
}, 60_000)
afterAll(() => app.close())

type Body = Reply['body']
type Row = { line: number; findings: { severity: string; code: string; message: string }[] }

async function sent(name: string, content: string | Buffer, kind: string, options: object = {}): Promise<{ id: string; check: Body }> {
  const { body } = await upload(accountant, app, { kind, name, content })
  expect(body, JSON.stringify(body)).toHaveProperty('id')
  await accountant.send('PUT', `/api/imports/${body.id}/mapping`, { options })
  return { id: body.id, check: (await accountant.get(`/api/imports/${body.id}/check`)).body }
}
async function run(id: string): Promise<Body> {
  expect((await accountant.post(`/api/imports/${id}/start`)).status).toBe(201)
  await app.drain()
  return (await accountant.get(`/api/imports/${id}/progress`)).body
}
async function all<T>(text: string): Promise<T[]> {
  return (await app.database.pool.query(text)).rows
}
const codes = (rows: Row[]) => rows.map((row) => `${row.line} ${row.findings.map((one) => `${one.severity} ${one.code}`).join(', ')}`)

test('opening balances enter at the last month end unless said, what was issued later on its own day, and last month’s ageing is there', async () => {
  const content =
    '客户名称,单据号,开票日期,到期日,余额\n开账公司,OD1,2026-07-01,2026-08-01,100.00\n开账公司,OD2,2026-11-05,2026-12-05,50.00\n'
  const { id, check } = await sent('opening.csv', content, 'openItems', { createCustomers: true })
  expect((await accountant.get(`/api/imports/${id}`)).body.options.openingOn).toBe('2026-10-31')
  expect(codes(check.warnedRows)).toEqual(['3 warned imports.issuedAfterOpening'])
  expect(check).toMatchObject({ accepted: 2, warned: 1, refused: 0 })
  expect(await run(id)).toMatchObject({ imported: 2 })
  expect(
    await all(
      `select r.source_no as no, e.entry_on::text as on from ar.receivable_entries e join ar.receivables r on r.id = e.receivable_id where r.source_no like 'OD%' order by 1`,
    ),
  ).toEqual([
    { no: 'OD1', on: '2026-10-31' },
    { no: 'OD2', on: '2026-11-05' },
  ])
  await expectBooksTrue(app, company)
}, 60_000)

test('rows below zero come in as the customer’s unallocated credit: no bank account moves, ageing shows it, 1122 and 2203 are true', async () => {
  const before = await balances(app, company)
  const content =
    '客户名称,单据号,开票日期,到期日,价税合计,余额\n红字公司,RN1,2026-07-01,2026-08-01,1000,1000\n红字公司,RN2,2026-09-01,2026-10-01,-300,-300.00\n红字公司,RN3,2026-09-02,2026-10-01,500,（200.00）\n红字公司,RN4,2026-11-02,2026-12-02,,-10\n'
  const { id, check } = await sent('red.csv', content, 'openItems', { createCustomers: true })
  expect(check).toMatchObject({ accepted: 4, refused: 0, newCustomers: 1 })
  expect(check.groups).toContainEqual(expect.objectContaining({ severity: 'noted', code: 'imports.asCredit', rows: 3, lines: [3, 4, 5] }))
  expect(check.totals[0]).toMatchObject({ file: '490.00', toImport: '490.00', difference: '0.00' })
  expect(await run(id)).toMatchObject({ imported: 4, refused: 0 })
  const after = await balances(app, company)
  const moved = (account: string) => (after[account] ?? 0) - (before[account] ?? 0)
  expect({ 1122: moved('1122'), 2203: moved('2203'), 1002: moved('1002'), 4104: moved('4104') }).toEqual({
    1122: 100_000,
    2203: -51_000,
    1002: 0,
    4104: -49_000,
  })
  expect(
    await all(
      `select source_no as no, received_on::text as on, amount::int, opening, status from ar.receipts where source_no like 'RN%' order by 1`,
    ),
  ).toEqual([
    { no: 'RN2', on: '2026-10-31', amount: 30_000, opening: true, status: 'confirmed' },
    { no: 'RN3', on: '2026-10-31', amount: 20_000, opening: true, status: 'confirmed' },
    { no: 'RN4', on: '2026-11-02', amount: 1_000, opening: true, status: 'confirmed' },
  ])
  await expectBooksTrue(app, company)
  const listed = (await accountant.get('/api/receipts?search=RN2')).body.items
  expect(listed).toEqual([expect.objectContaining({ opening: true, unallocated: '300.00' })])
  expect((await accountant.get(`/api/receipts/${listed[0].id}`)).body.opening).toBe(true)
  const again = await sent('red again.csv', content, 'openItems', { createCustomers: true })
  expect(again.check).toMatchObject({ accepted: 0, already: 4, refused: 0 })
  const refusing = await sent('red refused.csv', content.replaceAll('RN', 'RX'), 'openItems', {
    createCustomers: true,
    negatives: 'refuse',
  })
  expect(refusing.check).toMatchObject({ accepted: 1, refused: 3 })
}, 60_000)

test.each([
  ['a rate is missing', '红字公司,RB1,2026-09-01,2026-10-01,-300,USD', 'receipts.rateMissing'],
  ['too many decimals', '红字公司,RB1,2026-09-01,2026-10-01,-3.001,CNY', 'platform.tooManyDecimals'],
  ['a day to come', '红字公司,RB1,2027-09-01,2027-10-01,-3,CNY', 'receivables.inFuture'],
  ['no day', '红字公司,RB1,,2026-10-01,-3,CNY', 'imports.empty'],
  ['a number that an invoice has', '红字公司,RN1,2026-09-01,2026-10-01,-3,CNY', 'receivables.sourceNoOfAnother'],
])('a row below zero is refused where %s', async (_, line, code) => {
  const { check } = await sent(`bad ${code}.csv`, `客户名称,单据号,开票日期,到期日,余额,币别\n${line}\n`, 'openItems')
  expect(codes(check.refusedRows)).toEqual([`2 refused ${code}`])
})

test('salespeople, terms and regions: recognised however they are typed, said once where not, and set by the person', async () => {
  const { name, id: salesperson } = (
    await all<{ name: string; id: string }>(
      `select name, id from ar.people where role = 'salesperson' and tenant_id = ${company.tenantId} limit 1`,
    )
  )[0]!
  const content = `客户名称,客户编码,业务员,付款条件\n甲一,NM1,${name.toUpperCase()}（S01）,票到30天\n甲二,NM2,张三,30天\n甲三,NM3, 张三 ,月结45天\n甲四,NM4,李四,款 到 发 货\n`
  const { id, check } = await sent('names.csv', content, 'customers')
  expect(codes(check.warnedRows)).toEqual([
    '3 warned imports.salespersonUnknown, noted imports.nameRead',
    '4 warned imports.salespersonUnknown, warned imports.termsUnknown',
    '5 warned imports.salespersonUnknown',
  ])
  expect(check).toMatchObject({ accepted: 4, warned: 3, refused: 0 })
  expect(check.names).toEqual([
    { field: 'salesperson', value: '张三', rows: 2, choice: 'open', id: null },
    { field: 'terms', value: '30天', rows: 1, choice: 'open', id: null },
    { field: 'terms', value: '月结45天', rows: 1, choice: 'open', id: null },
    { field: 'salesperson', value: '李四', rows: 1, choice: 'open', id: null },
  ])
  expect(check.candidates.map((one: { field: string }) => one.field).sort()).toEqual(['salesperson', 'terms'])
  const names = [
    { field: 'salesperson', value: '张三', id: salesperson },
    { field: 'salesperson', value: '李四', id: null },
  ]
  await accountant.send('PUT', `/api/imports/${id}/mapping`, { options: { names } })
  const decided = (await accountant.get(`/api/imports/${id}/check`)).body
  expect(decided).toMatchObject({ accepted: 4, warned: 1, refused: 0 })
  expect(decided.names.find((one: { value: string }) => one.value === '李四')).toMatchObject({ choice: 'blank' })
  expect(await run(id)).toMatchObject({ imported: 4 })
  const found = await all(
    `select c.code, c.salesperson_id as person, t.code as terms from ar.customers c left join ar.payment_terms t on t.tenant_id = c.tenant_id and t.id = c.terms_id where c.code like 'NM_' order by 1`,
  )
  expect(found).toEqual([
    { code: 'NM1', person: salesperson, terms: 'INV30' },
    { code: 'NM2', person: salesperson, terms: 'NET30' },
    { code: 'NM3', person: salesperson, terms: null },
    { code: 'NM4', person: null, terms: 'PREPAID' },
  ])
  const other = await app.company()
  const strange = (await all<{ id: string }>(`select id from ar.people where tenant_id = ${other.tenantId} limit 1`))[0]!.id
  const { body } = await upload(accountant, app, { kind: 'customers', name: 'x.csv', content })
  const wall = await accountant.send('PUT', `/api/imports/${body.id}/mapping`, {
    options: { names: [{ field: 'salesperson', value: '张三', id: strange }] },
  })
  expect(wall.status).toBe(404)
}, 60_000)

test('limits and contacts come with customers: contacts from further columns and rows, limits as the credit rules want them', async () => {
  const content = `客户名称,客户编码,信用额度,额度币种,额度有效期至,联系人,联系人职务,联系人电话,联系人邮箱,联系人2,联系人2电话
额一,LM1,"50,000.00",人民币,,张三,经理,138,a@example.com,李四,139
额一,LM1,,,,王五,会计,137,,,
额二,LM2,1000,美元,,,,,,,
额三,LM3,2000,,2026-12-31,,,,,,
额四,LM4,2000,,2026-01-31,,,,,,
额五,LM5,-1,,,,,,,,
`
  const { id, check } = await sent('limits.csv', content, 'customers')
  expect(codes(check.refusedRows)).toEqual([
    '4 refused imports.limitCurrency',
    '6 refused imports.limitOver',
    '7 refused imports.limitNegative',
  ])
  expect(check).toMatchObject({ accepted: 3, refused: 3 })
  expect(await run(id)).toMatchObject({ imported: 3, refused: 3 })
  expect(
    await all(
      `select k.name, k.job, k.phone from ar.customer_contacts k join ar.customers c on c.id = k.customer_id where c.code = 'LM1' order by 3`,
    ),
  ).toEqual([
    { name: '王五', job: '会计', phone: '137' },
    { name: '张三', job: '经理', phone: '138' },
    { name: '李四', job: null, phone: '139' },
  ])
  const limits = await all<{ code: string; kind: string; limit: number; until: string | null; status: string }>(
    `select c.code, l.kind, l.limit_base::int as limit, l.effective_until::text as until, l.status from ar.credit_limits l join ar.customers c on c.id = l.customer_id where c.code like 'LM_' order by 1`,
  )
  expect(limits.map(({ status: _, ...limit }) => limit)).toEqual([
    { code: 'LM1', kind: 'standard', limit: 5_000_000, until: null },
    { code: 'LM3', kind: 'temporary', limit: 200_000, until: '2026-12-31' },
  ])
  expect(limits.every((one) => one.status === 'pending')).toBe(true) // an accountant asks, somebody else decides
  expect(
    await all(`select distinct l.reason from ar.credit_limits l join ar.customers c on c.id = l.customer_id where c.code = 'LM1'`),
  ).toEqual([{ reason: '导入文件第 2 行' }])
  await expectBooksTrue(app, company)
}, 60_000)

test('the file of refused rows opens cell by cell, says why, and comes in corrected by the same mapping', async () => {
  const content = '谁欠的,号码,哪天,到期,多少\n退回公司,RF1,2026-07-01,2026-08-01,10.00\n退回公司,RF2,2026-02-30,2026-08-01,20.00\n'
  const { body } = await upload(accountant, app, { kind: 'openItems', name: 'odd.csv', content })
  const columns = ['customer', 'sourceNo', 'issuedOn', 'dueOn', 'open'].map((field) => ({ field }))
  await accountant.send('PUT', `/api/imports/${body.id}/mapping`, { columns, options: { createCustomers: true } })
  expect(await run(body.id)).toMatchObject({ imported: 1, refused: 1 })
  const { raw } = await accountant.get(`/api/imports/${body.id}/refused.xlsx`)
  const rows = await excelRows(raw)
  expect(rows[0]).toEqual(['谁欠的', '号码', '哪天', '到期', '多少', '原行号', '原因'])
  expect(rows[1]!.slice(0, 6)).toEqual(['退回公司', 'RF2', '2026-02-30', '2026-08-01', '20.00', '3'])
  expect(rows[1]![6]).toContain('2026-02-30')
  const corrected = rows.map((cells) => cells.map((cell) => (cell === '2026-02-30' ? '2026-02-28' : cell)).join(',')).join('\n')
  const again = await upload(accountant, app, { kind: 'openItems', name: 'odd corrected.csv', content: `${corrected}\n` })
  const view = (await accountant.get(`/api/imports/${again.body.id}`)).body
  expect(view.columns.map((column: { field: string | null }) => column.field)).toEqual([
    'customer',
    'sourceNo',
    'issuedOn',
    'dueOn',
    'open',
    null,
    null,
  ])
  expect(await run(again.body.id)).toMatchObject({ imported: 1, refused: 0 })
}, 60_000)

test('a customer to be created that is written two ways is warned of once; terms chosen for it say when an empty due day is', async () => {
  const [terms] = await all<{ id: string }>(`select id from ar.payment_terms where code = 'INV30'`)
  const content =
    '客户名称,单据号,开票日期,到期日,余额\n上海华瑞机械有限公司,HR1,2026-07-01,,100.00\n上海华瑞机械公司,HR2,2026-07-01,2026-08-01,50.00\n上海华瑞机械公司,HR3,2026-07-01,2026-08-01,5.00\n制表：王敏,,,审核：,\n'
  const { id, check } = await sent('alike.csv', content, 'openItems', { createCustomers: true })
  expect(check).toMatchObject({ rows: 3, accepted: 2, warned: 1, refused: 1, newCustomers: 2, dueFromTerms: 1 })
  expect(codes(check.warnedRows)).toEqual(['3 warned imports.customerLooksLike'])
  expect(check.warnedRows[0].findings[0].message).toContain('上海华瑞机械有限公司')
  expect((await accountant.send('PUT', `/api/imports/${id}/mapping`, { options: { newTermsId: id } })).status).toBe(404)
  await accountant.send('PUT', `/api/imports/${id}/mapping`, { options: { newTermsId: terms!.id } })
  expect((await accountant.get(`/api/imports/${id}/check`)).body).toMatchObject({ accepted: 3, refused: 0, dueFromTerms: 1 })
  expect(await run(id)).toMatchObject({ imported: 3 })
  // the invoice is counted as received five days after its issue
  expect(await all(`select due_on::text as due from ar.receivables where source_no = 'HR1'`)).toEqual([{ due: '2026-08-05' }])
})

test('a day at the end of the calendar refuses its row, not the file', async () => {
  const [terms] = await all<{ id: string }>(`select id from ar.payment_terms where code = 'INV30'`)
  const content = '客户名称,单据号,开票日期,到期日,余额\n远期公司,FAR1,2199-12-20,,1.00\n远期公司,FAR2,2026-07-01,2026-08-01,2.00\n'
  const { check } = await sent('far.csv', content, 'openItems', { createCustomers: true, newTermsId: terms!.id })
  expect(check).toMatchObject({ accepted: 1, refused: 1 })
  expect(codes(check.refusedRows)).toEqual(['2 refused receivables.inFuture'])
})
