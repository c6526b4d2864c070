import type { Tx } from './db.ts'

export type AnyEvent = { readonly type: string }
export type Handler<E> = (tx: Tx, event: E) => Promise<void>
/** Every event that exists has its line; a handler on the wrong event does not compile. */
export type Flow<E extends AnyEvent> = { readonly [T in E['type']]: readonly Handler<Extract<E, { type: T }>>[] }

/** A handler that can load what it will need before its event happens, in the flight in which the command loads. */
export function warmed<E>(handler: Handler<E>, warm: (tx: Tx) => Promise<unknown>): Handler<E> {
  warmers.set(handler as Handler<never>, warm)
  return handler
}
const warmers = new WeakMap<Handler<never>, (tx: Tx) => Promise<unknown>>()

/**
 * Says at the beginning of a command which event it is about to emit, so that the handlers downstream load beside it instead of after it: one round trip less each.
 * Nothing depends on it: a handler that was not warmed loads by itself, and a failed load shows where it is awaited.
 */
export function announce(tx: Tx, type: string): void {
  const warm = new Set((current?.[type] ?? []).map((handler) => warmers.get(handler)).filter((found) => found !== undefined))
  for (const load of warm) load(tx).catch(() => undefined)
}

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
