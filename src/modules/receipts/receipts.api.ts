import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import {
  amount,
  createdMany,
  currency,
  day,
  decimal,
  done,
  flag,
  id,
  idParams,
  longText,
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

const receiptStatus = z.enum(['draft', 'confirmed', 'reversed', 'cancelled'])

const receiptInput = {
  customerId: id.nullable().default(null),
  orderId: id.nullable().default(null),
  entityId: id.optional(),
  currency: currency.optional(),
  rate: rate.optional(),
  amount: positiveAmount,
  fee: decimal.default('0'),
  receivedOn: day,
  methodId: id.nullable().default(null),
  bankAccountId: id.nullable().default(null),
  payerName: text(200).nullable().default(null),
  payerAccount: text(60).nullable().default(null),
  reference: text(500).nullable().default(null),
  remark: longText(1_000).default(''),
  channel: text(60).nullable().default(null),
  channelTx: text(120).nullable().default(null),
  sourceNo: text(120).nullable().default(null),
}
/** `acceptDuplicates` says that the person has seen the duplicate warning and means it. */
export const recordReceipts = route({
  method: 'POST',
  path: '/api/receipts',
  permission: 'receipts.record',
  summary: 'Records receipts as drafts, to be confirmed by a second person',
  body: z.strictObject({ receipts: z.array(z.strictObject(receiptInput)).min(1).max(1_000), acceptDuplicates: z.boolean().default(false) }),
  response: createdMany,
})
export const editReceipt = route({
  method: 'PUT',
  path: '/api/receipts/:id',
  permission: 'receipts.record',
  summary: 'Changes a receipt that is not confirmed yet',
  params: idParams,
  body: z.strictObject({ ...receiptInput, version }),
  response: done,
})
/** What the form shows before saving: receipts that look like the same money, and how it fits the order. */
export const checkReceipt = route({
  method: 'POST',
  path: '/api/receipt-checks',
  permission: 'receipts.view',
  summary: 'Looks for duplicates of a receipt and compares it with its order',
  body: z.strictObject({
    customerId: id.nullable().default(null),
    orderId: id.nullable().default(null),
    currency: currency.optional(),
    amount: positiveAmount,
    receivedOn: day,
    payerName: text(200).nullable().default(null),
    channel: text(60).nullable().default(null),
    channelTx: text(120).nullable().default(null),
    exceptId: id.optional(),
  }),
  response: z.strictObject({
    duplicates: z.array(
      z.strictObject({
        id,
        no: z.string().nullable(),
        receivedOn: day,
        amount,
        customerName: z.string().nullable(),
        status: receiptStatus,
        reasons: z.array(z.string()),
        certain: z.boolean(),
      }),
    ),
    order: z
      .strictObject({
        id,
        no: z.string().nullable(),
        amount,
        received: amount,
        verdict: z.enum(['equal', 'less', 'more', 'otherCurrency', 'otherCustomer']),
        difference: amount,
      })
      .nullable(),
  }),
})
const someReceipts = z.strictObject({ receipts: z.array(z.strictObject({ id, version })).min(1).max(1_000) })
export const confirmReceipts = route({
  method: 'POST',
  path: '/api/receipts/confirmations',
  permission: 'receipts.confirm',
  summary: 'Confirms that the money arrived: books it and lets it be allocated',
  body: someReceipts,
  response: z.strictObject({ confirmed: z.array(id), awaitingApproval: z.array(id) }),
})
export const cancelReceipts = route({
  method: 'POST',
  path: '/api/receipts/cancellations',
  permission: 'receipts.record',
  summary: 'Drops drafts that were never confirmed',
  body: someReceipts,
  response: done,
})
export const reverseReceipt = route({
  method: 'POST',
  path: '/api/receipts/:id/reversal',
  permission: 'receipts.reverse',
  summary: 'Takes a confirmed receipt back by a mirror voucher; what it paid must be undone first',
  params: idParams,
  body: z.strictObject({ version, reversedOn: day.optional(), reason: requiredText(500) }),
  response: done,
})
export const identifyReceipt = route({
  method: 'POST',
  path: '/api/receipts/:id/customer',
  permission: 'receipts.confirm',
  summary: 'Says whose money an unidentified receipt is',
  params: idParams,
  body: z.strictObject({ version, customerId: id, reason: text(500).default('') }),
  response: done,
})

const receiptRow = z.strictObject({
  id,
  no: z.string().nullable(),
  status: receiptStatus,
  customerId: id.nullable(),
  customerCode: z.string().nullable(),
  customerName: z.string().nullable(),
  orderId: id.nullable(),
  orderNo: z.string().nullable(),
  currency,
  amount,
  amountBase: amount,
  fee: amount,
  allocated: amount,
  unallocated: amount,
  receivedOn: day,
  methodName: z.string().nullable(),
  bankAccountName: z.string().nullable(),
  payerName: z.string().nullable(),
  reference: z.string().nullable(),
  createdByName: z.string().nullable(),
  confirmedByName: z.string().nullable(),
  awaitingApproval: z.boolean(),
  /** Was there at go-live. */
  opening: z.boolean(),
  version,
})
const receiptFilters = {
  customerId: id.optional(),
  orderId: id.optional(),
  status: several(receiptStatus).optional(),
  from: day.optional(),
  until: day.optional(),
  methodId: id.optional(),
  bankAccountId: id.optional(),
  unallocated: flag.optional(),
  unidentified: flag.optional(),
  search: text(100).optional(),
  currency: currency.optional(),
  least: positiveAmount.optional(),
  most: positiveAmount.optional(),
}
export const listReceipts = route({
  method: 'GET',
  path: '/api/receipts',
  permission: 'receipts.view',
  summary: 'Receipts, newest first, with the sums of the whole filter, which may be asked for apart',
  query: z.strictObject({ ...receiptFilters, ...sumsAsked, ...paging }),
  response: pageBesideSums(receiptRow, { sums: z.array(z.strictObject({ currency, amount, allocated: amount, unallocated: amount })) }),
})
export const exportReceipts = route({
  method: 'GET',
  path: '/api/receipts.xlsx',
  permission: 'reports.export',
  summary: 'The filtered receipts as Excel',
  kind: 'file',
  query: z.strictObject(receiptFilters),
  response: z.unknown(),
})
export const exportReceiptsCsv = route({
  method: 'GET',
  path: '/api/receipts.csv',
  permission: 'reports.export',
  summary: 'The filtered receipts as CSV (UTF-8)',
  kind: 'file',
  query: z.strictObject(receiptFilters),
  response: z.unknown(),
})
export const getReceipt = route({
  method: 'GET',
  path: '/api/receipts/:id',
  permission: 'receipts.view',
  summary: 'One receipt with its allocations and vouchers',
  params: idParams,
  response: receiptRow.extend({
    entityName: z.string(),
    rate: z.string(),
    methodId: id.nullable(),
    bankAccountId: id.nullable(),
    payerAccount: z.string().nullable(),
    remark: z.string(),
    channel: z.string().nullable(),
    channelTx: z.string().nullable(),
    createdBy: id,
    confirmedBy: id.nullable(),
    confirmedAt: z.string().nullable(),
    reversedOn: day.nullable(),
    reverseReason: z.string().nullable(),
    allocations: z.array(
      z.strictObject({
        id,
        batchId: id,
        receivableId: id,
        receivableNo: z.string().nullable(),
        customerName: z.string(),
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
        receivableId: id,
        receivableNo: z.string().nullable(),
        kind: z.enum(['discount', 'shortPayment']),
        reasonCode: z.string(),
        amount,
        entryOn: day,
        reversesId: id.nullable(),
      }),
    ),
    vouchers: z.array(z.strictObject({ id, no: z.string().nullable(), voucherOn: day, sourceKind: z.string(), isUndoing: z.boolean() })),
  }),
})
