import { existsSync } from 'node:fs'
import { join } from 'node:path'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Problem, type ProblemKind } from '../kernel/problem.ts'
import { uuid } from '../kernel/uuid.ts'
import type { Caller } from './caller.ts'
import { databaseAway, isDatabaseAway } from './database-errors.ts'
import type { Database } from './db.ts'
import { type BoundRoute, refuseCaller } from './http.ts'
import { addManual } from './manual.ts'
import { openApi, referencePage } from './openapi.ts'
import { parseStrictJson } from './strict-json.ts'
import { languageFor, problemSentence, spokenParams } from './words.ts'

type ServerLog = { error(fields: object, message: string): void; info(fields: object, message: string): void }
export type ServerOptions = {
  readonly db: Database
  readonly routes: readonly BoundRoute[]
  /** Who calls: from the session cookie or the API key; undefined for nobody. Throws a Problem for a key that is wrong or expired. */
  readonly authenticate: (request: FastifyRequest) => Promise<Caller | undefined>
  /** Refuses a step that asks again (`asksAgain` of the route) to whoever has not lately shown the password or a code. */
  readonly refuseStale?: (request: FastifyRequest, caller: Caller | undefined) => Promise<void>
  readonly log: ServerLog
  /** Folder of the built web app; without it only the API is served. */
  readonly webFolder?: string
  readonly publicOrigins?: readonly string[]
  readonly isReady?: () => Promise<boolean>
  readonly metrics?: { observe(route: string, method: string, status: number, seconds: number): void; text(): Promise<string> }
  readonly onForbidden?: (caller: Caller | undefined, request: FastifyRequest, code: string) => void
  readonly requestsPerMinute?: number
  /** Whose X-Forwarded-For is believed: nobody's, or these addresses'. */
  readonly trustProxy?: boolean | string[]
}

const BODY_MOST = 4 * 1024 * 1024
const UPLOAD_MOST = 100 * 1024 * 1024
const REQUESTS_PER_MINUTE = 120_000
/** Cookies travel by themselves, so a browser must add this header to change anything: another site cannot. */
const CSRF_HEADER = 'x-huikuan'
/** The id of the person whom the page was opened for: the cookie is shared by all tabs, and another tab may have changed who it speaks for. */
const AS_HEADER = 'x-huikuan-as'

const STATUS: Record<ProblemKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  tooLarge: 413,
  refused: 422,
  tooMany: 429,
  unavailable: 503,
}

export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: BODY_MOST,
    genReqId: () => uuid(),
    logger: false,
    trustProxy: options.trustProxy ?? false,
    routerOptions: { maxParamLength: 500 },
    requestTimeout: 120_000,
    keepAliveTimeout: 65_000,
  })
  readStrictJson(app)
  await protect(app, options)
  const safety = await safetyHeaders()
  app.setErrorHandler((error: FastifyError, request, reply) => sendError(error, request, reply, options.log))
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(safety)
    reply.header('x-request-id', request.id)
    refuseForeignSites(request, options.publicOrigins ?? [])
  })
  app.addHook('onResponse', async (request, reply) =>
    options.metrics?.observe(request.routeOptions.url ?? 'none', request.method, reply.statusCode, reply.elapsedTime / 1_000),
  )
  for (const bound of options.routes) addRoute(app, bound, options)
  addOwnRoutes(app, options)
  addManual(app)
  addWeb(app, options.webFolder)
  return app
}

/** JSON is parsed strictly: what one reader may read differently from another is refused. */
function readStrictJson(app: FastifyInstance): void {
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, text === '' ? {} : parseStrictJson(text as string))
    } catch (error) {
      done(error as Error)
    }
  })
}

/** Uploads within bounds, rate limits. */
async function protect(app: FastifyInstance, options: ServerOptions): Promise<void> {
  await app.register(multipart, { limits: { fileSize: UPLOAD_MOST, files: 1, fields: 20, fieldSize: 100_000, parts: 25 } })
  await app.register(rateLimit, {
    max: options.requestsPerMinute ?? REQUESTS_PER_MINUTE,
    timeWindow: 60_000,
    cache: 20_000,
    errorResponseBuilder: () => new Problem('platform.tooManyRequests', {}, { kind: 'tooMany' }),
  })
}

/** What helmet says that every answer must carry, asked for once: it works the same text out for every answer. */
async function safetyHeaders(): Promise<Record<string, string>> {
  const once = Fastify({ logger: false })
  await once.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        upgradeInsecureRequests: null,
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  })
  once.get('/', async () => '')
  const { headers } = await once.inject('/')
  await once.close()
  const { 'content-type': _, 'content-length': __, date: ___, connection: ____, ...safety } = headers
  return safety as Record<string, string>
}

function addRoute(
  app: FastifyInstance,
  { route, handle }: BoundRoute,
  { db, authenticate, refuseStale, onForbidden }: ServerOptions,
): void {
  app.route({
    method: route.method,
    url: route.path,
    handler: async (request, reply) => {
      const caller = await authenticate(request)
      reply.header('cache-control', 'no-store')
      try {
        refuseOther(request, caller)
        if (route.asksAgain) {
          refuseCaller(route, caller)
          await refuseStale?.(request, caller)
        }
        return await handle(db, request, reply, caller)
      } catch (error) {
        if (error instanceof Problem && error.kind === 'forbidden') onForbidden?.(caller, request, error.code)
        ;(request as FastifyRequest & { caller?: Caller | undefined }).caller = caller
        throw error
      }
    },
  })
}

function addOwnRoutes(app: FastifyInstance, { routes, isReady, metrics }: ServerOptions): void {
  const document = openApi(routes.map((bound) => bound.route))
  app.get('/healthz', async () => ({ ok: true }))
  app.get('/readyz', async (_request, reply) => ((await isReady?.()) === false ? reply.code(503).send({ ok: false }) : { ok: true }))
  app.get('/metrics', async (request, reply) => {
    if (!isLoopback(request.socket.remoteAddress ?? '') || cameThroughProxy(request)) return reply.code(404).send()
    return reply.type('text/plain; version=0.0.4').send((await metrics?.text()) ?? '')
  })
  app.get('/api/openapi.json', async () => document)
  app.get('/api/reference', async (request, reply) =>
    reply.type('text/html; charset=utf-8').send(referencePage(document, languageFor(request.headers['accept-language']))),
  )
}

/** The single-page app: files by their hashed names, every other page is index.html. Unknown API paths stay 404. */
function addWeb(app: FastifyInstance, folder: string | undefined): void {
  const served = folder !== undefined && existsSync(join(folder, 'index.html'))
  if (served)
    app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      setHeaders: (reply, path) =>
        void reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
    })
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0]!
    if (served && request.method === 'GET' && !path.startsWith('/api/') && !path.slice(1).includes('.'))
      return reply.header('cache-control', 'no-cache').sendFile('index.html')
    return sendError(new Problem('platform.noSuchRoute', {}, { kind: 'missing' }), request, reply)
  })
}

function refuseForeignSites(request: FastifyRequest, publicOrigins: readonly string[]): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin, host, cookie } = request.headers
  if (origin !== undefined && !publicOrigins.includes(origin) && hostOf(origin) !== host)
    throw new Problem('platform.foreignSite', {}, { kind: 'forbidden' })
  if (cookie !== undefined && request.headers.authorization === undefined && request.headers[CSRF_HEADER] === undefined)
    throw new Problem('platform.csrfHeaderMissing', {}, { kind: 'forbidden' })
}

/** A tab that was opened for somebody else, or for the same person's other company, would read and write where it does not say it does. */
function refuseOther({ headers }: FastifyRequest, caller: Caller | undefined): void {
  const as = headers[AS_HEADER]
  if (as !== undefined && caller !== undefined && as !== caller.actorId) throw new Problem('platform.otherPerson', {}, { kind: 'conflict' })
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
/** A proxy on this machine calls from the loopback address for all the world; it says so in one of these. */
function cameThroughProxy({ headers }: FastifyRequest): boolean {
  return ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'].some((name) => name in headers)
}
function isLoopback(ip: string): boolean {
  return ip === '127.0.0.1' || ip === '::1' || ip === '::ffff:127.0.0.1'
}

/** The one place that turns a failure into a status and a sentence. What is not a Problem is our bug: logged whole, answered without a detail. */
function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply, log?: ServerLog): FastifyReply {
  const problem = asProblem(error)
  if (!problem) log?.error({ requestId: request.id, route: request.routeOptions.url, error }, 'unexpected failure')
  const { code, params, options } = problem ?? new Problem('platform.unexpected')
  const language = (request as FastifyRequest & { caller?: Caller }).caller?.language ?? languageFor(request.headers['accept-language'])
  const issues = (options.issues ?? (options.path ? [{ path: options.path, code, params }] : [])).map((issue) => ({
    ...issue,
    ...(issue.params ? { params: spokenParams(language, issue.params) } : {}),
    message: problemSentence(language, issue.code, issue.params ?? {}),
  }))
  if (problem?.kind === 'unavailable') reply.header('retry-after', '2')
  return reply
    .code(problem ? STATUS[problem.kind] : 500)
    .type('application/json')
    .send({ code, message: problemSentence(language, code, params), params: spokenParams(language, params), requestId: request.id, issues })
}

function asProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  if (isDatabaseAway(error)) return databaseAway()
  const { code, statusCode } = error as FastifyError
  if (code === 'ENOSPC') return new Problem('platform.diskFull', {}, { kind: 'unavailable' }) // of a received file that has no room where it is kept meanwhile
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE')
    return new Problem(
      'platform.bodyTooLarge',
      { most: (code === 'FST_REQ_FILE_TOO_LARGE' ? UPLOAD_MOST : BODY_MOST) / 1024 / 1024 },
      { kind: 'tooLarge' },
    )
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('platform.badContentType', {}, { kind: 'invalid' })
  if (statusCode === 429) return new Problem('platform.tooManyRequests', {}, { kind: 'tooMany' })
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return new Problem('platform.badRequest', {}, { kind: 'invalid' })
  return undefined
}
