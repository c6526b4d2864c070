import { isDeepStrictEqual } from 'node:util'
import type { Outcome } from './caller.ts'
import type { Processes } from './processes.ts'

/** What a check found: sentences, none when all is as it was told. */
export type Findings = { readonly lost: readonly string[]; readonly traces: readonly string[]; readonly untold: readonly string[] }

/** By path: what the ids of an acknowledged answer must be in the database. */
const PROMISED: Readonly<Record<string, { ids: (body: Outcome['body']) => string[]; found: string }>> = {
  '/api/receivables': { ids: (body) => body.ids, found: `select r.id from ar.receivables r where r.id = any($1)` },
  '/api/receipts': { ids: (body) => body.ids, found: `select r.id from ar.receipts r where r.id = any($1)` },
  '/api/receipts/confirmations': {
    ids: (body) => body.confirmed,
    found: `select r.id from ar.receipts r where r.id = any($1) and r.status = 'confirmed'
      and exists (select 1 from ar.vouchers v where v.tenant_id = r.tenant_id and v.source_id = r.id)`,
  },
  '/api/orders': { ids: (body) => [body.id], found: `select o.id from ar.orders o where o.id = any($1)` },
  '/api/orders/submissions': {
    ids: (body) => body.orders.map((one: { id: string }) => one.id),
    found: `select o.id from ar.orders o where o.id = any($1) and o.status <> 'draft'`,
  },
  '/api/allocations': {
    ids: (body) => body.batches.map((one: { id: string }) => one.id),
    found: `select distinct a.batch_id as id from ar.allocations a where a.batch_id = any($1)`,
  },
}
/** Every document of these kinds was made by a call: one that nobody was told of is an effect too many. */
const MADE: Readonly<Record<string, string>> = {
  '/api/receivables': `select r.id from ar.receivables r where r.order_id is null`,
  '/api/receipts': `select r.id from ar.receipts r`,
  '/api/orders': `select o.id from ar.orders o`,
  '/api/allocations': `select distinct a.batch_id as id from ar.allocations a`,
}

/**
 * Compares what the clients were told with what is there, when every call has its answer. M1: each 2xx has its key with the same answer, and its documents. M2: a refused call
 * left neither key nor audit entry. One effect a key: no document that nobody was told of.
 */
export async function compareWithTold({ owner }: Pick<Processes, 'owner'>, outcomes: readonly Outcome[]): Promise<Findings> {
  const acknowledged = outcomes.filter(({ status }) => status < 300)
  const refused = outcomes.filter(({ status }) => status >= 300)
  const lost = [...(await lostKeys(owner, acknowledged)), ...(await lostDocuments(owner, acknowledged))]
  return { lost, traces: await tracesOf(owner, refused), untold: await untoldDocuments(owner, acknowledged) }
}

type Owner = Processes['owner']

async function lostKeys(owner: Owner, acknowledged: readonly Outcome[]): Promise<string[]> {
  const keys = acknowledged.map(({ call }) => call.key)
  const stored = await owner<{ key: string; status: number; body: unknown }>(
    `select k.key, k.status, k.body from ar.idempotency_keys k where k.key = any($1)`,
    [keys],
  )
  const byKey = new Map(stored.map((row) => [row.key, row]))
  return acknowledged.flatMap(({ call, status, body }) => {
    const found = byKey.get(call.key)
    if (!found) return [`${call.path} ${call.key}: the key is gone`]
    return found.status === status && isDeepStrictEqual(found.body, body) ? [] : [`${call.path} ${call.key}: another answer is stored`]
  })
}

async function lostDocuments(owner: Owner, acknowledged: readonly Outcome[]): Promise<string[]> {
  const lost: string[] = []
  for (const [path, { ids, found }] of Object.entries(PROMISED)) {
    const promised = idsOf(acknowledged, path, ids)
    const there = new Set((await owner<{ id: string }>(found, [promised])).map(({ id }) => id))
    lost.push(...promised.filter((id) => !there.has(id)).map((id) => `${path} ${id}: the document is gone`))
  }
  return lost
}

async function tracesOf(owner: Owner, refused: readonly Outcome[]): Promise<string[]> {
  const keys = await owner<{ key: string }>(`select k.key from ar.idempotency_keys k where k.key = any($1)`, [
    refused.map(({ call }) => call.key),
  ])
  const entries = await owner<{ action: string; request_id: string }>(
    `select l.action, l.request_id from ar.audit_log l where l.request_id = any($1)`,
    [refused.map(({ requestId }) => requestId)],
  )
  return [...keys.map(({ key }) => `key ${key}`), ...entries.map((entry) => `${entry.action} of ${entry.request_id}`)]
}

async function untoldDocuments(owner: Owner, acknowledged: readonly Outcome[]): Promise<string[]> {
  const untold: string[] = []
  for (const [path, made] of Object.entries(MADE)) {
    const told = new Set(idsOf(acknowledged, path, PROMISED[path]!.ids))
    const there = await owner<{ id: string }>(made)
    untold.push(...there.filter(({ id }) => !told.has(id)).map(({ id }) => `${path} ${id}: nobody was told`))
  }
  return untold
}

function idsOf(outcomes: readonly Outcome[], path: string, ids: (body: Outcome['body']) => string[]): string[] {
  return outcomes.filter(({ call }) => call.path === path).flatMap(({ body }) => ids(body))
}
