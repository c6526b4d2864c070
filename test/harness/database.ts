import { createHash } from 'node:crypto'
import { Client, type ClientConfig, Pool } from 'pg'
import { inject } from 'vitest'
import { ensureLoginRole, type Login, urlFor } from '../../src/platform/login-role.ts'
import { readMigrations } from '../../src/platform/migrate.ts'
import { prepareDatabase } from '../../src/platform/prepare-database.ts'
import type { TestServer } from './test-server.ts'

const LOGIN: Login = { name: 'huikuan_app', password: 'huikuan_app' }
const TEMPLATE_LOCK = 0x74656d70

/** A database of its own, migrated, for one test file. */
export type TestDatabase = {
  readonly name: string
  /** Superuser and owner of the tables: row security does not bind it. For set-up and for looking at the truth. */
  readonly owner: ClientConfig
  /** What the application signs in with: `set local role app_rw | app_scoped` and `app.tenant` as it does. */
  readonly app: ClientConfig
  readonly ownerUrl: string
  readonly appUrl: string
  /** A small pool as the owner, closed by `drop`. */
  readonly pool: Pool
  readonly drop: () => Promise<void>
}

/** Clones the migrated template. Call in beforeAll, and `drop` in afterAll. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return cloneDatabase(inject('testServer').url, `template ${inject('testServer').template} strategy file_copy`)
}

/** A database with nothing in it: for tests of migrations and of restore. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return cloneDatabase(inject('testServer').url, 'template template0')
}

/** Makes the template on this server unless one of the same migrations is there; returns its name. Several may ask at once. */
export async function ensureTemplate(url: string): Promise<string> {
  const checksums = readMigrations().map((migration) => migration.checksum)
  const name = `huikuan_template_${createHash('sha256').update(`${checksums.join()} with jobs and set-up`).digest('hex').slice(0, 12)}`
  return withClient({ connectionString: url }, async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
    const { rowCount } = await client.query('select from pg_database d where d.datname = $1', [name])
    if (rowCount === 1) {
      await ensureLoginRole(url, LOGIN)
      return name
    }
    await client.query(`drop database if exists ${name}_new with (force)`)
    await client.query(`create database ${name}_new template template0`)
    await prepareDatabase(urlOf(url, `${name}_new`), LOGIN)
    await client.query(`alter database ${name}_new rename to ${name}`)
    return name
  })
}

/** Drops databases of test processes that died before they could. */
export async function dropLeftovers(url: string): Promise<void> {
  await withClient({ connectionString: url }, async (client) => {
    const { rows } = await client.query<{ name: string }>(`select d.datname name from pg_database d where d.datname like 'huikuan_test_%'`)
    for (const { name } of rows) {
      if (!lives(Number(name.split('_')[2]))) await client.query(`drop database if exists ${name} with (force)`)
    }
  })
}

async function cloneDatabase(serverUrl: string, origin: string): Promise<TestDatabase> {
  const name = `huikuan_test_${process.pid}_${crypto.randomUUID().slice(0, 8)}`
  await withClient({ connectionString: serverUrl }, (client) => client.query(`create database ${name} ${origin}`))
  const ownerUrl = urlOf(serverUrl, name)
  const appUrl = urlFor(ownerUrl, LOGIN)
  const pool = new Pool({ connectionString: ownerUrl, max: 4 })
  // Dropping with force ends idle connections; that is no failure of a test.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined)) // one that is ending is no longer the pool's
  return {
    name,
    owner: { connectionString: ownerUrl },
    app: { connectionString: appUrl },
    ownerUrl,
    appUrl,
    pool,
    drop: async () => {
      await pool.end()
      await withClient({ connectionString: serverUrl }, (client) => client.query(`drop database if exists ${name} with (force)`))
    },
  }
}

async function withClient<T>(config: ClientConfig, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(config)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer
  }
}
