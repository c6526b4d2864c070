import { createHash } from 'node:crypto'
import { Problem } from '../kernel/problem.ts'
import type { Caller } from './caller.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Database, Reader, Tx } from './db.ts'
import type { Job } from './jobs.ts'
import { sql } from './sql.ts'

const KEY = /^[\x21-\x7e]{8,200}$/
/** So long an answer is kept for whoever asks again: a caller that was cut off asks within minutes, a queue that stood still over a long weekend within days. The reference says so. */
export const KEYS_KEPT_DAYS = 7
const FORGOTTEN_AT_ONCE = 10_000

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
 * The same key with another route or body is refused. After KEYS_KEPT_DAYS a key is forgotten: the same call would then have its effect once more. The stored answer is looked up beside the work's own load, in one flight; when there is one,
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
        { actorId: caller.actorId, key, route, requestHash, status: worked.value.status, body: worked.value.body ?? {}, createdAt: tx.at },
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

/** Once a tenant's day: keys older than KEYS_KEPT_DAYS go, in pieces, so that nothing is locked for long. May run twice. */
export const forgetIdempotencyKeys: Job = {
  task: 'platform.forgetIdempotencyKeys',
  isDaily: true,
  run: async ({ db, caller, log }) => {
    let forgotten = 0
    for (;;) {
      const { count } = await db.transaction(caller, (tx) => forgetSome(tx))
      forgotten += count
      if (count < FORGOTTEN_AT_ONCE) break
    }
    if (forgotten > 0) log('idempotency keys forgotten', { keys: forgotten })
  },
}

function forgetSome(tx: Tx): Promise<{ count: number }> {
  const { tenantId } = tx.caller
  const old = sql`select k.actor_id, k.key from ar.idempotency_keys k
    where k.tenant_id = ${tenantId} and k.created_at < ${tx.at}::timestamptz - make_interval(days => ${KEYS_KEPT_DAYS}) order by k.created_at limit ${FORGOTTEN_AT_ONCE}`
  return tx.one(sql`with gone as (delete from ar.idempotency_keys k using (${old}) o
    where k.tenant_id = ${tenantId} and k.actor_id = o.actor_id and k.key = o.key returning 1) select count(*)::int as count from gone`)
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
