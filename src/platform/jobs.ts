import { setTimeout as sleep } from 'node:timers/promises'
import { type Runner, run, runMigrations, runOnce, type Task, type TaskList } from 'graphile-worker'
import pg from 'pg'
import { type Caller, SYSTEM_ACTOR } from './caller.ts'
import { isDatabaseAway } from './database-errors.ts'
import type { Database, Tx } from './db.ts'
import { type JobsAtWork, keepLocksTrue, type LockOptions } from './job-locks.ts'

type JobContext = {
  readonly db: Database
  readonly caller: Caller
  readonly log: (message: string, fields?: object) => void
  /** Raised when the program is to stop: what can be left for later is. */
  readonly signal?: AbortSignal
}
/** One kind of job. It may run twice (after a crash), so its effect carries a unique business key. */
export type Job = {
  readonly task: string
  readonly run: (context: JobContext, payload: Record<string, unknown>) => Promise<void>
  /** Asked for once on each calendar day of each tenant (daily-clock.ts). */
  readonly isDaily?: boolean
  /** It waits for machines that are not ours: such jobs have a runner of their own, so that a slow one keeps no other job waiting. */
  readonly waitsForOthers?: true
  /** It works for minutes (a file of 100,000 rows): such jobs have a runner of their own too, and ask for themselves with `oneAtATime`. */
  readonly isLong?: true
  /** Looked after every minute, by tenant, in the system's name: work that a killed worker left behind. */
  readonly everyMinute?: (tx: Tx) => Promise<void>
}

export async function prepareJobs(ownerUrl: string): Promise<void> {
  await runMigrations({ connectionString: ownerUrl, logger: silent() })
}

export type JobOptions = {
  readonly ownerUrl: string
  readonly db: Database
  readonly jobs: readonly Job[]
  readonly callerFor: CallerFor
  readonly log: JobContext['log']
  readonly concurrency?: number
  readonly locks?: LockOptions
}
/** The caller in whose name a job works: the person who set it off where that person still may, else the system. */
type CallerFor = (tenantId: number, actorId: string | undefined) => Promise<Caller>

/** Jobs at once that wait for machines that are not ours. */
const WAITING_AT_ONCE = 8
/** Long jobs at once, of different companies. */
const LONG_AT_ONCE = 2
/** Each runner listens on one connection; the others take and end jobs. */
const CONNECTIONS = 8

export async function startJobs(options: JobOptions): Promise<Pick<Runner, 'stop'>> {
  const pgPool = jobPool(options.ownerUrl, CONNECTIONS)
  const atWork = keepLocksTrue(pgPool, options.locks)
  const stopping = new AbortController()
  const start = (jobs: readonly Job[], concurrency: number) =>
    run({
      pgPool,
      concurrency,
      pollInterval: 1_000,
      noHandleSignals: true,
      taskList: taskList({ ...options, jobs }, stopping.signal, atWork),
      logger: silent(),
      crontab: '',
    })
  const { long = [], waiting = [], working = [] } = Object.groupBy(options.jobs, kindOf)
  const runners = await Promise.all([
    ...(working.length > 0 ? [start(working, options.concurrency ?? 2)] : []),
    ...(long.length > 0 ? [start(long, LONG_AT_ONCE)] : []),
    ...(waiting.length > 0 ? [start(waiting, WAITING_AT_ONCE)] : []),
  ])
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all(runners.map((runner) => runner.stop()))
      await atWork.stop()
    },
  }
}

function kindOf({ waitsForOthers, isLong }: Job): 'waiting' | 'long' | 'working' {
  return waitsForOthers ? 'waiting' : isLong ? 'long' : 'working'
}

/** The queue frees a company's long work a moment after the one before has ended, and by then has gone. */
const DRAINED_AGAIN_MOST = 500
const DRAINED_AGAIN_MS = 10

/** Works off what is waiting, then returns: for tests and for commands that wait. */
export async function drainJobs(options: JobOptions): Promise<void> {
  const pgPool = jobPool(options.ownerUrl, 2)
  try {
    for (let turn = 0; turn < DRAINED_AGAIN_MOST; turn += 1) {
      await runOnce({ pgPool, taskList: taskList(options, new AbortController().signal), logger: silent(), noHandleSignals: true })
      if (!(await isSomethingWaiting(pgPool, options.jobs))) return
      await sleep(DRAINED_AGAIN_MS)
    }
  } finally {
    await pgPool.end()
  }
}

async function isSomethingWaiting(pgPool: pg.Pool, jobs: readonly Job[]): Promise<boolean> {
  const { rowCount } = await pgPool.query(
    `select from graphile_worker.jobs j where j.task_identifier = any($1::text[]) and j.run_at <= now() and j.locked_at is null and j.attempts < j.max_attempts limit 1`,
    [jobs.map((job) => job.task)],
  )
  return rowCount === 1
}

/**
 * A broken connection fails the job that holds it, and is replaced. Of every connection that was refused or cut it is said what the queue waits for (57P03): of other words it
 * would not wait, it says that a job is done without listening to the answer, and an error that nobody hears ends the program.
 */
function jobPool(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, types: { getTypeParser } })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    const query = client.query.bind(client) as (...given: unknown[]) => unknown
    const patientQuery = (...given: unknown[]) => {
      const answer = query(...given)
      return answer instanceof Promise ? answer.catch(sayAway) : answer
    }
    Object.assign(client, { query: patientQuery })
  })
  const connect = pool.connect.bind(pool)
  type Told = Parameters<typeof connect>[0]
  return Object.assign(pool, { connect: (told?: Told) => (told ? connect(told) : connect().catch(sayAway)) }) as pg.Pool
}

/** The queue writes what it read as JSON, which has no bigint: its ids stay text. */
const getTypeParser: typeof pg.types.getTypeParser = (type: number, format?: 'text' | 'binary') =>
  type === pg.types.builtins.INT8 ? (text: string) => text : pg.types.getTypeParser(type, format as 'text')

function sayAway(error: unknown): never {
  throw away(error)
}

function away(error: unknown): Error {
  return isDatabaseAway(error) ? Object.assign(new Error('the database is away', { cause: error }), { code: '57P03' }) : (error as Error)
}

function taskList({ db, jobs, callerFor, log }: JobOptions, signal: AbortSignal, atWork?: JobsAtWork): TaskList {
  const one =
    (job: Job): Task =>
    async (payload, helpers) => {
      const given = payload as Record<string, unknown>
      const actorId = typeof given['actorId'] === 'string' ? given['actorId'] : undefined
      atWork?.begin(helpers.job.id)
      try {
        await job.run({ db, caller: await callerFor(Number(given['tenantId']), actorId), log, signal }, given)
      } finally {
        atWork?.end(helpers.job.id)
      }
    }
  return Object.fromEntries(jobs.map((job) => [job.task, one(job)]))
}

/** The system as a caller: clocks and workers that act for nobody. */
export function systemCaller(tenant: {
  tenantId: number
  language: Caller['language']
  timeZone: string
  baseCurrency: string
  fourEyes: boolean
}): Caller {
  return {
    ...tenant,
    actorId: SYSTEM_ACTOR,
    actorKind: 'system',
    name: 'system',
    role: 'system',
    permissions: new Set(),
    scope: { kind: 'all' },
  }
}

function silent() {
  return new (class {
    scope() {
      return this
    }
    error(): void {}
    warn(): void {}
    info(): void {}
    debug(): void {}
  })() as never
}
