import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import * as f from '../../platform/fields.ts'
import { LEVELS_MOST, templateKeys } from './ladder.ts'

const minimum = z.string().regex(/^\d{1,16}(\.\d{1,6})?$/, 'platform.notAnAmount').describe('least net debt, in the base currency') // biome-ignore format: one line a field
const action = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('email'), template: z.enum(templateKeys) }),
  z.strictObject({ kind: z.literal('remindSalesperson'), withinDays: z.int() }),
  z.strictObject({ kind: z.literal('escalate') }),
  z.strictObject({ kind: z.literal('flagHighRisk'), hold: z.boolean().describe('also stops new orders of the customer') }),
])
const repeat = z
  .strictObject({ everyDays: z.int(), most: z.int().describe('times more, at most') })
  .nullable()
  .default(null)
  .describe('only of the last level: it is taken again while something is overdue')
/** A level as it is written: its position is its place in the list. */
const level = z.strictObject({ name: f.requiredText(60), days: z.int().describe('negative or 0: so many days before the due day; else days that the oldest item is overdue'), minimum, actions: z.array(action).max(4), repeat }) // biome-ignore format: one line a level
const content = {
  leastDaysBetween: z.int().describe('days between two levels when a case catches up'),
  levels: z.array(level).min(1).max(LEVELS_MOST),
}
export type LevelShown = z.infer<typeof level>

const version = z.strictObject({ id: f.id, no: z.int(), validFrom: z.string(), ...content, publishedAt: z.string(), publishedBy: z.string().nullable(), publishedHow: z.enum(['founded', 'person', 'alone']) }) // biome-ignore format: one line a version
const draft = z.strictObject({ ...content, status: z.enum(['editing', 'waiting']).describe('waiting: for the second person'), validFrom: z.string().nullable(), savedBy: z.string().nullable(), savedAt: z.string().nullable(), requestId: z.string().nullable() }) // biome-ignore format: one line a draft
const ladder = z.strictObject({
  id: f.id, name: z.string(), isStandard: z.boolean(), status: z.enum(['active', 'disabled']), version: f.version, currency: z.string(),
  live: version.nullable(), next: version.nullable().describe('published, valid from a later day'), draft: draft.nullable(),
  classes: z.array(z.string()), customers: z.int().describe('customers that it counts for today'),
}) // biome-ignore format: one line a group of fields

export const listLadders = route({
  method: 'GET',
  path: '/api/dunning/ladders',
  permission: 'dunning.view',
  summary: 'Dunning ladders with their live version and draft, the standard one first',
  response: z.strictObject({ items: z.array(ladder) }),
})
export const readLadder = route({
  method: 'GET',
  path: '/api/dunning/ladders/:id',
  permission: 'dunning.view',
  summary: 'One ladder with all its versions, newest first, and the customers that were assigned to it one by one',
  params: f.idParams,
  response: ladder.extend({
    versions: z.array(version),
    assigned: z.array(z.strictObject({ id: f.id, code: z.string(), name: z.string() })),
  }),
})
export const createLadder = route({
  method: 'POST',
  path: '/api/dunning/ladders',
  permission: 'dunning.edit',
  summary: 'A further ladder; its draft is a copy of the live version of another',
  body: z.strictObject({ name: f.requiredText(60), copyOf: f.id }),
  response: f.created,
})
export const updateLadder = route({
  method: 'PATCH',
  path: '/api/dunning/ladders/:id',
  permission: 'dunning.edit',
  summary: 'Renames a ladder, switches it off or on, says for which customer classes and single customers it counts; the others have the standard ladder',
  params: f.idParams,
  body: z.strictObject({ version: f.version, name: f.requiredText(60).optional(), status: z.enum(['active', 'disabled']).optional(), classes: z.array(f.requiredText(60)).max(100).optional(), customerIds: z.array(f.id).max(1_000).optional() }),
  response: f.done,
}) // biome-ignore format: a contract reads as one block
export const saveDraft = route({
  method: 'PUT',
  path: '/api/dunning/ladders/:id/draft',
  permission: 'dunning.edit',
  summary: 'Saves the draft of a ladder; what is live stays as it is',
  params: f.idParams,
  body: z.strictObject({ version: f.version, ...content }),
  response: f.done,
})
export const dropDraft = route({
  method: 'DELETE',
  path: '/api/dunning/ladders/:id/draft',
  permission: 'dunning.edit',
  summary: 'Throws the draft of a ladder away; one that waits for the second person is withdrawn',
  params: f.idParams,
  query: z.strictObject({ version: z.coerce.number().int().min(1) }),
  response: f.done,
})
export const publishDraft = route({
  method: 'POST',
  path: '/api/dunning/ladders/:id/publication',
  permission: 'dunning.edit',
  asksAgain: true, // from its day on it writes to customers by itself
  summary:
    'Publishes the draft from a day on: at once where one person may, else it waits for the second person (approvals, kind dunningLadder)',
  params: f.idParams,
  body: z.strictObject({ version: f.version, validFrom: f.day.optional().describe('today when left out') }),
  response: z.strictObject({ waiting: z.boolean() }),
})

export const walkLadder = route({
  method: 'POST',
  path: '/api/dunning/walk',
  permission: 'dunning.view',
  summary: 'On which day each level falls for one receivable (or due day), with the rest days that move it; saves nothing',
  body: z.strictObject({ receivableId: f.id.optional(), dueOn: f.day.optional(), ...content }),
  response: z.strictObject({
    receivable: z.strictObject({ id: f.id, no: z.string(), customerName: z.string(), currency: z.string(), open: z.string(), dueOn: z.string() }).nullable(), dueOn: z.string(),
    steps: z.array(z.strictObject({ position: z.int(), name: z.string(), plannedOn: z.string(), onDay: z.string(), moved: z.enum(['earlier', 'later']).nullable(), restDay: z.string().nullable().describe('the holiday’s name, or weekend'), isOver: z.boolean(), againOn: z.string().nullable().describe('the first repetition') })),
  }),
}) // biome-ignore format: a contract reads as one block
