import { createHash } from 'node:crypto'
import { Problem } from '../kernel/problem.ts'
import type { Caller } from './caller.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Database, Reader, Tx } from './db.ts'
import { sql } from './sql.ts'

const KEY = /^[\x21-\x7e]{8,200}$/

export type Answer = { readonly status: number; readonly body: unknown }
export type IdempotentCall = { readonly key: string; readonly route: string; readonly request: unknown }

/** The header's value, or a Problem that says what it should be. */
export function readIdempotencyKey(header: string | string[] | undefined): string {
  if (typeof header !== 'string' || header === '') throw new Problem('platform.idempotencyKeyMissing', {}, { kind: 'invalid' })
  if (!KEY.test(header)) throw new Problem('platform.idempotencyKeyBad', {}, { kind: 'invalid' })
  return header
}

/**
 * Runs `work` once per (tenant, caller, key), whatever is retried, doubled or cut off: the answer is stored in the same transaction as the effect.
 * The same key with another route or body is refused. The stored answer is looked up beside the work's own load, in one flight; when there is one,
 * what the work did is rolled back.
 */
export async function once(
  db: Database,
  caller: Caller,
  { key, route, request }: IdempotentCall,
  work: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  const requestHash = createHash('sha256')
    .update(canonicalJson(requestText(request)))
    .digest()
  try {
    return await db.transaction(caller, async (tx) => {
      const known = storedAnswer(tx, key)
      const [earlier, worked] = await Promise.allSettled([known, work(tx)])
      if (earlier.status === 'rejected') throw earlier.reason
      if (earlier.value) throw new AnsweredBefore(earlier.value)
      if (worked.status === 'rejected') throw worked.reason
      tx.insert('idempotency_keys', [
        { actorId: caller.actorId, key, route, requestHash, status: worked.value.status, body: worked.value.body ?? {} },
      ])
      return worked.value
    })
  } catch (error) {
    const stored = error instanceof AnsweredBefore ? error.stored : await answeredMeanwhile(db, caller, key, error)
    if (stored === undefined) throw error
    if (stored.route !== route || !requestHash.equals(stored.requestHash)) throw new Problem('platform.idempotencyKeyReused')
    return { status: stored.status, body: stored.body }
  }
}

function storedAnswer(reader: Reader, key: string): Promise<Stored | undefined> {
  const { tenantId, actorId } = reader.caller
  return reader.maybe(
    sql`select k.status, k.body, k.request_hash, k.route from ar.idempotency_keys k where k.tenant_id = ${tenantId} and k.actor_id = ${actorId} and k.key = ${key}`,
  )
}

/** A twin that came in at the same time waits for the first one's locks and then finds its work done: what refuses it is its own effect. */
function answeredMeanwhile(db: Database, caller: Caller, key: string, error: unknown): Promise<Stored | undefined> {
  return error instanceof Problem
    ? db.read(caller, (reader) => storedAnswer(reader, key)).catch(() => undefined)
    : Promise.resolve(undefined)
}

type Stored = Answer & { readonly requestHash: Buffer; readonly route: string }
/** Rolls the second attempt back. */
class AnsweredBefore extends Error {
  readonly stored: Stored
  constructor(stored: Stored) {
    super('answered before')
    this.stored = stored
  }
}

/** Requests may hold decimals as numbers only by mistake; hash them as text rather than refuse them here. */
function requestText(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (_, inner: unknown) =>
      typeof inner === 'number' ? String(inner) : typeof inner === 'bigint' ? inner.toString() : inner,
    ),
  )
}
