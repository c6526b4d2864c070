import type { Day } from '../../../../kernel/day.ts'
import { phrase } from '../../../../kernel/phrase.ts'
import { sql } from '../../../../platform/sql.ts'
import { waitsFor } from '../../../orders/order-list.query.ts'
import { inBase, type TodaySource } from '../today-source.query.ts'

/**
 * 信用冻结的订单: submitted, and the credit check says hold; they should be decided by the day on which the first is to be delivered. Those that the reader decides
 * stand among the approvals already: a thing to do is counted once.
 */
export const ordersHeld: TodaySource = {
  key: 'ordersHeld',
  permission: 'orders.view',
  find: async (reader) => {
    const row = await reader.one<{ count: number; amount: bigint; customers: number; owing: number; firstOn: Day | null }>(
      sql`select count(*)::int as count, coalesce(sum(o.amount_base), 0)::bigint as amount, count(distinct o.customer_id)::int as customers, min(o.delivery_on) as first_on,
          (count(distinct o.customer_id) filter (where exists (select 1 from ar.receivables r where r.tenant_id = o.tenant_id and r.customer_id = o.customer_id and r.open <> 0 and r.due_on < ${reader.today}::date)))::int as owing
        from ar.orders o where o.tenant_id = ${reader.caller.tenantId} and o.credit_result = 'hold' and ${waitsFor(reader, 'others')}`,
    )
    if (row.count === 0) return undefined
    return {
      count: row.count,
      amounts: inBase(reader, row.amount),
      dueOn: row.firstOn ?? reader.today,
      facts: [phrase('home.facts.customersOverdue', { count: row.customers, owing: row.owing })],
      list: { path: '/api/orders', query: { status: ['submitted'], credit: 'hold', decider: 'others' } },
    }
  },
}

/** 发货延迟: promised for an earlier day and not wholly delivered. */
export const lateDeliveries: TodaySource = {
  key: 'lateDeliveries',
  permission: 'orders.view',
  find: async (reader) => {
    const row = await reader.one<{ count: number; amount: bigint; partly: number; firstOn: Day | null }>(
      sql`select count(*)::int as count, coalesce(sum(o.amount_base), 0)::bigint as amount, min(o.delivery_on) as first_on, (count(*) filter (where o.status = 'partlyDelivered'))::int as partly
        from ar.orders o where o.tenant_id = ${reader.caller.tenantId} and o.status in ('approved', 'partlyDelivered') and o.delivery_on < ${reader.today}::date`,
    )
    if (row.count === 0) return undefined
    return {
      count: row.count,
      amounts: inBase(reader, row.amount),
      dueOn: row.firstOn,
      facts: row.partly > 0 ? [phrase('home.facts.partlyDelivered', { count: row.partly })] : [],
      list: { path: '/api/orders', query: { late: 'true' } },
    }
  },
}
