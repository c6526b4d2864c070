import { pipeline } from 'node:stream/promises'
import { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { prepareJobs } from '../jobs.ts'
import { MIGRATIONS, migrate, readMigrations } from '../migrate.ts'
import { StartRefused } from '../start-refused.ts'
import { readArchive } from './archive.ts'
import { checkBackup, type Manifest, partName } from './manifest.ts'
import { BACKED_UP_SCHEMAS, backupTables, columnList, countRows, foreignKeys, quoted } from './tables.ts'

export type RestoreOptions = {
  readonly ownerUrl: string
  /** The secret key of this installation; it must be the one of the backup. */
  readonly keyId: string
  /** Another folder of migrations than the program's own: for tests. */
  readonly folder?: string
}

/**
 * Brings a backup into an empty database: all of it or nothing. Every checksum is verified before the first row is written, foreign keys are
 * checked again and rows counted again. Afterwards sending is off in every company: a copy must not remind customers a second time.
 * Refuses (`StartRefused`) a damaged or newer file, another secret key, and a database that is not empty.
 */
export async function restore(file: string, { ownerUrl, keyId, folder = MIGRATIONS }: RestoreOptions): Promise<Manifest> {
  const manifest = await checkBackup(file)
  refuseNewer(file, manifest, folder)
  if (manifest.keyId !== keyId) {
    throw new StartRefused(
      `The backup needs the secret key ${manifest.keyId}, and this installation has ${keyId}: put the secret.key of the old data folder in its place first.`,
    )
  }
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await makeRoom(client)
    await migrate({ connectionString: ownerUrl }, { folder, last: manifest.migrations.at(-1)?.name ?? '' })
    await client.query('begin')
    await client.query('set local statement_timeout = 0')
    await client.query('set local row_security = off')
    await fill(client, file, manifest)
    await client.query('update ar.tenants set sending_enabled = false')
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    await client.end()
  }
  await migrate({ connectionString: ownerUrl }, { folder })
  await prepareJobs(ownerUrl)
  return manifest
}

function refuseNewer(file: string, manifest: Manifest, folder: string): void {
  const known = new Map(readMigrations(folder).map((migration) => [migration.name, migration.checksum]))
  const stranger = manifest.migrations.find((migration) => known.get(migration.name) !== migration.checksum)
  if (stranger === undefined) return
  const why = known.has(stranger.name) ? `its ${stranger.name} differs from this program's` : `it has ${stranger.name}`
  throw new StartRefused(`The backup ${file} was made by a newer or another Huikuan (${why}): restore it with that version.`)
}

/** An installation that was started but holds no row yet makes room; anything else is refused. */
async function makeRoom(client: Client): Promise<void> {
  const found = await client.query<{ ours: boolean; theirs: string | null }>(
    `select to_regclass('public.huikuan_migrations') is not null as ours,
       (select string_agg(distinct n.nspname || '.' || c.relname, ', ') from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker') and n.nspname not like 'pg\\_%'
          and n.nspname <> all($1) and not (n.nspname = 'public' and c.relname like 'huikuan\\_%')) as theirs`,
    [BACKED_UP_SCHEMAS],
  )
  const { ours, theirs } = found.rows[0]!
  if (theirs !== null)
    throw new StartRefused(`The database is not empty: it has the tables ${theirs.slice(0, 200)}. Restore into an empty one.`)
  const tables = await backupTables(client)
  if (!ours && tables.length > 0)
    throw new StartRefused('The database is not empty: it has tables that Huikuan did not make. Restore into an empty one.')
  if (!ours) return
  await client.query('set row_security = off')
  for (const table of tables) {
    if ((await countRows(client, table)) !== '0')
      throw new StartRefused(`The database is not empty: ${partName(table)} has rows. Restore into an empty one.`)
  }
  await client.query(
    `begin; drop schema if exists ${BACKED_UP_SCHEMAS.join(', ')}, graphile_worker cascade; drop table public.huikuan_migrations; drop table if exists public.huikuan_key, public.huikuan_setup; commit`,
  )
}

/** Foreign keys come off and are put back (which checks all rows at once), so that tables can come in any order. */
async function fill(client: Client, file: string, manifest: Manifest): Promise<void> {
  const keys = await foreignKeys(client)
  for (const key of keys) await client.query(`alter table ${key.table} drop constraint ${key.name}`)
  const tables = new Map(manifest.tables.map((table) => [partName(table), table]))
  const empty = await backupTables(client)
  if (empty.map(partName).join() !== manifest.tables.map(partName).join())
    throw new StartRefused(`The backup ${file} does not hold the tables of its version: nothing was restored.`)
  if (empty.length > 0) await client.query(`truncate ${empty.map((table) => quoted(client, table.schema, table.name)).join(', ')}`)
  await readArchive(file, async (name, content) => {
    const table = tables.get(name)
    if (table === undefined) throw new StartRefused(`The backup ${file} changed while it was read: nothing was restored.`)
    await pipeline(
      content,
      client.query(copyFrom(`copy ${quoted(client, table.schema, table.name)} (${columnList(client, table)}) from stdin`)),
    )
  })
  for (const key of keys) await client.query(`alter table ${key.table} add constraint ${key.name} ${key.definition}`)
  for (const { schema, name, value, isCalled } of manifest.sequences) {
    await client.query('select setval($1::regclass, $2::bigint, $3)', [quoted(client, schema, name), value, isCalled])
  }
  for (const table of manifest.tables) {
    const rows = await countRows(client, table)
    if (rows !== table.rows) throw new StartRefused(`${partName(table)} has ${rows} rows instead of ${table.rows}: nothing was restored.`)
  }
}
