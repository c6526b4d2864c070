import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { amount, day, id } from '../../platform/fields.ts'
import { credit, draft, phrase, ruleResult } from './orders.api.ts'

const issue = z.strictObject({
  path: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

/** A question, though sent by POST: nothing is saved. */
export const checkOrder = route({
  method: 'POST',
  path: '/api/orders/check',
  permission: 'orders.edit',
  summary: 'What a draft comes to: totals, what is missing, the credit check now, ways out, due days',
  body: z.strictObject({ orderId: id.optional(), draft }),
  response: z.strictObject({
    at: z.iso.datetime(),
    content: z.record(z.string(), z.unknown()),
    issues: z.array(issue),
    missing: z.array(issue),
    warnings: z.array(issue),
    sameReference: z.strictObject({ id, no: z.string() }).nullable(),
    totals: z
      .strictObject({
        currency: z.string(),
        net: amount,
        tax: amount,
        amount,
        amountBase: amount,
        discount: amount,
        lines: z.array(z.strictObject({ net: amount, tax: amount, amount })),
      })
      .nullable(),
    credit: z
      .strictObject({
        currency: z.string(),
        result: credit,
        rules: z.array(ruleResult),
        added: amount,
        over: amount,
        limit: amount.nullable(),
        limitKind: z.enum(['none', 'unlimited', 'limited']),
        limitUntil: day.nullable(),
        overOwn: amount.describe("by how much this order passes the customer's own limit"),
        groups: z
          .array(z.strictObject({ name: z.string(), used: amount, limit: amount, over: amount }))
          .describe('each limited group above, nearest first: what it uses with this order, of its own limit'),
        overdue: amount,
        notDue: amount,
        orders: amount,
        exposure: amount,
        waysOut: z.array(
          z.strictObject({ kind: z.enum(['payOldest', 'prepayMore', 'release']), amount, title: phrase, effect: phrase, after: credit }),
        ),
      })
      .nullable(),
    due: z.array(
      z.strictObject({
        name: z.string(),
        amount,
        baseEvent: z.string(),
        baseOn: day,
        contractDue: day,
        dueOn: day,
        expectedOn: day,
        estimated: z.boolean(),
        unpublishedYear: z.int().nullable(),
        beforeDelivery: z.boolean(),
      }),
    ),
    optional: z.array(z.string()).describe('fields that may stay empty'),
    usualDaysLate: z.int().nullable(),
    opensReceivables: z.enum(['approved', 'delivered']),
    asks: z.array(z.string()),
  }),
})
