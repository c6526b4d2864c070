import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp } from '../../../test/harness/app.ts'
import { upload } from '../../../test/harness/upload.ts'

let app: TestApp
let accountant: Person
beforeAll(async () => {
  app = await startTestApp()
  accountant = (await app.company()).people.arAccountant
}, 60_000)
afterAll(() => app.close())

async function looked(kind: string, content: string | Buffer, options: object = { createCustomers: true }) {
  const { body, status } = await upload(accountant, app, { kind, name: 'odd.csv', content })
  expect(status, JSON.stringify(body)).toBe(201)
  await accountant.send('PUT', `/api/imports/${body.id}/mapping`, { options })
  const view = (await accountant.get(`/api/imports/${body.id}`)).body
  const check = (await accountant.get(`/api/imports/${body.id}/check`)).body
  return { fields: view.columns.map((column: { field: string | null }) => column.field), view, check }
}

/** What the headers of other systems become, in three languages. */
const headers: readonly (readonly [kind: string, header: string, fields: readonly (string | null)[]])[] = [
  ['customers', '客户编号,客户名称,税号,信用额度,联系人,联系人电话,手机号码,付款条件', ['code', 'name', 'taxId', 'creditLimit', 'contact', 'contactPhone', null, 'terms']],
  ['customers', '客戶代碼,客戶名稱,統一編號,信用額度,聯絡人,聯絡人電話,業務員,付款條件', ['code', 'name', 'taxId', 'creditLimit', 'contact', 'contactPhone', 'salesperson', 'terms']],
  ['customers', 'Customer No.,Customer Name,VAT ID,Credit Limit,Contact Person,Contact Phone,Account Manager,Payment Terms', ['code', 'name', 'taxId', 'creditLimit', 'contact', 'contactPhone', 'salesperson', 'terms']],
  ['products', '物料编码,物料名称,计量单位,含税单价,税率,类别', ['code', 'name', 'unit', 'price', 'vatRate', 'category']],
  ['products', '品號,品名,單位,單價,稅率,類別', ['code', 'name', 'unit', 'price', 'vatRate', 'category']],
  ['products', 'SKU,Product Name,UOM,Unit Price,VAT Rate,Category', ['code', 'name', 'unit', 'price', 'vatRate', 'category']],
  ['openItems', '往来单位,单据编号,单据日期,应收日期,价税合计,未收金额,币别,业务员', ['customer', 'sourceNo', 'issuedOn', 'dueOn', 'amount', 'open', 'currency', 'salesperson']],
  ['openItems', '客戶名稱,單據號碼,發票日期,到期日,應收金額,餘額,幣別,業務員', ['customer', 'sourceNo', 'issuedOn', 'dueOn', 'amount', 'open', 'currency', 'salesperson']],
  ['openItems', 'Customer Name,Document No,Invoice Date,Due Date,Original Amount,Balance,Currency,Sales Rep', ['customer', 'sourceNo', 'issuedOn', 'dueOn', 'amount', 'open', 'currency', 'salesperson']],
  ['orders', '销售订单号,客户编码,订单日期,交货日期,存货编码,数量,含税单价,税率', ['sourceNo', 'customerCode', 'orderedOn', 'deliveryOn', 'product', 'quantity', 'unitPrice', 'vatRate']],
  ['orders', '訂單編號,客戶編號,訂單日期,交貨日期,品號,數量,單價,稅率', ['sourceNo', 'customerCode', 'orderedOn', 'deliveryOn', 'product', 'quantity', 'unitPrice', 'vatRate']],
  ['orders', 'Order No,Customer ID,Order Date,Delivery Date,Item Code,Qty,Unit Price,VAT', ['sourceNo', 'customerCode', 'orderedOn', 'deliveryOn', 'product', 'quantity', 'unitPrice', 'vatRate']],
  ['receipts', '收款日期,付款单位,收款金额,手续费,结算方式,对方户名,流水号,摘要', ['receivedOn', 'customer', 'amount', 'fee', 'method', 'payerName', 'sourceNo', 'remark']],
  ['receipts', '入帳日期,客戶名稱,收款金額,手續費,收款方式,付款人名稱,單據號碼,備註', ['receivedOn', 'customer', 'amount', 'fee', 'method', 'payerName', 'sourceNo', 'remark']],
  ['receipts', 'Payment Date,Customer,Amount,Bank Charge,Payment Method,Payer Name,Transaction No,Notes', ['receivedOn', 'customer', 'amount', 'fee', 'method', 'payerName', 'sourceNo', 'remark']],
] // biome-ignore format: one line a header

describe('headers of each kind in three languages', () => {
  test.each(headers)('%s: %s', async (kind, header, fields) => {
    const values = header.split(',').map((_, at) => `v${at}`)
    expect((await looked(kind, `${header}\n${values.join(',')}\n`)).fields).toEqual(fields)
  })
})

const ITEM = '客户名称,单据号,开票日期,到期日,余额\n編碼公司,E1,2026/1/5,2026年2月5日,"1,234.50"\n'
const utf16 = (text: string, bigEndian: boolean): Buffer => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return bigEndian ? bytes.swap16() : bytes
}

describe('bytes, titles and values as other systems write them', () => {
  test.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${ITEM}`)],
    ['UTF-16, as Excel saves Unicode text', utf16(ITEM.replaceAll(',', '\t').replace('"1\t234.50"', '1,234.50'), false)],
    ['UTF-16, the other way round', utf16(ITEM, true)],
    ['semicolons', ITEM.replaceAll(',', ';').replace('"1;234.50"', '1,234.50')],
    ['carriage returns and blank lines', ITEM.replaceAll('\n', '\r\n\r\n')],
    ['titles, filters and a total', `应收余额表\n单位：甲公司,,截止 2026-10-31\n\n${ITEM}合计,,,,"1,234.50"\n`],
    ['a header of two rows, merged', '客户名称,单据号,开票日期,到期日,本期\n,,,,余额\n編碼公司,E1,2026/1/5,2026年2月5日,"1,234.50"\n'],
    [
      'a header of two rows, the upper one of groups',
      '客户,,单据,,金额\n客户名称,单据号,开票日期,到期日,余额\n編碼公司,E1,2026/1/5,2026年2月5日,"1,234.50"\n',
    ],
    ['days as Excel numbers, an amount with its sign', ITEM.replace('2026/1/5', '46027').replace('"1,234.50"', '"￥1,234.50元"')],
    ['full-width digits', ITEM.replace('"1,234.50"', '１２３４．５０').replace('2026/1/5', '２０２６／１／５')],
    ['days without signs', ITEM.replace('2026/1/5', '20260105')],
  ])('%s', async (_, content) => {
    const { check } = await looked('openItems', content)
    expect(check, JSON.stringify(check)).toMatchObject({ rows: 1, accepted: 1, refused: 0, totals: [{ file: '1234.50' }] })
  })

  test.each([
    ['1.2万', '请写成完整的数字'],
    ['壹仟元', '不是金额'],
  ])('the amount %s is refused with a sentence', async (amount, sentence) => {
    const { check } = await looked('openItems', ITEM.replace('"1,234.50"', `"${amount}"`))
    expect(check).toMatchObject({ accepted: 0, refused: 1 })
    expect(check.refusedRows[0].findings[0].message).toContain(sentence)
  })

  test('a file of one column that only says what it is, a file of titles, and a picture are refused', async () => {
    for (const content of ['应收余额表\n', '一\n二\n三\n', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0])]) {
      const { status, body } = await upload(accountant, app, { kind: 'openItems', name: 'odd.csv', content })
      if (status === 201) expect((await accountant.get(`/api/imports/${body.id}/check`)).status).toBe(422)
      else expect(status).toBeLessThan(500)
    }
  })
})
