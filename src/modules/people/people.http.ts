import type { Auth } from '../../platform/auth.ts'
import { type BoundRoute, handle, read, signedIn, write } from '../../platform/http.ts'
import { acceptInvitation, openInvitation } from './accept-invitation.command.ts'
import { createApiKey, revokeApiKey } from './api-keys.command.ts'
import { addTeam, editPerson, editTeam, setPersonStatus } from './edit-people.command.ts'
import * as inboxApi from './inbox.api.ts'
import { changeView, finishTask, readNotifications, removeView, saveView } from './inbox.command.ts'
import { notifications, savedViews, tasks } from './inbox.query.ts'
import { invitePeople, renewLink } from './invite-people.command.ts'
import { noteOutcome } from './note-outcome.command.ts'
import * as api from './people.api.ts'
import { apiKeys, type ListedPerson, people, peopleToChoose, person, teams } from './people.query.ts'

const ok = { ok: true } as const

export function peopleHttp(auth: Auth): readonly BoundRoute[] {
  return [...lists(auth), ...edits(auth), ...links(auth), ...keys, ...inbox]
}

function lists(auth: Auth): BoundRoute[] {
  const withTotp = async (rows: readonly ListedPerson[]) => {
    const having = await auth.hasTotp(rows.map((row) => row.id))
    return rows.map((row) => ({ ...row, invitedUntil: row.invitedUntil?.toISOString() ?? null, totp: having.has(row.id) }))
  }
  return [
    read(api.getPeople, async (reader, { query }) => {
      const found = await people(reader, query)
      return { ...found, items: await withTotp(found.items) }
    }),
    read(api.getPeopleToChoose, async (reader) => ({ items: (await peopleToChoose(reader)) as never })),
    read(api.getPerson, async (reader, { params }) => (await withTotp([await person(reader, params.id)]))[0]!),
    read(api.getTeams, async (reader) => ({ items: await teams(reader) })),
  ]
}

function edits(auth: Auth): BoundRoute[] {
  return [
    write(api.putPerson, async (tx, { params, body }) => {
      await editPerson(tx, params.id, body)
      return ok
    }),
    afterwards(
      write(api.putPersonStatus, async (tx, { params, body }) => {
        await setPersonStatus(tx, params.id, body.status, body.version)
        return ok
      }),
      (id) => auth.endSessions(id),
    ),
    afterwards(
      write(api.deletePersonSessions, async (tx, { params }) => {
        await noteOutcome(tx, params.id, 'people.sessionsEnded')
        return ok
      }),
      (id) => auth.endSessions(id),
    ),
    afterwards(
      write(api.deletePersonTotp, async (tx, { params }) => {
        await noteOutcome(tx, params.id, 'people.totpTakenAway')
        return ok
      }),
      (id) => auth.dropTotp(id),
    ),
    write(api.postTeam, async (tx, { body }) => ({ id: await addTeam(tx, body.name) })),
    write(api.putTeam, async (tx, { params, body }) => {
      await editTeam(tx, params.id, body.name, body.version)
      return ok
    }),
  ]
}

/** Answers that hold a secret are not kept for a repeated call, so these are no `write`: a call that is sent twice makes another link, and the earlier one is void. */
function links(auth: Auth): BoundRoute[] {
  const linkOf = (token: string): string => `${auth.publicUrl}/invitation/${token}`
  return [
    handle(api.postPerson, async ({ db, caller, reply }, { body }) => {
      const {
        links: [made],
        fourEyesSwitchedOn,
      } = await db.transaction(signedIn(caller), (tx) => invitePeople(tx, [body]))
      reply.code(201)
      return { id: made!.personId, link: linkOf(made!.token), expiresAt: made!.expiresAt.toISOString(), fourEyesSwitchedOn }
    }),
    handle(api.postPersonLink, async ({ db, caller, reply }, { params }) => {
      const { token, expiresAt } = await db.transaction(signedIn(caller), (tx) => renewLink(tx, params.id))
      reply.code(201)
      return { link: linkOf(token), expiresAt: expiresAt.toISOString() }
    }),
    handle(api.getInvitation, async ({ db }, { params }) => {
      const found = await openInvitation(db, params.token)
      return { ...found, expiresAt: found.expiresAt.toISOString() }
    }),
    handle(api.acceptInvitation, async ({ db, request, reply }, { params, body }) => {
      await acceptInvitation(db, auth, { token: params.token, ...body }, { ip: request.ip, requestId: request.id })
      reply.code(201)
      return ok
    }),
  ]
}

const keys: BoundRoute[] = [
  read(api.getApiKeys, async (reader) => ({
    items: (await apiKeys(reader)).map((key) => ({
      ...key,
      expiresAt: key.expiresAt?.toISOString() ?? null,
      revokedAt: key.revokedAt?.toISOString() ?? null,
      createdAt: key.createdAt.toISOString(),
      status: key.revokedAt
        ? ('inactive' as const)
        : key.expiresAt && key.expiresAt <= reader.at
          ? ('expired' as const)
          : ('active' as const),
    })),
  })),
  handle(api.postApiKey, async ({ db, caller, reply }, { body }) => {
    const made = await db.transaction(signedIn(caller), async (tx) => createApiKey(tx, body))
    reply.code(201)
    return made
  }),
  write(api.deleteApiKey, async (tx, { params }) => {
    await revokeApiKey(tx, params.id)
    return ok
  }),
]

const inbox: BoundRoute[] = [
  read(inboxApi.getNotifications, async (reader, { query }) => {
    const found = await notifications(reader, query)
    return {
      ...found,
      items: found.items.map((row) => ({ ...row, createdAt: row.createdAt.toISOString(), readAt: row.readAt?.toISOString() ?? null })),
    }
  }),
  write(inboxApi.postRead, async (tx, { body }) => ({ count: await readNotifications(tx, body.ids) })),
  read(inboxApi.getTasks, async (reader, { query }) => {
    const found = await tasks(reader, query)
    return { ...found, items: found.items.map((row) => ({ ...row, doneAt: row.doneAt?.toISOString() ?? null })) }
  }),
  write(inboxApi.postTaskOutcome, async (tx, { params, body }) => {
    await finishTask(tx, params.id, body.outcome, body.version)
    return ok
  }),
  read(inboxApi.getViews, async (reader, { query }) => ({ items: await savedViews(reader, query.page) })),
  write(inboxApi.postView, async (tx, { body }) => ({ id: await saveView(tx, body) })),
  write(inboxApi.putView, async (tx, { params, body }) => {
    await changeView(tx, params.id, body)
    return ok
  }),
  write(inboxApi.deleteView, async (tx, { params }) => {
    await removeView(tx, params.id)
    return ok
  }),
]

/** Sessions and second factors live outside of the transaction: they go when it is committed. Sent again, the call finishes what was cut off. */
function afterwards(bound: BoundRoute, effect: (personId: string) => Promise<unknown>): BoundRoute {
  return {
    route: bound.route,
    handle: async (db, request, reply, caller) => {
      const answer = await bound.handle(db, request, reply, caller)
      await effect((request.params as { id: string }).id)
      return answer
    },
  }
}
