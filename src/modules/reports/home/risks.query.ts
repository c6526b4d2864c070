import { type Day, daysBetween } from '../../../kernel/day.ts'
import type { Reader } from '../../../platform/db.ts'
import { sql } from '../../../platform/sql.ts'
import { averageDaysLate } from '../../receivables/habits.query.ts'
import type { RiskFacts } from './risk-reason.ts'

const RISKS = 5

export type Risk = RiskFacts & { readonly id: string; readonly name: string }

/**
 * 风险最高的客户: five customers by what they have overdue, each amount counted once for 1–30 days, twice for 31–60, three times for 61–90, four times for 91–180 and five times beyond, so that old
 * debts weigh more than fresh ones. The amounts shown are not weighted.
 */
export async function topRisks(reader: Reader): Promise<Risk[]> {
  const t = reader.caller.tenantId
  const late = sql`(${reader.today}::date - r.due_on)`
  const rows = await reader.report<Omit<Risk, 'averageDaysLate' | 'oldestDays'> & { oldestDueOn: Day }>(sql`with worst as materialized (
      select r.customer_id, ar.total(r.open_base) as overdue, min(r.due_on) as oldest_due_on,
        ar.total(r.open_base * case when ${late} <= 30 then 1 when ${late} <= 60 then 2 when ${late} <= 90 then 3 when ${late} <= 180 then 4 else 5 end) as weight
      from ar.receivables r where r.tenant_id = ${t} and r.open <> 0 and r.due_on < ${reader.today}::date group by r.customer_id order by 4 desc, 1 limit ${RISKS})
    select c.id, c.name, w.overdue, w.oldest_due_on, coalesce(a.on_hold, false) as on_hold, h.reason as hold_reason,
      case when a.temporary_limit_base is not null and ${reader.today} >= coalesce(a.temporary_from, '1970-01-01') and ${reader.today} <= a.temporary_until then a.temporary_limit_base else a.limit_base end as "limit",
      coalesce(a.orders_base + a.receivables_base, 0) as used,
      coalesce((select sum(d.open_base) from ar.receivables d where d.tenant_id = ${t} and d.customer_id = c.id and d.open <> 0 and d.disputed), 0)::bigint as disputed,
      exists (select 1 from ar.dunning_cases k where k.tenant_id = ${t} and k.customer_id = c.id and k.closed_on is null and k.high_risk) as high_risk
    from worst w join ar.customers c on c.tenant_id = ${t} and c.id = w.customer_id
      left join ar.credit_accounts a on a.tenant_id = ${t} and a.customer_id = c.id
      left join ar.credit_holds h on h.tenant_id = ${t} and h.customer_id = c.id and h.released_at is null
    order by w.weight desc, c.id`)
  const habits = await averageDaysLate(
    reader,
    rows.map(({ id }) => id),
    reader.today,
  )
  return rows.map(({ oldestDueOn, ...row }) => ({
    ...row,
    oldestDays: daysBetween(oldestDueOn, reader.today),
    averageDaysLate: habits.get(row.id) ?? null,
  }))
}
