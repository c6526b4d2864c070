import { routesWith } from '../../src/app.ts'
import { permissions } from '../../src/modules/people/roles.ts'
import type { Route } from '../../src/platform/contract.ts'
import type { Person, Reply, TestApp } from './app.ts'
import { type IdFor, sample } from './sample.ts'

/** Every route of the program: modules, sign-in, set-up, people. */
export function allRoutes(app: TestApp): readonly Route[] {
  return routesWith(app.auth, app.mail).map((bound) => bound.route)
}

/** What a probe calls itself in a failure. */
export const nameOf = (route: Route): string => `${route.method} ${route.path}`

/** The path with its parameters filled in: ids by `id`, the others by what their schema takes. */
export function pathOf(route: Route, id: string | IdFor): string {
  const params = sample(route.params, id, true) as Record<string, unknown>
  return route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
}

/** Calls a route as `person`, or as nobody, with a request that its contract takes. */
export async function probe(
  app: TestApp,
  person: Person | undefined,
  route: Route,
  id: string | IdFor,
  { headers = {}, query = '', body }: { headers?: Record<string, string>; query?: string; body?: unknown } = {},
): Promise<Reply> {
  const path = pathOf(route, id) + query
  const sent = body ?? (route.kind === 'json' && route.method !== 'GET' ? sample(route.body, id, true) : undefined)
  if (person) return person.send(route.method as 'POST', path, sent, headers)
  const answer = await app.server.inject({
    method: route.method,
    url: path,
    headers: { 'x-huikuan': 'test', 'content-type': 'application/json', ...headers },
    ...(sent === undefined ? {} : { payload: JSON.stringify(sent) }),
  })
  const isJson = String(answer.headers['content-type']).includes('json')
  return { status: answer.statusCode, body: isJson ? answer.json() : answer.payload, headers: answer.headers, raw: answer.rawPayload }
}

/** What a route may name as its permission. */
export const namedPermissions: readonly string[] = ['public', 'signedIn', ...permissions]
