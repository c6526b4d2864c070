import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import * as f from '../../platform/fields.ts'
import { templateKeys } from './ladder.ts'

const key = z.enum(templateKeys)
const params = z.strictObject({ key, language: f.language })
const subject = f.requiredText(200)
const body = f.longText(5_000).refine((text) => text !== '', 'platform.required')
const template = z.strictObject({ key, language: f.language, subject: z.string(), body: z.string(), isStandard: z.boolean(), savedBy: z.string().nullable(), savedAt: z.string().nullable(), version: z.int().describe('0 while the standard text counts') }) // biome-ignore format: one line

export const listTemplates = route({
  method: 'GET',
  path: '/api/dunning/templates',
  permission: 'dunning.view',
  summary: 'The texts of reminders, three in each language, and the fields that they may name as {{field}}',
  response: z.strictObject({ items: z.array(template), fields: z.array(z.string()) }),
})
export const saveTemplate = route({
  method: 'PUT',
  path: '/api/dunning/templates/:key/:language',
  permission: 'dunning.edit',
  asksAgain: true, // it may say where to pay (T63)
  summary: 'Saves a text of one’s own; unknown fields are refused by name',
  params,
  body: z.strictObject({ version: z.int().min(0), subject, body }),
  response: f.done,
})
export const restoreTemplate = route({
  method: 'DELETE',
  path: '/api/dunning/templates/:key/:language',
  permission: 'dunning.edit',
  asksAgain: true,
  summary: 'Goes back to the standard text',
  params,
  query: z.strictObject({ version: z.coerce.number().int().min(1) }),
  response: f.done,
})
export const previewMessage = route({
  method: 'POST',
  path: '/api/dunning/templates/preview',
  permission: 'dunning.view',
  summary: 'A message as a customer would receive it today, with real data; the customer that owes longest where none is named, sample data where nobody owes',
  body: z.strictObject({ key, language: f.language.optional().describe('the customer’s own when left out'), customerId: f.id.optional(), subject: subject.optional(), body: body.optional() }),
  response: z.strictObject({ customerId: f.id.nullable(), customerName: z.string(), language: f.language, to: z.array(z.string()), subject: z.string(), html: z.string(), text: z.string() }),
}) // biome-ignore format: a contract reads as one block
