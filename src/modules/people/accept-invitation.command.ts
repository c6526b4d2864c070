import { missing, Problem } from '../../kernel/problem.ts'
import type { Auth } from '../../platform/auth.ts'
import { secretHash } from '../../platform/auth-secrets.ts'
import type { Database, Reader } from '../../platform/db.ts'
import { insideTenant } from '../../platform/system-caller.ts'
import { company } from '../company/company.query.ts'
import { passwordWeakness } from './password-rule.ts'
import { invitationByHash, lockPerson, person } from './people.query.ts'
import { activatePerson, acceptInvitation as markAccepted } from './people.store.ts'
import type { CallPlace } from './set-up.command.ts'

export type Acceptance = { readonly token: string; readonly name: string; readonly password: string; readonly language: string }

/** What the person sees who opens the link. Wrong, used, revoked and expired links are one answer (404). */
export async function openInvitation(
  db: Database,
  token: string,
): Promise<{ companyName: string; name: string; email: string; isNew: boolean; expiresAt: Date; timeZone: string }> {
  const { invitation, tenantId } = await find(db, token)
  return db.read(insideTenant(tenantId), async (reader) => {
    const { name, email, status } = await person(reader, invitation.personId)
    const { name: companyName, timeZone } = await company(reader)
    return { companyName, name, email, isNew: status === 'invited', expiresAt: invitation.expiresAt, timeZone }
  })
}

/**
 * Uses the link up and sets the person's own password. First the link is used up, then the password is kept: cut off in between, the administrator makes
 * another link; the other way round a link could work twice.
 */
export async function acceptInvitation(
  db: Database,
  auth: Auth,
  { token, name, password, language }: Acceptance,
  from: CallPlace = {},
): Promise<void> {
  const { tenantId, invitation: known } = await find(db, token)
  const themselves = { ...insideTenant(tenantId), actorId: known.personId, actorKind: 'person' as const, ...from }
  const taken = await db.transaction(themselves, async (tx) => {
    const invitation = await good(tx, token)
    const { person: found } = await lockPerson(tx, invitation.personId)
    if (found.status === 'disabled') throw missing('invitation')
    const weakness = passwordWeakness(password, [found.email, name])
    if (weakness) throw new Problem(weakness, {}, { kind: 'invalid', path: 'password' })
    if (!(await auth.isEmailFree(found.email, found.id))) throw new Problem('people.emailTaken', {}, { kind: 'conflict' })
    markAccepted(tx, invitation.id)
    activatePerson(tx, { id: found.id, name, language, version: found.version })
    tx.audit({ action: found.status === 'invited' ? 'people.joined' : 'people.passwordSet', entity: 'person', entityId: found.id })
    return found
  })
  await auth.saveUser({ tenantId, personId: taken.id, email: taken.email, name, password })
}

async function find(db: Database, token: string): Promise<{ tenantId: number; invitation: Awaited<ReturnType<typeof good>> }> {
  const tenantId = Number(/^([1-9]\d{0,8})-[A-Za-z0-9_-]{43}$/.exec(token)?.[1])
  if (!tenantId) throw missing('invitation')
  return { tenantId, invitation: await db.read(insideTenant(tenantId), (reader) => good(reader, token)) }
}

async function good(reader: Reader, token: string): Promise<{ id: string; personId: string; expiresAt: Date }> {
  const found = await invitationByHash(reader, secretHash(token))
  if (!found) throw missing('invitation')
  return found
}
