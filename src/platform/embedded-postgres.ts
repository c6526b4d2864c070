import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { type Cluster, initialiseCluster, openCluster, saveAccess, writeSettings } from './postgres-cluster.ts'
import { launchServer, runningServer, type Server, stopServer } from './postgres-server.ts'
import { type Lease, takeLease, withProcessLock } from './process-lease.ts'
import { StartRefused } from './start-refused.ts'

const START_TRIES = 3
const ADOPT_TRIES = 200
const ADOPT_POLL_MS = 50
const WATCH_MS = 1000

/** How to reach a server as its superuser. `host` is a folder (unix socket) where that works, else 127.0.0.1. */
export type ServerAddress = { readonly host: string; readonly port: number; readonly user: string; readonly password: string }

export type EmbeddedPostgres = {
  readonly address: ServerAddress
  /** Everything of the database lies under it. */
  readonly folder: string
  /** `postgres://…` over 127.0.0.1, with the superuser's password: for tools and tests, never for a log. */
  readonly url: (database: string) => string
  /** True when a server that already ran was taken over. */
  readonly adopted: boolean
  /** Gives the server up; the last process to do so on this data folder stops it (fast shutdown). */
  readonly stop: () => Promise<void>
}

export type EmbeddedOptions = {
  /** Everything lies under `<dataDir>/postgres`, unless user postgres cannot enter it. */
  readonly dataDir: string
  /** One line for the console, when something is done that the operator would not expect. */
  readonly say: (line: string) => void
  /** The `bin` folder of another PostgreSQL (tests run on 15 as well). */
  readonly binaries?: string
  /** A fixed port; otherwise a free one is chosen and remembered. */
  readonly port?: number
  /** Throw-away servers of tests: no fsync. Nothing in the environment reaches this switch. */
  readonly throwAway?: boolean
}

/**
 * Starts PostgreSQL on a data folder, or adopts the server that already runs on it (after kill -9 of the program, or
 * beside a second program). The first start creates the cluster. Refuses with one sentence (`StartRefused`).
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const cluster = openCluster(options)
  return withProcessLock(join(cluster.home, 'starting.lock'), async () => {
    if (!existsSync(cluster.data)) await initialiseCluster(cluster, options)
    const lease = takeLease(cluster.home)
    try {
      const running = await adopt(cluster)
      return embedded(cluster, running ?? (await start(cluster, options)), lease, running !== undefined, options)
    } catch (error) {
      lease.release()
      throw error
    }
  })
}

async function adopt(cluster: Cluster): Promise<Server | undefined> {
  for (let tries = 0; tries < ADOPT_TRIES; tries++) {
    const server = runningServer(cluster)
    if (server === undefined) return undefined
    if (server.status === 'ready' && (await answers(cluster, server))) return server
    await sleep(ADOPT_POLL_MS)
  }
  throw new StartRefused(
    `A PostgreSQL runs on ${cluster.data} but does not answer. Look at ${join(cluster.home, 'log')}, or stop it and start again.`,
  )
}

async function start(cluster: Cluster, options: EmbeddedOptions): Promise<Server> {
  for (let tries = 1; ; tries++) {
    await writeSettings(cluster, options)
    const outcome = await launchServer(cluster)
    if (outcome.kind === 'ready') return checked(cluster, outcome.server)
    if (outcome.kind === 'failed' || options.port !== undefined || tries >= START_TRIES) {
      throw new StartRefused(`PostgreSQL on ${cluster.data} did not start: ${outcome.reason}`)
    }
    saveAccess(cluster, { ...cluster.access(), port: undefined })
  }
}

/** A server that we started and cannot use is not left behind. */
async function checked(cluster: Cluster, server: Server): Promise<Server> {
  try {
    if (await answers(cluster, server)) return server
    throw new StartRefused(`PostgreSQL on ${cluster.data} has started but does not answer.`)
  } catch (error) {
    await stopServer(cluster)
    throw error
  }
}

/** A server counts as ours when it takes our password and says that it stands on our folder. */
async function answers(cluster: Cluster, server: Server): Promise<boolean> {
  const client = new Client({ ...addressOf(cluster, server), database: 'postgres', connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>(`select current_setting('data_directory') data_directory`)
    return rows[0]?.data_directory === cluster.data
  } catch (error) {
    if ((error as { code?: string }).code === '28P01') {
      throw new StartRefused(`PostgreSQL on ${cluster.data} refuses the password in ${cluster.accessFile}: restore that file.`, {
        cause: error,
      })
    }
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

function addressOf(cluster: Cluster, server: Server): ServerAddress {
  const { password } = cluster.access()
  return { host: server.socketFolder ?? '127.0.0.1', port: server.port, user: 'postgres', password }
}

function embedded(cluster: Cluster, server: Server, lease: Lease, adopted: boolean, options: EmbeddedOptions): EmbeddedPostgres {
  const address = addressOf(cluster, server)
  const lock = join(cluster.home, 'starting.lock')
  const watch = keepRunning(cluster, options, lock)
  let stopped: Promise<void> | undefined
  const giveUp = async () => {
    await watch.stop()
    await withProcessLock(lock, async () => {
      lease.release()
      if (!lease.othersAlive()) await stopServer(cluster)
    })
  }
  return {
    address,
    folder: cluster.home,
    adopted,
    url: (database) =>
      `postgres://postgres:${encodeURIComponent(address.password)}@127.0.0.1:${address.port}/${encodeURIComponent(database)}`,
    stop: () => {
      stopped ??= giveUp()
      return stopped
    },
  }
}

/** A server that dies (killed for memory, say) is started again within seconds; meanwhile requests are refused, and none is half done. */
function keepRunning(cluster: Cluster, options: EmbeddedOptions, lock: string): { stop: () => Promise<void> } {
  let working: Promise<void> | undefined
  const restart = () =>
    withProcessLock(lock, async () => {
      if ((await adopt(cluster)) !== undefined) return
      options.say('PostgreSQL has ended unexpectedly and is started again.')
      await start(cluster, options)
    })
  const timer = setInterval(() => {
    if (working !== undefined || runningServer(cluster) !== undefined) return
    working = restart()
      .catch((error: Error) => options.say(error.message))
      .finally(() => {
        working = undefined
      })
  }, WATCH_MS)
  timer.unref()
  return {
    stop: async () => {
      clearInterval(timer)
      await working
    },
  }
}

/** A connection string; over the unix socket (`host` is its folder) where there is one, which is quicker than TCP. */
export function connectionUrl({ host, port, user, password }: ServerAddress, database: string): string {
  const by = host.startsWith('/') ? `?host=${encodeURIComponent(host)}` : ''
  return `postgres://${user}:${encodeURIComponent(password)}@localhost:${port}/${encodeURIComponent(database)}${by}`
}
