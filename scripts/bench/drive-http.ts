import { fork } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { World } from './world.ts'

type Call = { readonly path: string; readonly body: string }
export type ToDrive = {
  readonly port: number
  readonly key: string
  readonly clients: number
  readonly seconds: number
  readonly calls: readonly Call[]
  /** A text that every answer holds. */
  readonly expected: string
}
export type Driven = {
  readonly count: number
  readonly seconds: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly callerCpuMs: number
}
/** Milliseconds of processor time a call: of the callers, of the server's process, of PostgreSQL. They say what a call costs whatever else the machine does. */
export type CallCost = { readonly serverCpuMs: number; readonly databaseCpuMs: number | undefined }

/** POSTs the calls, each once with an Idempotency-Key and an API key, from a process of its own, until they are used up or the time is over. */
export async function driveHttp(world: World, wanted: ToDrive): Promise<Omit<Driven, 'count'> & CallCost> {
  const postmaster = await postmasterOf(world)
  const before = { server: process.cpuUsage(), database: cpuMsOfChildren(postmaster) }
  const { count, ...driven } = await called(wanted)
  const server = process.cpuUsage(before.server)
  const database = cpuMsOfChildren(postmaster)
  return {
    ...driven,
    serverCpuMs: (server.user + server.system) / 1_000 / count,
    databaseCpuMs: database === undefined || before.database === undefined ? undefined : (database - before.database) / count,
  }
}

function called(wanted: ToDrive): Promise<Driven> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'calling-process.ts'), { serialization: 'advanced' })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the calling process ended with ${code}`)))
    child.once('message', (answer: Driven | { failure: string }) =>
      'failure' in answer ? reject(new Error(answer.failure)) : resolve(answer),
    )
    child.send(wanted)
  })
}

/** The server's own process, by way of the backend that answers. */
async function postmasterOf({ owner }: World): Promise<number | undefined> {
  const { rows } = await owner.query<{ pid: number }>('select pg_backend_pid() as pid')
  return parentOf(rows[0]!.pid)
}

const TICK_MS = 10

/** Processor time of the server's processes, those that have ended included. Linux only. */
function cpuMsOfChildren(parent: number | undefined): number | undefined {
  if (parent === undefined) return undefined
  const living = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat?.[1] === String(parent))
    .reduce((sum, stat) => sum + Number(stat![11]) + Number(stat![12]), 0)
  const own = statOf(parent)
  return (living + Number(own?.[13]) + Number(own?.[14])) * TICK_MS
}

function parentOf(pid: number): number | undefined {
  const parent = statOf(pid)?.[1]
  return parent === undefined ? undefined : Number(parent)
}

/** What follows the name in /proc/PID/stat: state, parent …; undefined where there is none. */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}
