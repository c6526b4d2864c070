import { sql } from '../../../platform/sql.ts'
import type { Invariant } from './invariant.query.ts'

export const postingInvariants: readonly Invariant[] = [
  {
    id: 'I-27',
    // By sequence, not by clock: ids are in the order of time, the closing holds the period alone, and its audit entry is made under that lock.
    says: 'Nothing was posted into a period after it was closed, and every closing is on record',
    violations: (t) =>
      sql`select v.id, v.period from ar.periods p join ar.vouchers v on v.tenant_id = p.tenant_id and v.period = p.period
        left join (select (l.body #>> '{detail,period}')::int as period, max(l.id::text)::uuid as id from ar.audit_log l where l.tenant_id = ${t} and l.action = 'periods.closed' group by 1) c on c.period = p.period
        where p.tenant_id = ${t} and p.status = 'closed' and (c.id is null or v.id > c.id)`,
  },
  {
    id: 'I-34',
    says: 'A call with one idempotency key has had one effect',
    violations: (
      t,
    ) => sql`select k.actor_id, k.key from ar.idempotency_keys k where k.tenant_id = ${t} group by k.actor_id, k.key having count(*) > 1
      union all select u.created_by, u.business_key from ar.runs u where u.tenant_id = ${t} and u.status = 'done' group by u.created_by, u.kind, u.business_key having count(*) > 1`,
  },
  {
    id: 'I-16-orphans',
    says: 'Every voucher line belongs to a voucher, every entry and line to a receivable of one of our entities, every event of an order to an order',
    violations: (
      t,
    ) => sql`select l.voucher_id as id from ar.voucher_lines l left join ar.vouchers v on v.tenant_id = l.tenant_id and v.id = l.voucher_id where l.tenant_id = ${t} and v.id is null
      union all select e.id from ar.receivable_entries e left join ar.receivables r on r.tenant_id = e.tenant_id and r.id = e.receivable_id where e.tenant_id = ${t} and r.id is null
      union all select l.receivable_id from ar.receivable_lines l left join ar.receivables r on r.tenant_id = l.tenant_id and r.id = l.receivable_id where l.tenant_id = ${t} and r.id is null
      union all select r.id from ar.receivables r left join ar.entities n on n.tenant_id = r.tenant_id and n.id = r.entity_id where r.tenant_id = ${t} and n.id is null
      union all select v.id from ar.order_events v left join ar.orders o on o.tenant_id = v.tenant_id and o.id = v.order_id where v.tenant_id = ${t} and o.id is null`,
  },
]
