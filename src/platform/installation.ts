import { Client } from 'pg'
import type { Config } from './config.ts'
import { connectionUrl, startEmbeddedPostgres } from './embedded-postgres.ts'
import { type Login, urlFor } from './login-role.ts'
import { prepareDatabase } from './prepare-database.ts'
import { openSecrets, type Secrets } from './secrets.ts'
import { checkVersion } from './self-check.ts'
import { StartRefused } from './start-refused.ts'

const DATABASE = 'huikuan'

/** A running database and the secret key that belongs to it. */
export type Installation = {
  /** Signs in as the owner of the tables: migrations, job queue, backup. */
  readonly ownerUrl: string
  /** Signs in as the application, bound by row security. Works once `prepare` has run. */
  readonly appUrl: string
  readonly secrets: Secrets
  /** Where the embedded database lies; undefined for one at DATABASE_URL. */
  readonly databaseFolder: string | undefined
  /** Migrates, makes the application's login, refuses another secret key than the database was begun with. Returns the migrations run. */
  readonly prepare: () => Promise<string[]>
  /** Gives the embedded server up. */
  readonly stop: () => Promise<void>
}

/** Opens the installation that the settings name: the embedded PostgreSQL in the data folder, or the one at DATABASE_URL. */
export async function openInstallation(
  config: Pick<Config, 'dataDir' | 'databaseUrl'>,
  say: (line: string) => void,
): Promise<Installation> {
  const secrets = openSecrets(config.dataDir, say)
  const { ownerUrl, stop, databaseFolder } =
    config.databaseUrl === undefined
      ? await embedded(config.dataDir, say)
      : { ownerUrl: config.databaseUrl, stop: async () => undefined, databaseFolder: undefined }
  // The name carries the key, so that two installations on one server cannot take each other's login away.
  const login: Login = { name: `huikuan_app_${secrets.keyId.slice(0, 8)}`, password: secrets.derive('login of the application') }
  try {
    await checkOwner(ownerUrl)
    const appUrl = urlFor(ownerUrl, login)
    return { ownerUrl, appUrl, secrets, databaseFolder, stop, prepare: () => prepare(ownerUrl, login, secrets, config.dataDir) }
  } catch (error) {
    await stop()
    throw error
  }
}

type Embedded = { readonly ownerUrl: string; readonly databaseFolder: string; readonly stop: () => Promise<void> }
async function embedded(dataDir: string, say: (line: string) => void): Promise<Embedded> {
  const server = await startEmbeddedPostgres({ dataDir, say })
  try {
    await withClient(connectionUrl(server.address, 'postgres'), async (client) => {
      const { rowCount } = await client.query('select from pg_database d where d.datname = $1', [DATABASE])
      if (rowCount === 0) await client.query(`create database ${DATABASE}`).catch(ignoreDuplicate)
    })
  } catch (error) {
    await server.stop()
    throw error
  }
  return { ownerUrl: connectionUrl(server.address, DATABASE), databaseFolder: server.folder, stop: server.stop }
}

async function prepare(ownerUrl: string, login: Login, secrets: Secrets, dataDir: string): Promise<string[]> {
  const ran = await prepareDatabase(ownerUrl, login)
  await withClient(ownerUrl, async (client) => {
    await client
      .query('create table if not exists public.huikuan_key (key_id text primary key, since timestamptz not null default now())')
      .catch(ignoreDuplicate)
    const { rows } = await client.query<{ key_id: string }>('select k.key_id from public.huikuan_key k order by k.since desc, k.key_id')
    const stranger = rows.find((row) => !secrets.knows(row.key_id))
    if (stranger !== undefined) {
      throw new StartRefused(
        `The secret key in ${dataDir} is not the one this database was used with (${stranger.key_id}): bring that secret.key back.`,
      )
    }
    await client.query('insert into public.huikuan_key (key_id) values ($1) on conflict do nothing', [secrets.keyId])
  })
  return ran
}

/** What migrations need of the role in DATABASE_URL: row security is forced, so even the owner of the tables sees nothing without bypassing it. */
async function checkOwner(ownerUrl: string): Promise<void> {
  try {
    await checkVersion(ownerUrl)
  } catch (cause) {
    if (cause instanceof StartRefused) throw cause
    throw new StartRefused(
      `The database cannot be reached: ${(cause as Error).message || (cause as { code?: string }).code}. Look at DATABASE_URL.`,
      { cause },
    )
  }
  await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string; fits: boolean; encoding: string }>(
      `select current_user as name, (r.rolsuper or (r.rolbypassrls and r.rolcreaterole)) as fits, current_setting('server_encoding') as encoding
       from pg_roles r where r.rolname = current_user`,
    )
    const { name, fits, encoding } = rows[0]!
    if (!fits)
      throw new StartRefused(
        `The role ${name} of DATABASE_URL must be a superuser, or have BYPASSRLS and CREATEROLE and own the database: it makes the tables and the roles.`,
      )
    if (encoding !== 'UTF8') throw new StartRefused(`The database of DATABASE_URL has the encoding ${encoding}: create one with UTF8.`)
  })
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Two processes that start at once: the other one was faster. */
function ignoreDuplicate(error: { code?: string }): void {
  if (!['42P04', '23505', '42P07'].includes(error.code ?? '')) throw error
}
