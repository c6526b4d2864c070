import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { openFolder, type RunningProgram, startProgram } from '../../test/harness/program.ts'

/** What is killed: the database with all its processes, the server that answers requests, the worker, or these two at once. */
export const KILLED = ['postgres', 'server', 'worker', 'serverAndWorker'] as const
/** How an operator ends the database under the program: connections are cut, or nothing is tidied up. The program starts it again. */
export const SHUTDOWNS = { postgresFast: 'SIGINT', postgresImmediate: 'SIGQUIT' } as const
export type Killed = (typeof KILLED)[number] | keyof typeof SHUTDOWNS

/** The program as in production: a server and a worker, two processes over one embedded PostgreSQL on a data folder of its own. */
export type Processes = {
  /** Where the server listens now; it has another port after each start. */
  address(): string
  readonly setUpLink: string
  /** Signal 9, without a word before. Resolves when what was killed is gone. */
  kill(what: Killed): Promise<void>
  /** Starts again what does not start again by itself (the program starts its database). */
  restart(what: Killed): Promise<void>
  /** As the owner of the tables, whom no row security binds: to look at the truth. */
  owner<T extends object>(text: string, values?: readonly unknown[]): Promise<T[]>
  /** What both processes wrote to their logs so far. */
  logged(): string
  stop(): Promise<void>
}

/** `given`: the folder in which everything lies; the one who gives it removes it. */
export async function startProcesses(environment: Record<string, string> = {}, given?: string): Promise<Processes> {
  const folder = given ?? openFolder('huikuan-kill-')
  const start = (role: 'api' | 'worker') => startProgram({ folder, args: ['--role', role], environment })
  // The first start makes the cluster, and its orderly end leaves compiled code for the many that follow.
  await (await start('worker')).stop()
  let [server, worker] = await Promise.all([start('api'), start('worker')])
  const ended: string[] = []
  const killProgram = async (program: RunningProgram) => {
    await program.kill('SIGKILL')
    ended.push(program.logged())
  }
  return {
    address: () => server.address,
    setUpLink: server.setUpLink,
    kill: async (what) => {
      if (what === 'postgres') await killPostgres(folder)
      else if (what === 'postgresFast' || what === 'postgresImmediate') await shutDown(folder, SHUTDOWNS[what])
      else await Promise.all([...(serves(what) ? [killProgram(server)] : []), ...(works(what) ? [killProgram(worker)] : [])])
    },
    restart: async (what) => {
      const begun = [serves(what) ? start('api') : server, works(what) ? start('worker') : worker] as const
      ;[server, worker] = await Promise.all(begun)
    },
    owner: (text, values) => ask(folder, text, values),
    logged: () => [...ended, server.logged(), worker.logged()].join(''),
    stop: async () => {
      await worker.stop()
      await server.stop()
      const away = pointerOf(folder)
      if (away !== undefined) rmSync(away, { recursive: true, force: true })
      if (given === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

const serves = (what: Killed): boolean => what === 'server' || what === 'serverAndWorker'
const works = (what: Killed): boolean => what === 'worker' || what === 'serverAndWorker'

async function ask<T extends object>(folder: string, text: string, values: readonly unknown[] = []): Promise<T[]> {
  const { port, password } = JSON.parse(readFileSync(join(folder, 'data/access.json'), 'utf8')) as { port: number; password: string }
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'huikuan' })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query<T>(text, [...values])).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Where the database lies when user postgres cannot enter the data folder. */
function pointerOf(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, 'data/postgres-is-in'), 'utf8').trim()
  } catch {
    return undefined
  }
}

/** The postmaster and every one of its children (writers and walwriter too) in one breath: what none of them had given to the disk is lost. */
async function killPostgres(folder: string): Promise<void> {
  const postmaster = postmasterOf(folder)
  const family = [postmaster, ...childrenOf(postmaster)]
  for (const pid of family) killNow(pid)
  while (family.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 5))
}

async function shutDown(folder: string, signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  const postmaster = postmasterOf(folder)
  process.kill(postmaster, signal)
  while (isAlive(postmaster)) await new Promise((resolve) => setTimeout(resolve, 5))
}

function postmasterOf(folder: string): number {
  const home = pointerOf(folder) ?? join(folder, 'data/postgres')
  const version = readdirSync(home).find((name) => /^\d+$/.test(name))!
  return Number(readFileSync(join(home, version, 'postmaster.pid'), 'utf8').split('\n')[0])
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && statOf(name)[1] === String(parent))
    .map(Number)
}

/** What follows the name in /proc/PID/stat: state, parent … */
function statOf(pid: string): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

function isAlive(pid: number): boolean {
  return !['Z', 'X', undefined].includes(statOf(String(pid))[0])
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
