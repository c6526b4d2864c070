import { uuid } from '../kernel/uuid.ts'
import { ApiProblem, ofReading, readProblem } from './api-problem.ts'
import { apiUrl, type QueryValue } from './api-url.ts'
import { preferences } from './preferences.ts'

/** What the client needs of a contract route (`route({…})` of src/platform/contract.ts); its types ride along in `types`. */
export type ApiRoute = { readonly method: string; readonly path: string; readonly types?: unknown }

type Types<R> = R extends { readonly types?: infer T } ? NonNullable<T> : never
type Part<R, Name extends string> = Types<R> extends { [K in Name]: infer T } ? T : unknown
export type Answer<R> = Part<R, 'response'>
export type BodyOf<R> = Part<R, 'bodyIn'>
type ParamsOf<R> = { [Name in keyof Part<R, 'params'>]: string }
/** The names are checked here, the values by the server: filters come as text from the address, and all may be left out. */
type QueryOf<R> = { [Name in keyof Part<R, 'query'>]?: QueryValue }

export type Input<R> = {
  params?: ParamsOf<R>
  query?: QueryOf<R>
  body?: BodyOf<R>
  /** Kept by the caller across retries of one user action; a new one is made otherwise. */
  idempotencyKey?: string
  signal?: AbortSignal
}

/** Calls the server. Resolves with the answer's body (undefined for 204), rejects with `ApiProblem` only. */
export async function call<R extends ApiRoute>(route: R, input: Input<R> = {}): Promise<Answer<R>> {
  const url = apiUrl(route.path, input.params ?? {}, input.query ?? {})
  const response = await send(route.method, url, {
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    ...(input.idempotencyKey === undefined ? {} : { idempotencyKey: input.idempotencyKey }),
    ...(input.signal === undefined ? {} : { signal: input.signal }),
  })
  return (response.status === 204 ? undefined : await response.json()) as Answer<R>
}

export type SendOptions = { body?: string; idempotencyKey?: string; signal?: AbortSignal }

/** One request with our headers; a step that asks who sits here is sent again once that is shown. Rejects with `ApiProblem` for a failed answer and for no answer. */
export async function send(method: string, url: string, options: SendOptions = {}): Promise<Response> {
  const once = { ...options, idempotencyKey: options.idempotencyKey ?? uuid() }
  const response = await answered(method, url, once)
  if (response.ok) return response
  const problem = await failed(response, method)
  if (problem.code !== 'people.confirmAgain' || !(await confirmation.ask?.())) throw problem
  const second = await answered(method, url, once)
  if (second.ok) return second
  throw await failed(second, method)
}

/** How the frame asks for the password or a code; resolves to whether it was shown. */
export const confirmation: { ask?: (() => Promise<boolean>) | undefined } = {}

async function answered(method: string, url: string, options: SendOptions): Promise<Response> {
  const headers = apiHeaders(method, options.idempotencyKey)
  if (options.body !== undefined) headers['content-type'] = 'application/json'
  return fetch(url, {
    method,
    headers,
    credentials: 'same-origin',
    ...(options.body === undefined ? {} : { body: options.body }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiProblem({ code: 'shared.offline', status: 0 })
  })
}

/**
 * The id of the person whom this page was opened for, as soon as it is known. All tabs share one cookie: where another tab signs in as somebody else, or goes into the demo company and out
 * again, the server refuses what this page asks instead of doing it in the other one's name.
 */
export const opened: { for?: string | undefined } = {}

/** Headers of every call: language, CSRF guard, whom the page is for, and the idempotency key on everything that writes. */
export function apiHeaders(method: string, idempotencyKey: string | undefined): Record<string, string> {
  return {
    accept: 'application/json',
    'accept-language': preferences().language,
    'x-huikuan': 'web',
    ...(opened.for === undefined ? {} : { 'x-huikuan-as': opened.for }),
    ...(method === 'GET' ? {} : { 'idempotency-key': idempotencyKey ?? uuid() }),
  }
}

/** The frame listens to this to lead to the sign-in page. */
export const signedOut = new EventTarget()

/** Tells the frame when the session is over or another one, and gives the problem to throw. */
export function noticed(problem: ApiProblem): ApiProblem {
  if (problem.status === 401) {
    opened.for = undefined // who signs in next may be another person
    signedOut.dispatchEvent(new Event('signedOut'))
  }
  if (problem.code === 'platform.otherPerson') signedOut.dispatchEvent(new Event('otherPerson'))
  return problem
}

async function failed(response: Response, method: string): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined)
  const problem = readProblem(response.status, body, response.headers.get('x-request-id') ?? '')
  return noticed(method === 'GET' ? ofReading(problem) : problem)
}
