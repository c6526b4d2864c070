import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client, type ClientConfig } from 'pg'
import { StartRefused } from './start-refused.ts'

/** The migrations that ship with the program. */
export const MIGRATIONS = join(import.meta.dirname, '../../migrations')

/** One lock for every Huikuan process that starts on a database ("huikuan" in ASCII, cut to 31 bits). */
const MIGRATION_LOCK = 0x6875696b
const FILE_NAME = /^(\d{4})-[a-z0-9-]+\.sql$/

/** `last`: stop after this one (a restore builds the tables of the backup's version first). */
export type MigrateOptions = { readonly folder?: string; readonly last?: string }

export type Migration = { readonly name: string; readonly sql: string; readonly checksum: string }

/**
 * Brings a database up to this program: runs what is missing, in order, one transaction each, and records it with its
 * checksum in public.huikuan_migrations. Processes that start together wait for each other. Refuses (`StartRefused`) a
 * migration that was changed after it ran, and a database that a newer program has migrated.
 * Returns the names that were run now.
 */
export async function migrate(connection: ClientConfig, { folder = MIGRATIONS, last }: MigrateOptions = {}): Promise<string[]> {
  const migrations = readMigrations(folder).filter((migration) => last === undefined || migration.name <= last)
  const client = new Client(connection)
  client.on('error', () => undefined) // a connection that is cut fails its next question: an error that nobody hears would end the program
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    const recorded = await recordedMigrations(client)
    refuseForeignHistory(migrations, recorded)
    const missing = migrations.filter((migration) => !recorded.has(migration.name))
    for (const migration of missing) await run(client, migration)
    return missing.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

/** The files `NNNN-name.sql` of a folder, by number. Refuses other names and numbers given twice. */
export function readMigrations(folder = MIGRATIONS): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  const numbers = new Set<string>()
  for (const name of names) {
    const number = FILE_NAME.exec(name)?.[1]
    if (number === undefined) throw new StartRefused(`The migration ${name} is not named NNNN-name.sql.`)
    if (numbers.has(number)) throw new StartRefused(`Two migrations carry the number ${number}.`)
    numbers.add(number)
  }
  return names.map((name) => {
    const sql = readFileSync(join(folder, name), 'utf8')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

async function recordedMigrations(client: Client): Promise<Map<string, string>> {
  await client.query(`
    create table if not exists public.huikuan_migrations (
      name text primary key, checksum text not null, applied_at timestamptz not null default now())`)
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from public.huikuan_migrations order by name',
  )
  return new Map(rows.map((row) => [row.name, row.checksum]))
}

function refuseForeignHistory(migrations: readonly Migration[], recorded: ReadonlyMap<string, string>): void {
  const checksums = new Map(migrations.map((migration) => [migration.name, migration.checksum]))
  const last = [...recorded.keys()].at(-1)
  for (const [name, checksum] of recorded) {
    const known = checksums.get(name)
    if (known === undefined) {
      throw new StartRefused(
        `The database was migrated by a newer Huikuan (it has ${name}): start that version, or restore a backup of this one.`,
      )
    }
    if (known !== checksum) {
      throw new StartRefused(
        `The migration ${name} was changed after it had run on this database: bring the file back and add a new migration instead.`,
      )
    }
  }
  const late = migrations.find((migration) => last !== undefined && migration.name < last && !recorded.has(migration.name))
  if (late !== undefined)
    throw new StartRefused(`The migration ${late.name} comes before ${last}, which has already run: give it a higher number.`)
}

async function run(client: Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(migration.sql)
    await client.query('reset all')
    await client.query('insert into public.huikuan_migrations (name, checksum) values ($1, $2)', [migration.name, migration.checksum])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => undefined)
    const { message, position } = cause as { message: string; position?: string }
    const line = position === undefined ? '' : ` (line ${migration.sql.slice(0, Number(position)).split('\n').length})`
    throw new StartRefused(`The migration ${migration.name} failed${line}: ${message}. Nothing of it was kept.`, { cause })
  }
}
