import { Client, type ClientConfig } from 'pg'

/** The roles that the migrations make and that a login of the application may step into, per transaction. */
const APPLICATION_ROLES = ['app_rw', 'app_scoped']

/**
 * Makes (or repairs) the role that the application signs in with: it owns nothing, inherits nothing, and every transaction steps
 * into app_rw or app_scoped by `set local role`. `connection` is the owner's. Safe when several processes start at once.
 */
export async function ensureLoginRole(connection: ClientConfig, name: string, password: string): Promise<void> {
  const client = new Client(connection)
  await client.connect()
  try {
    const role = client.escapeIdentifier(name)
    const rights = 'login noinherit nosuperuser nobypassrls nocreatedb nocreaterole noreplication'
    await client.query(`
      do $$ begin create role ${role} ${rights};
      exception when duplicate_object or unique_violation then null; end $$`)
    if (!(await mayConnect(connection, name, password)))
      await client.query(`alter role ${role} login noinherit password ${client.escapeLiteral(password)}`)
    const { rows } = await client.query<{ missing: string }>(
      `select app.rolname missing from pg_roles app where app.rolname = any($1)
       and not exists (select from pg_auth_members m join pg_roles login on login.oid = m.member where m.roleid = app.oid and login.rolname = $2)`,
      [APPLICATION_ROLES, name],
    )
    for (const { missing } of rows) await client.query(`grant ${client.escapeIdentifier(missing)} to ${role}`)
  } finally {
    await client.end()
  }
}

async function mayConnect(connection: ClientConfig, user: string, password: string): Promise<boolean> {
  const client = new Client({ ...connection, user, password })
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
