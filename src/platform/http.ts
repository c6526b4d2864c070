import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../kernel/problem.ts'
import { type Caller, may } from './caller.ts'
import type { Route } from './contract.ts'
import type { Database, Reader, ReadOptions, Tx } from './db.ts'
import { checked, checkedResponse } from './http-check.ts'
import { once, readIdempotencyKey } from './idempotency.ts'
import { orBadCursor } from './paging.ts'

/** What a route's handler is given beside its checked input. */
export type Call = { readonly db: Database; readonly request: FastifyRequest; readonly reply: FastifyReply; readonly caller: Caller }
export type Input<Params, Query, Body> = { readonly params: Params; readonly query: Query; readonly body: Body }
export type Download = { readonly name: string; readonly contentType: string; readonly content: Readable | Buffer }

/** A route bound to its handler, ready for createServer. */
export type BoundRoute = {
  readonly route: Route
  readonly handle: (db: Database, request: FastifyRequest, reply: FastifyReply, caller: Caller | undefined) => Promise<unknown>
}

/** A question. The handler reads one snapshot. */
export function read<P, Q, B, BI, RI, R>(
  route: Route<P, Q, B, BI, RI, R>,
  handler: (reader: Reader, input: Input<P, Q, B>) => Promise<RI>,
  options?: ReadOptions,
): BoundRoute {
  return bind(route, async (db, request, _reply, caller) => {
    const input = checked(route, request)
    const answer = db.read(signedIn(caller), (reader) => handler(reader, input), options)
    return checkedResponse(
      route,
      await answer.catch((error: unknown) => {
        throw orBadCursor(error, input.query)
      }),
    )
  })
}

/** A change. One transaction, once per Idempotency-Key; the answer is stored with it. Return ids rather than numbers: numbers are given last. */
export function write<P, Q, B, BI, RI, R>(
  route: Route<P, Q, B, BI, RI, R>,
  handler: (tx: Tx, input: Input<P, Q, B>) => Promise<RI>,
): BoundRoute {
  return bind(route, async (db, request, reply, caller) => {
    const input = checked(route, request)
    const key = readIdempotencyKey(request.headers['idempotency-key'])
    const status = route.method === 'POST' ? 201 : 200
    const answer = await once(
      db,
      signedIn(caller),
      { key, route: `${route.method} ${route.path}`, request: [request.params, request.query, request.body] },
      async (tx) => ({
        status,
        body: checkedResponse(route, await handler(tx, input)),
      }),
    )
    reply.code(answer.status)
    return answer.body
  })
}

/** A download, streamed. The content may go on reading while it is sent. */
export function download<P, Q, B, BI, RI, R>(
  route: Route<P, Q, B, BI, RI, R>,
  handler: (call: Call, input: Input<P, Q, B>) => Promise<Download>,
): BoundRoute {
  return bind(route, async (db, request, reply, caller) => {
    const { name, contentType, content } = await handler({ db, request, reply, caller: signedIn(caller) }, checked(route, request))
    reply
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .type(contentType)
    return reply.send(content)
  })
}

/** Anything else: sign-in, uploads, long work. The handler does its own transactions; `caller` is undefined only on public routes. */
export function handle<P, Q, B, BI, RI, R>(
  route: Route<P, Q, B, BI, RI, R>,
  handler: (call: Omit<Call, 'caller'> & { caller: Caller | undefined }, input: Input<P, Q, B>) => Promise<RI>,
): BoundRoute {
  return bind(route, async (db, request, reply, caller) =>
    checkedResponse(route, await handler({ db, request, reply, caller }, checked(route, request))),
  )
}

export function signedIn(caller: Caller | undefined): Caller {
  if (!caller) throw new Problem('people.signedOut', {}, { kind: 'unauthenticated' })
  return caller
}

/** Refuses whoever may not use the route: people.signedOut (401), platform.moduleOff, people.mayNot (403). */
export function refuseCaller({ permission }: Pick<Route, 'permission'>, caller: Caller | undefined): void {
  if (permission === 'public') return
  const known = signedIn(caller)
  if (known.modulesOff?.has(permission.split('.')[0]!)) throw new Problem('platform.moduleOff', {}, { kind: 'forbidden' })
  if (permission !== 'signedIn' && !may(known, permission)) throw new Problem('people.mayNot', { permission }, { kind: 'forbidden' })
}

/** The caller is judged before anything of the request is looked at. */
function bind<P, Q, B, BI, RI, R>(route: Route<P, Q, B, BI, RI, R>, handleChecked: BoundRoute['handle']): BoundRoute {
  return {
    route: route as Route,
    handle: async (db, request, reply, caller) => {
      refuseCaller(route, caller)
      return handleChecked(db, request, reply, caller)
    },
  }
}
