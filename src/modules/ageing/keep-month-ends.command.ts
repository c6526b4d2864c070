import type { Day } from '../../kernel/day.ts'
import type { Reader, Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { openFacts } from './ageing-facts.query.ts'
import { isTrue, postedUpTo, startOf, trueMonthEnds } from './month-ends.query.ts'
import { monthEndsToKeep } from './month-ends.ts'

/** The month ends that should be kept and are not, or are no longer right; and those that need not be kept any more. */
export async function monthEndsToMake(reader: Reader): Promise<{ missing: Day[]; surplus: Day[] }> {
  const t = reader.caller.tenantId
  const { firstOn } = await reader.one<{ firstOn: Day | null }>(
    sql`select min(e.entry_on) as first_on from ar.receivable_entries e where e.tenant_id = ${t}`,
  )
  const wanted = firstOn === null ? [] : monthEndsToKeep(firstOn, reader.today)
  const right = await trueMonthEnds(reader)
  const kept = await reader.all<{ onDay: Day }>(sql`select m.on_day from ar.month_ends m where m.tenant_id = ${t} order by m.on_day`)
  return {
    missing: wanted.filter((day) => !right.includes(day)),
    surplus: kept.map(({ onDay }) => onDay).filter((day) => !wanted.includes(day)),
  }
}

/** Forgets a month end. What it held follows from the entries. */
export async function forgetMonthEnd(tx: Tx, onDay: Day): Promise<void> {
  const t = tx.caller.tenantId
  await tx.all(sql`delete from ar.month_end_items m where m.tenant_id = ${t} and m.on_day = ${onDay}::date`)
  await tx.all(sql`delete from ar.month_ends m where m.tenant_id = ${t} and m.on_day = ${onDay}::date`)
}

/**
 * Keeps what was open at a month end, from what is open now or at another month end, and the entries between. One statement, so that the items, the marks by which they are known to
 * be right and the other month end's come from one snapshot of the database. Returns how many items there are; undefined: the other month end is no longer right, nothing was kept.
 */
export async function keepMonthEnd(tx: Tx, onDay: Day): Promise<number | undefined> {
  await forgetMonthEnd(tx, onDay)
  const { tenantId: t, baseCurrency } = tx.caller
  const { posted, moved } = postedUpTo(tx, sql`${onDay}::date`)
  const question = { asOf: onDay, basis: 'issued', overdueOnly: false, filters: {} } as const
  const keys = ['item', 'customer', 'salesperson', 'region', 'entity', 'currency'] as const
  const start = await startOf(tx, question)
  const isRight = start.monthEnd === undefined ? sql`true` : isTrue(tx, sql`${start.monthEnd}::date`)
  const carried = sql`f.k_customer, f.k_salesperson, f.k_region, f.k_entity, f.k_currency, f.due_on, f.issued_on`
  const columns = sql`tenant_id, on_day, receivable_id, product_id, customer_id, salesperson_id, region_id, entity_id, currency, due_on, issued_on, open, open_base`
  const { kept, count } = await tx.one<{
    kept: boolean
    count: number
  }>(sql`with h as (insert into ar.month_ends (tenant_id, on_day, posted, moved) select ${t}::int, ${onDay}::date, ${posted}, ${moved} where ${isRight} returning 1),
    i as (insert into ar.month_end_items (${columns})
      select ${t}::int, ${onDay}::date, f.k_item, f.k_product, ${carried}, case when f.k_currency = ${baseCurrency} then f.a else 0 end, f.a
        from (${openFacts(tx, question, { keys: [...keys, 'product'], start })}) f where ${isRight}
      union all select ${t}::int, ${onDay}::date, f.k_item, null, ${carried}, sum(f.own)::bigint, 0
        from (${openFacts(tx, question, { keys, start })}) f where f.k_currency <> ${baseCurrency} and ${isRight} group by f.k_item, ${carried} having sum(f.own) <> 0
      returning 1)
    select exists (select 1 from h) as kept, (select count(*)::int from i) as count`)
  return kept ? count : undefined
}
