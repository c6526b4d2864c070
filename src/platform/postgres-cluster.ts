import { execFile, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Binaries, findBinaries, makeOpenFolder, mayEnter, type OsUser, SHARED_PLACE } from './postgres-binaries.ts'
import { StartRefused } from './start-refused.ts'

/** Longest path of a unix socket on Linux is 107 bytes; macOS 103. The name in it is `/.s.PGSQL.65535`. */
const SOCKET_FOLDER_BYTES_MAX = 88
const MEBIBYTE = 1024 * 1024
const SHARED_BUFFERS_MAX_MB = 2048
const SHARED_BUFFERS_MIN_MB = 64
const PARALLEL_MEMORY_MIN_MB = 512
const CONNECTIONS_MAX = 100
const TEST_CONNECTIONS_MAX = 400

export type Access = { readonly port: number | undefined; readonly password: string }

/** One PostgreSQL data folder and what belongs to it. `home` belongs to the OS user that the server runs as. */
export type Cluster = {
  readonly home: string
  readonly data: string
  readonly accessFile: string
  readonly access: () => Access
  readonly user: OsUser
  readonly binaries: Binaries
}

type Options = { dataDir: string; say: (line: string) => void; binaries?: string; port?: number; throwAway?: boolean }

/** Finds or makes the folder of the cluster, the OS user and the programs. Starts nothing. */
export function openCluster(options: Options): Cluster {
  mkdirSync(options.dataDir, { recursive: true })
  const dataDir = realpathSync(options.dataDir)
  const user = process.getuid?.() === 0 ? serverUser(dataDir) : undefined
  const home = homeOf(dataDir, user, options.say)
  const binaries = findBinaries(
    user,
    user === undefined ? dataDir : SHARED_PLACE,
    options.binaries === undefined ? undefined : { bin: options.binaries },
  )
  const data = join(home, String(binaries.major))
  const other = readdirSync(home).find((name) => /^\d+$/.test(name) && name !== String(binaries.major))
  if (other !== undefined && !existsSync(data)) {
    const wayOut = `Make a backup with the version that wrote it, then restore it into an empty data folder.`
    throw new StartRefused(`The data in ${home} was written by PostgreSQL ${other}, and this program brings ${binaries.major}. ${wayOut}`)
  }
  if (existsSync(data) && user === undefined && process.getuid !== undefined && statSync(data).uid !== process.getuid()) {
    throw new StartRefused(
      `The data in ${data} belongs to another user of this machine: start Huikuan as the user who started it first, or as root.`,
    )
  }
  const accessFile = join(dataDir, 'access.json')
  return { home, data, user, binaries, accessFile, access: () => readAccess(accessFile) }
}

/** Runs initdb beside the final place and renames at the end, so that an interrupted first start leaves nothing half-made. */
export async function initialiseCluster(cluster: Cluster, options: Options): Promise<void> {
  const password = randomBytes(24).toString('base64url')
  const beside = `${cluster.data}.new`
  const passwordFile = join(cluster.home, 'password.new')
  rmSync(beside, { recursive: true, force: true })
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  own(passwordFile, cluster.user)
  const locale =
    cluster.binaries.major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--locale=C.UTF-8']
  const args = [
    `--pgdata=${beside}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--data-checksums',
  ]
  try {
    await promisify(execFile)(cluster.binaries.initdb, [...args, ...locale, ...(options.throwAway ? ['--no-sync'] : [])], {
      cwd: cluster.home,
      env: serverEnvironment(),
      ...cluster.user,
    })
  } catch (cause) {
    throw new StartRefused(
      `initdb could not create the database in ${cluster.data}: ${(cause as { stderr?: string }).stderr?.trim() ?? cause}`,
      { cause },
    )
  } finally {
    rmSync(passwordFile, { force: true })
  }
  appendFileSync(
    join(beside, 'postgresql.conf'),
    "\ninclude 'huikuan.conf'  # rewritten at every start; settings below this line win over it\n",
  )
  saveAccess(cluster, { port: undefined, password })
  renameSync(beside, cluster.data)
}

/** Writes `huikuan.conf`: settings sized to this machine, the remembered port or a free one. */
export async function writeSettings(cluster: Cluster, options: Options): Promise<void> {
  const access = cluster.access()
  const port = options.port ?? (access.port !== undefined && (await isFree(access.port)) ? access.port : await freePort())
  saveAccess(cluster, { ...access, port })
  const socketFolder = Buffer.byteLength(cluster.home) <= SOCKET_FOLDER_BYTES_MAX ? cluster.home : ''
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: socketFolder,
    max_connections: options.throwAway ? TEST_CONNECTIONS_MAX : CONNECTIONS_MAX,
    shared_buffers: `${sharedBuffersMb()}MB`,
    work_mem: '64MB',
    maintenance_work_mem: '256MB',
    random_page_cost: 1.1,
    jit: 'off',
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_wal_size: '4GB',
    dynamic_shared_memory_type: hasParallelMemory() ? 'posix' : 'mmap',
    logging_collector: options.throwAway ? 'off' : 'on',
    log_directory: join(cluster.home, 'log'),
    log_filename: 'postgresql-%a.log',
    log_rotation_age: '1d',
    log_truncate_on_rotation: 'on',
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
    ...(options.throwAway ? { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' } : {}),
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'`)
  const file = join(cluster.data, 'huikuan.conf')
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 })
  own(file, cluster.user)
}

/** Keeps port and superuser password in `<data folder>/access.json`, readable by this user only. */
export function saveAccess(cluster: Cluster, access: Access): void {
  const beside = `${cluster.accessFile}.new`
  writeFileSync(beside, `${JSON.stringify(access)}\n`, { mode: 0o600 })
  renameSync(beside, cluster.accessFile)
}

/** What initdb and postgres see of the environment: nothing that a PG… variable of the operator could change. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
}

function readAccess(file: string): Access {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Access
  } catch (cause) {
    throw new StartRefused(`${file} holds the password of the database and cannot be read: restore that file.`, { cause })
  }
}

/** PostgreSQL refuses to run as root. An existing cluster decides; otherwise huikuan or postgres, made when neither exists. */
function serverUser(dataDir: string): OsUser {
  const pointed = readPointer(dataDir) ?? join(dataDir, 'postgres')
  if (existsSync(pointed) && statSync(pointed).uid !== 0) return { uid: statSync(pointed).uid, gid: statSync(pointed).gid }
  const existing = idsOf('huikuan') ?? idsOf('postgres')
  if (existing !== undefined) return existing
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'huikuan'], { stdio: 'ignore' })
  const made = idsOf('huikuan')
  if (made === undefined)
    throw new StartRefused(
      'PostgreSQL does not run as root, and the user huikuan could not be made: create it (useradd --system huikuan), then start again.',
    )
  return made
}

function idsOf(name: string): OsUser {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) }
}

/** `<dataDir>/postgres`, or a folder that the server's user can enter; the pointer file remembers which. */
function homeOf(dataDir: string, user: OsUser, say: (line: string) => void): string {
  const near = join(dataDir, 'postgres')
  const pointed = readPointer(dataDir)
  if (pointed !== undefined && !existsSync(pointed)) {
    throw new StartRefused(
      `The database of ${dataDir} lies in ${pointed}, which is gone. Bring it back, or delete ${join(dataDir, 'postgres-is-in')} to start empty.`,
    )
  }
  if (pointed === undefined && (user === undefined || mayEnter(dataDir, user))) return makeHome(near, user)
  if (pointed !== undefined) return makeHome(pointed, user)
  makeOpenFolder(join(SHARED_PLACE, 'databases'))
  const away = makeHome(join(SHARED_PLACE, 'databases', randomBytes(6).toString('hex')), user)
  writeFileSync(join(dataDir, 'postgres-is-in'), `${away}\n`)
  say(`The database is kept in ${away}, because the user it runs as cannot enter ${dataDir}.`)
  return away
}

function readPointer(dataDir: string): string | undefined {
  const file = join(dataDir, 'postgres-is-in')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

function makeHome(home: string, user: OsUser): string {
  mkdirSync(home, { recursive: true })
  mkdirSync(join(home, 'log'), { recursive: true })
  chmodSync(home, 0o700)
  own(join(home, 'log'), user)
  own(home, user)
  if (!mayEnter(home, user))
    throw new StartRefused(`The user that PostgreSQL runs as cannot enter ${home}: open ${dirname(home)} for it (chmod o+x).`)
  return home
}

function own(path: string, user: OsUser): void {
  if (user !== undefined) chownSync(path, user.uid, user.gid)
}

/** A quarter of the memory this process may use (a container's limit counts). */
function sharedBuffersMb(): number {
  const limit = process.constrainedMemory()
  const bytes = limit > 0 && limit < totalmem() ? limit : totalmem()
  return Math.min(SHARED_BUFFERS_MAX_MB, Math.max(SHARED_BUFFERS_MIN_MB, Math.floor(bytes / 4 / MEBIBYTE)))
}

/** Containers often have 64 MB of /dev/shm, in which a parallel hash join at 64 MB work_mem fails. */
function hasParallelMemory(): boolean {
  if (!existsSync('/dev/shm')) return process.platform !== 'linux'
  const { bavail, bsize } = statfsSync('/dev/shm')
  return (bavail * bsize) / MEBIBYTE >= PARALLEL_MEMORY_MIN_MB
}

async function isFree(port: number): Promise<boolean> {
  return (await listenOn(port)) !== undefined
}

async function freePort(): Promise<number> {
  const port = await listenOn(0)
  if (port === undefined) throw new StartRefused('No free port on 127.0.0.1 for the database.')
  return port
}

function listenOn(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(undefined))
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : undefined))
    })
  })
}
