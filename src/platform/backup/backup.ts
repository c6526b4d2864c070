import { existsSync } from 'node:fs'
import { link, open, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { StartRefused } from '../start-refused.ts'
import { type ArchiveWriter, createArchive } from './archive.ts'
import { checkBackup, type Manifest, partName } from './manifest.ts'
import { backupTables, columnList, quoted, sequenceStates } from './tables.ts'

export type BackupOptions = {
  /** Signs in as the owner: row security must not hide anything. */
  readonly ownerUrl: string
  /** The program's version, for the reader. */
  readonly program: string
  readonly keyId: string
  readonly now: Date
}

/**
 * Writes every row of the installation, as of one instant, into one compressed file with checksums, while work goes on. The file gets its name
 * only when it is complete, flushed and read back. The secret key is not in it: `keyId` says which one it needs. Refuses to overwrite.
 */
export async function backup(file: string, options: BackupOptions): Promise<Manifest> {
  const target = resolve(file)
  const beside = `${target}.${process.pid}.part`
  if (existsSync(target)) throw new StartRefused(`${target} exists already: name another file.`)
  const client = new Client({ connectionString: options.ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ made: boolean }>(`select to_regclass('public.huikuan_migrations') is not null as made`)
    if (rows[0]?.made !== true) throw new StartRefused('There is nothing to back up: Huikuan has not been started on this database.')
    await inSnapshot(client, () => writeFile(client, beside, options))
    const manifest = await checkBackup(beside)
    await link(beside, target).catch((cause: NodeJS.ErrnoException) => {
      throw cause.code === 'EEXIST' ? new StartRefused(`${target} exists already: name another file.`, { cause }) : cause
    })
    await flushFolder(dirname(target))
    return manifest
  } finally {
    await client.end()
    await rm(beside, { force: true })
  }
}

/** With row_security off PostgreSQL reports rows that it would otherwise leave out silently. */
async function inSnapshot(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin isolation level repeatable read read only')
  await client.query('set local row_security = off')
  await client.query('set local statement_timeout = 0')
  await work()
  await client.query('commit')
}

async function writeFile(client: Client, file: string, { program, keyId, now }: BackupOptions): Promise<void> {
  const archive = await createArchive(file)
  try {
    const migrations = await client.query<{ name: string; checksum: string }>(
      'select m.name, m.checksum from public.huikuan_migrations m order by m.name',
    )
    const sequences = await sequenceStates(client)
    const tables = await writeTables(client, archive)
    await archive.finish({
      program,
      createdAt: now.toISOString(),
      keyId,
      migrations: migrations.rows,
      tables,
      sequences,
    } satisfies Manifest)
  } finally {
    await archive.close()
  }
}

async function writeTables(client: Client, archive: ArchiveWriter): Promise<Manifest['tables']> {
  const written: Manifest['tables'] = []
  for (const table of await backupTables(client)) {
    const rows = client.query(copyTo(`copy ${quoted(client, table.schema, table.name)} (${columnList(client, table)}) to stdout`))
    const sha256 = await archive.part(partName(table), rows)
    written.push({ ...table, columns: [...table.columns], rows: String(rows.rowCount), sha256 })
  }
  return written
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
