/** What can be brought in from a file. `openItems` = 期初应收 at go-live; `invoices` = history that keeps its own days, with the day it was paid. */
export const importKinds = ['customers', 'products', 'openItems', 'invoices', 'orders', 'receipts'] as const
export type ImportKind = (typeof importKinds)[number]

/** How the text of a cell becomes a value: `amount` in a currency's decimals, `decimal` up to six (quantity, price, rate), `percent` as a rate ('13%' = '0.13'). */
export type FieldType = 'text' | 'day' | 'amount' | 'decimal' | 'percent' | 'currency' | 'flag'

/** One field a column may be mapped to. `names` are the headers that other systems use for it: data, compared without width, case, blanks and brackets. */
export type ImportField = { readonly key: string; readonly type: FieldType; readonly most?: number; readonly names: readonly string[] }

/** `needs`: of each group at least one field must have a column. */
export type ImportForm = { readonly fields: readonly ImportField[]; readonly needs: readonly (readonly string[])[] }

const field = (key: string, type: FieldType, names: string, most?: number): ImportField => ({
  key,
  type,
  names: names.split(' ').map((name) => name.replaceAll('_', ' ')),
  ...(most === undefined ? {} : { most }),
})

const customer = [
  field(
    'customer',
    'text',
    '客户名称 客户 往来单位 往来单位名称 购货单位 购货单位名称 单位名称 付款单位 公司名称 客戶名稱 客戶 customer customer_name account_name client bill_to company',
    200,
  ),
  field(
    'customerCode',
    'text',
    '客户编码 客户编号 客户代码 客户号 往来单位编码 单位编码 客戶代碼 客戶編號 customer_code customer_no customer_id customerid customer_number account_number',
    60,
  ),
  field('taxId', 'text', '统一社会信用代码 税号 纳税人识别号 购方税号 統一編號 tax_id vat_id vat_number tax_number', 40),
] as const
const currency = field('currency', 'currency', '币别 币种 货币 原币币种 币别名称 幣別 currency currency_code curr')
const rate = field('rate', 'decimal', '汇率 兑换率 匯率 rate exchange_rate fx_rate')
const salesperson = field(
  'salesperson',
  'text',
  '业务员 销售员 职员 负责人 业务人员 客户经理 業務員 salesperson sales_person sales_rep owner account_manager',
  100,
)
const region = field('region', 'text', '地区 区域 片区 省份 所属地区 大区 地區 region area territory country_code countrycode country', 60)
const remark = field('remark', 'text', '备注 摘要 说明 備註 remark remarks note notes memo description comment', 1_000)
const sourceNo = field(
  'sourceNo',
  'text',
  '单据号 单据编号 来源单号 单号 业务单号 凭证号 單據號碼 document_no document_number doc_no doc_number reference_no',
  120,
)
const issuedOn = field(
  'issuedOn',
  'day',
  '开票日期 单据日期 业务日期 发票日期 立账日期 日期 開票日期 發票日期 invoice_date document_date doc_date issue_date issued_on date',
)
const dueOn = field('dueOn', 'day', '到期日 到期日期 应收日期 付款到期日 收款到期日 应收款日 到期日期 due_date due_on due maturity_date')
const amount = field(
  'amount',
  'amount',
  '价税合计 金额 应收金额 原币金额 发票金额 含税金额 应收合计 借方金额 原始金额 單據金額 應收金額 amount invoice_amount total gross_amount total_amount original_amount',
)
const vatRate = field('vatRate', 'percent', '税率 增值税率 稅率 vat_rate tax_rate vat')

/** A person at the customer: name, position, telephone, e-mail. */
function contact(key: string, cn: string, tw: string, en: string): ImportField[] {
  const first = key === 'contact'
  return [
    field(key, 'text', `${cn} ${cn}姓名 ${tw} ${tw}姓名 ${en} ${en}_name ${en}_person`, 100),
    field(`${key}Job`, 'text', `${cn}职务 ${cn}职位 ${tw}職稱 ${en}_position ${en}_job ${en}_title${first ? ' 职务 职位 職稱 position job_title' : ''}`, 100),
    field(`${key}Phone`, 'text', `${cn}电话 ${cn}手机 ${cn}联系方式 ${tw}電話 ${tw}手機 ${en}_phone ${en}_mobile${first ? ' 手机 手机号 手机号码 手機 mobile' : ''}`, 60),
    field(`${key}Email`, 'text', `${cn}邮箱 ${cn}电子邮件 ${tw}電子郵件 ${tw}信箱 ${en}_email ${en}_e-mail`, 200),
  ] // biome-ignore format: one line a field
}

/** The names of another field, to be used for this one too. */
function sameNames(other: ImportField): string {
  return other.names.map((name) => name.replaceAll(' ', '_')).join(' ')
}

/** The fields of each kind. A new synonym is a word here. */
export const importForms: Readonly<Record<ImportKind, ImportForm>> = {
  customers: {
    fields: [
      field('name', 'text', `${sameNames(customer[0])} 名称 名稱 name`, 200),
      field('code', 'text', `${sameNames(customer[1])} 编码 编号 代码 code`, 60),
      field('shortName', 'text', '简称 客户简称 助记名 簡稱 short_name', 60),
      customer[2],
      field('parent', 'text', '上级客户 母公司 所属集团 集团 上級客戶 parent parent_company group', 200),
      salesperson,
      region,
      field('terms', 'text', '付款条件 收款条件 账期 信用期 付款條件 payment_terms terms', 100),
      field('customerType', 'text', '客户类型 类型 客戶類型 customer_type type', 40),
      field('industry', 'text', '行业 所属行业 行業 industry', 60),
      field('class', 'text', '客户等级 客户级别 等级 级别 客戶等級 class grade level', 20),
      field('tags', 'text', '标签 標籤 tags', 200),
      currency,
      field('country', 'text', '国家 国家代码 國家 country country_code', 2),
      field('address', 'text', '地址 公司地址 address', 200),
      field('phone', 'text', '电话 联系电话 電話 phone telephone tel', 60),
      field('email', 'text', '邮箱 电子邮件 電子郵件 email e-mail', 200),
      field('website', 'text', '网址 官网 網址 website', 200),
      field('invoiceTitle', 'text', '发票抬头 开票名称 發票抬頭 invoice_title', 200),
      field('invoiceAddress', 'text', '开票地址 注册地址 invoice_address', 200),
      field('invoicePhone', 'text', '开票电话 invoice_phone', 60),
      field('bankName', 'text', '开户银行 开户行 銀行 bank bank_name', 100),
      field('bankAccount', 'text', '银行账号 账号 银行帐号 帳號 bank_account account_no', 60),
      field('keyAccount', 'flag', '重点客户 大客户 重點客戶 key_account'),
      field('creditLimit', 'amount', '信用额度 授信额度 额度 信用限额 信用額度 授信額度 credit_limit credit_line'),
      field('limitCurrency', 'currency', '额度币种 额度币别 信用额度币种 額度幣別 limit_currency credit_limit_currency credit_currency'),
      field(
        'limitUntil',
        'day',
        '额度有效期 额度到期日 额度有效期至 信用有效期 授信到期日 額度有效期 額度到期日 limit_until credit_limit_until limit_valid_until limit_expiry',
      ),
      ...contact('contact', '联系人', '聯絡人', 'contact'),
      ...contact('contact2', '联系人2', '聯絡人2', 'contact_2'),
      remark,
      sourceNo,
    ],
    needs: [['name']],
  },
  products: {
    fields: [
      field(
        'code',
        'text',
        '产品编码 商品编码 物料编码 存货编码 编码 货号 產品編號 品號 product_code item_code sku code item_no material_code',
        60,
      ),
      field(
        'name',
        'text',
        '产品名称 商品名称 物料名称 存货名称 名称 品名 產品名稱 product product_name item item_name name material_name',
        200,
      ),
      field('unit', 'text', '单位 计量单位 單位 unit uom', 20),
      field('price', 'decimal', '单价 售价 销售价 含税单价 單價 price unit_price list_price'),
      currency,
      field('priceIncludesTax', 'flag', '含税 是否含税 含稅 price_includes_tax tax_included'),
      vatRate,
      field('category', 'text', '类别 产品类别 分类 存货分类 類別 category product_group', 60),
    ],
    needs: [['code'], ['name']],
  },
  openItems: {
    fields: [
      ...customer,
      sourceNo,
      field('reference', 'text', '发票号 发票号码 合同号 订单号 發票號碼 invoice_no invoice_number invoicenumber reference order_no', 120),
      issuedOn,
      dueOn,
      amount,
      field(
        'open',
        'amount',
        '余额 未收余额 未核销金额 未收金额 应收余额 期末余额 欠款 未清金额 餘額 balance open open_amount outstanding amount_due remaining',
      ),
      currency,
      rate,
      salesperson,
      region,
      field('disputed', 'flag', '争议 有争议 爭議 disputed dispute'),
      remark,
    ],
    needs: [['customer', 'customerCode', 'taxId'], ['issuedOn'], ['amount', 'open']],
  },
  invoices: {
    fields: [
      ...customer,
      field('sourceNo', 'text', `${sameNames(sourceNo)} invoice_no invoice_number invoicenumber 发票号 发票号码 發票號碼`, 120),
      issuedOn,
      dueOn,
      amount,
      field('tax', 'amount', '税额 稅額 tax tax_amount vat_amount'),
      currency,
      rate,
      field(
        'settledOn',
        'day',
        '收款日期 结清日期 核销日期 回款日期 收款日 收款日期 settled_date settleddate paid_on payment_date paid_date',
      ),
      salesperson,
      region,
      field('disputed', 'flag', '争议 有争议 爭議 disputed dispute'),
      remark,
    ],
    needs: [['customer', 'customerCode', 'taxId'], ['sourceNo'], ['issuedOn'], ['amount']],
  },
  orders: {
    fields: [
      field('sourceNo', 'text', '订单号 销售订单号 订单编号 单据号 单据编号 訂單編號 order_no order_number so_no document_no', 120),
      ...customer,
      field('orderedOn', 'day', '订单日期 下单日期 单据日期 日期 訂單日期 order_date ordered_on date'),
      field('deliveryOn', 'day', '交货日期 交期 发货日期 要求交货日 交貨日期 delivery_date delivery_on'),
      field(
        'product',
        'text',
        '产品编码 物料编码 存货编码 商品编码 产品 产品名称 商品名称 物料名称 存货名称 品號 product product_code item item_code sku material_code',
        200,
      ),
      field('quantity', 'decimal', '数量 订货数量 銷售數量 數量 quantity qty'),
      field('unitPrice', 'decimal', '单价 含税单价 售价 單價 price unit_price'),
      vatRate,
      currency,
      rate,
      salesperson,
      field('customerReference', 'text', '客户订单号 客户采购单号 客戶訂單號 customer_reference po_no customer_po', 120),
      remark,
    ],
    needs: [['sourceNo'], ['customer', 'customerCode', 'taxId'], ['orderedOn'], ['product'], ['quantity']],
  },
  receipts: {
    fields: [
      ...customer,
      field('receivedOn', 'day', '收款日期 到账日期 回款日期 交易日期 日期 入帳日期 received_on receipt_date payment_date date value_date'),
      field('amount', 'amount', '收款金额 到账金额 回款金额 金额 贷方金额 收款金額 amount received receipt_amount payment_amount'),
      currency,
      rate,
      field('fee', 'amount', '手续费 银行手续费 手續費 fee bank_charge charges'),
      field('method', 'text', '收款方式 结算方式 支付方式 收款方式 method payment_method', 60),
      field('bankAccount', 'text', '收款账户 收款账号 银行账户 本方账号 收款帳戶 bank_account account', 60),
      field('payerName', 'text', '付款方 付款人 对方户名 付款户名 付款人名稱 payer payer_name', 200),
      field('payerAccount', 'text', '付款账号 对方账号 payer_account', 60),
      field('reference', 'text', '附言 用途 发票号 核销单号 reference purpose', 500),
      field('sourceNo', 'text', '流水号 交易流水号 收款单号 单据号 单据编号 單據號碼 transaction_no receipt_no document_no', 120),
      remark,
    ],
    needs: [['receivedOn'], ['amount']],
  },
}

/** The field of a kind by its key; undefined for a key that the kind does not have. */
export function importField(kind: ImportKind, key: string): ImportField | undefined {
  return importForms[kind].fields.find((one) => one.key === key)
}
