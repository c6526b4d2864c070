import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import * as f from '../../platform/fields.ts'

const phraseField = z.strictObject({ key: z.string(), params: z.record(z.string(), z.any()).optional() })
const result = z.enum(['pass', 'warn', 'hold'])
const customerParams = z.strictObject({ customerId: f.id })
const limitState = z.strictObject({
  kind: z.enum(['none', 'unlimited', 'limited']),
  amount: z.string().nullable(),
  temporary: z.boolean(),
  until: z.string().nullable(),
})
const limitRow = z.strictObject({
  id: z.string(), kind: z.enum(['standard', 'temporary']), limit: z.string().nullable(), effectiveFrom: z.string(), effectiveUntil: z.string().nullable(), reason: z.string(), status: z.string(),
  requestId: z.string().nullable(), requestedBy: z.string().nullable(), approvedBy: z.string().nullable(), approvedHow: z.string().nullable(), createdAt: z.string(),
}) // biome-ignore format: one line a group of fields
const groupAccount = z.strictObject({
  customerId: z.string(),
  name: z.string(),
  limit: limitState,
  exposure: z.string(),
  available: z.string().nullable(),
  onHold: z.boolean(),
})

export const creditPosition = z.strictObject({
  currency: z.string(), limit: limitState, exposure: z.string(), available: z.string().nullable(), usedBasisPoints: z.int().nullable(), version: z.int(),
  components: z.strictObject({ overdue: z.string(), notDue: z.string(), bills: z.string(), deliveredNotInvoiced: z.string(), openOrders: z.string(), unallocated: z.string() }),
  pending: z.array(z.strictObject({ requestId: z.string(), kind: z.enum(['standard', 'temporary']), limit: z.string().nullable(), effectiveFrom: z.string(), requestedBy: z.string(), role: z.string() })).describe('changes of the limit that wait for a decision'),
  group: z.array(groupAccount), hold: z.strictObject({ onHold: z.boolean(), reason: z.string().nullable(), placedBy: z.string().nullable(), placedAt: z.string().nullable() }),
}) // biome-ignore format: one line a group of fields
export const readCreditPosition = route({
  method: 'GET', path: '/api/credit/:customerId', permission: 'credit.view', summary: 'Limit, exposure by component and group limits of a customer, in the base currency', params: customerParams, response: creditPosition,
}) // biome-ignore format: a contract reads as one block

const ruleResult = z.strictObject({
  rule: z.string(),
  result,
  reason: phraseField,
  over: z.string(),
  customerId: z.string().optional(),
})
export const checkCreditNow = route({
  method: 'POST', path: '/api/credit/check', permission: 'credit.view', summary: 'Would an order of this amount pass? Every rule with its result, and the ways out of a hold; saves nothing',
  body: z.strictObject({ customerId: f.id, amount: f.positiveAmount.describe('in the base currency'), prepaid: z.string().regex(/^\d{1,16}(\.\d{1,6})?$/, 'platform.notAnAmount').optional().describe('the part to be paid before delivery, base currency'), termsId: f.id.optional().describe('instead of `prepaid`: parts due before delivery count as prepaid') }),
  response: z.strictObject({
    result, rules: z.array(ruleResult), added: z.string(), over: z.string(), prepaid: z.string(), currency: z.string(), position: creditPosition,
    waysOut: z.array(z.strictObject({ kind: z.enum(['payOldest', 'prepayMore', 'release']), amount: z.string(), title: phraseField, after: result, solves: z.array(z.string()), remains: z.array(z.string()), effect: phraseField, documents: z.array(z.string()) })),
  }),
}) // biome-ignore format: a contract reads as one block

export const listLimits = route({
  method: 'GET',
  path: '/api/credit/:customerId/limits',
  permission: 'credit.view',
  summary: 'Limits of a customer: running, scheduled, waiting, past',
  params: customerParams,
  response: z.strictObject({ currency: z.string(), items: z.array(limitRow) }),
})
export const requestLimit = route({
  method: 'POST', path: '/api/credit/:customerId/limits', permission: 'credit.request', summary: 'Asks for a limit: active at once where the rules ask nobody and the person may set limits, else it waits for a decision', params: customerParams,
  body: z.strictObject({ version: f.version, kind: z.enum(['standard', 'temporary']), limit: z.string().regex(/^\d{1,16}(\.\d{1,6})?$/, 'platform.notAnAmount').nullable().describe('null = unlimited'), effectiveFrom: f.day, effectiveUntil: f.day.nullable().default(null), reason: f.requiredText(500) }),
  response: z.strictObject({ id: z.string(), waiting: z.boolean() }),
}) // biome-ignore format: a contract reads as one block
const reason = z.strictObject({ reason: f.requiredText(500) })
export const holdCustomer = route({
  method: 'POST',
  path: '/api/credit/:customerId/hold',
  permission: 'credit.hold',
  summary: 'Stops new orders of a customer',
  params: customerParams,
  body: reason,
  response: f.done,
})
export const releaseCustomer = route({
  method: 'POST',
  path: '/api/credit/:customerId/release',
  permission: 'credit.hold',
  summary: 'Lets new orders of a customer pass again',
  params: customerParams,
  body: reason,
  response: f.done,
})

const lineDays = z.int().min(0).max(3_650).nullable()
const basisPoints = z.int().min(0).max(10_000).nullable()
const settings = z.strictObject({
  thresholds: z.strictObject({ limitWarnBasisPoints: z.int().min(0).max(20_000).nullable(), oldestOverdueWarnDays: lineDays, oldestOverdueHoldDays: lineDays, overdueShareWarnBasisPoints: basisPoints, overdueShareHoldBasisPoints: basisPoints, whenNoLimit: z.enum(['unlimited', 'none']) }),
  exposure: z.strictObject({ includeDisputed: z.boolean(), deductUnallocated: z.boolean() }), orderHorizonDays: z.int().min(0).max(3_650).nullable(), version: z.int().min(0), exposureVersion: z.int().min(0),
}) // biome-ignore format: one line a group of fields
export const readSettings = route({
  method: 'GET',
  path: '/api/credit/settings',
  permission: 'credit.view',
  summary: 'How credit is checked',
  response: settings,
})
export const saveSettings = route({
  method: 'PUT',
  path: '/api/credit/settings',
  permission: 'credit.hold',
  summary: 'Changes how credit is checked',
  body: settings,
  response: f.done,
})
