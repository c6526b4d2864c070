import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { Role } from '../people/roles.ts'

/** A step that is to be taken now. `took`: who has taken an earlier step of the same request, and for whom. */
export type StepToTake = {
  readonly id: string
  readonly customerId: string | null
  readonly requestedBy: string
  readonly role: Role
  readonly took: readonly string[]
}

/** People told of one command's requests; a company with more deciders than this has the number in the navigation. */
const TOLD_MOST = 10_000

/**
 * Whom to tell that they can take these steps: active people of the step's role who see the customer, and whoever stands in for them today by delegation. An
 * administrator stands in for every role and is told only where nobody else can decide. Never the maker, nor who took an earlier step (may-decide.ts).
 */
export async function decidersOf(reader: Reader, steps: readonly StepToTake[]): Promise<{ requestId: string; personId: string }[]> {
  if (steps.length === 0) return []
  const { tenantId } = reader.caller
  return reader.all(sql`with asked as (
      select a.* from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as a(id uuid, "customerId" uuid, "requestedBy" uuid, role text, took uuid[])),
    suited as (
      select a.id, p.id as principal, p.role <> a.role as stands_in, a."customerId", a."requestedBy", a.took from asked a
      join ar.people p on p.tenant_id = ${tenantId} and p.status = 'active' and p.role in (a.role, 'administrator') and p.id <> a."requestedBy" and p.id <> all(a.took)),
    candidates as (
      select s.id, s.stands_in, s."customerId", s.principal as person_id from suited s
      union
      select s.id, s.stands_in, s."customerId", g.delegate_id from suited s
      join ar.approval_delegations g on g.tenant_id = ${tenantId} and g.person_id = s.principal and g.revoked_at is null and g.from_on <= ${reader.today} and g.until_on >= ${reader.today}
      where g.delegate_id <> s."requestedBy" and g.delegate_id <> all(s.took)),
    able as (
      select t.id, t.person_id, bool_and(t.stands_in) as stands_in from candidates t
      join ar.people p on p.tenant_id = ${tenantId} and p.id = t.person_id and p.status = 'active'
      left join ar.customers c on c.tenant_id = ${tenantId} and c.id = t."customerId" left join ar.people o on o.tenant_id = ${tenantId} and o.id = c.salesperson_id
      where t."customerId" is null or p.data_scope = 'all' or c.salesperson_id = p.id or (p.data_scope = 'team' and o.team_id = p.team_id)
      group by t.id, t.person_id)
    select b.id as request_id, b.person_id from able b
    where not b.stands_in or not exists (select 1 from able e where e.id = b.id and not e.stands_in) order by b.id, b.person_id limit ${TOLD_MOST}`)
}

/** Unended notices that ask somebody to decide these requests. */
export function openNotices(
  reader: Reader,
  requestIds: readonly string[],
): Promise<{ id: string; requestId: string; readAt: Date | null }[]> {
  return reader.all(sql`select n.id, n.entity_id as request_id, n.read_at from ar.notifications n
    where n.tenant_id = ${reader.caller.tenantId} and n.entity = 'approval' and n.entity_id = any(${requestIds}::uuid[]) and n.ended is null and n.kind = 'approvals.toDecide'
    order by n.id limit ${TOLD_MOST}`)
}
