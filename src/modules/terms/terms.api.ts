import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import * as f from '../../platform/fields.ts'
import { baseDates, rolls } from './payment-terms.ts'

const decimalText = z.string().max(20)
const share = z.union([
  z.strictObject({ percent: decimalText }),
  z.strictObject({ amount: decimalText }),
  z.strictObject({ rest: z.literal(true) }),
])
const dueRule = z.strictObject({
  baseDate: z.enum(baseDates), milestone: f.text(60).optional(), batches: z.int().optional(), countFrom: z.enum(['baseDate', 'cutOff', 'quarterEnd']), cutOffDay: z.int().optional(),
  period: z.strictObject({ count: z.int(), unit: z.enum(['day', 'month']) }), payDay: z.int().optional(), beforeDelivery: z.boolean().optional(),
}) // biome-ignore format: one line a group of fields
/** Payment terms as data; the ranges are judged by validateTerms, so that form and server say the same. */
const termsDefinition = z.strictObject({
  parts: z.array(z.strictObject({ name: f.text(60), share, rule: dueRule, retention: z.boolean().optional() })).max(100), roll: z.enum(rolls), calendar: f.text(20), transitDays: z.int(),
  earlyPaymentDiscount: z.strictObject({ percent: decimalText, withinDays: z.int(), on: z.enum(['gross', 'net']), partPayment: z.enum(['none', 'proRata']) }).optional(),
}) // biome-ignore format: one line a group of fields
/** A sentence as data: key and what fills it. */
const phraseField = z.strictObject({ key: z.string(), params: z.record(z.string(), z.any()).optional() })

const terms = z.strictObject({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  definition: termsDefinition,
  sentence: z.array(phraseField),
  status: z.enum(['active', 'disabled']),
  version: z.int(),
})
export const listTerms = route({
  method: 'GET',
  path: '/api/terms',
  permission: 'terms.view',
  summary: 'Payment terms',
  query: z.strictObject({ status: f.several(z.enum(['active', 'disabled'])).optional() }),
  response: z.strictObject({ items: z.array(terms) }),
})
export const readTerms = route({
  method: 'GET',
  path: '/api/terms/:id',
  permission: 'terms.view',
  summary: 'One set of payment terms',
  params: f.idParams,
  response: terms,
})
const body = { code: f.requiredText(40), name: f.requiredText(120), definition: termsDefinition }
export const createTerms = route({
  method: 'POST',
  path: '/api/terms',
  permission: 'terms.edit',
  summary: 'Adds payment terms',
  body: z.strictObject(body),
  response: f.created,
})
export const updateTerms = route({
  method: 'PUT',
  path: '/api/terms/:id',
  permission: 'terms.edit',
  summary: 'Changes payment terms; documents keep the terms they were made with',
  params: f.idParams,
  body: z.strictObject({ version: f.version, ...body, status: z.enum(['active', 'disabled']) }),
  response: f.done,
})

const days = z.strictObject({
  order: f.day,
  approval: f.day.optional(),
  delivery: f.day.optional(),
  acceptance: f.day.optional(),
  invoice: f.day.optional(),
  invoiceReceived: f.day.optional(),
  nextDelivery: f.day.optional(),
})
export const previewTerms = route({
  method: 'POST', path: '/api/terms/preview', permission: 'terms.view', summary: 'When each part of an amount falls due under these terms, in figures and in words; saves nothing',
  body: z.strictObject({ termsId: f.id.optional(), definition: termsDefinition.optional(), amount: f.positiveAmount, currency: f.currency, dates: days, expected: days.partial().optional() }),
  response: z.strictObject({
    parts: z.array(z.strictObject({ name: z.string(), amount: z.string(), baseEvent: z.string(), baseOn: z.string(), contractDue: z.string(), effectiveDue: z.string(), estimated: z.boolean(), unpublishedYear: z.int().nullable().describe('the due day stands in a year whose holidays are not published'), beforeDelivery: z.boolean(), retention: z.boolean(), rule: phraseField })),
    sentence: z.array(phraseField), issues: z.array(z.strictObject({ path: z.string(), code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() })),
  }),
}) // biome-ignore format: a contract reads as one block

const calendarDay = z.strictObject({ onDay: z.string(), working: z.boolean(), name: z.string(), version: z.int() })
export const readCalendar = route({
  method: 'GET',
  path: '/api/terms/calendar',
  permission: 'terms.view',
  summary: 'Holidays and make-up working days of a year',
  query: z.strictObject({ year: z.coerce.number().int().min(1970).max(2199) }),
  response: z.strictObject({ year: z.int(), known: z.boolean(), days: z.array(calendarDay) }),
})
export const saveCalendarDay = route({
  method: 'PUT',
  path: '/api/terms/calendar/:onDay',
  permission: 'terms.edit',
  summary: 'Makes a day a holiday or a make-up working day',
  params: z.strictObject({ onDay: f.day }),
  body: z.strictObject({ working: z.boolean(), name: f.text(60), version: z.int().min(0).describe('0 = the day is new') }),
  response: f.done,
})
export const removeCalendarDay = route({
  method: 'DELETE',
  path: '/api/terms/calendar/:onDay',
  permission: 'terms.edit',
  summary: 'Makes a day an ordinary one again',
  params: z.strictObject({ onDay: f.day }),
  response: f.done,
})

export const customerTerms = route({
  method: 'GET', path: '/api/customers/:id/terms', permission: 'terms.view', summary: 'Payment terms of a customer by the day they take effect', params: f.idParams,
  response: z.strictObject({ now: terms.nullable(), history: z.array(z.strictObject({ id: z.string().nullable(), termsId: z.string(), name: z.string(), effectiveFrom: z.string().nullable(), setBy: z.string().nullable() })) }),
}) // biome-ignore format: a contract reads as one block
export const setCustomerTerms = route({
  method: 'POST',
  path: '/api/customers/:id/terms',
  permission: 'customers.edit',
  summary: 'Gives a customer payment terms from a day on',
  params: f.idParams,
  body: z.strictObject({ termsId: f.id, effectiveFrom: f.day }),
  response: f.created,
})
export const removeCustomerTerms = route({
  method: 'DELETE',
  path: '/api/customers/:id/terms/:termsRowId',
  permission: 'customers.edit',
  summary: 'Takes back payment terms that have not begun',
  params: z.strictObject({ id: f.id, termsRowId: f.id }),
  response: f.done,
})
