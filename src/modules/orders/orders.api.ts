import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import {
  amount,
  created,
  currency,
  day,
  decimal,
  done,
  flag,
  id,
  idParams,
  longText,
  page,
  paging,
  positiveDecimal,
  rate,
  several,
  text,
  version,
} from '../../platform/fields.ts'
import { orderDeciders, orderStatuses } from './order-status.ts'

const price = z.string().regex(/^\d{1,12}(\.\d{1,6})?$/, 'orders.unitPrice')
const percent = z.string().regex(/^\d{1,3}(\.\d{1,6})?$/, 'orders.discountPercent')
const discount = z.union([
  z.strictObject({ percent }),
  z.strictObject({ amount: z.string().regex(/^\d{1,16}(\.\d{1,4})?$/, 'orders.discountAmount') }),
])
const status = z.enum(orderStatuses)
export const credit = z.enum(['pass', 'warn', 'hold'])
export const phrase = z.strictObject({ key: z.string(), params: z.record(z.string(), z.unknown()).optional() })

const draftLine = z.strictObject({
  productId: id,
  description: text(200).optional(),
  unit: text(20).optional(),
  quantity: positiveDecimal,
  unitPrice: price.optional(),
  vatRate: rate.optional(),
  discount: discount.nullable().optional(),
})
/** Absent = the default from customer, product and company; null = deliberately none. */
export const draft = z.strictObject({
  customerId: id,
  entityId: id.optional(),
  salespersonId: id.nullable().optional(),
  regionId: id.nullable().optional(),
  currency: currency.optional(),
  rate: rate.optional(),
  orderedOn: day.optional(),
  deliveryOn: day.nullable().optional(),
  termsId: id.nullable().optional(),
  paymentMethodId: id.nullable().optional(),
  customerReference: text(80).nullable().optional(),
  remark: longText(1_000).optional(),
  pricesIncludeTax: z.boolean().optional(),
  discount: discount.nullable().optional(),
  lines: z.array(draftLine).max(500),
})
const named = {
  customerId: id,
  customerName: z.string(),
  customerCode: z.string(),
  salespersonId: id.nullable(),
  salespersonName: z.string().nullable(),
}
const listed = z.strictObject({
  id,
  no: z.string().nullable(),
  ...named,
  currency: z.string(),
  amount,
  amountBase: amount,
  status,
  creditResult: credit.nullable(),
  orderedOn: day,
  deliveryOn: day.nullable(),
  deliveredOn: day.nullable(),
  lateDays: z.int(),
  customerReference: z.string().nullable(),
  deliveredShare: z.int(),
  version: z.int(),
})
const line = z.strictObject({
  lineNo: z.int(),
  productId: id,
  productCode: z.string(),
  productName: z.string(),
  description: z.string(),
  unit: z.string(),
  quantity: decimal,
  unitPrice: decimal,
  discount: discount.nullable(),
  vatRate: z.string(),
  net: amount,
  tax: amount,
  amount,
  delivered: decimal,
})
const event = z.strictObject({
  id,
  kind: z.string(),
  happenedOn: day,
  at: z.iso.datetime(),
  byName: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
})
export const ruleResult = z.strictObject({ rule: z.string(), result: credit, reason: phrase, over: amount })

export const listOrders = route({
  method: 'GET',
  path: '/api/orders',
  permission: 'orders.view',
  summary: 'Orders, the latest first, with count and sum of the whole filter',
  query: z.strictObject({
    q: text(80).optional(),
    customerId: id.optional(),
    salespersonId: id.optional(),
    status: several(status).optional(),
    credit: credit.optional(),
    late: flag.optional(),
    decider: z.enum(orderDeciders).optional().describe('submitted orders whose approval I may decide, or that wait for others'),
    from: day.optional(),
    until: day.optional(),
    ...paging,
  }),
  response: page(listed, { sumBase: amount, late: z.int() }),
})
export const getOrder = route({
  method: 'GET',
  path: '/api/orders/:id',
  permission: 'orders.view',
  summary: 'One order with lines, history, receivables and the way its approval goes',
  params: idParams,
  response: z.strictObject({
    id,
    no: z.string().nullable(),
    ...named,
    entityId: id,
    entityName: z.string(),
    regionId: id.nullable(),
    currency: z.string(),
    rate: z.string(),
    net: amount,
    tax: amount,
    amount,
    amountBase: amount,
    status,
    creditResult: credit.nullable(),
    creditRules: z.array(ruleResult),
    orderedOn: day,
    deliveryOn: day.nullable(),
    deliveredOn: day.nullable(),
    lateDays: z.int(),
    termsId: id.nullable(),
    termsName: z.string().nullable(),
    terms: z.unknown(),
    paymentMethodId: id.nullable(),
    paymentMethodName: z.string().nullable(),
    customerReference: z.string().nullable(),
    sameReference: z.array(z.strictObject({ id, no: z.string() })),
    remark: z.string(),
    pricesIncludeTax: z.boolean(),
    discount: discount.nullable(),
    createdByName: z.string().nullable(),
    submittedByName: z.string().nullable(),
    approvedByName: z.string().nullable(),
    approvedHow: z.enum(['person', 'rule', 'alone']).nullable(),
    statusReason: z.string(),
    override: z.strictObject({ over: amount, reason: z.string(), byName: z.string().nullable() }).nullable(),
    feedbackScore: z.int().nullable(),
    feedback: z.string().nullable(),
    version: z.int(),
    pendingRequest: z.strictObject({ id, version: z.int(), role: z.string() }).nullable(),
    lines: z.array(line),
    events: z.array(event),
    opensReceivables: z.enum(['approved', 'delivered']).describe('when this order becomes receivables'),
    receivables: z.array(
      z.strictObject({
        id,
        no: z.string().nullable(),
        partName: z.string().nullable(),
        amount,
        open: amount,
        dueOn: day,
        settledOn: day.nullable(),
      }),
    ),
    received: amount,
    outstanding: amount,
  }),
})
export const createOrder = route({
  method: 'POST',
  path: '/api/orders',
  permission: 'orders.edit',
  summary: 'Adds a draft',
  body: draft,
  response: created,
})
export const editOrder = route({
  method: 'PUT',
  path: '/api/orders/:id',
  permission: 'orders.edit',
  summary: 'Replaces a draft; a submitted order becomes a draft again',
  params: idParams,
  body: z.strictObject({ version, draft }),
  response: done,
})
export const copyOrder = route({
  method: 'POST',
  path: '/api/orders/:id/copy',
  permission: 'orders.edit',
  summary: 'A new draft like this order',
  params: idParams,
  response: created,
})
export const copyLast = route({
  method: 'POST',
  path: '/api/orders/copy-of-last',
  permission: 'orders.edit',
  summary: 'A new draft like the customer’s latest order',
  body: z.strictObject({ customerId: id }),
  response: created,
})
export const submitOrders = route({
  method: 'POST',
  path: '/api/orders/submissions',
  permission: 'orders.edit',
  summary: 'Submits orders: completeness, credit check, approval',
  body: z.strictObject({ orders: z.array(z.strictObject({ id, version })).min(1).max(200) }),
  response: z.strictObject({ orders: z.array(z.strictObject({ id, creditResult: credit, status: z.enum(['submitted', 'approved']) })) }),
})
const one = z.strictObject({ version })
const withReason = z.strictObject({ version, reason: longText(500) })
export const withdrawOrder = route({
  method: 'POST',
  path: '/api/orders/:id/withdrawal',
  permission: 'orders.edit',
  summary: 'Takes a submitted order back',
  params: idParams,
  body: one,
  response: done,
})
export const cancelOrder = route({
  method: 'POST',
  path: '/api/orders/:id/cancellation',
  permission: 'orders.edit',
  summary: 'Cancels an order that is not delivered',
  params: idParams,
  body: withReason,
  response: done,
})
export const reopenOrder = route({
  method: 'POST',
  path: '/api/orders/:id/reopening',
  permission: 'orders.edit',
  summary: 'Takes an approval back so that the order can be changed and checked anew',
  params: idParams,
  body: withReason,
  response: done,
})
export const deliverOrder = route({
  method: 'POST',
  path: '/api/orders/:id/deliveries',
  permission: 'orders.deliver',
  summary: 'Books a delivery, of some lines or of all that is left',
  params: idParams,
  body: z.strictObject({
    version,
    deliveredOn: day,
    lines: z
      .array(z.strictObject({ lineNo: z.int().min(1), quantity: positiveDecimal }))
      .min(1)
      .max(500)
      .optional(),
    remark: longText(500).optional(),
  }),
  response: created,
})
export const undoDelivery = route({
  method: 'POST',
  path: '/api/orders/:id/deliveries/undo',
  permission: 'orders.deliver',
  summary: 'Takes all deliveries of an order back',
  params: idParams,
  body: withReason,
  response: done,
})
export const completeOrder = route({
  method: 'POST',
  path: '/api/orders/:id/completion',
  permission: 'orders.deliver',
  summary: 'Completes a delivered order with the customer’s feedback',
  params: idParams,
  body: z.strictObject({ version, score: z.int().min(1).max(5).nullable().default(null), feedback: longText(1_000).default('') }),
  response: done,
})
