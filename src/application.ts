import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { jobsWith, routesWith } from './app.ts'
import { authenticator, freshness } from './modules/people/authenticate.query.ts'
import { jobCallers } from './modules/people/caller.query.ts'
import { recordSecurityEvent } from './modules/people/security-events.command.ts'
import { type Auth, openAuth } from './platform/auth.ts'
import type { Clock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import { startClock } from './platform/daily-clock.ts'
import { type Database, openDatabase } from './platform/db.ts'
import { type DiskRoom, watchDisk } from './platform/disk-room.ts'
import type { Installation } from './platform/installation.ts'
import { type Job, startJobs } from './platform/jobs.ts'
import type { Log } from './platform/log.ts'
import type { MailAccess } from './platform/mail/mail-access.ts'
import { createMetrics, type Metrics } from './platform/metrics.ts'
import { startSealing } from './platform/seal.ts'
import { createServer } from './platform/server.ts'
import { sql } from './platform/sql.ts'
import { StartRefused } from './platform/start-refused.ts'
import { systemCallers } from './platform/system-caller.ts'

const WEB_FOLDER = join(import.meta.dirname, '../dist/web')
const FINISH_REQUESTS_MS = 10_000
const READY_WAIT_MS = 2_000
const SAME_FAILURE_MS = 60_000

export type ApplicationOptions = {
  readonly installation: Installation
  readonly config: Config
  readonly log: Log
  readonly clock: Clock
}

export type Application = {
  readonly db: Database
  /** Where it listens; undefined for a worker, which does not. */
  readonly port: number | undefined
  /** Takes no new request, finishes those under way (10 s at most), then the workers, then the connections. */
  readonly stop: () => Promise<void>
}

/** Starts what the role asks for on a prepared installation: the API with the web app, the workers, or both. */
export async function startApplication(options: ApplicationOptions): Promise<Application> {
  const { installation, config, clock } = options
  const room = diskRoom(options)
  const db = await openDatabase({ url: installation.appUrl, clock, ...(room ? { refusal: room.refusal } : {}) })
  const auth = openAuth({ url: installation.appUrl, secret: installation.secrets.derive('sessions'), publicUrl: config.publicUrl })
  const stops: (() => Promise<void>)[] = [() => db.close(), () => auth.close(), async () => room?.stop()]
  const stop = async () => {
    for (const step of stops.reverse()) await step()
  }
  try {
    const metrics = createMetrics()
    // Listening comes first: on a busy port no worker has begun anything. Stopping goes the other way round.
    const server = config.role === 'worker' ? undefined : await listen(db, auth, metrics, options)
    if (config.role !== 'api') stops.push(await startWorkers(db, metrics, options))
    if (server !== undefined) stops.push(() => closeServer(server))
    return { db, port: server === undefined ? undefined : (server.server.address() as AddressInfo).port, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function diskRoom({ installation: { databaseFolder }, config, log }: ApplicationOptions): DiskRoom | undefined {
  if (databaseFolder === undefined || config.diskLeastMb === 0) return undefined
  return watchDisk(databaseFolder, config.diskLeastMb, (isShort, freeMb) => {
    if (isShort) log.error({ freeMb, leastMb: config.diskLeastMb }, 'the disk is nearly full: nothing is written until there is room')
    else log.info({ freeMb }, 'there is room on the disk again')
  })
}

async function listen(
  db: Database,
  auth: Auth,
  metrics: Metrics,
  { installation, config, log }: ApplicationOptions,
): Promise<FastifyInstance> {
  const server = await createServer({
    db,
    routes: routesWith(auth, mailAccessOf(installation, config)),
    authenticate: authenticator(db, auth),
    refuseStale: freshness(auth),
    onForbidden: (caller, request, code) => {
      if (caller === undefined) return
      const { tenantId, actorId } = caller
      void recordSecurityEvent(db, tenantId, { kind: 'forbidden', actorId, ip: request.ip, requestId: request.id, detail: { code } })
    },
    log,
    metrics,
    publicOrigins: [config.publicUrl],
    isReady: () => isReady(db),
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    ...(existsSync(WEB_FOLDER) ? { webFolder: WEB_FOLDER } : {}),
  })
  try {
    await server.listen({ host: config.host, port: config.port })
    return server
  } catch (cause) {
    await server.close()
    throw refusedPort(config, cause as NodeJS.ErrnoException)
  }
}

function refusedPort({ host, port }: Config, cause: NodeJS.ErrnoException): Error {
  if (cause.code === 'EADDRINUSE')
    return new StartRefused(`Port ${port} is in use by another program: stop that one, or set HUIKUAN_PORT to another port.`, { cause })
  if (cause.code === 'EACCES')
    return new StartRefused(`This user may not listen on port ${port}: set HUIKUAN_PORT to 1024 or above.`, { cause })
  if (cause.code === 'EADDRNOTAVAIL' || cause.code === 'ENOTFOUND')
    return new StartRefused(`This machine does not have the address ${host}: correct HUIKUAN_HOST.`, { cause })
  return cause
}

async function startWorkers(
  db: Database,
  metrics: Metrics,
  { installation, config, log }: ApplicationOptions,
): Promise<() => Promise<void>> {
  const jobs = jobsWith(mailAccessOf(installation, config), config.publicUrl)
  const systemCallerOf = systemCallers(db)
  const runner = await startJobs({
    ownerUrl: installation.ownerUrl,
    db,
    jobs: jobs.map((job) => timed(job, metrics, log)),
    callerFor: jobCallers(db, systemCallerOf),
    log: (message, fields) => log.info(fields ?? {}, message),
  })
  const sealing = startSealing(
    db,
    systemCallerOf,
    seldom((error) => log.error({ error }, 'sealing the audit log failed')),
  )
  const clock = startClock(db, systemCallerOf, jobs, (error) => log.error({ error }, 'looking after a tenant failed'))
  return async () => {
    await clock.stop()
    await sealing.stop()
    await runner.stop()
  }
}

function mailAccessOf({ secrets }: Installation, config: Config): MailAccess {
  return { secrets, innerServers: config.innerMailServers }
}

/** A failure that lasts would otherwise fill the log: it is written once a minute. */
function seldom(write: (error: unknown) => void): (error: unknown) => void {
  let last = Number.NEGATIVE_INFINITY
  return (error) => {
    if (performance.now() - last < SAME_FAILURE_MS) return
    last = performance.now()
    write(error)
  }
}

function timed(job: Job, metrics: Metrics, log: Log): Job {
  return {
    ...job,
    run: async (context, payload) => {
      const from = performance.now()
      try {
        await job.run(context, payload)
        metrics.job(job.task, 'done', (performance.now() - from) / 1000)
      } catch (error) {
        metrics.job(job.task, 'failed', (performance.now() - from) / 1000)
        log.error({ task: job.task, tenantId: payload['tenantId'], error }, 'a job failed and will be tried again')
        throw error
      }
    },
  }
}

async function closeServer(server: FastifyInstance): Promise<void> {
  const patience = setTimeout(() => server.server.closeAllConnections(), FINISH_REQUESTS_MS)
  await server.close()
  clearTimeout(patience)
}

async function isReady(db: Database): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), READY_WAIT_MS).unref())
  const answered = db.raw(sql`select 1 as one`).then(
    () => true,
    () => false,
  )
  return Promise.race([answered, late])
}
