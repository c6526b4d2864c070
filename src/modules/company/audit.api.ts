import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { day, id, idParams, page, paging, several, text } from '../../platform/fields.ts'

const row = z.record(z.string(), z.unknown())
const entry = z.strictObject({
  id,
  at: z.string(),
  actorId: id.nullable(),
  actorName: z.string().nullable(),
  actorKind: z.enum(['person', 'apiKey', 'system']),
  ip: z.string().nullable(),
  requestId: z.string().nullable(),
  action: z.string(),
  entity: z.string(),
  entityId: id.nullable(),
  no: z.string().nullable().describe('number of the document, where it has one'),
  before: row.nullable(),
  after: row.nullable(),
  detail: row.nullable(),
  sealed: z.boolean(),
})

export const getAudit = route({
  method: 'GET',
  path: '/api/audit',
  permission: 'audit.view',
  summary: 'Who did what, newest first',
  query: z.strictObject({
    actorId: id.optional(),
    entity: several(text(60)).optional(),
    entityId: id.optional(),
    action: several(text(80)).optional(),
    from: day.optional(),
    until: day.optional(),
    ...paging,
  }),
  response: page(entry),
})
const hash = z.string().regex(/^[0-9a-f]{64}$/)
export const getProof = route({
  method: 'GET',
  path: '/api/audit/proof/:id',
  permission: 'audit.view',
  summary: 'Inclusion proof of one entry (RFC 6962): leaf, place, path and root',
  params: idParams,
  response: z.strictObject({
    id,
    index: z.string(),
    size: z.string(),
    leaf: hash,
    root: hash,
    path: z.array(hash),
    sealedAt: z.string(),
    holds: z.boolean(),
  }),
})
export const getRoots = route({
  method: 'GET',
  path: '/api/audit/roots',
  permission: 'audit.view',
  summary: 'Sealed roots, newest first; with first and second also the consistency proof between two sizes',
  query: z.strictObject({ first: z.coerce.number().int().min(1).optional(), second: z.coerce.number().int().min(1).optional() }),
  response: z.strictObject({
    items: z.array(z.strictObject({ size: z.string(), root: hash, sealedAt: z.string() })),
    consistency: z.strictObject({ path: z.array(hash), holds: z.boolean() }).nullable(),
  }),
})
export const getSecurityEvents = route({
  method: 'GET',
  path: '/api/security-events',
  permission: 'audit.view',
  summary: 'Refused sign-ins and forbidden calls, newest first',
  query: z.strictObject(paging),
  response: z.strictObject({
    items: z.array(
      z.strictObject({ id, at: z.string(), kind: z.string(), actorName: z.string().nullable(), ip: z.string().nullable(), detail: row }),
    ),
    nextCursor: z.string().nullable(),
  }),
})
