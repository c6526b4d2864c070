import { type Day, startOfMonth } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'

/** `posted` and `moved`: the marks by which it is known to be right. `products`, `items`: facts of what was open, by item and product and by item. */
type NewMonthEnd = {
  readonly onDay: Day
  readonly posted: Sql
  readonly moved: Sql
  /** Nothing is kept unless this holds in the same snapshot. */
  readonly isRight: Sql
  readonly products: Sql
  readonly items: Sql
}

/** In one statement, so that items, their sums by due day and marks come from one snapshot. Returns how many items there are; undefined: `isRight` did not hold. */
export async function insertMonthEnd(tx: Tx, { onDay, posted, moved, isRight, products, items }: NewMonthEnd): Promise<number | undefined> {
  const { tenantId: t, baseCurrency } = tx.caller
  const carried = sql`f.k_customer, f.k_salesperson, f.k_region, f.k_entity, f.k_currency, f.due_on, f.issued_on`
  const columns = sql`tenant_id, on_day, receivable_id, product_id, customer_id, salesperson_id, region_id, entity_id, currency, due_on, issued_on, open, open_base`
  const { kept, count } = await tx.one<{ kept: boolean; count: number }>(
    sql`with h as (insert into ar.month_ends (tenant_id, on_day, posted, moved, sold_base) select ${t}::int, ${onDay}::date, ${posted}, ${moved}, ${soldBase(t, onDay)} where ${isRight} returning 1),
    i as (insert into ar.month_end_items (${columns})
      select ${t}::int, ${onDay}::date, f.k_item, f.k_product, ${carried}, case when f.k_currency = ${baseCurrency} then f.a else 0 end, f.a
        from (${products}) f where ${isRight}
      union all select ${t}::int, ${onDay}::date, f.k_item, null, ${carried}, sum(f.own)::bigint, 0
        from (${items}) f where f.k_currency <> ${baseCurrency} and ${isRight} group by f.k_item, ${carried} having sum(f.own) <> 0
      returning due_on, open_base),
    s as (insert into ar.month_end_sums (tenant_id, on_day, due_on, open_base)
      select ${t}::int, ${onDay}::date, i.due_on, sum(i.open_base)::bigint from i group by i.due_on having sum(i.open_base) <> 0)
    select exists (select 1 from h) as kept, (select count(*)::int from i) as count`,
  )
  return kept ? count : undefined
}

/** Sold on credit in the month that ends on the day. */
function soldBase(t: number, onDay: Day): Sql {
  return sql`(select coalesce(sum(e.amount_base), 0)::bigint from ar.receivable_entries e join ar.receivables r on r.tenant_id = e.tenant_id and r.id = e.receivable_id
    where e.tenant_id = ${t} and e.entry_on >= ${startOfMonth(onDay)}::date and e.entry_on <= ${onDay}::date and e.kind in ('opened', 'voided') and r.kind <> 'opening')`
}

export async function deleteMonthEnd(tx: Tx, onDay: Day): Promise<void> {
  const t = tx.caller.tenantId
  await tx.all(sql`delete from ar.month_end_sums m where m.tenant_id = ${t} and m.on_day = ${onDay}::date`)
  await tx.all(sql`delete from ar.month_end_items m where m.tenant_id = ${t} and m.on_day = ${onDay}::date`)
  await tx.all(sql`delete from ar.month_ends m where m.tenant_id = ${t} and m.on_day = ${onDay}::date`)
}
