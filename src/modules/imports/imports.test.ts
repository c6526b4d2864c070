import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, type Reply, startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { upload } from '../../../test/harness/upload.ts'

let app: TestApp
let company: TestCompany
let accountant: Person
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  accountant = company.people.arAccountant
}, 60_000)
afterAll(() => app.close())

async function rows(table: string): Promise<number> {
  const found = await app.database.pool.query(`select count(*)::int as n from ar.${table} where tenant_id = $1`, [company.tenantId])
  return found.rows[0].n
}

async function started(
  name: string,
  content: string,
  kind: string,
  options: object = {},
): Promise<{ id: string; check: Reply['body']; run: Reply['body'] }> {
  const { body } = await upload(accountant, app, { kind, name, content })
  expect(body, JSON.stringify(body)).toHaveProperty('id')
  await accountant.send('PUT', `/api/imports/${body.id}/mapping`, { options })
  const check = (await accountant.get(`/api/imports/${body.id}/check`)).body
  const start = await accountant.post(`/api/imports/${body.id}/start`)
  expect(start.status, JSON.stringify(start.body)).toBe(201)
  await app.drain()
  return { id: body.id, check, run: (await accountant.get(`/api/imports/${body.id}/progress`)).body }
}

test('open items of an old system: mapped by their headers, judged, tied out, booked', async () => {
  const text = `应收余额表,,,,,,,,
打印日期 2026-10-31,,,,,,,,
客户名称,单据号,开票日期,到期日,价税合计,余额,币别,业务员,打印批次
苏州恒远自动化设备有限公司,XS1,2026/7/30,2026/7/31,"280,000.00元","280,000.00",人民币,salesperson,转老系统
浙江普利达电机股份有限公司,XS2,2026/8/2,2026/9/30,"412,000.00","212,000.00",人民币,nobody,
杭州精测仪器,XS3,2026/8/2,2026/9/30,"62,000.00","82,000.00",人民币,,
HERION GMBH,XS4,2026/8/11,2026/10/10,"48,200.00","48,200.00",美元?,,
苏州恒远自动化设备有限公司,XS1,2026/8/12,2026/9/30,"1,000.00","1,000.00",人民币,,
天津滨海轨道,XS6,2026/2/30,2026/9/30,"76,820.00","76,820.00",人民币,,
`
  const { id, check, run } = await started('应收余额表_20261031.csv', text, 'openItems', { createCustomers: true })
  const view = (await accountant.get(`/api/imports/${id}`)).body
  expect(view.headerLine).toBe(3)
  expect(view.columns.map((column: { field: string }) => column.field)).toEqual([
    'customer',
    'sourceNo',
    'issuedOn',
    'dueOn',
    'amount',
    'open',
    'currency',
    'salesperson',
    null,
  ])
  expect(
    check.refusedRows.map((row: { line: number; findings: { message: string }[] }) => `${row.line} ${row.findings[0]!.message}`),
  ).toEqual(['6 原金额不能小于未收余额', '7 币种“美元?”不认识。', '8 “XS1”与第 4 行重复。', '9 “2026/2/30”这一天不存在。'])
  expect(check).toMatchObject({ rows: 6, accepted: 2, refused: 4, newCustomers: expect.any(Number) })
  expect(check.totals[0]).toMatchObject({ currency: 'CNY', toImport: '492000.00', difference: '0.00' })
  expect(run).toMatchObject({ status: 'done', imported: 2, refused: 4, done: 6 })
  expect(await rows('receivables')).toBe(2)
  await expectBooksTrue(app, company)
  const refused = await accountant.get(`/api/imports/${id}/refused.xlsx`)
  expect(refused.status).toBe(200)
  expect(refused.raw.subarray(0, 2).toString()).toBe('PK')
})
