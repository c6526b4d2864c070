import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { readCursor } from '../../platform/paging.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import type { OpensReceivablesOn } from '../orders/order-events.ts'
import { opensReceivablesOn } from '../orders/order-settings.query.ts'

/** An order of which less stands in the ledger than is owed. Minor units of its currency; `owed`: the whole order, or what was delivered of it. */
export type MissingReceivable = {
  readonly orderId: string
  readonly orderNo: string | null
  readonly customerId: string
  readonly customerName: string
  readonly salespersonName: string | null
  readonly status: 'approved' | 'partlyDelivered' | 'delivered' | 'completed'
  readonly orderedOn: Day
  readonly deliveredOn: Day | null
  readonly currency: string
  readonly amount: bigint
  readonly owed: bigint
  readonly recorded: bigint
}

/**
 * 漏账检查: orders that were approved, or delivered where receivables follow deliveries, and whose receivables (without those taken back) do not reach what is
 * owed, newest first. Of a part delivery the roundings of its lines are let pass. One row more than `limit`; count and sum (base currency) of all.
 */
export async function missingReceivables(
  reader: Reader,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ rows: MissingReceivable[]; count: number; sumBase: bigint }> {
  const t = reader.caller.tenantId
  const usual = await opensReceivablesOn(reader)
  const [on, id] = cursor === undefined ? [] : readCursor(cursor, 2)
  const found = await reader.report<MissingReceivable & { count: number; sumBase: bigint; orderId: string | null }>(sql`with recorded as (
      select r.order_id, sum(r.amount) as amount from ar.receivables r where r.tenant_id = ${t} and r.order_id is not null and r.voided_on is null group by r.order_id),
    owing as (
      select o.*, ${owedOf(t, usual)} - case when o.status = 'partlyDelivered' and coalesce(o.receivables_on, ${usual}) = 'delivered'
        then (select count(*) from ar.order_lines l where l.tenant_id = ${t} and l.order_id = o.id) else 0 end as owed
      from ar.orders o where o.tenant_id = ${t} and o.status in ('approved', 'partlyDelivered', 'delivered', 'completed') and o.amount > 0),
    m as materialized (
      select o.*, coalesce(x.amount, 0) as recorded from owing o left join recorded x on x.order_id = o.id where o.owed > coalesce(x.amount, 0)),
    s as (select count(*)::int as count, coalesce(sum(round((m.owed - m.recorded) * m.amount_base / m.amount)), 0)::bigint as sum_base from m),
    p as (select * from m where ${cursor === undefined ? sql`true` : sql`(m.ordered_on, m.id) < (${on}::date, ${id}::uuid)`} order by m.ordered_on desc, m.id desc limit ${limit + 1})
    select s.count, s.sum_base, p.id as order_id, n.series || '-' || ar.no_text(n.no) as order_no, p.customer_id, c.name as customer_name, k.name as salesperson_name,
      p.status, p.ordered_on, p.delivered_on, p.currency, p.amount, p.owed::bigint as owed, p.recorded::bigint as recorded
    from s left join p on true left join ar.document_numbers n on n.tenant_id = ${t} and n.document_id = p.id left join ar.customers c on c.tenant_id = ${t} and c.id = p.customer_id
      left join ar.people k on k.tenant_id = ${t} and k.id = p.salesperson_id order by p.ordered_on desc, p.id desc`)
  const { count, sumBase } = found[0]!
  const rows = found.filter((row) => row.orderId !== null).map(({ count: _count, sumBase: _sum, ...row }) => row)
  return { rows, count, sumBase }
}

/** What is owed of an approved order `o` by now: the whole, or what was delivered where receivables follow deliveries. `usual`: the company's setting, for orders that name none. */
export function owedOf(t: number, usual: OpensReceivablesOn): Sql {
  return sql`case when coalesce(o.receivables_on, ${usual}) = 'approved' or o.status in ('delivered', 'completed') then o.amount::numeric when o.status = 'approved' then 0
    else (select coalesce(sum(round(l.amount * l.delivered / l.quantity)), 0) from ar.order_lines l where l.tenant_id = ${t} and l.order_id = o.id) end`
}
