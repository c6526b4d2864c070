import type { Tx } from '../../platform/db.ts'

export type PersonRow = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: string
  readonly dataScope: string
  readonly teamId: string | null
  readonly phone: string | null
  readonly language: string
}

export function insertPeople(tx: Tx, people: readonly (PersonRow & { status: string; userId: string | null })[]): void {
  tx.insert('people', people)
}

export function updatePerson(tx: Tx, person: Omit<PersonRow, 'email'> & { version: number }): void {
  tx.update('people', [person], { set: ['name', 'role', 'dataScope', 'teamId', 'phone', 'language'], expect: ['version'] })
}

export function updateStatus(tx: Tx, person: { id: string; status: string; version: number }): void {
  tx.update('people', [person], { set: ['status'], expect: ['version'] })
}

/** Takes the person in: what was an invitation is now a sign-in. */
export function activatePerson(tx: Tx, person: { id: string; name: string; language: string; version: number }): void {
  tx.update('people', [{ ...person, status: 'active', userId: person.id }], {
    set: ['name', 'language', 'status', 'userId'],
    expect: ['version'],
  })
}

/** Counts the version on, so that an administrator's form that was opened before does not write the old words over these. */
export function updateOwnWords(
  tx: Tx,
  person: { id: string; name: string; phone: string | null; language: string; version: number },
): void {
  tx.update('people', [person], { set: ['name', 'phone', 'language'], expect: ['version'] })
}

export function insertInvitation(
  tx: Tx,
  invitation: { id: string; personId: string; tokenHash: Buffer; expiresAt: Date; createdBy: string },
): void {
  tx.insert('invitations', [invitation])
}

/** Fails as a conflict when another was faster. */
export function acceptInvitation(tx: Tx, id: string): void {
  tx.update('invitations', [{ id, acceptedAt: tx.at }], { set: ['acceptedAt'], guard: 't.accepted_at is null and t.revoked_at is null' })
}

export function revokeInvitations(tx: Tx, ids: readonly string[]): void {
  tx.update(
    'invitations',
    ids.map((id) => ({ id, revokedAt: tx.at })),
    { set: ['revokedAt'] },
  )
}

export function insertTeam(tx: Tx, team: { id: string; name: string }): void {
  tx.insert('teams', [team])
}

export function updateTeam(tx: Tx, team: { id: string; name: string; version: number }): void {
  tx.update('teams', [team], { set: ['name'], expect: ['version'] })
}

export function insertApiKey(
  tx: Tx,
  key: {
    id: string
    name: string
    prefix: string
    keyHash: Buffer
    scopes: readonly string[]
    personId: string
    expiresAt: Date | null
    createdBy: string
  },
): void {
  tx.insert('api_keys', [key])
}

export function revokeKeys(tx: Tx, ids: readonly string[]): void {
  tx.update(
    'api_keys',
    ids.map((id) => ({ id, revokedAt: tx.at })),
    { set: ['revokedAt'], guard: 't.revoked_at is null' },
  )
}

/** The company's day on which a key was last used. */
export function updateLastUse(tx: Tx, id: string): void {
  tx.update('api_keys', [{ id, lastUsedOn: tx.today }], { set: ['lastUsedOn'] })
}
