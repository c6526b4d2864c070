import { addDays, type Day } from '../../../../kernel/day.ts'
import { phrase } from '../../../../kernel/phrase.ts'
import { sql } from '../../../../platform/sql.ts'
import { inBase, type TodaySource } from '../today-source.query.ts'

/** Days before its end that a temporary limit is told of. */
const LIMIT_ENDS_DAYS = 7

/** 临时额度将到期: customers whose temporary limit ends within a week, with what they owe, and how many of them owe more than they may afterwards. */
export const temporaryLimits: TodaySource = {
  key: 'temporaryLimits',
  permission: 'credit.view',
  find: async (reader) => {
    const t = reader.caller.tenantId
    const until = addDays(reader.today, LIMIT_ENDS_DAYS)
    const row = await reader.one<{ count: number; amount: bigint; over: number; firstOn: Day | null }>(
      sql`select count(*)::int as count, coalesce(sum(b.open), 0)::bigint as amount, min(l.temporary_until) as first_on, (count(*) filter (where l.orders_base + l.receivables_base > l.limit_base))::int as over
        from ar.customers c join ar.credit_accounts l on l.tenant_id = c.tenant_id and l.customer_id = c.id
          left join lateral (select sum(r.open_base)::bigint as open from ar.receivables r where r.tenant_id = ${t} and r.customer_id = c.id and r.open <> 0) b on true
        where c.tenant_id = ${t} and c.status in ('active', 'disabled') and coalesce(l.temporary_from, '1970-01-01') <= ${reader.today} and l.temporary_until >= ${reader.today} and l.temporary_until <= ${until}`,
    )
    if (row.count === 0) return undefined
    return {
      count: row.count,
      amounts: inBase(reader, row.amount),
      dueOn: row.firstOn,
      facts: row.over > 0 ? [phrase('home.facts.overAfterwards', { count: row.over })] : [phrase('home.facts.noneOverAfterwards')],
      list: { path: '/api/customers', query: { limitEndsUntil: until } },
    }
  },
}

/** 资料不全的欠款客户: they owe, and no invoice can be made out to them because tax number or title are missing. */
export const incompleteCustomers: TodaySource = {
  key: 'incompleteCustomers',
  permission: 'customers.edit',
  find: async (reader) => {
    const t = reader.caller.tenantId
    const row = await reader.one<{ count: number; amount: bigint }>(
      sql`select count(*)::int as count, coalesce(sum(b.open), 0)::bigint as amount
        from ar.customers c join lateral (select ar.total(r.open_base) as open from ar.receivables r where r.tenant_id = ${t} and r.customer_id = c.id and r.open <> 0) b on b.open is not null
        where c.tenant_id = ${t} and c.status in ('active', 'disabled') and (coalesce(c.tax_id, '') = '' or coalesce(c.invoice_title, '') = '')`,
    )
    if (row.count === 0) return undefined
    return {
      count: row.count,
      amounts: inBase(reader, row.amount),
      dueOn: null,
      facts: [phrase('home.facts.noInvoice')],
      list: { path: '/api/customers', query: { hasOpen: 'true', incomplete: 'true' } },
    }
  },
}
