import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'

/** One account whose counter is not what its documents add up to. */
export type CounterBreak = {
  readonly customerId: string
  readonly counter: 'orders' | 'receivables' | 'path' | 'missing'
  readonly stored: bigint
  readonly computed: bigint
}
const BREAKS_MOST = 1_000

/**
 * Proof of the credit counters: every account's orders_base and receivables_base equal the open parts of all orders and the open receivables of its whole
 * subtree, its path is its parent's path and itself, and no customer is without an account. No row = proven.
 */
export async function creditCounterBreaks(reader: Reader): Promise<CounterBreak[]> {
  const t = reader.caller.tenantId
  return reader.all<CounterBreak>(sql`with own as materialized (
      select x.customer_id, sum(x.orders)::bigint as orders, sum(x.receivables)::bigint as receivables from (
        select o.customer_id, o.open_base as orders, 0::bigint as receivables from ar.orders o where o.tenant_id = ${t} and o.open_base <> 0
        union all select r.customer_id, 0, r.open_base from ar.receivables r where r.tenant_id = ${t} and r.open <> 0) x group by x.customer_id),
    computed as materialized (select n.id as customer_id, sum(w.orders)::bigint as orders, sum(w.receivables)::bigint as receivables
      from own w join ar.credit_accounts a on a.tenant_id = ${t} and a.customer_id = w.customer_id, unnest(a.ancestors) n(id) group by n.id),
    both_sides as (select a.customer_id, a.orders_base, a.receivables_base, coalesce(c.orders, 0) as orders, coalesce(c.receivables, 0) as receivables
      from ar.credit_accounts a left join computed c on c.customer_id = a.customer_id where a.tenant_id = ${t})
    select b.customer_id, 'orders' as counter, b.orders_base as stored, b.orders as computed from both_sides b where b.orders_base <> b.orders
    union all select b.customer_id, 'receivables', b.receivables_base, b.receivables from both_sides b where b.receivables_base <> b.receivables
    union all select c.id, 'path', 0, 0 from ar.customers c join ar.credit_accounts a on a.tenant_id = ${t} and a.customer_id = c.id left join ar.credit_accounts p on p.tenant_id = ${t} and p.customer_id = c.parent_id
      where c.tenant_id = ${t} and a.ancestors <> coalesce(p.ancestors, '{}') || c.id
    union all select c.id, 'missing', 0, 0 from ar.customers c where c.tenant_id = ${t} and not exists (select 1 from ar.credit_accounts a where a.tenant_id = ${t} and a.customer_id = c.id)
    limit ${BREAKS_MOST}`)
}
