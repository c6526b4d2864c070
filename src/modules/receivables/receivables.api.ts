import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import {
  amount,
  createdMany,
  currency,
  day,
  done,
  id,
  idParams,
  longText,
  page,
  pageBesideSums,
  paging,
  positiveAmount,
  rate,
  requiredText,
  several,
  sumsAsked,
  text,
  version,
} from '../../platform/fields.ts'
import { receivableStatuses } from './receivable-status.ts'

const note = z.string().nullable()
const enteredLine = z.strictObject({ productId: id, amount: positiveAmount, tax: amount.optional() })
const enteredReceivable = z.strictObject({
  kind: z.enum(['manual', 'opening']).default('manual'),
  customerId: id,
  orderId: id.optional().describe('the approved order whose receivable was missing'),
  entityId: id.optional(),
  salespersonId: id.optional(),
  regionId: id.optional(),
  currency: currency.optional(),
  rate: rate.optional(),
  amount,
  tax: amount.optional(),
  originalAmount: positiveAmount.optional(),
  lines: z.array(enteredLine).max(500).optional(),
  issuedOn: day,
  dueOn: day.optional(),
  entryOn: day.optional(),
  reference: text(200).optional(),
  sourceNo: text(120).optional(),
  disputed: z.boolean().optional(),
  remark: longText(1_000).optional(),
})
export const enterReceivables = route({
  method: 'POST',
  path: '/api/receivables',
  permission: 'receivables.open',
  summary: 'Opens receivables by hand or brings opening balances in; all or none',
  body: z.strictObject({ receivables: z.array(enteredReceivable).min(1).max(1_000) }),
  response: createdMany,
})

export const ledgerStatuses = ['open', 'partly', 'overdue', 'notDue', 'settled', 'voided', 'disputed'] as const
/** `bucketFrom` (included) and `bucketTo` (excluded) are days overdue, or since issue with `basis` issued, as of today: the cell of an ageing report. */
const ledgerFilters = {
  customerId: id.optional(),
  groupId: id.optional(),
  salespersonId: id.optional(),
  teamId: id.optional(),
  regionId: id.optional(),
  productId: id.optional(),
  orderId: id.optional(),
  entityId: id.optional(),
  industry: text(80).optional(),
  customerClass: text(80).optional(),
  kind: several(z.enum(['order', 'manual', 'opening'])).optional(),
  status: several(z.enum(ledgerStatuses)).optional(),
  dueFrom: day.optional(),
  dueUntil: day.optional(),
  issuedFrom: day.optional(),
  issuedUntil: day.optional(),
  expectedFrom: day.optional().describe('open items with their expected payment day in these days'),
  expectedUntil: day.optional(),
  currency: currency.optional(),
  least: amount.optional(),
  most: amount.optional(),
  basis: z.enum(['due', 'issued']).default('due'),
  bucketFrom: z.coerce.number().int().min(-40_000).max(40_000).optional(),
  bucketTo: z.coerce.number().int().min(-40_000).max(40_000).optional(),
  search: text(100).optional(),
}
const ledgerSorts = ['due', '-due', 'issued', '-issued', '-open'] as const

const receivableRow = z.strictObject({
  id,
  no: z.string(),
  kind: z.enum(['order', 'manual', 'opening']),
  customerId: id,
  customerCode: z.string(),
  customerName: z.string(),
  orderId: id.nullable(),
  orderNo: note,
  partName: note,
  salespersonId: id.nullable(),
  salespersonName: note,
  regionId: id.nullable(),
  regionName: note,
  reference: note,
  sourceNo: note,
  currency,
  amount,
  amountBase: amount,
  open: amount,
  openBase: amount,
  issuedOn: day,
  dueOn: day,
  contractDueOn: day,
  settledOn: day.nullable(),
  status: z.enum(receivableStatuses),
  overdueDays: z.int(),
  progress: z.int(),
  disputed: z.boolean(),
  expectedOn: day.nullable(),
  expectedBasis: z.enum(['promise', 'dispute', 'habit', 'due']).nullable(),
  expectedPassedDays: z.int().describe('days since the expected day, when it is over and something is still open'),
  version,
})
const sumsOf = z.strictObject({ currency, count: z.int(), amount, open: amount, overdue: amount })
export const listReceivables = route({
  method: 'GET',
  path: '/api/receivables',
  permission: 'receivables.view',
  summary:
    'The receivables ledger with live status, progress and expected payment day; sums of the whole filter, which may be asked for apart',
  query: z.strictObject({ ...ledgerFilters, sort: z.enum(ledgerSorts).default('due'), ...sumsAsked, ...paging }),
  response: pageBesideSums(
    receivableRow,
    { sums: z.array(sumsOf), base: z.strictObject({ amount, open: amount, overdue: amount }) },
    { asOf: day, baseCurrency: currency },
  ),
})
export const listMissingReceivables = route({
  method: 'GET',
  path: '/api/receivables/missing',
  permission: 'receivables.view',
  summary: 'Orders approved or delivered of which less stands in the ledger than is owed',
  query: z.strictObject({ ...paging }),
  response: page(
    z.strictObject({
      orderId: id,
      orderNo: note,
      customerId: id,
      customerName: z.string(),
      salespersonName: note,
      status: z.enum(['approved', 'partlyDelivered', 'delivered', 'completed']),
      orderedOn: day,
      deliveredOn: day.nullable(),
      currency,
      amount,
      owed: amount,
      recorded: amount,
      missing: amount,
    }),
    { baseCurrency: currency, sum: amount },
  ),
})
const exported = {
  method: 'GET',
  permission: 'reports.export',
  kind: 'file',
  query: z.strictObject({ ...ledgerFilters, sort: z.enum(ledgerSorts).default('due') }),
  response: z.unknown(),
} as const
export const exportReceivables = route({ ...exported, path: '/api/receivables.xlsx', summary: 'The filtered receivables as Excel' })
export const exportReceivablesCsv = route({ ...exported, path: '/api/receivables.csv', summary: 'The filtered receivables as CSV' })

const event = z.strictObject({
  at: z.string(),
  action: z.string(),
  byName: note,
  reason: note,
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
})
export const getReceivable = route({
  method: 'GET',
  path: '/api/receivables/:id',
  permission: 'receivables.view',
  summary: 'One receivable with lines, entries, allocations, adjustments, vouchers and what happened to it',
  params: idParams,
  response: receivableRow.extend({
    entityName: z.string(),
    remark: z.string(),
    voidedOn: day.nullable(),
    originalAmount: note.describe('of an opening item: what it once was'),
    receivedBefore: amount
      .nullable()
      .describe('of an opening item: its original amount less what was brought in, received before its opening day'),
    createdByName: note,
    createdAt: z.string(),
    baseCurrency: currency,
    lines: z.array(
      z.strictObject({ lineNo: z.int(), productId: id.nullable(), productName: note, net: amount, tax: amount, amount, openBase: amount }),
    ),
    entries: z.array(
      z.strictObject({
        id,
        kind: z.string(),
        entryOn: day,
        amount,
        amountBase: amount,
        dueOn: day,
        voucherId: id.nullable(),
        voucherNo: note,
      }),
    ),
    allocations: z.array(
      z.strictObject({
        id,
        receiptId: id,
        receiptNo: note,
        amount,
        entryOn: day,
        how: z.string(),
        explanation: z.unknown(),
        reversesId: id.nullable(),
        reversed: z.boolean(),
      }),
    ),
    adjustments: z.array(
      z.strictObject({
        id,
        receiptId: id.nullable(),
        kind: z.enum(['discount', 'shortPayment']),
        reasonCode: z.string(),
        amount,
        entryOn: day,
        reversesId: id.nullable(),
      }),
    ),
    events: z.array(event),
  }),
})

const reason = requiredText(500)
export const rescheduleReceivables = route({
  method: 'POST',
  path: '/api/receivables/reschedulings',
  permission: 'receivables.reschedule',
  summary: 'Gives open receivables another due day, with a reason; the contract day stays',
  body: z.strictObject({
    receivables: z
      .array(z.strictObject({ id, version, dueOn: day, reason }))
      .min(1)
      .max(1_000),
  }),
  response: done,
})
export const reassignReceivables = route({
  method: 'POST',
  path: '/api/receivables/reassignments',
  permission: 'receivables.reschedule',
  summary: 'Gives open receivables another salesperson or region',
  body: z.strictObject({
    receivables: z
      .array(z.strictObject({ id, version, salespersonId: id.nullable().optional(), regionId: id.nullable().optional(), reason }))
      .min(1)
      .max(1_000),
  }),
  response: done,
})
export const disputeReceivables = route({
  method: 'POST',
  path: '/api/receivables/disputes',
  permission: 'receivables.reschedule',
  summary: 'Marks receivables as disputed, or as no longer so',
  body: z.strictObject({
    receivables: z
      .array(z.strictObject({ id, version, disputed: z.boolean(), reason }))
      .min(1)
      .max(1_000),
  }),
  response: done,
})
export const voidReceivable = route({
  method: 'POST',
  path: '/api/receivables/:id/voiding',
  permission: 'receivables.open',
  summary: 'Takes a receivable back whole by a mirror entry and voucher; only when nothing is allocated to it',
  params: idParams,
  body: z.strictObject({ version, voidedOn: day.optional(), reason }),
  response: done,
})
