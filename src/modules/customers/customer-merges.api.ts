import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import * as f from '../../platform/fields.ts'

const side = z.strictObject({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  taxId: z.string().nullable(),
  salespersonName: z.string().nullable(),
  open: z.string(),
  createdOn: z.string(),
  version: z.int(),
})
const duplicateReasons = ['sameName', 'similarName', 'sameTaxId', 'samePhone', 'sameBankAccount'] as const

export const listDuplicates = route({
  method: 'GET', path: '/api/customers/duplicates', permission: 'customers.merge', summary: 'Pairs of customers that may be one, with the reasons', query: z.strictObject({ customerId: f.id.optional(), ...f.paging }),
  response: f.page(z.strictObject({ a: side, b: side, reasons: z.array(z.enum(duplicateReasons)) })),
}) // biome-ignore format: a contract reads as one block
export const dismissDuplicate = route({
  method: 'POST', path: '/api/customers/duplicates/dismissal', permission: 'customers.merge', summary: 'Says that two customers are not one; the pair is not shown again',
  body: z.strictObject({ aId: f.id, bId: f.id }), response: f.done,
}) // biome-ignore format: a contract reads as one block
export const mergeCustomer = route({
  method: 'POST', path: '/api/customers/merges', permission: 'customers.merge', summary: 'Merges one customer into another: contacts and open documents move; can be undone',
  body: z.strictObject({ fromId: f.id, fromVersion: f.version, intoId: f.id, reason: f.requiredText(300) }), response: f.created,
}) // biome-ignore format: a contract reads as one block
export const undoMerge = route({
  method: 'POST', path: '/api/customers/merges/:id/undo', permission: 'customers.merge', summary: 'Takes a merge back: what it moved and is still there returns', params: f.idParams, body: z.strictObject({ version: f.version }), response: f.done,
}) // biome-ignore format: a contract reads as one block
export const listMerges = route({
  method: 'GET', path: '/api/customers/merges', permission: 'customers.merge', summary: 'Merges, newest first', query: z.strictObject({ ...f.paging }),
  response: f.page(z.strictObject({ id: z.string(), from: z.strictObject({ id: z.string(), code: z.string(), name: z.string() }), into: z.strictObject({ id: z.string(), code: z.string(), name: z.string() }), reason: z.string(), mergedBy: z.string().nullable(), mergedAt: z.string(), undoneAt: z.string().nullable(), version: z.int() })),
}) // biome-ignore format: a contract reads as one block
