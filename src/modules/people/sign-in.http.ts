import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../../kernel/problem.ts'
import type { Auth, Origin, SignIn } from '../../platform/auth.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Database } from '../../platform/db.ts'
import { type BoundRoute, handle, signedIn, write } from '../../platform/http.ts'
import { insideTenant } from '../../platform/system-caller.ts'
import { originOf } from './authenticate.query.ts'
import { knownPerson } from './caller.query.ts'
import { editOwnAccount } from './edit-people.command.ts'
import { waiting } from './inbox.query.ts'
import { noteOwnStep } from './note-outcome.command.ts'
import { passwordWeakness } from './password-rule.ts'
import { person } from './people.query.ts'
import { recordSecurityEvent } from './security-events.command.ts'
import * as api from './sign-in.api.ts'

const ok = { ok: true } as const

export function signInHttp(auth: Auth): readonly BoundRoute[] {
  return [
    handle(api.signIn, async ({ db, request, reply }, { body }) => {
      const step = await tried(db, auth, request, { email: body.email }, () => auth.signIn(body.email, body.password, originOf(request)))
      if (!step.codeWanted) await refuseInactive(db, auth, step, request)
      setCookies(reply, step.cookies)
      return { codeWanted: step.codeWanted }
    }),
    handle(api.signInWithCode, async ({ db, request, reply }, { body }) => {
      const step = await tried(db, auth, request, {}, () => auth.signInWithCode(body.code, originOf(request)))
      if (!step.codeWanted) await refuseInactive(db, auth, step, request)
      setCookies(reply, step.cookies)
      return { codeWanted: false as const }
    }),
    handle(api.confirmSession, async ({ db, request, caller }, { body }) => {
      await atScreen(auth, originOf(request))
      await auth.confirm(body.secret, originOf(request))
      await noteOwnStep(db, signedIn(caller), 'people.confirmed')
      return ok
    }),
    handle(api.signOut, async ({ request, reply }) => {
      setCookies(reply, await auth.signOut(originOf(request)))
      return ok
    }),
    handle(api.getSession, async ({ db, request, reply, caller }) => {
      if (caller?.actorKind === 'person') setCookies(reply, await auth.prolong(originOf(request)))
      return session(db, signedIn(caller))
    }),
    ...ownAccount(auth),
    ...ownSecrets(auth),
  ]
}

function ownAccount(auth: Auth): BoundRoute[] {
  return [
    handle(api.getAccount, async ({ db, caller }) => {
      const own = signedIn(caller)
      const { name, email, phone, language } = await db.read({ ...own, scope: { kind: 'all' } }, (reader) => person(reader, own.actorId))
      return { name, email, phone, language, totp: (await auth.hasTotp([own.actorId])).has(own.actorId) }
    }),
    write(api.putAccount, async (tx, { body }) => {
      await editOwnAccount(tx, body)
      return ok
    }),
    handle(api.getSessions, async ({ request }) => {
      const { userId, sessionId } = await inSession(auth, originOf(request))
      const rows = await auth.sessions(userId)
      return {
        items: rows.map((row) => ({
          ...row,
          createdAt: row.createdAt.toISOString(),
          lastSeenAt: row.lastSeenAt.toISOString(),
          isThis: row.id === sessionId,
        })),
      }
    }),
    handle(api.deleteSession, async ({ db, request, caller }, { params }) => {
      const { userId } = await inSession(auth, originOf(request))
      if (!(await auth.endSession(userId, params.id))) throw new Problem('platform.notFound', { what: 'session' }, { kind: 'missing' })
      await noteOwnStep(db, signedIn(caller), 'people.sessionEnded')
      return ok
    }),
  ]
}

function ownSecrets(auth: Auth): BoundRoute[] {
  return [
    handle(api.postPassword, async ({ db, request, reply, caller }, { body }) => {
      const { email } = await inSession(auth, originOf(request))
      const weakness = passwordWeakness(body.next, [email, caller?.name ?? ''])
      if (weakness) throw new Problem(weakness, {}, { kind: 'invalid', path: 'next' })
      setCookies(reply, await auth.changePassword(body.current, body.next, originOf(request)))
      await noteOwnStep(db, signedIn(caller), 'people.passwordChanged')
      return ok
    }),
    handle(api.enrolTotp, async ({ request }, { body }) => {
      await inSession(auth, originOf(request))
      return auth.enrolTotp(body.password, originOf(request)).then(({ uri, backupCodes }) => ({ uri, backupCodes: [...backupCodes] }))
    }),
    handle(api.confirmTotp, async ({ db, request, reply, caller }, { body }) => {
      await inSession(auth, originOf(request))
      setCookies(reply, await auth.confirmTotp(body.code, originOf(request)))
      await noteOwnStep(db, signedIn(caller), 'people.totpOn')
      return ok
    }),
    handle(api.removeTotp, async ({ db, request, reply, caller }, { body }) => {
      await inSession(auth, originOf(request))
      setCookies(reply, await auth.removeTotp(body.password, originOf(request)))
      await noteOwnStep(db, signedIn(caller), 'people.totpOff')
      return ok
    }),
  ]
}

/** Password, second factor and sessions belong to who sits at the screen, not to somebody at whom one only looks. */
async function inSession(auth: Auth, from: Origin) {
  const user = await atScreen(auth, from)
  if (user.home !== undefined) throw sessionWanted()
  return user
}

/** A key sits nowhere. */
async function atScreen(auth: Auth, from: Origin) {
  const user = await auth.userOf(from)
  if (!user) throw sessionWanted()
  return user
}

function sessionWanted(): Problem {
  return new Problem('people.sessionWanted', {}, { kind: 'forbidden' })
}

async function session(db: Database, caller: Caller) {
  return db.read(insideTenant(caller.tenantId), async (reader) => {
    const known = await knownPerson(reader, caller.actorId)
    if (!known) throw new Problem('people.signedOut', {}, { kind: 'unauthenticated' })
    const own = await db.read(caller, async (mine) => ({ counts: await waiting(mine), today: mine.today }))
    const isOff = (permission: string): boolean => known.modulesOff.includes(permission.split('.')[0]!)
    return {
      person: { id: known.id, name: known.name, email: known.email, language: known.language, role: known.role },
      company: {
        id: String(caller.tenantId),
        name: known.companyName,
        baseCurrency: known.baseCurrency,
        timeZone: known.timeZone,
        isDemo: known.isDemo,
        testMode: !known.sendingEnabled,
        fourEyes: known.fourEyes,
        today: own.today,
        modulesOff: known.modulesOff,
      },
      permissions: [...caller.permissions].filter((permission) => !isOff(permission)),
      scope: known.dataScope,
      setUp: true,
      counts: own.counts,
    }
  })
}

/** A right password of somebody who is disabled is answered like a wrong one. */
async function refuseInactive(db: Database, auth: Auth, step: SignIn & { codeWanted: false }, request: FastifyRequest): Promise<void> {
  const known = await db.read(insideTenant(step.tenantId), (reader) => knownPerson(reader, step.personId))
  if (known?.status === 'active') {
    await recordSecurityEvent(db, step.tenantId, { kind: 'signedIn', actorId: step.personId, ip: request.ip, requestId: request.id })
    return
  }
  await auth.endSessions(step.userId)
  throw new Problem('people.wrongCredentials', {}, { kind: 'unauthenticated' })
}

/** Refused tries are kept for the company of that address, or for the only company there is. */
async function tried(
  db: Database,
  auth: Auth,
  request: FastifyRequest,
  who: { email?: string },
  step: () => Promise<SignIn>,
): Promise<SignIn> {
  try {
    return await step()
  } catch (error) {
    if (error instanceof Problem && error.kind === 'unauthenticated') void keepRefusal(db, auth, request, who)
    throw error
  }
}

/** After the answer is on its way, so that its time says nothing about who exists. */
async function keepRefusal(db: Database, auth: Auth, request: FastifyRequest, { email }: { email?: string }): Promise<void> {
  const user = email === undefined ? undefined : await auth.userByEmail(email).catch(() => undefined)
  const tenants = user ? [user.tenantId] : await db.tenants().catch(() => [])
  if (tenants.length !== 1) return
  await recordSecurityEvent(db, tenants[0]!, {
    kind: email === undefined ? 'codeRefused' : 'signInRefused',
    actorId: user?.personId,
    ip: request.ip,
    requestId: request.id,
  })
}

export function setCookies(reply: FastifyReply, cookies: readonly string[]): void {
  if (cookies.length > 0) reply.header('set-cookie', [...cookies])
}
