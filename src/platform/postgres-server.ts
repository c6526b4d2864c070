import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Cluster, serverEnvironment } from './postgres-cluster.ts'
import { processLives } from './process-lease.ts'
import { StartRefused } from './start-refused.ts'

const READY_WAIT_MS = 120_000
const STOP_WAIT_MS = 60_000
const POLL_MS = 20
/** Larger than any process id Linux gives out (2^22). */
const NO_PROCESS = 4_194_305

export type Server = { readonly pid: number; readonly port: number; readonly socketFolder: string | undefined; readonly status: string }

export type Launch =
  | { readonly kind: 'ready'; readonly server: Server }
  | { readonly kind: 'portTaken' | 'failed'; readonly reason: string }

/** The server whose postmaster.pid lies in the data folder, if its process really is a PostgreSQL that lives. */
export function runningServer(cluster: Cluster): Server | undefined {
  const file = join(cluster.data, 'postmaster.pid')
  const server = readPidFile(file)
  if (server === undefined || !processLives(server.pid)) return undefined
  if (isPostgres(server.pid)) return server
  disownPidFile(file)
  return undefined
}

/**
 * Starts postgres in a session of its own (Ctrl-C in the terminal must not reach it before the program has finished its
 * requests) and waits until it accepts connections, crash recovery included.
 */
export async function launchServer(cluster: Cluster): Promise<Launch> {
  const log = join(cluster.home, 'start.log')
  const output = openSync(log, 'w', 0o600)
  const child = spawn(cluster.binaries.postgres, ['-D', cluster.data], {
    cwd: cluster.home,
    env: serverEnvironment(),
    stdio: ['ignore', output, output],
    detached: true,
    ...cluster.user,
  })
  let broken: string | undefined
  let exited = false
  child.once('error', (error) => {
    broken = error.message
  })
  child.once('exit', () => {
    exited = true
  })
  closeSync(output)
  child.unref()
  const until = Date.now() + READY_WAIT_MS
  while (broken === undefined && !exited && Date.now() < until) {
    const server = readPidFile(join(cluster.data, 'postmaster.pid'))
    if (server?.pid === child.pid && server?.status === 'ready') return { kind: 'ready', server }
    await sleep(POLL_MS)
  }
  const reason = broken ?? (exited ? reasonIn(log) : `it is not ready after ${READY_WAIT_MS / 1000} s (see ${join(cluster.home, 'log')})`)
  return { kind: /could not (bind|create any TCP)/.test(reason) ? 'portTaken' : 'failed', reason }
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const server = runningServer(cluster)
  if (server === undefined) return
  process.kill(server.pid, 'SIGINT')
  const until = Date.now() + STOP_WAIT_MS
  while (Date.now() < until) {
    if (!processLives(server.pid) || !existsSync(join(cluster.data, 'postmaster.pid'))) return
    await sleep(POLL_MS)
  }
  throw new StartRefused(`PostgreSQL (process ${server.pid}) does not stop within ${STOP_WAIT_MS / 1000} s.`)
}

/** postmaster.pid, line by line: pid, data folder, start time, port, socket folder, address, shared memory key, status. */
function readPidFile(file: string): Server | undefined {
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const [pid, port, socketFolder] = [Number(lines[0]), Number(lines[3]), lines[4]?.trim()]
  if (!Number.isInteger(pid) || pid <= 1) return undefined
  return { pid, port, socketFolder: socketFolder === '' ? undefined : socketFolder, status: lines[7]?.trim() ?? 'starting' }
}

/** Process ids are given out again, after a reboot or in a restarted container soon. */
function isPostgres(pid: number): boolean {
  const name = `/proc/${pid}/comm`
  return !existsSync(name) || readFileSync(name, 'utf8').trim() === 'postgres'
}

/**
 * PostgreSQL refuses to start while any process of its user has the id in postmaster.pid. The id is made one that no
 * process has; the file stays, because PostgreSQL checks its shared memory key against processes that outlived the server.
 */
function disownPidFile(file: string): void {
  const [, ...rest] = readFileSync(file, 'utf8').split('\n')
  writeFileSync(file, [NO_PROCESS, ...rest].join('\n'))
}

function reasonIn(log: string): string {
  const lines = readFileSync(log, 'utf8').split('\n')
  const told = lines
    .filter((line) => /FATAL|ERROR|WARNING|could not/.test(line))
    .map((line) => line.replace(/^.*?(FATAL|ERROR|WARNING|LOG|HINT):\s*/, ''))
  return told.join(' ').trim() || lines.join(' ').trim() || 'it gave no reason'
}
