import { z } from 'zod'
import { route } from '../../../platform/contract.ts'
import { amount, currency, day, id } from '../../../platform/fields.ts'
import { homeViews, todayKeys } from './home-views.ts'

const phrase = z.strictObject({ key: z.string(), params: z.record(z.string(), z.unknown()).optional() })
const percent = z.string().describe('of 100, one decimal')

export const homeToday = route({
  method: 'GET',
  path: '/api/home/today',
  permission: 'reports.view',
  summary:
    'What waits today, for one of the views of the home page: late first, then by deadline and amount. Each line with the request that opens exactly its documents',
  query: z.strictObject({ view: z.enum(homeViews) }),
  response: z.strictObject({
    asOf: day,
    at: z.iso.datetime(),
    items: z.array(
      z.strictObject({
        key: z.enum(todayKeys),
        count: z.int(),
        amounts: z.array(z.strictObject({ currency, amount })).describe('one a currency, the base currency first'),
        dueOn: day.nullable(),
        lateDays: z.int().nullable().describe('days since the deadline, negative before it'),
        facts: z.array(phrase),
        list: z.strictObject({ path: z.string(), query: z.record(z.string(), z.union([z.string(), z.array(z.string())])) }),
      }),
    ),
  }),
})

const month = z.strictObject({
  on: day,
  buckets: z.array(amount),
  total: amount,
  overdue: amount,
  overdueShare: percent.nullable(),
  dso: z.strictObject({ days: z.string(), isAtLeast: z.boolean() }).nullable().describe('应收账款周转天数, countback'),
})
export const homeFigures = route({
  method: 'GET',
  path: '/api/home/figures',
  permission: 'ageing.view',
  summary:
    'Receivable, overdue and days of sales at the ends of the last eleven months and today, in base currency, with the targets of the company',
  response: z.strictObject({
    currency,
    asOf: day,
    buckets: z.array(z.strictObject({ fromDays: z.int().nullable().describe('null = not due'), toDays: z.int().nullable() })),
    months: z.array(month).describe('the last one is today'),
    targets: z.strictObject({ overdueShare: percent.nullable(), dsoDays: z.int().nullable() }),
  }),
})

export const homeCollections = route({
  method: 'GET',
  path: '/api/home/collections',
  permission: 'receipts.view',
  summary:
    'Money received this month until today, beside the same days of the month before, the target and the part of the month that is gone',
  response: z.strictObject({
    currency,
    from: day,
    to: day,
    amount,
    before: amount.describe('the month before, until the same day'),
    target: amount.nullable(),
    ofTarget: z.int().nullable().describe('per cent'),
    ofTime: z.int().describe('per cent'),
  }),
})

const likely = z.strictObject({ low: amount, high: amount }).nullable()
export const homeCash = route({
  method: 'GET',
  path: '/api/home/cash',
  permission: 'receivables.view',
  summary:
    'Open receivables by the week in which they are expected, by how sure that is, with an interval of 80 % from the lateness of the past 26 weeks',
  response: z.strictObject({
    currency,
    asOf: day,
    weeks: z.array(z.strictObject({ from: day, to: day, promise: amount, prediction: amount, dueOnly: amount, total: amount, likely })),
    total: amount,
    likely,
    passed: amount.describe('expected before today and not there'),
    later: amount,
    open: amount.describe('all of it: weeks, passed and later'),
  }),
})

export const homeRisks = route({
  method: 'GET',
  path: '/api/home/risks',
  permission: 'receivables.view',
  summary: 'The five customers with the most overdue, old debts weighing up to five times, with reasons',
  response: z.strictObject({
    currency,
    items: z.array(
      z.strictObject({
        id,
        name: z.string(),
        overdue: amount,
        oldestDays: z.int(),
        status: z.enum(['creditHold', 'highRisk', 'overLimit', 'nearLimit', 'disputed', 'overdue']),
        reasons: z.array(phrase),
      }),
    ),
  }),
})
