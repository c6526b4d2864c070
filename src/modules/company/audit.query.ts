import type { Day } from '../../kernel/day.ts'
import { missing } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { cutPage, readCursor } from '../../platform/paging.ts'
import { and, sql } from '../../platform/sql.ts'

type Body = { before?: Record<string, unknown>; after?: Record<string, unknown>; detail?: Record<string, unknown> }
export type AuditRow = {
  id: string
  at: Date
  actorId: string | null
  actorName: string | null
  actorKind: 'person' | 'apiKey' | 'system'
  ip: string | null
  requestId: string | null
  action: string
  entity: string
  entityId: string | null
  body: Body
  sealed: boolean
  /** Number of the document that it is about, where it has one. */
  no: string | null
}
export type AuditFilter = {
  readonly actorId?: string | undefined
  readonly entity?: readonly string[] | undefined
  readonly entityId?: string | undefined
  readonly action?: readonly string[] | undefined
  readonly from?: Day | undefined
  readonly until?: Day | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}
/** Counting stops here: nobody pages that far, and a count of millions would cost more than the page. */
const COUNT_MOST = 10_000

/** Ids are in the order of time, so that days and paging are ranges of the primary key. */
export async function auditEntries(
  reader: Reader,
  filter: AuditFilter,
): Promise<{ items: AuditRow[]; nextCursor: string | null; total: number }> {
  const { tenantId, timeZone } = reader.caller
  const matching = and(
    sql`l.tenant_id = ${tenantId}`,
    filter.actorId ? sql`l.actor_id = ${filter.actorId}` : undefined,
    filter.entityId ? sql`l.entity_id = ${filter.entityId}` : undefined,
    filter.entity ? sql`l.entity = any(${filter.entity}::text[])` : undefined,
    filter.action ? sql`l.action = any(${filter.action}::text[])` : undefined,
    filter.from ? sql`l.at >= ${filter.from}::date::timestamp at time zone ${timeZone}` : undefined,
    filter.until ? sql`l.at < (${filter.until}::date + 1)::timestamp at time zone ${timeZone}` : undefined,
  )
  const after = filter.cursor === undefined ? undefined : readCursor(filter.cursor, 1)
  const rows =
    await reader.all<AuditRow>(sql`select l.id, l.at, l.actor_id, p.name as actor_name, l.actor_kind, l.ip, l.request_id, l.action, l.entity, l.entity_id, l.body,
      not exists (select from ar.audit_unsealed u where u.tenant_id = l.tenant_id and u.id = l.id) as sealed, n.series || '-' || ar.no_text(n.no) as no
    from ar.audit_log l left join ar.people p on p.tenant_id = l.tenant_id and p.id = l.actor_id
      left join ar.document_numbers n on n.tenant_id = l.tenant_id and n.document_id = l.entity_id
    where ${and(matching, after && sql`l.id < ${after[0]}::uuid`)} order by l.id desc limit ${filter.limit + 1}`)
  const { total } = await reader.one<{ total: bigint }>(
    sql`select count(*) as total from (select from ar.audit_log l where ${matching} limit ${COUNT_MOST}) x`,
  )
  return { ...cutPage(rows, filter.limit, (row) => [row.id]), total: Number(total) }
}

export type Sealed = { index: bigint; leaf: string; size: bigint; root: string; sealedAt: Date }
/** The place of an entry in the sealed log and the newest root. Throws 404 for an entry that is not there or not sealed yet. */
export async function sealedEntry(reader: Reader, id: string): Promise<Sealed> {
  const found =
    await reader.maybe<Sealed>(sql`select s.seq as index, encode(s.leaf, 'hex') as leaf, r.size, encode(r.root, 'hex') as root, r.sealed_at from ar.audit_seals s
    cross join lateral (select r.size, r.root, r.sealed_at from ar.audit_roots r where r.tenant_id = s.tenant_id order by r.size desc limit 1) r
    where s.tenant_id = ${reader.caller.tenantId} and s.id = ${id}`)
  if (!found) throw missing('sealedEntry')
  return found
}

export type Root = { size: bigint; root: string; sealedAt: Date }
export async function roots(reader: Reader): Promise<Root[]> {
  return reader.all<Root>(
    sql`select r.size, encode(r.root, 'hex') as root, r.sealed_at from ar.audit_roots r where r.tenant_id = ${reader.caller.tenantId} order by r.size desc limit 100`,
  )
}

export async function rootOfSize(reader: Reader, size: number): Promise<Root> {
  const found = await reader.maybe<Root>(
    sql`select r.size, encode(r.root, 'hex') as root, r.sealed_at from ar.audit_roots r where r.tenant_id = ${reader.caller.tenantId} and r.size = ${size}`,
  )
  if (!found) throw missing('root')
  return found
}

export type SecurityEvent = {
  id: string
  at: Date
  kind: string
  actorName: string | null
  ip: string | null
  detail: Record<string, unknown>
}
export async function securityEvents(
  reader: Reader,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: SecurityEvent[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : readCursor(cursor, 1)
  const rows =
    await reader.all<SecurityEvent>(sql`select e.id, e.at, e.kind, p.name as actor_name, e.ip, e.detail from ar.security_events e left join ar.people p on p.tenant_id = e.tenant_id and p.id = e.actor_id
    where ${and(sql`e.tenant_id = ${reader.caller.tenantId}`, after && sql`e.id < ${after[0]}::uuid`)} order by e.id desc limit ${limit + 1}`)
  return cutPage(rows, limit, (row) => [row.id])
}
