import { expect, test } from 'vitest'
import { guessFields, headerKey, headerPlace, headersKey } from './header-match.ts'
import { importForms, importKinds } from './import-fields.ts'
import { readCurrency, readFlag } from './read-words.ts'
import { applyMapping, mappingFits, shippedMappings } from './shipped-mappings.ts'

test.each([
  [
    'openItems',
    ['客户名称', '单据号', '开票日期', '到期日', '价税合计', '余额', '币别', '业务员', '打印批次'],
    ['customer', 'sourceNo', 'issuedOn', 'dueOn', 'amount', 'open', 'currency', 'salesperson', null],
  ],
  [
    'openItems',
    ['Customer', 'Document No', 'Invoice Date', 'Due Date', 'Amount', 'Balance', 'Currency'],
    ['customer', 'sourceNo', 'issuedOn', 'dueOn', 'amount', 'open', 'currency'],
  ],
  [
    'openItems',
    ['客戶名稱', '單據號碼', '開票日期', '到期日', '應收金額', '餘額', '幣別', '業務員'],
    ['customer', 'sourceNo', 'issuedOn', 'dueOn', 'amount', 'open', 'currency', 'salesperson'],
  ],
  [
    'openItems',
    ['往来单位编码', '往来单位名称', '单据编号', '业务日期', '到期日期', '原币金额', '未核销金额'],
    ['customerCode', 'customer', 'sourceNo', 'issuedOn', 'dueOn', 'amount', 'open'],
  ],
  [
    'invoices',
    [
      'countryCode',
      'customerID',
      'PaperlessDate',
      'invoiceNumber',
      'InvoiceDate',
      'DueDate',
      'InvoiceAmount',
      'Disputed',
      'SettledDate',
      'PaperlessBill',
      'DaysToSettle',
      'DaysLate',
    ],
    ['region', 'customerCode', null, 'sourceNo', 'issuedOn', 'dueOn', 'amount', 'disputed', 'settledOn', null, null, null],
  ],
  ['customers', ['客户编码（必填）', '客户名称*', '统一社会信用代码', '联系电话'], ['code', 'name', 'taxId', 'phone']],
  ['receipts', ['到账日期', '对方户名', '贷方金额', '交易流水号', '附言'], ['receivedOn', 'payerName', 'amount', 'sourceNo', 'reference']],
  [
    'orders',
    ['销售订单号', '客户', '订单日期', '物料编码', '数量', '含税单价'],
    ['sourceNo', 'customer', 'orderedOn', 'product', 'quantity', 'unitPrice'],
  ],
  ['products', ['存货编码', '存货名称', '计量单位', '售价', '税率'], ['code', 'name', 'unit', 'price', 'vatRate']],
  ['openItems', ['客户', '单号', '日期', '不含税金额', '税额'], ['customer', 'sourceNo', 'issuedOn', null, null]],
  ['openItems', ['客户', '单号', '审核日期', '已收金额', '未收金额'], ['customer', 'sourceNo', null, null, 'open']],
  ['invoices', ['客户', '发票号', '预计收款日期', '折扣金额', '最后更新日期'], ['customer', 'sourceNo', null, null, null]],
  ['customers', ['客户名称', '已用信用额度', '销售业务员'], ['name', null, 'salesperson']],
  ['openItems', ['__proto__', 'constructor', 'update', '客户'], [null, null, null, 'customer']],
] as const)('%s: %j', (kind, headers, fields) => expect(guessFields(kind, headers)).toEqual(fields))

test('a header is found under titles and filters, and recognised whatever its width and case', () => {
  expect(headerPlace('openItems', [['应收账款余额表'], ['2026-10-31'], ['客户名称', '单据号', '余额'], ['甲公司', 'X1', '5']])).toBe(2)
  expect(
    headerPlace('openItems', [
      ['甲', '乙', '丙'],
      ['1', '2', '3'],
    ]),
  ).toBe(0)
  expect(
    headerPlace('openItems', [
      ['1', '2', '3'],
      ['4', '5', '6'],
    ]),
  ).toBeUndefined()
  expect(headerKey('ＣＵＳＴＯＭＥＲ　Name (required)*')).toBe('customername')
  expect(headersKey(['B', 'a', '', 'C '])).toBe('a|b|c')
})

test('no field stands twice in a guess, and every field of a mapping exists', () => {
  for (const kind of importKinds) {
    const headers = importForms[kind].fields.map((field) => field.names[0]!)
    const guessed = guessFields(kind, headers).filter((field) => field !== null)
    expect(new Set(guessed).size).toBe(guessed.length)
    for (const mapping of shippedMappings.filter((one) => one.kind === kind))
      for (const { field } of mapping.columns) expect(importForms[kind].fields.map((one) => one.key)).toContain(field)
  }
})

test('a shipped mapping is laid over a file by its headers', () => {
  const ibm = shippedMappings.find((mapping) => mapping.name === 'ibm-ar')!
  const headers = [
    'invoiceNumber',
    'customerID',
    'countryCode',
    'InvoiceDate',
    'DueDate',
    'InvoiceAmount',
    'Disputed',
    'SettledDate',
    'DaysLate',
  ]
  expect(mappingFits(ibm, headers)).toBe(true)
  expect(applyMapping(ibm, headers).slice(3, 5)).toEqual([
    { header: 'InvoiceDate', field: 'issuedOn', read: 'mdy' },
    { header: 'DueDate', field: 'dueOn', read: 'mdy' },
  ])
  expect(applyMapping(ibm, headers).at(-1)).toEqual({ header: 'DaysLate', field: null })
  expect(mappingFits(ibm, headers.slice(1))).toBe(false)
})

test.each([
  ['人民币', 'CNY'],
  ['欧元', 'EUR'],
  ['usd', 'USD'],
  ['ＵＳＤ', 'USD'],
  ['港币', 'HKD'],
  ['美元?', undefined],
  ['__proto__', undefined],
  ['', undefined],
])('the currency %s is %s', (text, code) => expect(readCurrency(text)).toBe(code))
test.each([
  ['是', true],
  ['Yes', true],
  ['No', false],
  ['', false],
  ['√', true],
  ['maybe', undefined],
])('%j means %s', (text, flag) => expect(readFlag(text)).toBe(flag))
