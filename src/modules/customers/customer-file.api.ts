import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import * as f from '../../platform/fields.ts'

const text = z.string().nullable()
export const contactPurposes = ['dunning', 'invoice', 'statement', 'order', 'management'] as const
const contactFields = {
  name: f.requiredText(60), job: f.text(60).nullable().optional(), phone: f.text(60).nullable().optional(), email: f.text(200).regex(/^$|^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'customers.notAnEmail').nullable().optional(),
  purpose: z.array(z.enum(contactPurposes)).max(contactPurposes.length).optional(), isPrimary: z.boolean().optional(), remark: f.text(300).optional(),
} // biome-ignore format: one line a group of fields
const contactParams = z.strictObject({ id: f.id, contactId: f.id })

export const listContacts = route({
  method: 'GET', path: '/api/customers/:id/contacts', permission: 'customers.view', summary: 'Contacts of a customer; telephone and e-mail shortened for who may not see them', params: f.idParams,
  response: z.strictObject({ items: z.array(z.strictObject({ id: z.string(), name: z.string(), job: text, phone: text, email: text, purpose: z.array(z.string()), isPrimary: z.boolean(), status: z.string(), remark: z.string(), version: z.int() })) }),
}) // biome-ignore format: a contract reads as one block
export const addContact = route({
  method: 'POST',
  path: '/api/customers/:id/contacts',
  permission: 'customers.edit',
  summary: 'Adds a contact',
  params: f.idParams,
  body: z.strictObject(contactFields),
  response: f.created,
})
export const editContact = route({
  method: 'PATCH', path: '/api/customers/:id/contacts/:contactId', permission: 'customers.edit', summary: 'Changes a contact, or retires it', params: contactParams,
  body: z.strictObject({ version: f.version, ...z.strictObject(contactFields).partial().shape, status: z.enum(['active', 'disabled']).optional() }), response: f.done,
}) // biome-ignore format: a contract reads as one block

export const noteKinds = ['note', 'call', 'visit', 'meeting', 'event'] as const
export const addNote = route({
  method: 'POST', path: '/api/customers/:id/notes', permission: 'customers.view', summary: 'Adds a note, call, visit or important event to the timeline', params: f.idParams,
  body: z.strictObject({ kind: z.enum(noteKinds), text: f.longText(4_000).min(1, 'platform.required'), happenedOn: f.day.optional(), important: z.boolean().default(false) }), response: f.created,
}) // biome-ignore format: a contract reads as one block

const timelineKinds = ['note', 'order', 'receivable', 'receipt', 'dunning', 'change'] as const
export const timeline = route({
  method: 'GET', path: '/api/customers/:id/timeline', permission: 'customers.view', summary: 'What happened with this customer: notes, orders, receivables, receipts, dunning, changes; newest first', params: f.idParams,
  query: z.strictObject({ kind: f.several(z.enum(timelineKinds)).optional(), important: f.flag.optional(), cursor: f.paging.cursor, limit: f.paging.limit }),
  response: z.strictObject({
    items: z.array(z.strictObject({ id: z.string(), kind: z.enum(timelineKinds), onDay: z.string(), at: z.string(), what: z.string(), text, amount: text, currency: text, no: text, important: z.boolean(), actorName: text })),
    nextCursor: text,
  }),
}) // biome-ignore format: a contract reads as one block
export const changeLog = route({
  method: 'GET', path: '/api/customers/:id/changes', permission: 'customers.view', summary: 'Who changed which field of this customer, before and after', params: f.idParams,
  query: z.strictObject({ cursor: f.paging.cursor, limit: f.paging.limit }),
  response: z.strictObject({ items: z.array(z.strictObject({ id: z.string(), at: z.string(), actorName: text, action: z.string(), before: z.record(z.string(), z.unknown()).nullable(), after: z.record(z.string(), z.unknown()).nullable() })), nextCursor: text }),
}) // biome-ignore format: a contract reads as one block

export const listRegions = route({
  method: 'GET',
  path: '/api/regions',
  permission: 'customers.view',
  summary: 'Regions',
  response: z.strictObject({ items: z.array(z.strictObject({ id: z.string(), name: z.string(), customers: z.int(), version: z.int() })) }),
})
export const createRegion = route({
  method: 'POST',
  path: '/api/regions',
  permission: 'customers.merge',
  summary: 'Adds a region',
  body: z.strictObject({ name: f.requiredText(60) }),
  response: f.created,
})
export const renameRegion = route({
  method: 'PATCH',
  path: '/api/regions/:id',
  permission: 'customers.merge',
  summary: 'Renames a region',
  params: f.idParams,
  body: z.strictObject({ version: f.version, name: f.requiredText(60) }),
  response: f.done,
})

const settings = z.strictObject({
  codeScheme: z.strictObject({
    automatic: z.boolean(),
    prefix: z
      .string()
      .max(10)
      .regex(/^[A-Za-z0-9-]*$/, 'customers.codePrefix'),
    digits: z.int().min(3).max(12),
  }),
  reviewMonths: z.int().min(0).max(60).describe('0 = no periodic review'),
})
export const readCustomerSettings = route({
  method: 'GET',
  path: '/api/customers/settings',
  permission: 'customers.view',
  summary: 'Code scheme and review interval',
  response: settings.extend({ version: z.int() }),
})
export const saveCustomerSettings = route({
  method: 'PUT',
  path: '/api/customers/settings',
  permission: 'company.edit',
  summary: 'Changes code scheme and review interval',
  body: settings.extend({ version: z.int().min(0) }),
  response: f.done,
})
