import type { Tx } from './db.ts'

export type AnyEvent = { readonly type: string }
export type Handler<E> = (tx: Tx, event: E) => Promise<void>
/** Every event that exists has its line; a handler on the wrong event does not compile. */
export type Flow<E extends AnyEvent> = { readonly [T in E['type']]: readonly Handler<Extract<E, { type: T }>>[] }

let current: Readonly<Record<string, readonly Handler<never>[]>> | undefined

/** Called once by app.ts with flow.ts. */
export function startFlow(flow: Readonly<Record<string, readonly Handler<never>[]>>): void {
  current = flow
}

/** Runs the handlers of the event in the listed order, in the same transaction. */
export async function emit<E extends AnyEvent>(tx: Tx, event: E): Promise<void> {
  const handlers = current?.[event.type]
  if (handlers === undefined) throw new Error(`no line in flow.ts for ${event.type}`)
  for (const handler of handlers) await (handler as unknown as Handler<E>)(tx, event)
}
