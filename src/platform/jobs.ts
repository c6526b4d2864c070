import { type Runner, run, runMigrations, runOnce } from 'graphile-worker'
import pg from 'pg'
import { type Caller, SYSTEM_ACTOR } from './caller.ts'
import type { Database, Tx } from './db.ts'

type JobContext = { readonly db: Database; readonly caller: Caller; readonly log: (message: string, fields?: object) => void }
/** One kind of job. It may run twice (after a crash), so its effect carries a unique business key. */
export type Job = {
  readonly task: string
  readonly run: (context: JobContext, payload: Record<string, unknown>) => Promise<void>
  /** Asked for once on each calendar day of each tenant (daily-clock.ts). */
  readonly isDaily?: boolean
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
}
/** The caller in whose name a job works: the person who set it off where that person still may, else the system. */
type CallerFor = (tenantId: number, actorId: string | undefined) => Promise<Caller>

export async function startJobs(options: JobOptions): Promise<Runner> {
  const pgPool = jobPool(options.ownerUrl, 4)
  return run({
    pgPool,
    concurrency: options.concurrency ?? 2,
    pollInterval: 1_000,
    noHandleSignals: true,
    taskList: taskList(options),
    logger: silent(),
    crontab: '',
  })
}

/** Works off what is waiting, then returns: for tests and for commands that wait. */
export async function drainJobs(options: JobOptions): Promise<void> {
  const pgPool = jobPool(options.ownerUrl, 2)
  try {
    await runOnce({ pgPool, taskList: taskList(options), logger: silent(), noHandleSignals: true })
  } finally {
    await pgPool.end()
  }
}

/** A broken connection fails the job that holds it, and is replaced. */
function jobPool(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString, max })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

function taskList({ db, jobs, callerFor, log }: JobOptions) {
  return Object.fromEntries(
    jobs.map((job) => [
      job.task,
      async (payload: unknown) => {
        const given = payload as Record<string, unknown>
        const actorId = typeof given['actorId'] === 'string' ? given['actorId'] : undefined
        await job.run({ db, caller: await callerFor(Number(given['tenantId']), actorId), log }, given)
      },
    ]),
  )
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
