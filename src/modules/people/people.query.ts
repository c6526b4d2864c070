import { missing } from '../../kernel/problem.ts'
import type { Reader, Tx } from '../../platform/db.ts'
import { cutPage, readCursor } from '../../platform/paging.ts'
import { and, sql } from '../../platform/sql.ts'
import type { Role } from './roles.ts'

export type ListedPerson = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly dataScope: 'own' | 'team' | 'all'
  readonly teamId: string | null
  readonly teamName: string | null
  readonly phone: string | null
  readonly language: 'zh-CN' | 'zh-TW' | 'en'
  readonly status: 'invited' | 'active' | 'disabled'
  readonly invitedUntil: Date | null
  readonly version: number
}
export type PeopleFilter = {
  readonly q?: string | undefined
  readonly role?: readonly string[] | undefined
  readonly status?: readonly string[] | undefined
  readonly teamId?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

const listed = sql`p.id, p.name, p.email, p.role, p.data_scope, p.team_id, t.name as team_name, p.phone, p.language, p.status, p.version,
  (select max(i.expires_at) from ar.invitations i where i.tenant_id = p.tenant_id and i.person_id = p.id and i.accepted_at is null and i.revoked_at is null) as invited_until`

export async function people(
  reader: Reader,
  filter: PeopleFilter,
): Promise<{ items: ListedPerson[]; nextCursor: string | null; total: number }> {
  const { tenantId } = reader.caller
  const matching = and(
    sql`p.tenant_id = ${tenantId}`,
    filter.q ? sql`(p.name ilike ${`%${likeText(filter.q)}%`} or p.email ilike ${`%${likeText(filter.q)}%`})` : undefined,
    filter.role ? sql`p.role = any(${filter.role}::text[])` : undefined,
    filter.status ? sql`p.status = any(${filter.status}::text[])` : undefined,
    filter.teamId ? sql`p.team_id = ${filter.teamId}` : undefined,
  )
  const after = filter.cursor === undefined ? undefined : readCursor(filter.cursor, 2)
  const rows =
    reader.all<ListedPerson>(sql`select ${listed} from ar.people p left join ar.teams t on t.tenant_id = p.tenant_id and t.id = p.team_id
    where ${and(matching, after && sql`(p.name, p.id) > (${after[0]}, ${after[1]}::uuid)`)} order by p.name, p.id limit ${filter.limit + 1}`)
  const [found, { total }] = await Promise.all([
    rows,
    reader.one<{ total: bigint }>(sql`select count(*) as total from ar.people p where ${matching}`),
  ])
  return { ...cutPage(found, filter.limit, (row) => [row.name, row.id]), total: Number(total) }
}

export async function person(reader: Reader, id: string): Promise<ListedPerson> {
  const found = await reader.maybe<ListedPerson>(
    sql`select ${listed} from ar.people p left join ar.teams t on t.tenant_id = p.tenant_id and t.id = p.team_id where p.tenant_id = ${reader.caller.tenantId} and p.id = ${id}`,
  )
  if (!found) throw missing('person')
  return found
}

/** For fields where a person is chosen: name and role of those who are active. */
export async function peopleToChoose(
  reader: Reader,
): Promise<{ id: string; name: string; role: string; teamId: string | null; status: string }[]> {
  return reader.all(
    sql`select p.id, p.name, p.role, p.team_id, p.status from ar.people p where p.tenant_id = ${reader.caller.tenantId} order by p.name, p.id limit 5000`,
  )
}

/** One person, and every administrator who could take over, locked in the order of their ids: two who demote each other wait for one another. */
export async function lockPerson(
  tx: Tx,
  id: string,
): Promise<{ person: ListedPerson & { userId: string | null }; otherAdministrators: number }> {
  const rows = await tx.all<ListedPerson & { userId: string | null }>(
    sql`select p.id, p.name, p.email, p.role, p.data_scope, p.team_id, p.phone, p.language, p.status, p.version, p.user_id from ar.people p
      where p.tenant_id = ${tx.caller.tenantId} and (p.id = ${id} or (p.role = 'administrator' and p.status = 'active')) order by p.id for no key update`,
  )
  const found = rows.find((row) => row.id === id)
  if (!found) throw missing('person')
  return { person: found, otherAdministrators: rows.filter((row) => row.id !== id).length }
}

export async function isEmailKnown(reader: Reader, email: string): Promise<boolean> {
  return (
    (await reader.maybe(sql`select 1 as one from ar.people p where p.tenant_id = ${reader.caller.tenantId} and p.email = ${email}`)) !==
    undefined
  )
}

export async function openInvitations(reader: Reader, personId: string): Promise<string[]> {
  const rows = await reader.all<{ id: string }>(
    sql`select i.id from ar.invitations i where i.tenant_id = ${reader.caller.tenantId} and i.person_id = ${personId} and i.accepted_at is null and i.revoked_at is null limit 1000`,
  )
  return rows.map((row) => row.id)
}

/** The invitation behind a link, while it is good. */
export async function invitationByHash(
  reader: Reader,
  hash: Buffer,
): Promise<{ id: string; personId: string; expiresAt: Date } | undefined> {
  return reader.maybe(
    sql`select i.id, i.person_id, i.expires_at from ar.invitations i where i.tenant_id = ${reader.caller.tenantId} and i.token_hash = ${hash} and i.accepted_at is null and i.revoked_at is null and i.expires_at > ${reader.at}`,
  )
}

export async function teams(reader: Reader): Promise<{ id: string; name: string; members: number; version: number }[]> {
  return reader.all(sql`select t.id, t.name, t.version, (select count(*)::int from ar.people p where p.tenant_id = t.tenant_id and p.team_id = t.id and p.status <> 'disabled') as members
    from ar.teams t where t.tenant_id = ${reader.caller.tenantId} order by t.name limit 1000`)
}

export type ListedKey = {
  id: string
  name: string
  prefix: string
  scopes: string[]
  personName: string
  expiresAt: Date | null
  revokedAt: Date | null
  lastUsedOn: string | null
  createdAt: Date
}
export async function apiKeys(reader: Reader): Promise<ListedKey[]> {
  return reader.all<ListedKey>(sql`select k.id, k.name, k.prefix, k.scopes, p.name as person_name, k.expires_at, k.revoked_at, k.last_used_on, k.created_at
    from ar.api_keys k join ar.people p on p.tenant_id = k.tenant_id and p.id = k.person_id where k.tenant_id = ${reader.caller.tenantId} order by k.id desc limit 500`)
}

export async function liveKeys(reader: Reader, where: { id?: string; personId?: string }): Promise<{ id: string; name: string }[]> {
  return reader.all(
    sql`select k.id, k.name from ar.api_keys k where ${and(
      sql`k.tenant_id = ${reader.caller.tenantId}`,
      sql`k.revoked_at is null`,
      where.id ? sql`k.id = ${where.id}` : undefined,
      where.personId ? sql`k.person_id = ${where.personId}` : undefined,
    )} order by k.id limit 1000`,
  )
}

function likeText(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
