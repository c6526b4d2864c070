import { sql } from '../../../platform/sql.ts'
import type { Invariant } from './invariant.query.ts'

const APPROVED = sql`('approved', 'partlyDelivered', 'delivered', 'completed')`

export const orderInvariants: readonly Invariant[] = [
  {
    id: 'I-01-orders',
    says: 'An order is the sum of its lines',
    violations: (
      t,
    ) => sql`select o.id from ar.orders o left join (select l.order_id, sum(l.net) as net, sum(l.tax) as tax, sum(l.amount) as amount from ar.order_lines l where l.tenant_id = ${t} group by l.order_id) s
      on s.order_id = o.id where o.tenant_id = ${t} and (o.net <> coalesce(s.net, 0) or o.tax <> coalesce(s.tax, 0) or o.amount <> coalesce(s.amount, 0) or o.net + o.tax <> o.amount)`,
  },
  {
    id: 'I-30',
    says: 'An order above the limit was let pass by a second person, for exactly this content',
    violations: (
      t,
    ) => sql`select o.id from ar.orders o left join ar.credit_overrides v on v.tenant_id = o.tenant_id and v.id = o.override_id
      where o.tenant_id = ${t} and o.status in ${APPROVED} and o.credit_result = 'hold' and (v.id is null or v.order_id <> o.id or v.content_hash is distinct from o.approved_hash)`,
  },
  {
    id: 'I-32',
    says: 'Nobody checks what they made: orders, receipts, limits, overrides, approvals',
    violations: (
      t,
    ) => sql`select 'order' as document, o.id from ar.orders o where o.tenant_id = ${t} and o.status in ${APPROVED} and o.approved_how = 'person' and (o.approved_by is null or o.approved_by in (o.created_by, o.submitted_by))
      union all select 'receipt', p.id from ar.receipts p where p.tenant_id = ${t} and p.status in ('confirmed', 'reversed') and p.confirmed_how = 'person' and (p.confirmed_by is null or p.confirmed_by = p.created_by)
      union all select 'limit', l.id from ar.credit_limits l where l.tenant_id = ${t} and l.status = 'active' and l.approved_how = 'person' and (l.approved_by is null or l.approved_by = l.requested_by)
      union all select 'override', v.id from ar.credit_overrides v where v.tenant_id = ${t} and v.approved_how = 'person' and (v.approved_by is null or v.approved_by = v.requested_by)
      union all select 'approval', d.id from ar.approval_decisions d join ar.approval_requests q on q.tenant_id = d.tenant_id and q.id = d.request_id join ar.tenants n on n.tenant_id = d.tenant_id
        where d.tenant_id = ${t} and n.four_eyes and d.decision = 'approved' and d.decided_by = q.requested_by`,
  },
  {
    id: 'I-33',
    says: 'What was approved is what exists now',
    violations: (t) =>
      sql`select o.id from ar.orders o where o.tenant_id = ${t} and o.status in ${APPROVED} and (o.content_hash is null or o.approved_hash is distinct from o.content_hash)`,
  },
  {
    id: 'I-31',
    says: 'What approved orders reserve is never more than the order, and nothing is reserved by others',
    violations: (t) =>
      sql`select o.id, o.open_base from ar.orders o where o.tenant_id = ${t} and (o.open_base > o.amount_base or o.open_base < 0 or (o.open_base <> 0 and o.status not in ('approved', 'partlyDelivered')))`,
  },
]
