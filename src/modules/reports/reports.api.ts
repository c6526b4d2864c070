import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { currency, day, id, page, paging, several, text } from '../../platform/fields.ts'

export const reportGroups = ['receipts', 'arrears', 'efficiency', 'performance'] as const
export type ReportGroup = (typeof reportGroups)[number]

/** What rows may be cut by. */
export const dimensionNames = [
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'customer',
  'group',
  'salesperson',
  'team',
  'region',
  'product',
  'industry',
  'class',
  'currency',
  'entity',
  'method',
  'bankAccount',
  'terms',
  'reason',
  'receipt',
  'receivable',
  'order',
  'kpi',
] as const
export type DimensionName = (typeof dimensionNames)[number]

export const reportFilters = [
  'customer',
  'group',
  'salesperson',
  'team',
  'region',
  'product',
  'industry',
  'class',
  'entity',
  'inCurrency',
  'method',
  'bankAccount',
  'reason',
] as const
export type ReportFilter = (typeof reportFilters)[number]

/** 逾期原因: why something overdue is not paid, in the order in which they are looked for: what somebody must do comes before what only explains. */
export const overdueReasons = ['disputed', 'moneyThere', 'held', 'noContact', 'partlyPaid', 'instalment', 'habitLate', 'unknown'] as const

const values = several(text(100)).optional()
const asked = {
  from: day.optional(),
  to: day.optional(),
  asOf: day.optional(),
  by: text(40).optional(),
  compare: z.enum(['none', 'before', 'lastYear']).default('none'),
  /** Only this currency, in its own amounts; without it, base-currency amounts of everything. */
  currency: currency.optional(),
  ...(Object.fromEntries(reportFilters.map((name) => [name, values])) as { [name in ReportFilter]: typeof values }),
}
const ordered = { ...asked, sort: text(60).optional() }
const key = z.strictObject({ key: z.string().max(60) })

export const reportColumn = z.strictObject({
  key: z.string(),
  title: z.string(),
  kind: z.enum(['money', 'ownMoney', 'count', 'days', 'percent', 'ratio', 'text', 'day', 'named', 'word']),
  decimals: z.int().nullable(),
  opens: z.boolean(),
  sorts: z.boolean(),
})
/** money and ratios as decimal text, percent as a rate ('0.344'), counts as numbers, days of the calendar as YYYY-MM-DD, names and words in the caller's language. */
const cells = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))
const range = { from: day, to: day }
export const reportRow = z.strictObject({
  key: z.string().nullable(),
  name: z.string().nullable(),
  code: z.string().nullable(),
  cells,
  /** Ids behind named columns. */
  links: z.record(z.string(), z.string()),
})
export const reportChart = z.strictObject({
  key: z.string(),
  title: z.string(),
  kind: z.enum(['bars', 'stack', 'lines']),
  x: z.array(z.string()),
  series: z.array(
    z.strictObject({ key: z.string(), title: z.string(), kind: z.string(), values: z.array(z.union([z.string(), z.number(), z.null()])) }),
  ),
})

const figureUnit = z.enum(['amount', 'days', 'months', 'times', 'percent'])
/** A key figure of the whole range with its formula in numbers; `value` null where there is nothing to divide by, isAtLeast where it is this or more. */
export const reportFigure = z.strictObject({
  key: z.string(),
  title: z.string(),
  unit: figureUnit,
  value: z.string().nullable(),
  isAtLeast: z.boolean(),
  formula: z.array(
    z.union([z.enum(['+', '−', '×', '÷', '(', ')']), z.strictObject({ title: z.string(), unit: figureUnit, value: z.string() })]),
  ),
})

const described = {
  key: z.string(),
  group: z.enum(reportGroups),
  title: z.string(),
  /** The question it answers. */
  answers: z.string(),
}
export const listReports = route({
  method: 'GET',
  path: '/api/reports',
  permission: 'reports.view',
  summary: 'The reports that the caller may see, with what each of them answers',
  response: z.strictObject({ items: z.array(z.strictObject(described)) }),
})
export const readReport = route({
  method: 'GET',
  path: '/api/reports/:key',
  permission: 'reports.view',
  summary: 'One report: rows, totals of the whole filter, comparison, charts, its formula in words; the same figures as its files',
  params: key,
  query: z.strictObject({ ...ordered, ...paging }),
  response: page(reportRow, {
    ...described,
    explanation: z.string(),
    formula: z.string().nullable(),
    figures: z.array(reportFigure),
    /** How the company reckons key figures (settings `reports`); null where nothing here depends on it. */
    basis: z.strictObject({ vatBasis: z.enum(['gross', 'net']), yearDays: z.int() }).nullable(),
    /** What is said of amounts: booked in base currency, or only of one currency. */
    amounts: z.string(),
    time: z.enum(['range', 'asOf', 'today']),
    ...range,
    by: z.enum(dimensionNames),
    byTitle: z.string(),
    dimensions: z.array(z.strictObject({ key: z.enum(dimensionNames), title: z.string() })),
    filters: z.array(z.enum(reportFilters)),
    /** What narrows it, with names instead of ids. */
    narrowedBy: z.array(z.strictObject({ key: z.string(), label: z.string(), value: z.string() })),
    compares: z.boolean(),
    compared: z.strictObject(range).nullable(),
    currency,
    sort: z.string(),
    columns: z.array(reportColumn),
    totals: cells,
    comparison: z.array(z.strictObject({ period: z.enum(['before', 'lastYear']), ...range, totals: cells })),
    charts: z.array(reportChart),
  }),
})
export const listReportDocuments = route({
  method: 'GET',
  path: '/api/reports/:key/documents',
  permission: 'reports.view',
  summary: 'The documents behind one figure of a report; their sum is the figure',
  params: key,
  query: z.strictObject({ ...asked, column: text(60), row: text(100).optional(), ...paging }),
  response: page(
    z.strictObject({
      kind: z.enum(['receivable', 'receipt', 'order']),
      id,
      no: z.string().nullable(),
      onDay: day,
      customerId: id.nullable(),
      customerCode: z.string().nullable(),
      customerName: z.string().nullable(),
      currency,
      own: z.string(),
      figure: z.string(),
    }),
    { currency, figureIs: z.enum(['money', 'count']), sum: z.string() },
  ),
})
const file = (type: string, name: string) =>
  route({
    method: 'GET',
    path: `/api/reports/:key/report.${type}`,
    permission: 'reports.export',
    summary: `A report as filtered, as ${name}: the figures of the page`,
    kind: 'file',
    params: key,
    query: z.strictObject(ordered),
    response: z.unknown(),
  })
export const exportReportXlsx = file('xlsx', 'Excel')
export const exportReportCsv = file('csv', 'CSV')
export const exportReportPdf = file('pdf', 'PDF')
