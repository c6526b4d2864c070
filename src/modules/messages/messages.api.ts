import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { day, done, id, idParams, language, longText, page, paging, several, version } from '../../platform/fields.ts'
import { attemptOutcomes } from './after-attempt.ts'
import { messageStatuses } from './message.ts'
import { messageDecisions } from './message-decision.ts'

const status = z.enum(messageStatuses)
const listed = {
  id,
  kind: z.string(),
  entity: z.string(),
  entityId: id,
  customerId: id.nullable(),
  customerName: z.string().nullable(),
  to: z.array(z.string()),
  subject: z.string(),
  status,
  reason: z.string().nullable(),
  answer: z.string().nullable(),
  attempts: z.int(),
  refusedRecipients: z.int(),
  nextAt: z.string(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
  version,
}

export const listMessages = route({
  method: 'GET',
  path: '/api/messages',
  permission: 'messages.view',
  summary: 'The outbox, newest first; without a status, what waits for a person (uncertain, failed) is not moved up: ask for it by status',
  query: z.strictObject({
    status: several(status).optional(),
    kind: z.string().max(40).optional(),
    customerId: id.optional(),
    entityId: id.optional(),
    fromOn: day.optional(),
    untilOn: day.optional(),
    ...paging,
  }),
  response: page(z.strictObject(listed)),
})
export const countMessages = route({
  method: 'GET',
  path: '/api/messages/counts',
  permission: 'messages.view',
  summary: 'How many messages are not at their end, by status; whether sending is on',
  response: z.strictObject({
    queued: z.int(),
    sending: z.int(),
    uncertain: z.int(),
    failed: z.int(),
    kept: z.int(),
    notPrepared: z.int().describe('of the queued ones, those that could not be prepared and are tried again'),
    sendingEnabled: z.boolean(),
  }),
})
export const getMessage = route({
  method: 'GET',
  path: '/api/messages/:id',
  permission: 'messages.view',
  summary: 'One message: its words, recipients and every attempt with the answer of the mail server',
  params: idParams,
  response: z.strictObject({
    ...listed,
    language,
    headerId: z.string().nullable(),
    undeliverable: z.array(z.string()).describe('of its addresses, those that do not work, as a person said'),
    html: z.string(),
    text: z.string(),
    files: z.array(z.strictObject({ id, name: z.string() })),
    history: z.array(
      z.strictObject({
        no: z.int(),
        begunAt: z.string(),
        endedAt: z.string(),
        outcome: z.enum(attemptOutcomes),
        code: z.int().nullable(),
        answer: z.string(),
        recipients: z.array(z.strictObject({ address: z.string(), isAccepted: z.boolean(), answer: z.string() })),
        byPerson: z.string().nullable(),
      }),
    ),
  }),
})
export const postDecisions = route({
  method: 'POST',
  path: '/api/messages/decisions',
  permission: 'messages.release',
  summary: 'A person decides about messages: they arrived, send (again), do not send',
  body: z.strictObject({
    messages: z.array(z.strictObject({ id, version })).min(1).max(500),
    decision: z.enum(messageDecisions),
    note: longText(500).default(''),
  }),
  response: done,
})
/** Where bounces are read by people: what came back is said here. */
export const sayUndeliverable = route({
  method: 'POST',
  path: '/api/messages/:id/addresses',
  permission: 'messages.release',
  summary:
    'Says that an address of this message does not work, so that nothing is written to it and another one is asked for; or that it works after all',
  params: idParams,
  body: z.strictObject({ address: z.string().min(1).max(254), works: z.boolean(), note: longText(500).default('') }),
  response: done,
})
