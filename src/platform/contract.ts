import { z } from 'zod'

type S = z.core.$ZodType

/** Everything about one HTTP route that both ends must agree on. The generics are the computed types only, so that hundreds of routes type-check in seconds. */
export interface Route<Params = unknown, Query = unknown, Body = unknown, BodyIn = unknown, ResponseIn = unknown, Response = unknown> {
  readonly method: Method
  /** '/api/orders/:id' */
  readonly path: string
  /** `<module>.<verb>`, or 'public' (nobody need be signed in), or 'signedIn' (whoever is). */
  readonly permission: string
  /** One sentence for the reference page. */
  readonly summary: string
  readonly params: S
  readonly query: S
  readonly body: S
  readonly response: S
  /** 'json' unless said: 'file' answers with a download, 'upload' takes multipart/form-data. */
  readonly kind: 'json' | 'file' | 'upload'
  /** A step that moves money or opens doors: who takes it must have shown the password or a code in the last minutes, and no API key takes it. */
  readonly asksAgain: boolean
  readonly types?: { params: Params; query: Query; body: Body; bodyIn: BodyIn; responseIn: ResponseIn; response: Response }
}
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

type Definition<P, Q, B, R> = {
  method: Method
  path: string
  permission: string
  summary: string
  params?: P
  query?: Q
  body?: B
  response: R
  kind?: Route['kind']
  asksAgain?: boolean
}

/** Nothing may be given. */
const nothing = z.strictObject({})

/**
 * Declares a route. Objects should be z.strictObject: unknown keys are refused. `params`, `query` and `body` default to nothing.
 * @example route({ method: 'POST', path: '/api/orders/:id/approval', permission: 'orders.approve', summary: '…', params: idParams, body: z.strictObject({ version: z.int() }), response: done })
 */
export function route<P extends S = typeof nothing, Q extends S = typeof nothing, B extends S = typeof nothing, R extends S = S>(
  definition: Definition<P, Q, B, R>,
): Route<z.output<P>, z.output<Q>, z.output<B>, z.input<B>, z.input<R>, z.output<R>> {
  return { params: nothing, query: nothing, body: nothing, kind: 'json', asksAgain: false, ...definition } as never
}
