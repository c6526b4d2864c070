import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import { newSecret, secretHash } from '../../platform/auth-secrets.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Tx } from '../../platform/db.ts'
import { switchFourEyesOn } from '../company/edit-company.command.ts'
import { isEmailKnown, lockPerson, openInvitations, teams } from './people.query.ts'
import { insertInvitation, insertPeople, revokeInvitations } from './people.store.ts'
import type { Role } from './roles.ts'

export type Invited = {
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly dataScope: 'own' | 'team' | 'all'
  readonly teamId: string | null
  readonly phone: string | null
  readonly language: string
}
export type InvitationLink = { readonly personId: string; readonly token: string; readonly expiresAt: Date }

const INVITATION_DAYS = 7
/** A new password for somebody who is here already: the link is handed over at once. */
const RESET_MINUTES = 30

/** Invites people: each gets a one-time link, shown once to the administrator. The second person of a company ends its single-handed time (four-eyes on again). */
export async function invitePeople(tx: Tx, invited: readonly Invited[]): Promise<{ links: InvitationLink[]; fourEyesSwitchedOn: boolean }> {
  refuseKey(tx.caller)
  const fourEyesSwitchedOn = await switchFourEyesOn(tx)
  const known = new Set((await teams(tx)).map((team) => team.id))
  const links: InvitationLink[] = []
  for (const { email: given, ...details } of invited) {
    const email = given.toLowerCase()
    if (await isEmailKnown(tx, email)) throw new Problem('people.emailTaken', {}, { kind: 'conflict', path: 'email' })
    refuseWrongTeam(details, known)
    const id = uuid()
    insertPeople(tx, [{ id, email, ...details, status: 'invited', userId: null }])
    links.push(invite(tx, id, new Date(tx.at.getTime() + INVITATION_DAYS * 86_400_000)))
    tx.audit({
      action: 'people.invited',
      entity: 'person',
      entityId: id,
      after: { role: details.role, dataScope: details.dataScope, teamId: details.teamId },
    })
  }
  return { links, fourEyesSwitchedOn }
}

/** A fresh link: for who was invited, again the invitation; for who is active, a new password. Earlier links are void. */
export async function renewLink(tx: Tx, personId: string): Promise<InvitationLink> {
  refuseKey(tx.caller)
  const { person } = await lockPerson(tx, personId)
  if (person.status === 'disabled') throw new Problem('people.isDisabled', { name: person.name })
  revokeInvitations(tx, await openInvitations(tx, personId))
  const lasts = person.status === 'invited' ? INVITATION_DAYS * 86_400_000 : RESET_MINUTES * 60_000
  tx.audit({
    action: person.status === 'invited' ? 'people.invitedAgain' : 'people.passwordLinkMade',
    entity: 'person',
    entityId: personId,
  })
  return invite(tx, personId, new Date(tx.at.getTime() + lasts))
}

/** A key with the scope people.edit would otherwise make itself a way in with every right, and one that outlives it. */
export function refuseKey(caller: Caller): void {
  if (caller.actorKind === 'apiKey') throw new Problem('people.keyGivesNoAccess', {}, { kind: 'forbidden' })
}

/** Throws people.teamWanted for the scope `team` without a team, people.unknownTeam for a team that is not there. */
export function refuseWrongTeam({ dataScope, teamId }: { dataScope: string; teamId: string | null }, known: ReadonlySet<string>): void {
  if (teamId !== null && !known.has(teamId)) throw new Problem('people.unknownTeam', {}, { path: 'teamId' })
  if (dataScope === 'team' && teamId === null) throw new Problem('people.teamWanted', {}, { path: 'teamId' })
}

function invite(tx: Tx, personId: string, expiresAt: Date): InvitationLink {
  const { secret } = newSecret()
  const token = `${tx.caller.tenantId}-${secret}`
  insertInvitation(tx, { id: uuid(), personId, tokenHash: secretHash(token), expiresAt, createdBy: tx.caller.actorId })
  return { personId, token, expiresAt }
}
