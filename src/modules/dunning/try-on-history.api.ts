import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import * as f from '../../platform/fields.ts'

/** Months of history that a ladder may be tried on. */
const MONTHS_MOST = 24
const months = z.coerce.number().int().min(1).max(MONTHS_MOST).default(6).describe('how many months back from yesterday')
const phrase = z.strictObject({ key: z.string(), params: z.record(z.string(), z.unknown()).optional() })
const figures = z.strictObject({
  messages: z.int().describe('to customers'),
  tasks: z.int().describe('for salespeople, collectors and finance managers'),
  firstReminderDays: z.int().nullable().describe('days from the due day to a case’s first message, the middle one; negative: before'),
  held: z.int().describe('customers whose new orders would have been stopped'),
  wronglyChased: z.int().describe('messages that name a receivable whose money was there, not allocated'),
  neverChased: z.int().describe('receivables overdue for more than 14 days without any action'),
})
export const tryOnHistory = route({
  method: 'GET',
  path: '/api/dunning/ladders/:id/try-on-history',
  permission: 'dunning.view',
  summary: 'What the draft of a ladder would have done with its customers in the last months, beside what is live; reads history and sends nothing',
  params: f.idParams,
  query: z.strictObject({ months }),
  response: z.strictObject({
    from: z.string(),
    until: z.string(),
    booksFrom: z.string().nullable().describe('the first day of the books, where that is later than `from`'),
    currency: z.string(),
    customers: z.int(),
    receivables: z.int(),
    live: figures,
    draft: figures,
    levels: z.array(z.strictObject({ name: z.string(), live: z.int().nullable(), draft: z.int().nullable() })).describe('how often each level was taken; null where a ladder does not have it'),
    warning: phrase.nullable(),
    differing: z.strictObject({
      total: z.int(),
      items: z.array(z.strictObject({ customerId: f.id, code: z.string(), name: z.string(), difference: phrase, overdue: z.string().describe('on the last day, base currency') })),
    }).describe('customers that would be treated otherwise, those who owe most first'),
  }),
}) // biome-ignore format: a contract reads as one block
export const exportDiffering = route({
  method: 'GET',
  path: '/api/dunning/ladders/:id/try-on-history.xlsx',
  permission: 'reports.export',
  kind: 'file',
  summary: 'All customers that the draft would have treated otherwise, as Excel',
  params: f.idParams,
  query: z.strictObject({ months }),
  response: z.unknown(),
})
