import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import {
  amount,
  currency,
  day,
  flag,
  id,
  idParams,
  page,
  paging,
  positiveAmount,
  requiredText,
  text,
  version,
} from '../../platform/fields.ts'

const rule = z.enum(['reference', 'statutory', 'oldest', 'proRata'])
const shortPaymentReason = z.enum([
  'bankCharge',
  'rounding',
  'exchange',
  'goodwill',
  'earlyPaymentDiscount',
  'quality',
  'priceDifference',
  'goodsReturned',
  'tax',
  'partPayment',
])
const named = z.array(z.strictObject({ reference: requiredText(120), amount: positiveAmount.optional() })).max(200)
const phrase = z.unknown()

const openItem = z.strictObject({
  id,
  no: z.string(),
  customerId: id,
  customerName: z.string(),
  currency,
  amount,
  open: amount,
  issuedOn: day,
  dueOn: day,
  disputed: z.boolean(),
  partName: z.string().nullable(),
  orderNo: z.string().nullable(),
  references: z.array(z.string()),
  discount: z
    .strictObject({ amount, lastDay: day, isInTime: z.boolean() })
    .nullable()
    .describe('early-payment discount that this money can still earn'),
})
/** What a rule would do, without doing it: the proposal explains each line, and every other open item stands beside it. */
export const proposeAllocations = route({
  method: 'GET',
  path: '/api/receipts/:id/allocation-proposal',
  permission: 'receipts.view',
  summary: 'What a rule would allocate of a receipt, with the reason of each line, beside all open items of its customer',
  params: idParams,
  query: z.strictObject({ rule: rule.default('reference') }),
  response: z.strictObject({
    receiptId: id,
    currency,
    unallocated: amount,
    left: amount,
    explanation: z.array(phrase),
    allocations: z.array(z.strictObject({ receivableId: id, amount, explanation: phrase })),
    items: z.array(openItem),
    tolerance: z.strictObject({ absolute: z.record(z.string(), z.string()), percent: z.string() }),
  }),
})
export const allocateByHand = route({
  method: 'POST',
  path: '/api/allocations',
  permission: 'allocations.allocate',
  summary: 'Allocates amounts of receipts to receivables, n:m, all or nothing; what is missing may be closed for a reason',
  body: z.strictObject({
    lines: z
      .array(z.strictObject({ receiptId: id, receivableId: id, amount: positiveAmount }))
      .min(1)
      .max(5_000),
    adjustments: z
      .array(z.strictObject({ receiptId: id, receivableId: id, reason: shortPaymentReason }))
      .max(1_000)
      .default([]),
    entryOn: day.optional(),
  }),
  response: z.strictObject({ batches: z.array(z.strictObject({ id, receiptId: id, allocated: amount, adjusted: amount, currency })) }),
})
export const allocateByRule = route({
  method: 'POST',
  path: '/api/allocations/by-rule',
  permission: 'allocations.allocate',
  summary: 'Allocates receipts by one rule, up to 1,000 at once',
  body: z.strictObject({
    receiptIds: z.array(id).min(1).max(1_000),
    rule,
    receivableIds: z.array(id).max(20_000).optional(),
    named: named.optional(),
    entryOn: day.optional(),
  }),
  response: z.strictObject({ batches: z.array(z.strictObject({ id, receiptId: id, allocated: amount, adjusted: amount, currency })) }),
})
/** The same decision without its effect, summed: what a person is shown before a bulk allocation. */
export const previewAllocations = route({
  method: 'POST',
  path: '/api/allocations/preview',
  permission: 'receipts.view',
  summary: 'What a rule would allocate of many receipts, as sums per currency',
  body: z.strictObject({ receiptIds: z.array(id).min(1).max(1_000), rule }),
  response: z.strictObject({
    sums: z.array(z.strictObject({ currency, receipts: z.int(), receivables: z.int(), settled: z.int(), allocated: amount, left: amount })),
  }),
})
export const reverseAllocations = route({
  method: 'POST',
  path: '/api/allocations/reversals',
  permission: 'allocations.reverse',
  summary: 'Undoes allocations by mirror rows',
  body: z
    .strictObject({
      allocationIds: z.array(id).min(1).max(1_000).optional(),
      batchId: id.optional(),
      receiptId: id.optional(),
      entryOn: day.optional(),
      reason: requiredText(500),
    })
    .refine(
      (body) => [body.allocationIds, body.batchId, body.receiptId].filter((one) => one !== undefined).length === 1,
      'allocations.nameOne',
    ),
  response: z.strictObject({ ids: z.array(id) }),
})
export const undoReceipt = route({
  method: 'POST',
  path: '/api/receipts/:id/undo',
  permission: 'receipts.reverse',
  summary: 'Undoes all allocations of a receipt and reverses the receipt, in one step',
  params: idParams,
  body: z.strictObject({ version, reversedOn: day.optional(), reason: requiredText(500) }),
  response: z.strictObject({ ok: z.literal(true) }),
})
export const listAllocations = route({
  method: 'GET',
  path: '/api/allocations',
  permission: 'receipts.view',
  summary: 'Allocations and their reversals, newest first',
  query: z.strictObject({
    customerId: id.optional(),
    from: day.optional(),
    until: day.optional(),
    how: text(20).optional(),
    reversals: flag.optional(),
    ...paging,
  }),
  response: page(
    z.strictObject({
      id,
      batchId: id,
      receiptId: id,
      receiptNo: z.string().nullable(),
      receivableId: id,
      receivableNo: z.string().nullable(),
      customerId: id,
      customerName: z.string(),
      currency,
      amount,
      entryOn: day,
      how: z.string(),
      reversesId: id.nullable(),
      reversed: z.boolean(),
      createdByName: z.string().nullable(),
      explanation: phrase,
    }),
    { sums: z.array(z.strictObject({ currency, amount })) },
  ),
})
