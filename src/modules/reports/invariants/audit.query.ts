import { auditLeaf } from '../../../platform/audit.ts'
import type { Reader } from '../../../platform/db.ts'
import { type Frontier, grow, type Node, rootOf } from '../../../platform/merkle.ts'
import { isKept } from '../../../platform/merkle-nodes.ts'
import { sql } from '../../../platform/sql.ts'
import type { Fault, Invariant } from './invariant.query.ts'

/** The writer seals every quarter of a second; an entry that waits longer than this is not being sealed. */
const UNSEALED_MOST_MINUTES = 1
/** One broken leaf breaks every root after it: more than this says nothing more. */
const FAULTS_MOST = 1_000

export const auditInvariants: readonly Invariant[] = [
  {
    id: 'I-43',
    says: 'The audit log is unbroken: every entry hashes to its leaf, places have no gap, every root and every stored node is that of its leaves',
    check: sealFaults,
  },
  {
    id: 'I-43-queue',
    says: 'Every audit entry is sealed, or waits for it less than a minute',
    check: (reader) =>
      reader.all(sql`select l.id, l.action, l.at::text as at from ar.audit_log l
        where l.tenant_id = ${reader.caller.tenantId} and not exists (select 1 from ar.audit_seals s where s.tenant_id = l.tenant_id and s.id = l.id)
          and (not exists (select 1 from ar.audit_unsealed u where u.tenant_id = l.tenant_id and u.id = l.id) or l.at < ${reader.at.toISOString()}::timestamptz - ${UNSEALED_MOST_MINUTES} * interval '1 minute') limit ${FAULTS_MOST}`),
  },
  {
    id: 'I-44',
    says: 'Every posted document has its audit entry',
    violations: (t) => sql`with named as materialized (
        select l.entity_id as id from ar.audit_log l where l.tenant_id = ${t} and l.entity in ('receivable', 'receipt', 'order') and l.entity_id is not null
        union all select (l.body #>> '{after,batchId}')::uuid from ar.audit_log l where l.tenant_id = ${t} and l.action in ('allocations.made', 'allocations.reversed') and l.body #>> '{after,batchId}' is not null
        union all select (b ->> 'id')::uuid from ar.audit_log l, jsonb_array_elements(l.body #> '{detail,batches}') b where l.tenant_id = ${t} and l.action in ('allocations.made', 'allocations.reversed') and l.entity_id is null
        union all select (d ->> 0)::uuid from ar.audit_log l, jsonb_array_elements(l.body #> '{detail,documents}') d where l.tenant_id = ${t} and l.action = 'receivables.opened' and l.entity_id is null
        union all select d::uuid from ar.audit_log l, jsonb_array_elements_text(l.body #> '{detail,ids}') d where l.tenant_id = ${t} and l.action in ('receipts.recorded', 'receipts.brought') and l.entity_id is null
        union all select (o ->> 'id')::uuid from ar.audit_log l, jsonb_array_elements(l.body #> '{detail,orders}') o where l.tenant_id = ${t} and l.action = 'orders.createdMany' and l.entity_id is null)
      select 'receivable' as document, r.id from ar.receivables r where r.tenant_id = ${t} and r.id not in (select n.id from named n where n.id is not null)
      union all select 'receipt', p.id from ar.receipts p where p.tenant_id = ${t} and p.status in ('confirmed', 'reversed') and p.id not in (select n.id from named n where n.id is not null)
      union all select 'order', o.id from ar.orders o where o.tenant_id = ${t} and o.status not in ('draft') and o.id not in (select n.id from named n where n.id is not null)
      union all select 'allocationBatch', x.batch_id from (select distinct a.batch_id from ar.allocations a where a.tenant_id = ${t}) x where x.batch_id not in (select n.id from named n where n.id is not null)`,
  },
]

type SealedRow = {
  seq: bigint | null
  sealedLeaf: Buffer | null
  leaf: Buffer
  id: string
  at: Date
  actorId: string | null
  actorKind: string
  ip: string | null
  requestId: string | null
  action: string
  entity: string
  entityId: string | null
  body: unknown
}

/** Everything is computed again from the entries themselves: leaves, places, roots (RFC 6962). */
async function sealFaults(reader: Reader): Promise<Fault[]> {
  const t = reader.caller.tenantId
  const faults: Fault[] = []
  const fault = (found: Fault) => void (faults.length < FAULTS_MOST && faults.push(found))
  const roots = new Map(
    (await reader.all<{ size: bigint; root: Buffer }>(sql`select r.size, r.root from ar.audit_roots r where r.tenant_id = ${t}`)).map(
      (row) => [row.size, row.root],
    ),
  )
  const nodes = await storedNodes(reader)
  const look = (node: Node) => {
    if (!isKept(node)) return
    const at = `${node.level}/${node.place}`
    if (!nodes.get(at)?.equals(node.hash)) fault({ level: node.level, place: node.place, fault: 'node' })
    nodes.delete(at)
  }
  let log: Frontier = { size: 0n, nodes: [] }
  const rows = reader.pieces<SealedRow>(
    sql`select s.seq, s.leaf as sealed_leaf, l.leaf, l.id, l.at, l.actor_id, l.actor_kind, l.ip, l.request_id, l.action, l.entity, l.entity_id, l.body
    from ar.audit_log l left join ar.audit_seals s on s.tenant_id = l.tenant_id and s.id = l.id where l.tenant_id = ${t} order by s.seq nulls last`,
    2_000,
  )
  for await (const piece of rows)
    for (const { seq, sealedLeaf, leaf, at, ...entry } of piece) {
      const computed = auditLeaf(t, { ...entry, at: at.toISOString() })
      if (!computed.equals(leaf)) fault({ id: entry.id, fault: 'entry' })
      if (seq === null) continue
      if (!sealedLeaf!.equals(leaf)) fault({ id: entry.id, seq, fault: 'seal' })
      if (seq !== log.size) fault({ id: entry.id, seq, fault: 'place' })
      log = grow(log, computed, look)
      const root = roots.get(log.size)
      if (root && !root.equals(rootOf(log))) fault({ size: log.size, fault: 'root' })
      roots.delete(log.size)
    }
  const { size, seals } = await reader.one<{ size: bigint; seals: bigint }>(
    sql`select coalesce(max(r.size), 0)::bigint as size, (select count(*) from ar.audit_seals s where s.tenant_id = ${t}) as seals from ar.audit_roots r where r.tenant_id = ${t}`,
  )
  if (size !== log.size || seals !== log.size) fault({ size, sealed: seals, fault: 'end' })
  for (const at of nodes.keys()) fault({ at, fault: 'node' })
  return faults
}

async function storedNodes(reader: Reader): Promise<Map<string, Buffer>> {
  const rows = await reader.all<{ level: number; place: bigint; hash: Buffer }>(
    sql`select n.level, n.place, n.hash from ar.audit_nodes n where n.tenant_id = ${reader.caller.tenantId}`,
  )
  return new Map(rows.map(({ level, place, hash }) => [`${level}/${place}`, hash]))
}
