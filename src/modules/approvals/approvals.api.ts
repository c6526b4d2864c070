import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import {
  amount,
  created,
  day,
  done,
  id,
  idParams,
  longText,
  page,
  paging,
  positiveAmount,
  requiredText,
  version,
} from '../../platform/fields.ts'
import { roles } from '../people/roles.ts'
import { approvalKinds } from './approval-events.ts'

const kind = z.enum(approvalKinds)
const role = z.enum(roles)
const status = z.enum(['pending', 'approved', 'rejected', 'withdrawn', 'void'])
const phrase = z.strictObject({ key: z.string(), params: z.record(z.string(), z.unknown()).optional() })
const summary = z.strictObject({ about: phrase, facts: z.array(phrase), ifApproved: phrase, ifRejected: phrase, reasonNeeded: z.boolean() })
const request = z.strictObject({
  id,
  kind,
  entityId: id,
  no: z.string().nullable(),
  customerId: id.nullable(),
  customerName: z.string().nullable(),
  amountBase: amount,
  summary,
  status,
  step: z.int(),
  steps: z.array(z.strictObject({ role, rules: z.array(z.string()) })),
  requestedBy: id,
  requestedByName: z.string(),
  requestedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
  version: z.int(),
  mine: z.boolean(),
})
const decision = z.strictObject({
  step: z.int(),
  decision: z.enum(['approved', 'rejected']),
  decidedBy: id,
  decidedByName: z.string(),
  onBehalfOfName: z.string().nullable(),
  reason: z.string(),
  decidedAt: z.iso.datetime(),
})
const conditions = z.strictObject({
  amountFrom: positiveAmount.optional(),
  amountBelow: positiveAmount.optional(),
  withinDays: z.int().min(0).max(31).optional(),
  customerClasses: z.array(requiredText(40)).min(1).max(50).optional(),
  creditResults: z
    .array(z.enum(['pass', 'warn', 'hold']))
    .min(1)
    .max(3)
    .optional(),
})
const steps = z.array(z.strictObject({ role })).min(1).max(5)
const rule = z.strictObject({
  id,
  kind,
  position: z.int(),
  name: z.string(),
  conditions,
  steps,
  status: z.enum(['active', 'off']),
  version: z.int(),
})
const delegation = z.strictObject({
  id,
  personId: id,
  personName: z.string(),
  delegateId: id,
  delegateName: z.string(),
  fromOn: day,
  untilOn: day,
  revokedAt: z.iso.datetime().nullable(),
  state: z.enum(['coming', 'running', 'over', 'revoked']),
})

export const listApprovals = route({
  method: 'GET',
  path: '/api/approvals',
  permission: 'approvals.view',
  summary: 'Approval requests: waiting for me, asked by me, or all',
  query: z.strictObject({
    box: z.enum(['toDecide', 'requested', 'all']).default('toDecide'),
    status: status.optional(),
    kind: kind.optional(),
    ...paging,
  }),
  response: page(request, { sumBase: amount }),
})
export const countApprovals = route({
  method: 'GET',
  path: '/api/approvals/counts',
  permission: 'approvals.view',
  summary: 'How many requests wait for me, and how many of mine are under way',
  response: z.strictObject({ toDecide: z.int(), requested: z.int() }),
})
export const getApproval = route({
  method: 'GET',
  path: '/api/approvals/:id',
  permission: 'approvals.view',
  summary: 'One request with its decisions',
  params: idParams,
  response: z.strictObject({ ...request.shape, decisions: z.array(decision) }),
})
/** A delegate needs no permission of their own: who may decide which request is judged by the command. */
export const decide = route({
  method: 'POST',
  path: '/api/approvals/decisions',
  permission: 'approvals.view',
  summary: 'Approves or rejects the current step of requests',
  body: z.strictObject({
    decisions: z
      .array(z.strictObject({ id, version, decision: z.enum(['approved', 'rejected']), reason: longText(500).default('') }))
      .min(1)
      .max(200),
  }),
  response: done,
})
export const withdraw = route({
  method: 'POST',
  path: '/api/approvals/:id/withdrawal',
  permission: 'approvals.view',
  summary: 'Takes an own request back',
  params: idParams,
  body: z.strictObject({ version }),
  response: done,
})
export const listRules = route({
  method: 'GET',
  path: '/api/approval-rules',
  permission: 'approvals.view',
  summary: 'The approval rules',
  response: z.strictObject({ items: z.array(rule) }),
})
export const createRule = route({
  method: 'POST',
  path: '/api/approval-rules',
  asksAgain: true,
  permission: 'approvals.editRules',
  summary: 'Adds an approval rule',
  body: z.strictObject({ kind, name: requiredText(80), conditions, steps }),
  response: created,
})
export const editRule = route({
  method: 'PUT',
  path: '/api/approval-rules/:id',
  asksAgain: true,
  permission: 'approvals.editRules',
  summary: 'Changes an approval rule or switches it off',
  params: idParams,
  body: z.strictObject({
    version,
    kind,
    name: requiredText(80),
    position: z.int().min(1).max(100_000),
    conditions,
    steps,
    status: z.enum(['active', 'off']),
  }),
  response: done,
})
export const listDelegations = route({
  method: 'GET',
  path: '/api/approval-delegations',
  permission: 'approvals.view',
  summary: 'Delegations that I gave and was given',
  response: z.strictObject({ items: z.array(delegation) }),
})
export const createDelegation = route({
  method: 'POST',
  path: '/api/approval-delegations',
  asksAgain: true,
  permission: 'approvals.decide',
  summary: 'Lets somebody decide in my place for some days',
  body: z.strictObject({ delegateId: id, fromOn: day, untilOn: day }),
  response: created,
})
export const revoke = route({
  method: 'POST',
  path: '/api/approval-delegations/:id/revocation',
  permission: 'approvals.decide',
  summary: 'Takes an own delegation back',
  params: idParams,
  response: done,
})
