import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, type Reply, startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { excelRows } from '../../../test/harness/excel-rows.ts'
import { upload } from '../../../test/harness/upload.ts'
import { createTerms } from '../terms/edit-terms.command.ts'
import { setCustomerTerms } from '../terms/set-customer-terms.command.ts'
import { standardTermsSet } from '../terms/standard-terms.ts'

let app: TestApp
let company: TestCompany
let accountant: Person
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  accountant = company.people.arAccountant
  const terms = standardTermsSet.map(({ code, names, definition }) => ({ code, name: names['zh-CN']!, definition }))
  await app.db.transaction(company.system, (tx) => createTerms(tx, terms))
}, 60_000)
afterAll(() => app.close())

type Row = { line: number; findings: { severity: string; code: string; message: string }[] }
async function sent(content: string, kind: string, options: object = {}): Promise<{ id: string; check: Reply['body'] }> {
  const { body } = await upload(accountant, app, { kind, name: `${Math.abs(hash(content))}.csv`, content })
  await accountant.send('PUT', `/api/imports/${body.id}/mapping`, { options })
  return { id: body.id, check: (await accountant.get(`/api/imports/${body.id}/check`)).body }
}
async function run(id: string): Promise<Reply['body']> {
  expect((await accountant.post(`/api/imports/${id}/start`)).status).toBe(201)
  await app.drain()
  return (await accountant.get(`/api/imports/${id}/progress`)).body
}
async function all<T = Record<string, unknown>>(text: string): Promise<T[]> {
  return (await app.database.pool.query(text)).rows
}
const hash = (text: string): number => [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) | 0, 7)
const codes = (rows: Row[]) => rows.map((row) => `${row.line} ${row.findings.map((one) => `${one.severity} ${one.code}`).join(', ')}`)

test('a code of one customer beside the name of another is a warning that names both; other spellings of the same name are none', async () => {
  const { id } = await sent('客户名称,客户编码\n甲方实业有限公司,DF1\n乙方贸易有限公司,DF2\n', 'customers')
  expect(await run(id)).toMatchObject({ imported: 2 })
  const { check } = await sent(
    '客户编码,客户名称,单据号,开票日期,到期日,余额\nDF1,乙方贸易有限公司,DN1,2026-07-01,2026-08-01,10\nDF1,甲方实业 有限公司,DN2,2026-07-01,2026-08-01,10\nDF2,,DN3,2026-07-01,2026-08-01,10\nDF2,甲方实业有限公司,DN4,2026-07-01,2026-08-01,-10\n',
    'openItems',
  )
  expect(codes(check.warnedRows)).toEqual([
    '2 warned imports.customerNameDiffers',
    '5 warned imports.customerNameDiffers, noted imports.asCredit',
  ])
  expect(check.warnedRows[0].findings[0].message).toContain('甲方实业有限公司')
  expect(check.groups[0]).toMatchObject({ severity: 'warned', code: 'imports.customerNameDiffers', rows: 2 })
}, 60_000)

test('a further row of a customer brings a contact only: what else it says differently is refused, not dropped', async () => {
  const { check, id } = await sent(
    '客户名称,客户编码,统一社会信用代码,地址,联系人\n行一公司,FC1,,上海,张三\n行一公司,FC1,,,李四\n行一公司,FC1,,北京,王五\n行二公司,,,上海,赵六\n行二公司,,,苏州,钱七\n',
    'customers',
  )
  expect(codes(check.refusedRows)).toEqual([expect.stringMatching(/^4 .*refused imports.twiceInFile/)])
  expect(check).toMatchObject({ accepted: 4, refused: 1 })
  expect(await run(id)).toMatchObject({ imported: 4, refused: 1 })
  const again = await sent('客户名称,客户编码,联系人\n行一公司,FC1,张三\n行一公司,FC1,李四\n', 'customers')
  expect(again.check).toMatchObject({ accepted: 0, already: 2, refused: 0 })
}, 60_000)

test.each([
  ['openItems', '客户名称,单据号,开票日期,到期日,余额,币别,汇率\n汇率公司,XR1,2026-07-01,2026-08-01,10,USD,RATE\n'],
  ['openItems', '客户名称,单据号,开票日期,到期日,余额,币别,汇率\n汇率公司,XR2,2026-07-01,2026-08-01,-10,USD,RATE\n'],
  ['invoices', '客户名称,发票号,开票日期,到期日,金额,币别,汇率\n汇率公司,XR3,2026-07-01,2026-08-01,10,USD,RATE\n'],
  ['receipts', '客户名称,到账日期,金额,流水号,币别,汇率\n汇率公司,2026-07-01,10,XR4,USD,RATE\n'],
])(
  '%s: a rate below zero or of too many digits is refused at its row',
  async (kind, content) => {
    const own = content.replace('汇率公司', `汇率公司${hash(content)}`)
    await run((await sent(`客户名称,客户编码\n汇率公司${hash(content)},XR${hash(content)}\n`, 'customers')).id)
    for (const rate of ['-7.1', '12345678901', '7.1234567890123']) {
      const { check } = await sent(own.replace('RATE', rate), kind)
      expect(
        check.refusedRows.flatMap((row: Row) => row.findings.map((one) => one.code)),
        rate,
      ).toContain('imports.notAnExchangeRate')
      expect(check.accepted).toBe(0)
    }
  },
  60_000,
)

test('without a currency of its own a row is in its customer’s, and never taken for the company’s', async () => {
  await run((await sent('客户名称,客户编码,币别\n美元公司,CU1,USD\n', 'customers')).id)
  const rows = '客户编码,单据号,开票日期,到期日,余额\nCU1,CN1,2026-07-01,2026-08-01,10\nCU1,CN2,2026-07-01,2026-08-01,-4\n'
  const { check, id } = await sent(rows, 'openItems')
  expect(codes(check.refusedRows)).toEqual(['2 refused receivables.rateMissing', '3 refused receipts.rateMissing'])
  await accountant.send('PUT', `/api/imports/${id}/mapping`, { options: { rates: [{ currency: 'USD', rate: '7' }] } })
  const again = (await accountant.get(`/api/imports/${id}/check`)).body
  expect(again).toMatchObject({ accepted: 2, refused: 0, totals: [{ currency: 'USD', file: '6.00', difference: '0.00' }] })
  expect(await run(id)).toMatchObject({ imported: 2 })
  expect(await all(`select currency, amount_base::int as base from ar.receivables where source_no = 'CN1'`)).toEqual([
    { currency: 'USD', base: 7_000 },
  ])
}, 60_000)

test('due days follow from the terms that held on the day of issue', async () => {
  const { id } = await sent('客户名称,客户编码,付款条件\n换期公司,TD1,NET30\n', 'customers')
  await run(id)
  const [customer] = await all<{ id: string }>(`select id from ar.customers where code = 'TD1'`)
  const [terms] = await all<{ id: string }>(`select id from ar.payment_terms where code = 'NET60' and tenant_id = ${company.tenantId}`)
  await app.db.transaction(accountant.caller, (tx) =>
    setCustomerTerms(tx, [{ customerId: customer!.id, termsId: terms!.id, effectiveFrom: tx.today }]),
  )
  const rows = '客户编码,发票号,开票日期,金额\nTD1,TI1,2026-11-01,10\nTD1,TI2,2026-11-21,10\n'
  const file = await sent(rows, 'invoices')
  expect(await run(file.id)).toMatchObject({ imported: 2 })
  expect(await all(`select source_no as no, due_on - issued_on as days from ar.receivables where source_no like 'TI_' order by 1`)).toEqual(
    [
      { no: 'TI1', days: expect.toSatisfy((days: number) => days >= 30 && days < 40) },
      { no: 'TI2', days: expect.toSatisfy((days: number) => days >= 60 && days < 70) },
    ],
  )
}, 60_000)

test('the file of refused rows gives the reasons, not the remarks', async () => {
  const { id, check } = await sent('产品编码,产品名称,单价\nRR1,缺价产品,-1\n', 'products')
  expect(check.refused).toBe(1)
  const { raw } = await accountant.get(`/api/imports/${id}/refused.xlsx`)
  const rows = await excelRows(raw)
  expect(rows[1]!.at(-1)).toContain('-1')
  expect(rows[1]!.at(-1)).not.toContain('13%')
}, 60_000)

test('a tax rate of 100 % or more is refused at its row, and does not stop the file', async () => {
  const { id, check } = await sent('产品编码,产品名称,税率\nVR1,好产品,13%\nVR2,坏产品,100\nVR3,坏产品二,113%\n', 'products')
  expect(codes(check.refusedRows)).toEqual(['3 refused imports.notAPercent', '4 refused imports.notAPercent'])
  expect(await run(id)).toMatchObject({ status: 'done', imported: 1, refused: 2 })
}, 60_000)
