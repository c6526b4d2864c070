import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartRefused } from './start-refused.ts'

const LOCK_WAIT_MS = 90_000
const LOCK_POLL_MS = 50

/** A process that says "I am using what is in this folder". It counts for as long as the process lives, however it ends. */
export type Lease = { readonly release: () => void; readonly othersAlive: () => boolean }

/** Leaves a lease of this process in `<folder>/leases`. Leases of processes that no longer live are cleared away. */
export function takeLease(folder: string): Lease {
  const leases = join(folder, 'leases')
  mkdirSync(leases, { recursive: true })
  const mine = `${identityOf(process.pid)}-${crypto.randomUUID().slice(0, 8)}`
  writeFileSync(join(leases, mine), '')
  return {
    release: () => rmSync(join(leases, mine), { force: true }),
    othersAlive: () => {
      const others = readdirSync(leases).filter((name) => name !== mine)
      for (const dead of others.filter((name) => !lives(name))) rmSync(join(leases, dead), { force: true })
      return others.some(lives)
    },
  }
}

/** Runs `work` while no other process runs work under the same lock file. A lock whose process has died is taken over. */
export async function withProcessLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const mine = `${identityOf(process.pid)}-${crypto.randomUUID()}`
  const until = Date.now() + LOCK_WAIT_MS
  while (!tryLock(file, mine)) {
    if (Date.now() > until)
      throw new StartRefused(`Another Huikuan process holds ${file} and does not let go. Stop it, or delete the file if none runs.`)
    await sleep(LOCK_POLL_MS)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function tryLock(file: string, mine: string): boolean {
  try {
    writeFileSync(file, mine, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const holder = readOrEmpty(file)
  if (holder !== '' && !lives(holder)) moveAside(file, holder)
  return false
}

/** Of several processes that see the same dead holder, rename lets only one take the file away. */
function moveAside(file: string, holder: string): void {
  const aside = `${file}.${process.pid}.dead`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  // Somebody may have locked anew between our look and our rename: give that one its lock back.
  if (readOrEmpty(aside) === holder) rmSync(aside, { force: true })
  else renameSync(aside, file)
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Process id and start time, because the system gives the same id out again. */
function identityOf(pid: number): string {
  return `${pid}-${startTimeOf(pid) ?? 'unknown'}`
}

function lives(identity: string): boolean {
  const [pid, startTime] = identity.split('-')
  if (pid === undefined || !processLives(Number(pid))) return false
  const now = startTimeOf(Number(pid))
  return now === undefined || startTime === 'unknown' || now === startTime
}

/** Clock ticks since boot from /proc (proc(5), field 22); undefined where there is no /proc. */
function startTimeOf(pid: number): string | undefined {
  const stat = readOrEmpty(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
}

/** True when a process with this id exists, whoever owns it. */
export function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
