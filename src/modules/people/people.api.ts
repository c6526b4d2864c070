import { z } from 'zod'
import { route } from '../../platform/contract.ts'
import { created, day, done, id, idParams, language, page, paging, requiredText, several, text, version } from '../../platform/fields.ts'
import { permissions, roles } from './roles.ts'
import { email, password } from './sign-in.api.ts'

const role = z.enum(roles)
const dataScope = z.enum(['own', 'team', 'all'])
const status = z.enum(['invited', 'active', 'disabled'])
const details = { name: requiredText(100), role, dataScope, teamId: id.nullable(), phone: text(40).nullable(), language }
const listed = z.strictObject({
  id,
  name: z.string(),
  email: z.string(),
  role,
  dataScope,
  teamId: id.nullable(),
  teamName: z.string().nullable(),
  phone: z.string().nullable(),
  language,
  status,
  invitedUntil: z.string().nullable(),
  totp: z.boolean(),
  version,
})
/** The link is shown once; it is not kept. */
const link = { link: z.string(), expiresAt: z.string() }

export const getPeople = route({
  method: 'GET',
  path: '/api/people',
  permission: 'people.view',
  summary: 'People of the company',
  query: z.strictObject({
    q: text(100).optional(),
    role: several(role).optional(),
    status: several(status).optional(),
    teamId: id.optional(),
    ...paging,
  }),
  response: page(listed),
})
export const getPerson = route({
  method: 'GET',
  path: '/api/people/:id',
  permission: 'people.view',
  summary: 'One person',
  params: idParams,
  response: listed,
})
export const getPeopleToChoose = route({
  method: 'GET',
  path: '/api/people/choices',
  permission: 'signedIn',
  summary: 'People by name, for fields where one is chosen and lists that are narrowed to one; somebody disabled is not to be chosen anew',
  response: z.strictObject({ items: z.array(z.strictObject({ id, name: z.string(), role, teamId: id.nullable(), status })) }),
})
export const postPerson = route({
  method: 'POST',
  path: '/api/people',
  asksAgain: true,
  permission: 'people.edit',
  summary: 'Invites a person: the answer holds a one-time link to hand over',
  body: z.strictObject({ email, ...details }),
  response: z.strictObject({ id, ...link, fourEyesSwitchedOn: z.boolean() }),
})
export const putPerson = route({
  method: 'PUT',
  path: '/api/people/:id',
  asksAgain: true,
  permission: 'people.edit',
  summary: 'Changes name, role, scope, team',
  params: idParams,
  body: z.strictObject({ ...details, version }),
  response: done,
})
export const putPersonStatus = route({
  method: 'PUT',
  path: '/api/people/:id/status',
  asksAgain: true,
  permission: 'people.edit',
  summary: 'Disables a person (out at once) or enables them again',
  params: idParams,
  body: z.strictObject({ status: z.enum(['active', 'disabled']), version }),
  response: done,
})
export const postPersonLink = route({
  method: 'POST',
  path: '/api/people/:id/link',
  asksAgain: true,
  permission: 'people.edit',
  summary: 'A new one-time link: the invitation again, or for an active person a new password',
  params: idParams,
  body: z.strictObject({}),
  response: z.strictObject(link),
})
export const deletePersonTotp = route({
  method: 'DELETE',
  path: '/api/people/:id/totp',
  asksAgain: true,
  permission: 'people.edit',
  summary: 'Takes away the second factor of somebody who lost their device',
  params: idParams,
  response: done,
})
export const deletePersonSessions = route({
  method: 'DELETE',
  path: '/api/people/:id/sessions',
  permission: 'people.edit',
  summary: 'Ends all sessions of a person',
  params: idParams,
  response: done,
})

export const getTeams = route({
  method: 'GET',
  path: '/api/teams',
  permission: 'signedIn',
  summary: 'Teams',
  response: z.strictObject({ items: z.array(z.strictObject({ id, name: z.string(), members: z.int(), version })) }),
})
export const postTeam = route({
  method: 'POST',
  path: '/api/teams',
  permission: 'people.edit',
  summary: 'Adds a team',
  body: z.strictObject({ name: requiredText(60) }),
  response: created,
})
export const putTeam = route({
  method: 'PUT',
  path: '/api/teams/:id',
  permission: 'people.edit',
  summary: 'Renames a team',
  params: idParams,
  body: z.strictObject({ name: requiredText(60), version }),
  response: done,
})

const scope = z.string().refine((name) => permissions.includes(name), 'people.unknownScope')
export const getApiKeys = route({
  method: 'GET',
  path: '/api/api-keys',
  permission: 'people.editKeys',
  summary: 'API keys, without their secrets',
  response: z.strictObject({
    items: z.array(
      z.strictObject({
        id,
        name: z.string(),
        prefix: z.string(),
        scopes: z.array(z.string()),
        personName: z.string(),
        expiresAt: z.string().nullable(),
        revokedAt: z.string().nullable(),
        lastUsedOn: z.string().nullable(),
        createdAt: z.string(),
        status: z.enum(['active', 'expired', 'inactive']),
      }),
    ),
  }),
})
export const postApiKey = route({
  method: 'POST',
  path: '/api/api-keys',
  asksAgain: true,
  permission: 'people.editKeys',
  summary: 'Creates a key in the own name, with at most the own permissions; the secret is in this answer only',
  body: z.strictObject({ name: requiredText(60), scopes: z.array(scope).min(1).max(200), expiresOn: day.nullable() }),
  response: z.strictObject({ id, key: z.string() }),
})
export const deleteApiKey = route({
  method: 'DELETE',
  path: '/api/api-keys/:id',
  permission: 'people.editKeys',
  summary: 'Revokes a key at once',
  params: idParams,
  response: done,
})

const tokenParams = z.strictObject({ token: z.string().max(200) })
export const getInvitation = route({
  method: 'GET',
  path: '/api/invitations/:token',
  permission: 'public',
  summary: 'What an invitation link says',
  params: tokenParams,
  response: z.strictObject({
    companyName: z.string(),
    name: z.string(),
    email: z.string(),
    isNew: z.boolean(),
    expiresAt: z.string(),
    timeZone: z.string(),
  }),
})
export const acceptInvitation = route({
  method: 'POST',
  path: '/api/invitations/:token/acceptance',
  permission: 'public',
  summary: 'Uses the link up and sets the own password',
  params: tokenParams,
  body: z.strictObject({ name: requiredText(100), password, language }),
  response: done,
})
