import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { amount, currency, day, done, flag, id, page, paging, positiveAmount, requiredText, several, text } from '../../platform/fields.ts'

/** 维度: what the open amounts are cut by. */
export const ageingDimensions = [
  'customer',
  'group',
  'product',
  'region',
  'salesperson',
  'team',
  'industry',
  'class',
  'currency',
  'entity',
] as const
export type AgeingDimension = (typeof ageingDimensions)[number]
const dimension = z.enum(ageingDimensions)

/** The value of a filter that finds what has no region, no product and so on. */
export const NONE = 'none'
const idsOrNone = several(z.union([id, z.literal(NONE)]))
const texts = several(text(100))

/** A bucket in words is a phrase; `from` included, `until` excluded. */
const bucket = z.strictObject({ key: z.string(), label: z.unknown(), from: day.nullable(), until: day.nullable() })

const filters = {
  asOf: day.optional(),
  /** Key of a saved set of buckets; 'collection' (days overdue) and 'provision' (age in years) are always there. */
  scheme: text(40).default('collection'),
  basis: z.enum(['due', 'issued']).optional(),
  /** Only this currency, in its own amounts; without it, base-currency amounts of everything. */
  currency: currency.optional(),
  customer: idsOrNone.optional(),
  group: idsOrNone.optional(),
  product: idsOrNone.optional(),
  region: idsOrNone.optional(),
  salesperson: idsOrNone.optional(),
  team: idsOrNone.optional(),
  industry: texts.optional(),
  class: texts.optional(),
  entity: idsOrNone.optional(),
  /** Only these currencies, in base-currency amounts: the documents behind a row by currency. */
  inCurrency: several(currency).optional(),
  overdueOnly: flag.default(false),
}
const report = {
  ...filters,
  /** One dimension, or two: the first outside. */
  by: several(dimension).default(['customer']),
  /** Rows of less than this are left out, of the totals too. */
  least: positiveAmount.optional(),
  sort: z.enum(['total', '-total', 'name', '-name', 'overdue', '-overdue']).default('-total'),
}

export const ageingTieOut = z.strictObject({ ledger: amount, account1122: amount, difference: amount })
const sums = { buckets: z.array(amount), total: amount, overdue: amount, unallocated: amount.nullable() }
const rowKey = z.strictObject({ id: z.string().nullable(), name: z.string().nullable(), code: z.string().nullable() })
export const ageingRow = z.strictObject({
  keys: z.array(rowKey),
  ...sums,
  /** Grouped by currency: the same in the currency's own amounts. */
  own: z.strictObject({ currency, ...sums }).nullable(),
})

export const readAgeing = route({
  method: 'GET',
  path: '/api/ageing',
  permission: 'ageing.view',
  summary:
    'Open receivables by age as of any day, cut by one or two dimensions, with what is not allocated beside and the proof against account 1122',
  query: z.strictObject({ ...report, proof: flag.default(true), ...paging }),
  response: page(ageingRow, {
    asOf: day,
    basis: z.enum(['due', 'issued']),
    scheme: z.string(),
    by: z.array(dimension),
    /** Of all amounts except `own`. */
    currency,
    buckets: z.array(bucket),
    totals: z.strictObject(sums),
    /** Where the report has no row: the first day on which anything stands in the ledger, if that is later. */
    firstOn: day.nullable(),
    /** Beside, not inside: money received after the day, and drafts that nobody has confirmed. Null where money cannot be cut so. */
    later: z.strictObject({ received: amount, drafts: amount }).nullable(),
    /** Of the whole company, whatever the filter. Null for those who see a part of it, in another currency, or when not asked for. */
    tieOut: ageingTieOut.nullable(),
  }),
})

export const readTieOut = route({
  method: 'GET',
  path: '/api/ageing/tie-out',
  permission: 'ageing.view',
  summary: 'The receivables ledger and account 1122 as of a day, and their difference; null for those who see a part of the company',
  query: z.strictObject({ asOf: day.optional() }),
  response: z.strictObject({ asOf: day, tieOut: ageingTieOut.nullable() }),
})

export const ageingItem = z.strictObject({
  id,
  no: z.string().nullable(),
  customerId: id,
  customerCode: z.string(),
  customerName: z.string(),
  salespersonName: z.string().nullable(),
  productName: z.string().nullable(),
  currency,
  amount,
  issuedOn: day,
  dueOn: day,
  overdueDays: z.int(),
  disputed: z.boolean(),
  reference: z.string().nullable(),
  /** What was open on the day, in the amounts of the report. */
  open: amount,
})
export const listAgeingItems = route({
  method: 'GET',
  path: '/api/ageing/items',
  permission: 'ageing.view',
  summary: 'The documents behind a figure of the ageing, with what was open on that day; their sum is the figure',
  query: z.strictObject({ ...filters, bucket: text(20).optional(), ...paging }),
  response: page(ageingItem, { asOf: day, currency, sum: amount }),
})

const exported = z.strictObject(report)
export const exportAgeingXlsx = route({
  method: 'GET',
  path: '/api/ageing.xlsx',
  permission: 'reports.export',
  summary: 'The ageing as filtered, as Excel',
  kind: 'file',
  query: exported,
  response: z.unknown(),
})
export const exportAgeingCsv = route({
  method: 'GET',
  path: '/api/ageing.csv',
  permission: 'reports.export',
  summary: 'The ageing as filtered, as CSV',
  kind: 'file',
  query: exported,
  response: z.unknown(),
})
export const exportAgeingPdf = route({
  method: 'GET',
  path: '/api/ageing.pdf',
  permission: 'reports.export',
  summary: 'The ageing as filtered, as PDF',
  kind: 'file',
  query: exported,
  response: z.unknown(),
})
export const exportAgeingItems = route({
  method: 'GET',
  path: '/api/ageing/items.xlsx',
  permission: 'reports.export',
  summary: 'The documents behind a figure, as Excel',
  kind: 'file',
  query: z.strictObject({ ...filters, bucket: text(20).optional() }),
  response: z.unknown(),
})

export const ageingScheme = z.strictObject({
  key: z.string().regex(/^[a-z][a-zA-Z0-9-]{0,39}$/, 'platform.wrongFormat'),
  name: requiredText(60),
  basis: z.enum(['due', 'issued']),
  unit: z.enum(['day', 'month']),
  buckets: z.array(z.strictObject({ from: z.int(), to: z.int().optional(), label: text(40).optional() })).max(20),
})
export const listAgeingSchemes = route({
  method: 'GET',
  path: '/api/ageing/schemes',
  permission: 'ageing.view',
  summary: "The sets of ageing buckets: the two that are always there, and the company's own",
  response: z.strictObject({ items: z.array(ageingScheme.extend({ own: z.boolean(), name: z.string() })), version: z.int() }),
})
export const saveAgeingSchemes = route({
  method: 'PUT',
  path: '/api/ageing/schemes',
  permission: 'vouchers.editRules',
  summary: "Saves the company's own sets of ageing buckets, all at once",
  body: z.strictObject({ schemes: z.array(ageingScheme).max(20), version: z.int().min(0) }),
  response: done,
})
