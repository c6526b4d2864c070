import type { Language } from '../../kernel/language.ts'

export type AccountKind = 'asset' | 'liability' | 'equity' | 'income' | 'expense'
/** 会计科目. `byCustomer`: every line carries a customer (往来辅助核算). */
export type Account = {
  readonly code: string
  readonly kind: AccountKind
  readonly name: Readonly<Record<Language, string>>
  readonly byCustomer?: true
}

/**
 * What a posting rule calls an account, and the code it has by default. A company maps a key to another code; rules never name codes.
 * `receivables` moves only with the receivables ledger, so that 1122 = ledger = ageing: money that is not allocated waits in `unallocatedReceipts`.
 */
export const defaultAccountCodes = {
  bank: '1002',
  otherMoney: '1012',
  billsReceivable: '1121',
  receivables: '1122',
  allowance: '1231',
  unallocatedReceipts: '2203',
  contractLiability: '2204',
  outputTax: '222101',
  outputTaxPending: '222102',
  unidentifiedReceipts: '2241',
  openingBalances: '4104',
  revenue: '6001',
  salesDiscount: '6001',
  salesAllowance: '6001',
  otherIncome: '6051',
  exchangeDifference: '6061',
  bankCharges: '6603',
  roundingDifference: '6603',
  assetImpairment: '6701',
  creditImpairment: '6702',
} as const satisfies Record<string, string>
export type AccountKey = keyof typeof defaultAccountCodes
/** The company's own codes for some keys; the rest are the defaults. */
export type AccountCodes = { readonly [key in AccountKey]?: string }

export function accountCode(key: AccountKey, own: AccountCodes = {}): string {
  return own[key] ?? defaultAccountCodes[key]
}

const one = (code: string, kind: AccountKind, cn: string, tw: string, en: string, byCustomer?: true): Account => ({
  code,
  kind,
  name: { 'zh-CN': cn, 'zh-TW': tw, en },
  ...(byCustomer ? { byCustomer } : {}),
})

/** The accounts a new company starts with: 财政部 2006 list, with 合同负债 and 信用减值损失 as they are commonly numbered. */
export const defaultAccounts: readonly Account[] = [
  one('1001', 'asset', '库存现金', '庫存現金', 'Cash on hand'),
  one('1002', 'asset', '银行存款', '銀行存款', 'Bank deposits'),
  one('1012', 'asset', '其他货币资金', '其他貨幣資金', 'Other monetary funds'),
  one('1121', 'asset', '应收票据', '應收票據', 'Bills receivable', true),
  one('1122', 'asset', '应收账款', '應收帳款', 'Accounts receivable', true),
  one('1123', 'asset', '预付账款', '預付帳款', 'Prepayments made'),
  one('1231', 'asset', '坏账准备', '備抵呆帳', 'Allowance for doubtful accounts', true),
  one('2203', 'liability', '预收账款', '預收帳款', 'Receipts not yet allocated', true),
  one('2204', 'liability', '合同负债', '合約負債', 'Contract liabilities', true),
  one('222101', 'liability', '应交税费—应交增值税（销项税额）', '應交稅費—應交增值稅（銷項稅額）', 'Output VAT'),
  one('222102', 'liability', '应交税费—待转销项税额', '應交稅費—待轉銷項稅額', 'Output VAT, not yet invoiced'),
  one('2241', 'liability', '其他应付款', '其他應付款', 'Other payables (unidentified receipts)'),
  one('4104', 'equity', '利润分配—未分配利润', '利潤分配—未分配利潤', 'Retained earnings'),
  one('6001', 'income', '主营业务收入', '主營業務收入', 'Revenue'),
  one('6051', 'income', '其他业务收入', '其他業務收入', 'Other revenue'),
  one('6061', 'income', '汇兑损益', '兌換損益', 'Exchange gains and losses'),
  one('6603', 'expense', '财务费用', '財務費用', 'Financial expenses'),
  one('6701', 'expense', '资产减值损失', '資產減損損失', 'Impairment of assets'),
  one('6702', 'expense', '信用减值损失', '信用減損損失', 'Credit impairment losses'),
]
