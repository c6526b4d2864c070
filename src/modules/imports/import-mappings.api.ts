import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { done, idParams, requiredText } from '../../platform/fields.ts'
import { importKinds } from './import-fields.ts'

const kind = z.enum(importKinds)

export const nameMapping = route({
  method: 'POST',
  path: '/api/imports/:id/mapping-name',
  permission: 'imports.run',
  summary: 'Keeps this mapping under a name',
  params: idParams,
  body: z.strictObject({ name: requiredText(60) }),
  response: done,
})
export const listMappings = route({
  method: 'GET',
  path: '/api/import-mappings',
  permission: 'imports.run',
  summary: 'Mappings that have a name, of every kind: those that ship, and those that the company has kept',
  response: z.strictObject({ items: z.array(z.strictObject({ id: z.string().nullable(), name: z.string(), kind, shipped: z.boolean() })) }),
})
export const removeMapping = route({
  method: 'DELETE',
  path: '/api/import-mappings/:id',
  permission: 'imports.run',
  summary: 'Forgets a named mapping',
  params: idParams,
  query: z.strictObject({ kind }),
  response: done,
})
/** An empty table with our titles, for who has none. */
export const importTemplate = route({
  method: 'GET',
  path: '/api/import-templates/:kind',
  permission: 'imports.run',
  summary: 'An empty Excel table with the columns of this kind',
  kind: 'file',
  params: z.strictObject({ kind }),
  response: z.unknown(),
})
