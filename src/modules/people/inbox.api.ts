import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import {
  created,
  day,
  done,
  flag,
  id,
  idParams,
  ids,
  longText,
  page,
  paging,
  requiredText,
  several,
  text,
  version,
} from '../../platform/fields.ts'

export const getNotifications = route({
  method: 'GET',
  path: '/api/notifications',
  permission: 'signedIn',
  summary: 'The own notifications, newest first',
  query: z.strictObject({ unread: flag.default(false), ...paging }),
  response: page(
    z.strictObject({
      id,
      kind: z.string(),
      params: z.record(z.string(), z.unknown()),
      entity: z.string().nullable(),
      entityId: id.nullable(),
      createdAt: z.string(),
      readAt: z.string().nullable(),
      ended: z.string().nullable(),
    }),
  ),
})
export const postRead = route({
  method: 'POST',
  path: '/api/notifications/read',
  permission: 'signedIn',
  summary: 'Marks own notifications as read',
  body: z.strictObject({ ids }),
  response: z.strictObject({ count: z.int() }),
})
export const getTasks = route({
  method: 'GET',
  path: '/api/tasks',
  permission: 'signedIn',
  summary: 'What the caller is asked to do',
  query: z.strictObject({ open: flag.default(true), kind: several(text(40)).optional(), dueUntil: day.optional(), ...paging }),
  response: page(
    z.strictObject({
      id,
      kind: z.string(),
      customerId: id.nullable(),
      customerName: z.string().nullable(),
      sourceKind: z.string(),
      sourceId: id,
      params: z.record(z.string(), z.unknown()),
      dueOn: z.string(),
      doneAt: z.string().nullable(),
      outcome: z.string().nullable(),
      version,
    }),
  ),
})
export const postTaskOutcome = route({
  method: 'POST',
  path: '/api/tasks/:id/outcome',
  permission: 'signedIn',
  summary: 'Says that a task is done',
  params: idParams,
  body: z.strictObject({ outcome: longText(500).default(''), version }),
  response: done,
})

const pageName = z.string().regex(/^[a-zA-Z.-]{1,60}$/, 'platform.wrongFormat')
export const getViews = route({
  method: 'GET',
  path: '/api/saved-views',
  permission: 'signedIn',
  summary: 'The saved filters of a page: the own ones, and those that colleagues share with the company',
  query: z.strictObject({ page: pageName }),
  response: z.strictObject({
    items: z.array(
      z.strictObject({
        id,
        page: z.string(),
        name: z.string(),
        query: z.record(z.string(), z.unknown()),
        shared: z.boolean(),
        mine: z.boolean(),
        madeBy: z.string(),
        version,
      }),
    ),
  }),
})
const filterValue = z.union([z.string().max(500), z.array(z.string().max(500)).max(200)])
export const postView = route({
  method: 'POST',
  path: '/api/saved-views',
  permission: 'signedIn',
  summary: 'Saves filters under a name; shared with the company where people.shareViews allows it',
  body: z.strictObject({
    page: pageName,
    name: requiredText(60),
    query: z.record(z.string().max(60), filterValue),
    shared: z.boolean().default(false),
  }),
  response: created,
})
export const putView = route({
  method: 'PUT',
  path: '/api/saved-views/:id',
  permission: 'signedIn',
  summary:
    'Renames a saved view, shares it with the company or takes it back; sharing needs people.shareViews, a view of somebody else the administrator',
  params: idParams,
  body: z.strictObject({ name: requiredText(60), shared: z.boolean(), version }),
  response: done,
})
export const deleteView = route({
  method: 'DELETE',
  path: '/api/saved-views/:id',
  permission: 'signedIn',
  summary: 'Removes a saved view',
  params: idParams,
  response: done,
})
