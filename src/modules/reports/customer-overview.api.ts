import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import * as f from '../../platform/fields.ts'
import { creditPosition } from '../credit/credit.api.ts'

const habit = z.strictObject({
  count: z.int(),
  onTime: z.int(),
  averageDaysLate: z.number(),
  usualDaysLate: z
    .int()
    .nullable()
    .describe(
      'whole days that expected payment days are later than the due day: the average drawn towards 0 the fewer and the more scattered its documents are; null: too few',
    ),
  worstDaysLate: z.number(),
  usualPayDay: z.int().nullable(),
  usualMethod: z.string().nullable().describe('payment method by which most of the money came'),
  trendDays: z.number().nullable(),
  months: z.array(z.strictObject({ month: z.string(), daysLate: z.number() })),
})
export const customerOverview = route({
  method: 'GET', path: '/api/customers/:id/overview', permission: 'customers.view', summary: 'One customer at a glance: balance, credit position, ageing today, payment habit of twelve months, counts', params: f.idParams,
  response: z.strictObject({
    asOf: z.string(), currency: z.string(), open: z.string(), overdue: z.string(), unallocated: z.string(), credit: creditPosition,
    ageing: z.array(z.strictObject({ fromDays: z.int().nullable().describe('null = not due'), toDays: z.int().nullable(), amount: z.string() })),
    habit: habit.nullable(), expectedNext: z.strictObject({ on: z.string(), basis: z.string(), passedDays: z.int(), amount: z.string() }).nullable(),
    counts: z.strictObject({ openItems: z.int(), receivables: z.int(), receipts: z.int(), orders: z.int(), contacts: z.int(), attachments: z.int(), disputed: z.int() }),
  }),
}) // biome-ignore format: a contract reads as one block
