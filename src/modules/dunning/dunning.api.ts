import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import * as f from '../../platform/fields.ts'
import { caseEnds } from './case-ends.ts'
import { actionKinds } from './ladder.ts'
import { leftOutReasons, PLAN_ROWS_MOST } from './left-out.ts'

const customer = { customerId: f.id, customerCode: z.string(), customerName: z.string() }
const actionKind = z.enum(actionKinds)
const counts = z.strictObject({ cases: z.int().describe('customers that take a level'), opened: z.int(), closed: z.int(), emails: z.int(), unsent: z.int().describe('e-mails that were not possible: nobody can be written to'), reminders: z.int().describe('tasks of salespeople'), escalations: z.int(), flags: z.int(), holds: z.int(), items: z.int() }) // biome-ignore format: one line
const leftOut = z
  .array(z.strictObject({ reason: z.enum(leftOutReasons), customers: z.int() }))
  .describe('why customers with something due took no level')
const notPossible = z
  .enum(['noAddress', 'refused'])
  .nullable()
  .describe('why the e-mail cannot be sent: no address, or the mail server refused them all; somebody is asked for another one')
const turn = z.int().describe('the how manieth time: more than 1 where the last level is repeated')
const plannedAction = z.strictObject({ kind: actionKind, template: z.string().nullable(), to: z.array(z.string()).describe('e-mail addresses, or the name of the person who gets the task'), notPossible, hold: z.boolean() }) // biome-ignore format: one line
const planned = z.strictObject({ ...customer, caseId: f.id.nullable(), level: z.int(), turn, levelName: z.string(), actions: z.array(plannedAction), oldestDueOn: z.string(), overdueDays: z.int(), net: z.string().describe('base currency'), items: z.int(), language: f.language }) // biome-ignore format: one line
const leftOutCustomer = z.strictObject({ ...customer, reason: z.enum(leftOutReasons), onDay: z.string().nullable().describe('the day on which that ends, where one is known'), note: z.string().nullable().describe('the reason that a person gave'), net: z.string(), overdueDays: z.int() }) // biome-ignore format: one line

export const dryRun = route({
  method: 'GET',
  path: '/api/dunning/dry-run',
  permission: 'dunning.view',
  summary: 'What a run on this day would do, with names, and who is left out and why; writes nothing. `draftOf`: with the draft of that ladder instead of its live version',
  query: z.strictObject({ onDay: f.day.optional().describe('today when left out'), draftOf: f.id.optional() }),
  response: z.strictObject({ onDay: z.string(), restDay: z.string().nullable().describe('nothing happens on a rest day: its name, or weekend'), alreadyRun: z.boolean(), currency: z.string(), counts, leftOut, planned: z.array(planned).max(PLAN_ROWS_MOST), notPlanned: z.array(leftOutCustomer).max(PLAN_ROWS_MOST) }),
}) // biome-ignore format: a contract reads as one block

const run = z.strictObject({ id: f.id, onDay: z.string(), status: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']), startedBy: z.string().nullable().describe('null: the clock'), createdAt: z.string(), finishedAt: z.string().nullable(), done: z.int(), total: z.int().nullable(), counts: counts.nullable(), leftOut: leftOut.nullable(), problem: z.string().nullable() }) // biome-ignore format: one line
export const startRun = route({
  method: 'POST',
  path: '/api/dunning/runs',
  permission: 'dunning.run',
  summary: 'Starts today’s run now. A day has one run: dunning.alreadyRun (409) where it has begun, dunning.restDay where people rest',
  response: f.created,
})
export const listRuns = route({
  method: 'GET',
  path: '/api/dunning/runs',
  permission: 'dunning.view',
  summary: 'Runs, newest first',
  query: z.strictObject({
    unfinished: f.flag.optional().describe('only those of the last days that failed, stand still or were not finished on their day'),
    ...f.paging,
  }),
  response: f.page(run),
})
const step = z.strictObject({
  id: f.id, caseId: f.id, ...customer, level: z.int(), turn, levelName: z.string(), action: actionKind, onDay: z.string(), template: z.string().nullable(), to: z.array(z.string()), personName: z.string().nullable(), held: z.boolean(),
  net: z.string(), oldestDueOn: z.string(), overdueDays: z.int(), items: z.int(), notPossible, messageId: f.id.nullable(), messageStatus: z.string().nullable(), messageReason: z.string().nullable(), taskId: f.id.nullable(), taskDone: z.boolean().nullable(),
}) // biome-ignore format: one line a group of fields
export const readRun = route({
  method: 'GET',
  path: '/api/dunning/runs/:id',
  permission: 'dunning.view',
  summary: 'A run with what it did, customer by customer, and who was left out and why',
  params: f.idParams,
  query: z.strictObject({ ...f.paging }),
  response: run.extend({
    currency: z.string(),
    notPlanned: z.array(leftOutCustomer),
    items: z.array(step),
    nextCursor: z.string().nullable(),
  }),
})

const caseRow = z.strictObject({
  id: f.id, ...customer, ladderId: f.id, ladderName: z.string(), openedOn: z.string(), closedOn: z.string().nullable(), closedHow: z.enum(caseEnds).nullable().describe('excluded: all that was left is disputed or paused, and something else is chased'), level: z.int(), turn, levelName: z.string(), lastStepOn: z.string().nullable(),
  next: z.strictObject({ level: z.int(), turn, name: z.string(), onDay: z.string() }).nullable(), highRisk: z.boolean(), collectorName: z.string().nullable(), salespersonName: z.string().nullable(),
  overdue: z.string().describe('open and overdue now, base currency'), oldestDueOn: z.string().nullable(), overdueDays: z.int(), blocked: z.boolean(), waits: z.boolean().describe('all that is left of what it named is disputed or paused'),
  levels: z.int().describe('levels that its ladder has now'), cutOn: z.string().nullable().describe('since when it is known that it has come further than its ladder has levels'), version: f.version,
}) // biome-ignore format: one line a group of fields
export const listCases = route({
  method: 'GET',
  path: '/api/dunning/cases',
  permission: 'dunning.view',
  summary: 'Dunning cases, newest first; open ones unless asked otherwise',
  query: z.strictObject({ status: z.enum(['open', 'closed']).default('open'), level: z.coerce.number().int().min(1).max(12).optional(), highRisk: f.flag.optional(), customerId: f.id.optional(), collectorId: f.id.optional(), salespersonId: f.id.optional(), search: z.string().max(100).optional(), ...f.paging }),
  response: f.page(caseRow, { currency: z.string() }),
}) // biome-ignore format: a contract reads as one block
const caseItem = z.strictObject({ receivableId: f.id, no: z.string(), level: z.int(), turn, currency: z.string(), open: z.string().describe('as it was named'), dueOn: z.string(), openNow: z.string(), disputed: z.boolean(), voided: z.boolean(), blockedUntil: z.string().nullable(), blocked: z.boolean() }) // biome-ignore format: one line
export const readCase = route({
  method: 'GET',
  path: '/api/dunning/cases/:id',
  permission: 'dunning.view',
  summary: 'A case with its steps, what they named and what became of the messages',
  params: f.idParams,
  response: caseRow.extend({ currency: z.string(), steps: z.array(step), items: z.array(caseItem) }),
})

const block = z.strictObject({ id: f.id, ...customer, receivableId: f.id.nullable(), receivableNo: z.string().nullable(), untilOn: z.string().nullable(), reason: z.string(), placedBy: z.string(), placedAt: z.string(), liftedBy: z.string().nullable(), liftedAt: z.string().nullable(), liftReason: z.string().nullable(), isRunning: z.boolean(), version: f.version }) // biome-ignore format: one line
export const listBlocks = route({
  method: 'GET',
  path: '/api/dunning/blocks',
  permission: 'dunning.view',
  summary: 'Where dunning is paused (暂停催收), newest first',
  query: z.strictObject({ customerId: f.id.optional(), receivableId: f.id.optional(), running: f.flag.default(true), ...f.paging }),
  response: f.page(block),
})
export const placeBlock = route({
  method: 'POST',
  path: '/api/dunning/blocks',
  permission: 'dunning.run',
  summary: 'Pauses dunning of a customer, or of one receivable, up to and including a day, or until lifted',
  body: z.strictObject({
    customerId: f.id.optional(),
    receivableId: f.id.optional(),
    untilOn: f.day.nullable().default(null),
    reason: f.requiredText(500),
  }),
  response: f.created,
})
export const liftBlock = route({
  method: 'POST',
  path: '/api/dunning/blocks/:id/lift',
  permission: 'dunning.run',
  summary: 'Lets dunning go on',
  params: f.idParams,
  body: z.strictObject({ version: f.version, reason: f.requiredText(500) }),
  response: f.done,
})

const hour = z.int().min(0).max(23)
const settings = z.strictObject({
  daily: z.enum(['whenSending', 'always', 'off']).describe('whenSending: every working day while messages are really sent; always: also in test mode'),
  fromHour: hour.describe('the hour of the company’s day from which the run starts'), untilHour: z.int().min(1).max(24).describe('the hour from which it no longer starts that day'),
  mostContacts: z.int().min(1).max(100).describe('messages to one address within 7 days'),
}) // biome-ignore format: one line a group of fields
export const readSettings = route({
  method: 'GET',
  path: '/api/dunning/settings',
  permission: 'dunning.view',
  summary: 'When dunning runs',
  response: settings.extend({ version: z.int(), sendingEnabled: z.boolean() }),
})
export const saveSettings = route({
  method: 'PUT',
  path: '/api/dunning/settings',
  permission: 'dunning.edit',
  summary: 'Changes when dunning runs',
  body: settings.extend({ version: z.int().min(0) }),
  response: f.done,
})
