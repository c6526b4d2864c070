import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'

/** A running server that tests may create databases on, and its migrated template. */
export type TestServer = { readonly url: string; readonly template: string; readonly major: number }

/**
 * A throw-away PostgreSQL without fsync, in a folder that user postgres can enter. `major` 15 takes the binaries of an
 * installed PostgreSQL; without it the embedded one is used. `stop` also deletes the folder.
 */
export async function startThrowAwayServer(options: {
  major?: number
  port?: number
  dataDir?: string
}): Promise<{ url: string; stop: () => Promise<void> }> {
  const dataDir = options.dataDir ?? mkdtempSync(join(existsSync('/tmp') ? '/tmp' : tmpdir(), 'huikuan-test-'))
  mkdirSync(dataDir, { recursive: true })
  chmodSync(dataDir, 0o755)
  const binaries = options.major === undefined ? undefined : installedBinaries(options.major)
  if (options.major !== undefined && binaries === undefined) throw new Error(`no PostgreSQL ${options.major} is installed`)
  const server = await startEmbeddedPostgres({
    dataDir,
    say: (line) => console.log(line),
    throwAway: true,
    ...(binaries === undefined ? {} : { binaries }),
    ...(options.port === undefined ? {} : { port: options.port }),
  })
  return {
    url: server.url('postgres'),
    stop: async () => {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The `bin` folder of an installed PostgreSQL, where Debian, Ubuntu or PGDG put it; undefined when there is none. */
export function installedBinaries(major: number): string | undefined {
  return [`/usr/lib/postgresql/${major}/bin`, `/usr/pgsql-${major}/bin`, `/opt/homebrew/opt/postgresql@${major}/bin`].find((bin) =>
    existsSync(join(bin, 'initdb')),
  )
}
