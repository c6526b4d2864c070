import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { done, id, idParams } from '../../platform/fields.ts'
import { attachable } from './attachable.ts'

const file = z.strictObject({
  id,
  name: z.string(),
  contentType: z.string(),
  size: z.string(),
  createdBy: z.string(),
  createdAt: z.string(),
})
const run = z.strictObject({
  id,
  kind: z.string(),
  status: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  done: z.int(),
  total: z.int().nullable(),
  refused: z.int(),
  result: z.unknown(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
})
const of = { entity: z.enum(attachable), entityId: id }

export const getFiles = route({
  method: 'GET',
  path: '/api/files',
  permission: 'signedIn',
  summary: 'Attachments of one document',
  query: z.strictObject(of),
  response: z.strictObject({ items: z.array(file) }),
})
export const postFile = route({
  method: 'POST',
  path: '/api/files',
  permission: 'signedIn',
  kind: 'upload',
  summary: 'Attaches a file (PDF, picture, Office, CSV or text; at most 10 MB) to a document that the caller may edit',
  query: z.strictObject(of),
  response: file,
})
export const getFile = route({
  method: 'GET',
  path: '/api/files/:id',
  permission: 'signedIn',
  kind: 'file',
  summary: 'Downloads a file',
  params: idParams,
  response: z.unknown(),
})
export const deleteFile = route({
  method: 'DELETE',
  path: '/api/files/:id',
  permission: 'signedIn',
  summary: 'Takes an attachment off',
  params: idParams,
  response: done,
})

export const getRuns = route({
  method: 'GET',
  path: '/api/runs',
  permission: 'signedIn',
  summary: 'The own long works, newest first',
  query: z.strictObject({ kind: z.string().max(60).optional() }),
  response: z.strictObject({ items: z.array(run) }),
})
export const getRun = route({
  method: 'GET',
  path: '/api/runs/:id',
  permission: 'signedIn',
  summary: 'How far a long work is',
  params: idParams,
  response: run,
})
