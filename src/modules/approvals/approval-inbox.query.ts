import { missing } from '../../kernel/problem.ts'
import { may } from '../../platform/caller.ts'
import type { Reader } from '../../platform/db.ts'
import { cutPage, readCursor } from '../../platform/paging.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'
import type { ApprovalKind } from './approval-events.ts'
import type { NeededStep } from './approval-rule.ts'
import type { ApprovalSummary } from './approval-summary.ts'

type Box = 'toDecide' | 'requested' | 'all'
export type ListedRequest = {
  readonly id: string
  readonly kind: ApprovalKind
  readonly entityId: string
  /** Number of the document that is asked about, once it has one. */
  readonly no: string | null
  readonly customerId: string | null
  readonly customerName: string | null
  readonly amountBase: bigint
  readonly summary: ApprovalSummary
  readonly status: 'pending' | 'approved' | 'rejected' | 'withdrawn' | 'void'
  readonly step: number
  readonly steps: readonly NeededStep[]
  readonly requestedBy: string
  readonly requestedByName: string
  readonly requestedAt: Date
  readonly decidedAt: Date | null
  readonly version: number
  /** The caller may take the current step. */
  readonly mine: boolean
}
export type ListFilter = {
  readonly box: Box
  readonly status?: string | undefined
  readonly kind?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** Oldest first where something is to be done, newest first elsewhere. Counts and sums are of the whole filter, in the base currency. */
export async function listRequests(
  reader: Reader,
  filter: ListFilter,
): Promise<{ items: ListedRequest[]; nextCursor: string | null; total: number; sumBase: bigint }> {
  const { box, limit } = filter
  const oldestFirst = box === 'toDecide'
  const conditions = and(
    boxCondition(reader, box),
    filter.status === undefined ? undefined : sql`r.status = ${filter.status}`,
    filter.kind === undefined ? undefined : sql`r.kind = ${filter.kind}`,
  )
  const after = filter.cursor === undefined ? undefined : afterCursor(filter.cursor, oldestFirst)
  const [rows, sums] = await Promise.all([
    reader.all<ListedRequest>(sql`${selectRequests(reader)} where ${and(sql`r.tenant_id = ${reader.caller.tenantId}`, conditions, after)}
      order by ${oldestFirst ? sql`r.id` : sql`r.id desc`} limit ${limit + 1}`),
    reader.one<{ total: number; sumBase: bigint }>(sql`select count(*)::int as total, coalesce(sum(r.amount_base), 0)::bigint as sum_base
      from ar.approval_requests r where ${and(sql`r.tenant_id = ${reader.caller.tenantId}`, conditions)}`),
  ])
  return { ...cutPage(rows, limit, (row) => [row.id]), ...sums }
}

export async function readRequest(reader: Reader, id: string) {
  const [request, decisions] = await Promise.all([
    reader.maybe<ListedRequest>(sql`${selectRequests(reader)} where r.tenant_id = ${reader.caller.tenantId} and r.id = ${id}`),
    reader.all<{
      step: number
      decision: 'approved' | 'rejected'
      decidedBy: string
      decidedByName: string
      onBehalfOfName: string | null
      reason: string
      decidedAt: Date
    }>(sql`
      select d.step, d.decision, d.decided_by, p.name as decided_by_name, o.name as on_behalf_of_name, d.reason, d.decided_at from ar.approval_decisions d
      join ar.people p on p.tenant_id = d.tenant_id and p.id = d.decided_by left join ar.people o on o.tenant_id = d.tenant_id and o.id = d.on_behalf_of
      where d.tenant_id = ${reader.caller.tenantId} and d.request_id = ${id} order by d.step`),
  ])
  if (!request) throw missing('approval')
  return { ...request, decisions }
}

/** For the number beside 审批 in the navigation. */
export async function countRequests(reader: Reader): Promise<{ toDecide: number; requested: number }> {
  return reader.one(sql`select count(*) filter (where ${myRequests(reader)})::int as to_decide, count(*) filter (where r.requested_by = ${reader.caller.actorId})::int as requested
    from ar.approval_requests r where r.tenant_id = ${reader.caller.tenantId} and r.status = 'pending'`)
}

function selectRequests(reader: Reader): Sql {
  return sql`select r.id, r.kind, r.entity_id, n.series || '-' || ar.no_text(n.no) as no, r.customer_id, c.name as customer_name, r.amount_base, r.summary, r.status, r.step, r.steps,
    r.requested_by, p.name as requested_by_name, r.requested_at, r.decided_at, r.version, ${myRequests(reader)} as mine
    from ar.approval_requests r join ar.people p on p.tenant_id = r.tenant_id and p.id = r.requested_by
    left join ar.customers c on c.tenant_id = r.tenant_id and c.id = r.customer_id
    left join ar.document_numbers n on n.tenant_id = r.tenant_id and n.document_id = r.entity_id`
}

function boxCondition(reader: Reader, box: Box): Sql | undefined {
  if (box === 'all') return undefined
  return box === 'requested' ? sql`r.requested_by = ${reader.caller.actorId}` : myRequests(reader)
}

function afterCursor(cursor: string, oldestFirst: boolean): Sql {
  const [id] = readCursor(cursor, 1)
  return oldestFirst ? sql`r.id > ${id}::uuid` : sql`r.id < ${id}::uuid`
}

/** The rule of may-decide.ts in SQL; one test runs both on the same cases. */
export function myRequests(reader: Reader): Sql {
  const { tenantId, actorId, role, fourEyes, actorKind } = reader.caller
  const own = may(reader.caller, 'approvals.decide')
  if (!fourEyes && own) return sql`(r.status = 'pending')`
  const asks = (who: Sql): Sql => sql`(r.steps -> (r.step - 1) ->> 'role' = ${who} or ${who} = 'administrator')`
  const took = (who: Sql): Sql =>
    sql`exists (select 1 from ar.approval_decisions d where d.tenant_id = r.tenant_id and d.request_id = r.id and (d.decided_by = ${who} or d.on_behalf_of = ${who}))`
  const ownStep = own ? asks(sql`${role}::text`) : sql`false`
  const delegated =
    actorKind !== 'person'
      ? sql`false`
      : sql`exists (select 1 from ar.approval_delegations g join ar.people q on q.tenant_id = g.tenant_id and q.id = g.person_id and q.status = 'active'
    where g.tenant_id = ${tenantId} and g.delegate_id = ${actorId} and g.revoked_at is null and g.from_on <= ${reader.today} and g.until_on >= ${reader.today}
      and g.person_id <> r.requested_by and ${asks(sql`q.role`)} and not ${took(sql`g.person_id`)})`
  return sql`(r.status = 'pending' and r.requested_by <> ${actorId} and not ${took(sql`${actorId}::uuid`)} and (${ownStep} or ${delegated}))`
}
