import { assert } from '../kernel/assert.ts'
import type { Caller } from './caller.ts'
import type { Database, Reader } from './db.ts'
import { type Frontier, grow, type Node, rootOf } from './merkle.ts'
import { isKept } from './merkle-nodes.ts'
import { sql } from './sql.ts'

/** Rows sealed in one transaction. */
const BATCH = 2_000
const PAUSE_MS = 250

/**
 * Gives waiting audit rows their places in the tenant's Merkle log (RFC 6962) and writes the new root. One writer a tenant, held by an advisory lock;
 * a queue row beats a watermark, because neither commit order nor clock then matters. Returns how many were sealed.
 */
export async function sealAudit(db: Database, caller: Caller): Promise<number> {
  return db.transaction(caller, async (tx) => {
    const { free } = await tx.one<{ free: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtext('huikuan.seal'), ${caller.tenantId}) as free`,
    )
    if (!free) return 0
    const waiting = await tx.all<{
      id: string
      leaf: Buffer
    }>(sql`select l.id, l.leaf from ar.audit_unsealed u join ar.audit_log l on l.tenant_id = u.tenant_id and l.id = u.id
      where u.tenant_id = ${caller.tenantId} order by u.id limit ${BATCH}`)
    if (waiting.length === 0) return 0
    const before = await latestFrontier(tx)
    const kept: Node[] = []
    const keep = (node: Node) => void (isKept(node) && kept.push(node))
    const after = waiting.reduce<Frontier>((frontier, { leaf }) => grow(frontier, leaf, keep), before)
    assert(after.size === before.size + BigInt(waiting.length), 'every waiting row got a place')
    tx.delete(
      'audit_unsealed',
      waiting.map(({ id }) => ({ id })),
    )
    tx.insert(
      'audit_seals',
      waiting.map(({ id, leaf }, index) => ({ seq: before.size + BigInt(index), id, leaf })),
    )
    tx.insert('audit_nodes', kept)
    tx.insert('audit_roots', [{ size: after.size, root: rootOf(after), frontier: after.nodes }])
    return waiting.length
  })
}

export async function latestFrontier(reader: Reader): Promise<Frontier> {
  const found = await reader.maybe<{ size: bigint; frontier: string[] }>(
    sql`select r.size, array(select encode(f, 'hex') from unnest(r.frontier) with ordinality x(f, n) order by n) as frontier from ar.audit_roots r where r.tenant_id = ${reader.caller.tenantId} order by r.size desc limit 1`,
  )
  return found ? { size: found.size, nodes: found.frontier.map((hex) => Buffer.from(hex, 'hex')) } : { size: 0n, nodes: [] }
}

/** Seals all tenants again and again until stopped. `callerOf` gives the system's caller of a tenant. */
export function startSealing(
  db: Database,
  callerOf: (tenantId: number) => Promise<Caller>,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  let stopped = false
  const loop = (async () => {
    while (!stopped) {
      let sealed = 0
      try {
        for (const tenantId of await db.tenants()) sealed += await sealAudit(db, await callerOf(tenantId))
      } catch (error) {
        onError(error)
      }
      if (sealed < BATCH) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  })()
  return {
    stop: async () => {
      stopped = true
      await loop
    },
  }
}
