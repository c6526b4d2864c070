import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { ApprovalKind } from './approval-events.ts'
import type { NeededStep } from './approval-rule.ts'
import type { ApprovalSummary } from './approval-summary.ts'

/** A request with what has been decided so far. */
export type RequestForDecision = {
  readonly id: string
  readonly kind: ApprovalKind
  readonly entityId: string
  readonly customerId: string | null
  readonly contentHash: Buffer
  readonly summary: ApprovalSummary
  readonly status: 'pending' | 'approved' | 'rejected' | 'withdrawn' | 'void'
  readonly steps: readonly NeededStep[]
  readonly step: number
  readonly requestedBy: string
  readonly requestedByName: string
  readonly version: number
  readonly decisions: readonly { readonly step: number; readonly decidedBy: string; readonly onBehalfOf: string | null }[]
}

/** Not locked: the guard on version and status decides at the save, so that the entity can be locked first in every path. */
export function requestsForDecision(reader: Reader, ids: readonly string[]): Promise<RequestForDecision[]> {
  return reader.all<RequestForDecision>(sql`
    select r.id, r.kind, r.entity_id, r.customer_id, r.content_hash, r.summary, r.status, r.steps, r.step, r.requested_by, p.name as requested_by_name, r.version,
      coalesce((select jsonb_agg(jsonb_build_object('step', d.step, 'decidedBy', d.decided_by, 'onBehalfOf', d.on_behalf_of) order by d.step)
        from ar.approval_decisions d where d.tenant_id = r.tenant_id and d.request_id = r.id), '[]') as decisions
    from ar.approval_requests r join ar.people p on p.tenant_id = r.tenant_id and p.id = r.requested_by
    where r.tenant_id = ${reader.caller.tenantId} and r.id = any(${ids}::uuid[]) order by r.id`)
}

/** The pending requests of these entities: at most one each. */
export function pendingRequests(
  reader: Reader,
  kind: ApprovalKind,
  entityIds: readonly string[],
): Promise<{ id: string; entityId: string; version: number }[]> {
  return reader.all(sql`select r.id, r.entity_id, r.version from ar.approval_requests r
    where r.tenant_id = ${reader.caller.tenantId} and r.kind = ${kind} and r.entity_id = any(${entityIds}::uuid[]) and r.status = 'pending' order by r.id`)
}

/** Who has delegated to the caller for today, and in which role they decide. */
export function principalsOf(reader: Reader): Promise<{ id: string; role: string }[]> {
  return reader.all(sql`select p.id, p.role from ar.approval_delegations g join ar.people p on p.tenant_id = g.tenant_id and p.id = g.person_id and p.status = 'active'
    where g.tenant_id = ${reader.caller.tenantId} and g.delegate_id = ${reader.caller.actorId} and g.revoked_at is null and g.from_on <= ${reader.today} and g.until_on >= ${reader.today} order by p.id`)
}
