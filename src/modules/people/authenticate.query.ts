import type { FastifyRequest } from 'fastify'
import { dayIn } from '../../kernel/day.ts'
import { isLanguage, type Language } from '../../kernel/language.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Auth, Origin } from '../../platform/auth.ts'
import { secretHash } from '../../platform/auth-secrets.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Database } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { insideTenant } from '../../platform/system-caller.ts'
import { callerOfPerson, knownPerson } from './caller.query.ts'
import { updateLastUse } from './people.store.ts'

/** A disabled person, an ended session and a revoked key are out after this time at the latest, in every process. */
export const KNOWN_FOR_MS = 500
const KNOWN_MOST = 10_000
const KEY = /^Bearer (hk_([1-9]\d{0,8})_([A-Za-z0-9_-]{43}))$/

/** Who calls: by the session cookie, or by `Authorization: Bearer hk_…`. Undefined for nobody; throws people.badApiKey (401) for a key that is not good. */
export function authenticator(db: Database, auth: Auth): (request: FastifyRequest) => Promise<Caller | undefined> {
  const known = new Map<string, { until: number; caller: Promise<Caller | undefined> }>()
  return async (request) => {
    const { authorization, cookie } = request.headers
    const credential = authorization ?? cookie
    if (credential === undefined) return undefined
    const now = performance.now()
    let found = known.get(credential)
    if (!found || found.until < now) {
      if (known.size >= KNOWN_MOST) known.clear()
      const caller = authorization === undefined ? callerOfSession(db, auth, originOf(request)) : callerOfKey(db, authorization)
      found = { until: now + KNOWN_FOR_MS, caller }
      known.set(credential, found)
      caller.catch(() => known.delete(credential))
    }
    const caller = await found.caller
    return caller && { ...caller, language: languageAsked(request) ?? caller.language, ip: request.ip, requestId: request.id }
  }
}

/** Of steps that ask again: throws people.keyMayNot (403) for a key, people.confirmAgain (403) for a session in which neither password nor code was shown lately. */
export function freshness(auth: Auth): (request: FastifyRequest, caller: Caller | undefined) => Promise<void> {
  return async (request, caller) => {
    if (caller === undefined) return // who is nobody is refused as such
    if (caller.actorKind === 'apiKey') throw new Problem('people.keyMayNot', {}, { kind: 'forbidden' })
    if (!(await auth.isFresh(originOf(request)))) throw new Problem('people.confirmAgain', {}, { kind: 'forbidden' })
  }
}

/** The web app names the language on the screen; what a browser or a tool sends of its own accord is a list, and does not stand above the person's own language. */
function languageAsked({ headers }: FastifyRequest): Language | undefined {
  const asked = headers['accept-language'] ?? ''
  return isLanguage(asked) ? asked : undefined
}

/** What the sign-in needs to know of a request. */
export function originOf(request: FastifyRequest): Origin {
  return { cookie: request.headers.cookie, userAgent: request.headers['user-agent'], ip: request.ip }
}

async function callerOfSession(db: Database, auth: Auth, from: Origin): Promise<Caller | undefined> {
  const user = await auth.userOf(from)
  if (!user) return undefined
  const person = await db.read(insideTenant(user.tenantId), (reader) => knownPerson(reader, user.personId))
  return person?.status === 'active' ? callerOfPerson(user.tenantId, person) : undefined
}

/** A key may at most what its person may at this moment: it loses with them. */
async function callerOfKey(db: Database, authorization: string): Promise<Caller> {
  const [, key, tenant] = KEY.exec(authorization) ?? []
  if (!key) throw badKey()
  const tenantId = Number(tenant)
  const found = await db.read(insideTenant(tenantId), async (reader) => {
    const row = await reader.maybe<KeyRow>(
      sql`select k.id, k.name, k.scopes, k.person_id, k.last_used_on from ar.api_keys k where k.tenant_id = ${tenantId} and k.key_hash = ${secretHash(key)}
        and k.revoked_at is null and (k.expires_at is null or k.expires_at > ${reader.at})`,
    )
    return row && { row, person: await knownPerson(reader, row.personId) }
  })
  if (found?.person?.status !== 'active') throw badKey()
  const person = callerOfPerson(tenantId, found.person)
  const permissions = new Set(found.row.scopes.filter((scope) => person.permissions.has(scope)))
  await noteUse(db, person, found.row)
  return { ...person, actorKind: 'apiKey', permissions }
}

type KeyRow = { id: string; name: string; scopes: string[]; personId: string; lastUsedOn: string | null }

/** Once a day: enough to see which keys nobody uses. */
async function noteUse(db: Database, person: Caller, { id, lastUsedOn }: KeyRow): Promise<void> {
  if (dayIn(person.timeZone, db.now()) === lastUsedOn) return
  await db.transaction(insideTenantOf(person), async (tx) => updateLastUse(tx, id))
}

function insideTenantOf(person: Caller): Caller {
  return { ...insideTenant(person.tenantId), timeZone: person.timeZone }
}

function badKey(): Problem {
  return new Problem('people.badApiKey', {}, { kind: 'unauthenticated' })
}
