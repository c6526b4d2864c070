import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { routes } from '../../src/app.ts'
import { dayOf, periodOf } from '../../src/kernel/day.ts'
import { uuid } from '../../src/kernel/uuid.ts'
import { foundCompany } from '../../src/modules/company/found-company.command.ts'
import { createApiKey } from '../../src/modules/people/api-keys.command.ts'
import { authenticator } from '../../src/modules/people/authenticate.query.ts'
import { permissionsOf, type Role } from '../../src/modules/people/roles.ts'
import { openAuth } from '../../src/platform/auth.ts'
import type { Caller } from '../../src/platform/caller.ts'
import { type Database, openDatabase } from '../../src/platform/db.ts'
import { connectionUrl, startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'
import { urlFor } from '../../src/platform/login-role.ts'
import { prepareDatabase } from '../../src/platform/prepare-database.ts'
import { startSealing } from '../../src/platform/seal.ts'
import { createServer } from '../../src/platform/server.ts'
import { sql } from '../../src/platform/sql.ts'
import { systemCallers } from '../../src/platform/system-caller.ts'

/** The facts of every benchmark lie around this day. */
export const TODAY = new Date('2026-11-21T04:00:00Z')
const TENANT = 1
const LOGIN = { name: 'huikuan_bench', password: 'huikuan_bench' }

export type World = {
  readonly db: Database
  readonly owner: pg.Pool
  readonly maker: Caller
  readonly checker: Caller
  readonly entityId: string
  readonly salespeople: readonly string[]
  readonly regionIds: readonly string[]
  /** From here on it is then, for everything that is done through `db`. */
  moveTo(at: Date): void
  /** Serves the API on a port of its own. */
  serve(): Promise<Served>
  close(): Promise<void>
}

/** `keyOf`: an API key of this caller, with everything that they may do; `headers` signs in with it. */
export type Served = {
  readonly url: string
  readonly port: number
  keyOf(caller: Caller): string
  headers(caller: Caller): { readonly authorization: string }
  close(): Promise<void>
}

/**
 * A server of its own under the folder HUIKUAN_BENCH_DIR (kept between runs) with fsync and checksums on, one database a name. The company is founded through the product's own command.
 */
export async function openWorld(name: string): Promise<World> {
  const dataDir = process.env['HUIKUAN_BENCH_DIR'] ?? join(tmpdir(), 'huikuan-bench')
  const server = await startEmbeddedPostgres({ dataDir, say: () => undefined })
  const admin = new pg.Client({ connectionString: connectionUrl(server.address, 'postgres') })
  await admin.connect()
  const database = `bench_${name}`
  if ((await admin.query('select from pg_database d where d.datname = $1', [database])).rowCount === 0)
    await admin.query(`create database ${database}`)
  await admin.end()
  const ownerUrl = connectionUrl(server.address, database)
  await prepareDatabase(ownerUrl, LOGIN)
  let now = TODAY
  const db = await openDatabase({ url: urlFor(ownerUrl, LOGIN), clock: () => now, poolSize: 16 })
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 })
  owner.on('error', () => undefined) // the server may stop first
  const system = callerAs('administrator', '00000000-0000-7000-8000-000000000001')
  await foundOnce(db, owner, system)
  const people = (
    await owner.query<{ id: string; role: Role }>('select p.id, p.role from ar.people p where p.tenant_id = $1 order by p.name', [TENANT])
  ).rows
  const [maker, checker] = people.filter((person) => person.role === 'administrator').map((person) => callerAs('administrator', person.id))
  const entity = (await owner.query<{ id: string }>('select e.id from ar.entities e where e.tenant_id = $1', [TENANT])).rows[0]!
  const regions = (await owner.query<{ id: string }>('select r.id from ar.regions r where r.tenant_id = $1 order by r.name', [TENANT])).rows
  return {
    db,
    owner,
    maker: maker!,
    checker: checker!,
    entityId: entity.id,
    salespeople: people.filter((person) => person.role === 'salesperson').map((person) => person.id),
    regionIds: regions.map((region) => region.id),
    moveTo: (at) => {
      now = at
    },
    serve: () => serve(db, urlFor(ownerUrl, LOGIN), [maker!, checker!]),
    close: async () => {
      await db.close()
      await owner.end()
      await server.stop()
    },
  }
}

/** The API with the workers' sealing of the audit log beside it, as in the program. */
async function serve(db: Database, url: string, callers: readonly Caller[]): Promise<Served> {
  const keys = new Map<string, string>()
  for (const caller of callers) {
    const wanted = { name: 'bench', scopes: [...caller.permissions], expiresOn: null }
    keys.set(caller.actorId, await db.transaction(caller, async (tx) => createApiKey(tx, wanted).key))
  }
  const auth = openAuth({ url, secret: 'a secret of the benchmark, thirty-two long', publicUrl: 'http://127.0.0.1' })
  const app = await createServer({
    db,
    routes,
    authenticate: authenticator(db, auth),
    log: { error: (fields) => console.error(fields), info: () => undefined },
  })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const sealing = startSealing(db, systemCallers(db), (error) => console.error(error))
  const keyOf = (caller: Caller): string => keys.get(caller.actorId)!
  return {
    url: address,
    port: Number(new URL(address).port),
    keyOf,
    headers: (caller) => ({ authorization: `Bearer ${keyOf(caller)}` }),
    close: async () => {
      await sealing.stop()
      await app.close()
      await auth.close()
    },
  }
}

function callerAs(role: Role, actorId: string): Caller {
  return {
    tenantId: TENANT,
    actorId,
    actorKind: 'person',
    name: role,
    role,
    permissions: permissionsOf(role),
    scope: { kind: 'all' },
    language: 'zh-CN',
    timeZone: 'Asia/Shanghai',
    baseCurrency: 'CNY',
    fourEyes: true,
  }
}

async function foundOnce(db: Database, owner: pg.Pool, system: Caller): Promise<void> {
  if ((await owner.query('select from ar.tenants')).rowCount) return
  await db.transaction(system, async (tx) => {
    await foundCompany(tx, {
      name: 'bench',
      baseCurrency: 'CNY',
      timeZone: 'Asia/Shanghai',
      language: 'zh-CN',
      administratorId: system.actorId,
    })
    tx.insert('people', [
      ...['maker', 'checker'].map((name) => person(name, 'administrator')),
      ...Array.from({ length: 40 }, (_, index) => person(`salesperson ${index}`, 'salesperson')),
    ])
    tx.insert(
      'regions',
      Array.from({ length: 30 }, (_, index) => ({ id: uuid(), name: `region ${String(index).padStart(2, '0')}` })),
    )
  })
  const months = Array.from({ length: 60 }, (_, index) => periodOf(dayOf(2023 + Math.floor(index / 12), (index % 12) + 1, 1)))
  await owner.query('insert into ar.periods (tenant_id, period) select $1, p from unnest($2::int[]) p on conflict do nothing', [
    TENANT,
    months,
  ])
}

function person(name: string, role: Role) {
  return { id: uuid(), name, email: `${name.replaceAll(' ', '.')}@bench.example.com`, role }
}

/** Is this world's load of facts done already? */
export async function isLoaded(world: World): Promise<boolean> {
  return (
    (await world.db.read(world.maker, (reader) =>
      reader.maybe(sql`select 1 from ar.settings s where s.tenant_id = ${TENANT} and s.key = 'bench.loaded'`),
    )) !== undefined
  )
}
export async function markLoaded(world: World): Promise<void> {
  await world.db.transaction(world.maker, async (tx) => tx.insert('settings', [{ key: 'bench.loaded', value: {} }]))
  await world.owner.query('vacuum (analyze)')
}
