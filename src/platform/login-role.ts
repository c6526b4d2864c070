import { Client } from 'pg'

/** The roles that the migrations make and that a login of the application may step into, per transaction. */
export const APPLICATION_ROLES = ['app_rw', 'app_scoped', 'app_auth']

export type Login = { readonly name: string; readonly password: string }

/**
 * Makes (or repairs) the role that the application signs in with: it owns nothing, inherits nothing, and every transaction steps
 * into app_rw or app_scoped by `set local role`. `ownerUrl` may make roles. Safe when several processes start at once.
 */
export async function ensureLoginRole(ownerUrl: string, login: Login): Promise<void> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const role = client.escapeIdentifier(login.name)
    // processes that start together would change the role's row at the same time, which PostgreSQL refuses to one of them; held until this connection ends
    await client.query(`select pg_advisory_lock(hashtext('huikuan.login'))`)
    await client.query(`
      do $$ begin create role ${role} login noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
      exception when duplicate_object or unique_violation then null; end $$`)
    if (!(await mayConnect(urlFor(ownerUrl, login))))
      await client.query(`alter role ${role} login noinherit password ${client.escapeLiteral(login.password)}`)
    const { rows } = await client.query<{ missing: string }>(
      `select app.rolname missing from pg_roles app where app.rolname = any($1)
       and not exists (select from pg_auth_members m join pg_roles login on login.oid = m.member where m.roleid = app.oid and login.rolname = $2)`,
      [APPLICATION_ROLES, login.name],
    )
    for (const { missing } of rows) await client.query(`grant ${client.escapeIdentifier(missing)} to ${role}`)
  } finally {
    await client.end()
  }
}

/** The same database, signed in as another. */
export function urlFor(ownerUrl: string, login: Login): string {
  const url = new URL(ownerUrl)
  url.username = encodeURIComponent(login.name)
  url.password = encodeURIComponent(login.password)
  return url.href
}

async function mayConnect(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
