import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { insertPeople, insertTeam, type PersonRow } from './people.store.ts'

export type Employed = Omit<PersonRow, 'id' | 'teamId'> & { readonly team: string | null }

/**
 * People and teams of a company that is founded with everybody in it (the demo company): active at once, without a password, so that nobody signs in as them. Teams by name. Returns the ids in
 * the order given.
 */
export function employPeople(tx: Tx, people: readonly Employed[]): string[] {
  const teams = new Map([...new Set(people.flatMap(({ team }) => team ?? []))].map((name) => [name, uuid()]))
  for (const [name, id] of teams) insertTeam(tx, { id, name })
  const rows = people.map(({ team, ...person }) => ({
    ...person,
    id: uuid(),
    teamId: team === null ? null : teams.get(team)!,
    status: 'active',
    userId: null,
  }))
  insertPeople(tx, rows)
  tx.audit({ action: 'people.employed', entity: 'person', detail: { people: rows.map(({ id, role }) => ({ id, role })) } })
  return rows.map((row) => row.id)
}
