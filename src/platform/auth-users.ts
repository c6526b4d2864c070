import type { Pool } from 'pg'
import { Problem } from '../kernel/problem.ts'

type NewUser = {
  readonly tenantId: number
  readonly personId: string
  readonly email: string
  readonly name: string
  readonly password: string
}
type SessionRow = {
  readonly id: string
  readonly ip: string | null
  readonly userAgent: string | null
  readonly createdAt: Date
  readonly lastSeenAt: Date
}

type Visit = { readonly tenantId: number; readonly personId: string }

/** Where the session looks in, if it does. */
export async function visitOf(pool: Pool, sessionId: string): Promise<Visit | undefined> {
  const { rows } = await pool.query<Visit>('select v.tenant_id "tenantId", v.person_id "personId" from visits v where v.session_id = $1', [
    sessionId,
  ])
  return rows[0]
}

/** What the application itself keeps in the schema auth, beside what the library keeps. */
export type AuthUsers = {
  /** The user of a person with this password; of a user who exists, the password is replaced and every session ends. Throws people.emailTaken. */
  saveUser(user: NewUser): Promise<void>
  isEmailFree(email: string, personId: string): Promise<boolean>
  userByEmail(email: string): Promise<{ readonly tenantId: number; readonly personId: string } | undefined>
  hasTotp(personIds: readonly string[]): Promise<ReadonlySet<string>>
  dropTotp(personId: string): Promise<void>
  sessions(userId: string): Promise<readonly SessionRow[]>
  /** Ends one session of this user; false when there is none. */
  endSession(userId: string, sessionId: string): Promise<boolean>
  endSessions(userId: string): Promise<void>
  /** The session looks into a demo company as one of its people until `endVisit`; the database refuses any other company. */
  visit(sessionId: string, to: Visit): Promise<void>
  endVisit(sessionId: string): Promise<void>
  /** The user of a set-up that was cut off before its company was saved. */
  dropUser(personId: string): Promise<void>
}

export function authUsers(pool: Pool, hash: (password: string) => Promise<string>): AuthUsers {
  return {
    saveUser: async (user) => saveUser(pool, user, await hash(user.password)),
    isEmailFree: async (email, personId) =>
      (await pool.query('select from users u where u.email = lower($1) and u.id <> $2', [email, personId])).rowCount === 0,
    userByEmail: async (email) => {
      const { rows } = await pool.query<{ tenantId: number; personId: string }>(
        'select u.tenant_id "tenantId", u.person_id "personId" from users u where u.email = lower($1)',
        [email],
      )
      return rows[0]
    },
    hasTotp: async (personIds) => {
      const { rows } = await pool.query<{ id: string }>('select u.id from users u where u.id = any($1) and u.two_factor_enabled', [
        personIds,
      ])
      return new Set(rows.map((row) => row.id))
    },
    dropTotp: async (personId) => {
      await pool.query(
        'with gone as (delete from two_factors f where f.user_id = $1) update users u set two_factor_enabled = false where u.id = $1',
        [personId],
      )
    },
    sessions: async (userId) => {
      const { rows } = await pool.query<SessionRow>(
        `select s.id, s.ip_address ip, s.user_agent "userAgent", s.created_at "createdAt", s.updated_at "lastSeenAt" from sessions s where s.user_id = $1 and s.expires_at > now() order by s.created_at desc limit 100`,
        [userId],
      )
      return rows
    },
    endSession: async (userId, sessionId) =>
      (await pool.query('delete from sessions s where s.user_id = $1 and s.id = $2', [userId, sessionId])).rowCount === 1,
    endSessions: async (userId) => {
      await pool.query('delete from sessions s where s.user_id = $1', [userId])
    },
    visit: async (sessionId, { tenantId, personId }) => {
      await pool.query(
        'insert into visits as v (session_id, tenant_id, person_id) values ($1, $2, $3) on conflict (session_id) do update set tenant_id = excluded.tenant_id, person_id = excluded.person_id',
        [sessionId, tenantId, personId],
      )
    },
    endVisit: async (sessionId) => {
      await pool.query('delete from visits v where v.session_id = $1', [sessionId])
    },
    dropUser: async (personId) => {
      await pool.query('delete from users u where u.id = $1', [personId])
    },
  }
}

async function saveUser(pool: Pool, { tenantId, personId, email, name }: NewUser, passwordHash: string): Promise<void> {
  try {
    await pool.query(
      `with saved as (insert into users as u (id, name, email, tenant_id, person_id) values ($1::text, $2, lower($3), $4, $1::text::uuid)
         on conflict (id) do update set name = excluded.name, email = excluded.email, updated_at = now() returning u.id),
       gone as (delete from sessions s where s.user_id = $1::text)
       insert into accounts as a (id, account_id, provider_id, user_id, password) select s.id, s.id, 'credential', s.id, $5 from saved s
         on conflict (user_id, provider_id) do update set password = excluded.password, updated_at = now()`,
      [personId, name, email, tenantId, passwordHash],
    )
  } catch (error) {
    if ((error as { code?: string }).code === '23505') throw new Problem('people.emailTaken', {}, { kind: 'conflict', path: 'email' })
    throw error
  }
}
