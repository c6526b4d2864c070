import type { MappedColumn } from './column-reading.ts'
import { headerKey } from './header-match.ts'
import type { ImportKind } from './import-fields.ts'
import type { ImportOptions } from './import-options.ts'
import type { DecimalSign } from './read-amount.ts'
import type { DayOrder } from './read-day.ts'

/** Which header goes into which field, by name. `options` are what such a file usually wants. */
export type NamedMapping = {
  readonly name: string
  readonly kind: ImportKind
  readonly columns: readonly { readonly header: string; readonly field: string; readonly read?: DayOrder | DecimalSign }[]
  readonly options?: Partial<ImportOptions>
}

const columns = (pairs: string) =>
  pairs.split('; ').map((pair) => {
    const [header = '', field = '', read] = pair.split(' → ').flatMap((part) => part.split(' as '))
    return { header, field, ...(read === undefined ? {} : { read: read as DayOrder }) }
  })

/** Mappings that ship with the product. */
export const shippedMappings: readonly NamedMapping[] = [
  {
    name: 'ibm-ar',
    kind: 'invoices',
    columns: columns(
      'countryCode → region; customerID → customerCode; invoiceNumber → sourceNo; InvoiceDate → issuedOn as mdy; DueDate → dueOn as mdy; InvoiceAmount → amount as dot; Disputed → disputed; SettledDate → settledOn as mdy',
    ),
    options: { createCustomers: true, createRegions: true },
  },
  {
    name: 'kingdee-ar',
    kind: 'openItems',
    columns: columns(
      '往来单位名称 → customer; 往来单位编码 → customerCode; 单据编号 → sourceNo; 业务日期 → issuedOn; 到期日 → dueOn; 价税合计 → amount; 未核销金额 → open; 币别 → currency; 汇率 → rate; 销售员 → salesperson; 发票号 → reference; 备注 → remark',
    ),
  },
  {
    name: 'yonyou-ar',
    kind: 'openItems',
    columns: columns(
      '客户编码 → customerCode; 客户 → customer; 单据编号 → sourceNo; 单据日期 → issuedOn; 到期日 → dueOn; 原币金额 → amount; 原币余额 → open; 币种 → currency; 汇率 → rate; 业务员 → salesperson; 地区 → region; 摘要 → remark',
    ),
  },
]

/** The mapping laid over this file's headers: what it does not name is not imported. */
export function applyMapping(mapping: NamedMapping, headers: readonly string[]): MappedColumn[] {
  const byKey = new Map(mapping.columns.map((column) => [headerKey(column.header), column]))
  return headers.map((header) => {
    const found = byKey.get(headerKey(header))
    return { header, field: found?.field ?? null, ...(found?.read === undefined ? {} : { read: found.read }) }
  })
}

/** Does the file have every column that the mapping names? */
export function mappingFits(mapping: NamedMapping, headers: readonly string[]): boolean {
  const keys = new Set(headers.map(headerKey))
  return mapping.columns.every((column) => keys.has(headerKey(column.header)))
}
