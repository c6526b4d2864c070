import type { FastifyInstance } from 'fastify'
import { jobsWith, routesWith } from '../../src/app.ts'
import { dayOf } from '../../src/kernel/day.ts'
import { uuid } from '../../src/kernel/uuid.ts'
import { authenticator, freshness } from '../../src/modules/people/authenticate.query.ts'
import { permissionsOf, type Role, roles } from '../../src/modules/people/roles.ts'
import { type Auth, openAuth } from '../../src/platform/auth.ts'
import type { Caller } from '../../src/platform/caller.ts'
import { type Database, openDatabase } from '../../src/platform/db.ts'
import { drainJobs, prepareJobs } from '../../src/platform/jobs.ts'
import { type Secrets, secretsOf } from '../../src/platform/secrets.ts'
import { createServer } from '../../src/platform/server.ts'
import { callerOf } from './callers.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

/** What came back: the status and the parsed body. */
// biome-ignore lint/suspicious/noExplicitAny: answers are read freely in tests
export type Reply = { readonly status: number; readonly body: any; readonly headers: Record<string, unknown>; readonly raw: Buffer }
/** One person's calls. `send` adds an Idempotency-Key unless one is given. */
export type Person = {
  readonly caller: Caller
  get(path: string): Promise<Reply>
  send(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  post(path: string, body?: unknown): Promise<Reply>
}
/** A company with one person of every role (and a second accountant and salesperson), two teams, one entity, open periods 2012-2030. */
export type TestCompany = {
  readonly tenantId: number
  readonly people: Readonly<Record<Role | 'secondAccountant' | 'secondSalesperson', Person>>
  readonly entityId: string
  readonly system: Caller
}
export type TestApp = {
  readonly db: Database
  readonly auth: Auth
  readonly database: TestDatabase
  readonly server: FastifyInstance
  /** Add the address of a local mail server here (host:port) before a company uses it. */
  readonly mail: { readonly secrets: Secrets; readonly innerServers: string[] }
  company(name?: string): Promise<TestCompany>
  /** Works off all waiting jobs. */
  drain(): Promise<void>
  setNow(instant: string): void
  close(): Promise<void>
}

/** `onError` is told what would be logged as our own failure; without it, it is printed. */
export type TestAppOptions = {
  readonly onError?: (fields: object) => void
  readonly requestsPerMinute?: number
  readonly webFolder?: string
  readonly publicUrl?: string
  readonly trustProxy?: string[]
}

/** The whole program on a database of its own, without a port. The header x-test-caller names the caller; without it sessions and API keys count. */
export async function startTestApp(now = '2026-11-21T02:00:00Z', options: TestAppOptions = {}): Promise<TestApp> {
  const database = await createTestDatabase()
  await prepareJobs(database.ownerUrl)
  let clock = new Date(now)
  const db = await openDatabase({ url: database.appUrl, clock: () => clock, poolSize: 16 })
  const publicUrl = options.publicUrl ?? 'https://huikuan.example.com'
  const mail = { secrets: secretsOf([Buffer.alloc(32, 7)]), innerServers: [] as string[] }
  const callers = new Map<string, Caller>()
  const auth = openAuth({
    url: database.appUrl,
    secret: 'a secret for tests, of thirty-two characters',
    publicUrl,
  })
  const authenticate = authenticator(db, auth)
  const server = await createServer({
    db,
    routes: routesWith(auth, mail),
    log: { error: options.onError ?? ((fields) => console.error(fields)), info: () => undefined },
    ...(options.requestsPerMinute === undefined ? {} : { requestsPerMinute: options.requestsPerMinute }),
    ...(options.webFolder === undefined ? {} : { webFolder: options.webFolder }),
    ...(options.trustProxy === undefined ? {} : { trustProxy: options.trustProxy }),
    authenticate: async (request) => {
      const named = callers.get(String(request.headers['x-test-caller']))
      return named ? { ...named, ip: request.ip, requestId: request.id } : authenticate(request)
    },
    refuseStale: async (request, caller) => {
      if (!callers.has(String(request.headers['x-test-caller']))) await freshness(auth)(request, caller)
    },
  })
  const log = () => undefined
  return {
    db,
    auth,
    database,
    server,
    mail,
    company: (name = 'company') => foundCompany(db, server, callers, name),
    drain: () =>
      drainJobs({
        ownerUrl: database.ownerUrl,
        db,
        jobs: jobsWith(mail, publicUrl),
        log,
        callerFor: async (tenantId, actorId) => callers.get(actorId ?? '') ?? callerOf(tenantId, { actorKind: 'system' }),
      }),
    setNow: (instant) => {
      clock = new Date(instant)
    },
    close: async () => {
      await server.close()
      await auth.close()
      await db.close()
      await database.drop()
    },
  }
}

let lastTenant = 100

async function foundCompany(db: Database, server: FastifyInstance, callers: Map<string, Caller>, name: string): Promise<TestCompany> {
  lastTenant += 1
  const tenantId = lastTenant
  const system = callerOf(tenantId, { actorKind: 'system' })
  const entityId = uuid()
  const teams = [uuid(), uuid()]
  const named = [
    ...roles.map((role) => [role, role] as const),
    ['secondAccountant', 'arAccountant'] as const,
    ['secondSalesperson', 'salesperson'] as const,
  ]
  const ids = new Map(named.map(([key]) => [key, uuid()]))
  await db.transaction(system, async (tx) => {
    tx.insert('tenants', [{ name, baseCurrency: 'CNY', timeZone: 'Asia/Shanghai', language: 'zh-CN' }])
    tx.insert('entities', [{ id: entityId, code: 'MAIN', name }])
    tx.insert(
      'teams',
      teams.map((id, index) => ({ id, name: `team ${index + 1}` })),
    )
    tx.insert(
      'people',
      named.map(([key, role]) => ({
        id: ids.get(key),
        name: key,
        email: `${key}@${tenantId}.example.com`,
        role,
        teamId: key === 'secondSalesperson' ? teams[1] : teams[0],
        dataScope: role === 'salesperson' ? 'own' : role === 'salesManager' ? 'team' : 'all',
      })),
    )
    tx.insert('periods', periods())
  })
  const teamOne = [ids.get('salesperson')!, ids.get('salesManager')!]
  const people = Object.fromEntries(
    named.map(([key, role]) => {
      const actorId = ids.get(key)!
      const scope =
        role === 'salesperson'
          ? { kind: 'own' as const, salespeople: [actorId] }
          : role === 'salesManager'
            ? { kind: 'team' as const, salespeople: teamOne }
            : { kind: 'all' as const }
      const caller = callerOf(tenantId, { actorId, role, permissions: permissionsOf(role), scope, name: key })
      callers.set(actorId, caller)
      return [key, personOf(server, caller)]
    }),
  )
  return { tenantId, entityId, system, people: people as TestCompany['people'] }
}

function personOf(server: FastifyInstance, caller: Caller): Person {
  const headers = { 'x-test-caller': caller.actorId, 'x-huikuan': 'test' }
  const send: Person['send'] = async (method, url, body, more) => {
    const answer = await server.inject({
      method,
      url,
      headers: { 'idempotency-key': uuid(), ...headers, ...more },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    return replyOf(answer)
  }
  return {
    caller,
    send,
    get: async (url) => replyOf(await server.inject({ method: 'GET', url, headers })),
    post: (url, body = {}) => send('POST', url, body),
  }
}

function replyOf(answer: { statusCode: number; headers: Record<string, unknown>; rawPayload: Buffer; payload: string }): Reply {
  const isJson = String(answer.headers['content-type']).includes('json')
  return {
    status: answer.statusCode,
    body: isJson && answer.payload ? JSON.parse(answer.payload) : answer.payload,
    headers: answer.headers,
    raw: answer.rawPayload,
  }
}

function periods(): { period: number }[] {
  const days = Array.from({ length: 12 * 19 }, (_, index) => dayOf(2012 + Math.floor(index / 12), (index % 12) + 1, 1))
  return days.map((day) => ({ period: Number(day.slice(0, 4)) * 100 + Number(day.slice(5, 7)) }))
}
