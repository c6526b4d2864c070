import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import { changes } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'
import { refuseKey, refuseWrongTeam } from './invite-people.command.ts'
import { type ListedPerson, liveKeys, lockPerson, openInvitations, teams } from './people.query.ts'
import { insertTeam, revokeInvitations, revokeKeys, updateOwnWords, updatePerson, updateStatus, updateTeam } from './people.store.ts'
import type { Role } from './roles.ts'

export type PersonEdit = {
  readonly version: number
  readonly name: string
  readonly role: Role
  readonly dataScope: 'own' | 'team' | 'all'
  readonly teamId: string | null
  readonly phone: string | null
  readonly language: string
}

/** Name, role, scope, team. Nobody changes their own role or scope, and one administrator always remains. */
export async function editPerson(tx: Tx, id: string, { version, ...edit }: PersonEdit): Promise<void> {
  const { person, otherAdministrators } = await lockPerson(tx, id)
  refuseStale(person, version)
  if (id === tx.caller.actorId && (edit.role !== person.role || edit.dataScope !== person.dataScope))
    throw new Problem('people.ownRole', {}, { kind: 'forbidden', path: 'role' })
  if (edit.role !== person.role || edit.dataScope !== person.dataScope) refuseKey(tx.caller)
  if (person.role === 'administrator' && edit.role !== 'administrator' && otherAdministrators === 0)
    throw new Problem('people.lastAdministrator', {}, { path: 'role' })
  refuseWrongTeam(edit, new Set((await teams(tx)).map((team) => team.id)))
  const changed = changes({ ...person }, edit)
  if (!changed) return
  updatePerson(tx, { id, version, ...edit })
  tx.audit({ action: 'people.edited', entity: 'person', entityId: id, ...withoutPersonal(changed) })
}

/** Disabled: out at once, with their keys and open links. Enabled: as before; who never came in is invited again. */
export async function setPersonStatus(tx: Tx, id: string, status: 'active' | 'disabled', version: number): Promise<void> {
  const { person, otherAdministrators } = await lockPerson(tx, id)
  refuseStale(person, version)
  if (id === tx.caller.actorId) throw new Problem('people.ownStatus', {}, { kind: 'forbidden' })
  if (status === 'disabled' && person.role === 'administrator' && otherAdministrators === 0) throw new Problem('people.lastAdministrator')
  const next = status === 'active' && person.userId === null ? 'invited' : status
  if (next === person.status) return
  updateStatus(tx, { id, status: next, version })
  if (status === 'disabled') {
    revokeKeys(
      tx,
      (await liveKeys(tx, { personId: id })).map((key) => key.id),
    )
    revokeInvitations(tx, await openInvitations(tx, id))
  }
  tx.audit({
    action: status === 'disabled' ? 'people.disabled' : 'people.enabled',
    entity: 'person',
    entityId: id,
    before: { status: person.status },
    after: { status: next },
  })
}

/** What everybody may change of themselves. */
export async function editOwnAccount(tx: Tx, own: { name: string; phone: string | null; language: string }): Promise<void> {
  const { person } = await lockPerson(tx, tx.caller.actorId)
  const changed = changes({ ...person }, own)
  if (!changed) return
  updateOwnWords(tx, { id: person.id, version: person.version, ...own })
  tx.audit({ action: 'people.editedSelf', entity: 'person', entityId: person.id, ...withoutPersonal(changed) })
}

export async function addTeam(tx: Tx, name: string): Promise<string> {
  await refuseTakenName(tx, name)
  const id = uuid()
  insertTeam(tx, { id, name })
  tx.audit({ action: 'teams.added', entity: 'team', entityId: id, after: { name } })
  return id
}

export async function editTeam(tx: Tx, id: string, name: string, version: number): Promise<void> {
  const stored = (await refuseTakenName(tx, name, id)).find((team) => team.id === id)
  if (!stored) throw missing('team')
  updateTeam(tx, { id, name, version })
  tx.audit({
    action: 'teams.edited',
    entity: 'team',
    entityId: id,
    before: { name: stored.name },
    after: { name },
  })
}

/** Gives all teams. */
async function refuseTakenName(tx: Tx, name: string, except?: string): Promise<{ id: string; name: string }[]> {
  const known = await teams(tx)
  if (known.some((team) => team.name === name && team.id !== except))
    throw new Problem('people.teamNameTaken', { name }, { kind: 'conflict', path: 'name' })
  return known
}

function refuseStale(person: ListedPerson, version: number): void {
  if (person.version !== version) throw new Problem('platform.staleVersion', { version: person.version }, { kind: 'conflict' })
}

/** Names and telephone numbers may have to be erased one day; the audit log never is. It says that they changed, not to what. */
function withoutPersonal({ before, after }: { before: Row; after: Row }): { before: Row; after: Row; detail?: Row } {
  const personal = ['name', 'phone'].filter((field) => field in after)
  const rest = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([field]) => !personal.includes(field)))
  return { before: rest(before), after: rest(after), ...(personal.length > 0 ? { detail: { changed: personal } } : {}) }
}
