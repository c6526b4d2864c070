import type { Day } from '../../../kernel/day.ts'
import type { Tx } from '../../../platform/db.ts'
import { type Sql, sql } from '../../../platform/sql.ts'

/** `posted`, `moved`, `monthPosted`: the marks by which it is known to be right. `figures`: rows of k_customer, k_salesperson, k_region and the sums. Nothing is kept unless `isRight` holds. */
type NewKpiMonth = {
  readonly posted: Sql
  readonly moved: Sql
  readonly monthPosted: Sql
  readonly isRight: Sql
  readonly figures: Sql
}

/** In one statement, so that figures and marks come from one snapshot; in the order of their index, so that a day is read from few pages. Returns whether it was kept. */
export async function insertKpiMonth(tx: Tx, onDay: Day, { posted, moved, monthPosted, isRight, figures }: NewKpiMonth): Promise<boolean> {
  const t = tx.caller.tenantId
  const names = ['brought_in', 'sales', 'sales_net', 'collected', 'adjusted', 'closing', 'not_due', 'waited', 'late']
  const own = sql.join(names.map((name) => sql.ref(`f.${name}`)))
  const sums = sql.join(names.map((name) => sql`sum(${sql.ref(`f.${name}`)})`))
  // planned anew: a kept plan knows nothing of how many entries a month has
  const [row] = await tx.report<{ kept: boolean }>(sql`with
    h as (insert into ar.kpi_months (tenant_id, on_day, posted, moved, month_posted) select ${t}::int, ${onDay}::date, ${posted}, ${moved}, ${monthPosted} where ${isRight} returning 1),
    f as materialized (${figures}),
    i as (insert into ar.kpi_month_figures (tenant_id, on_day, is_total, customer_id, salesperson_id, region_id, ${sql.join(names.map((name) => sql.ref(name)))})
      select * from (select ${t}::int, ${onDay}::date, false, f.k_customer, f.k_salesperson, f.k_region, ${own} from f where ${isRight}
        union all select ${t}::int, ${onDay}::date, true, null, f.k_salesperson, f.k_region, ${sums} from f where ${isRight} group by f.k_salesperson, f.k_region) s order by s.k_customer)
    select exists (select 1 from h) as kept`)
  return row!.kept
}

export async function deleteKpiMonths(tx: Tx, onDays: readonly Day[]): Promise<void> {
  const t = tx.caller.tenantId
  await tx.all(sql`delete from ar.kpi_month_figures m where m.tenant_id = ${t} and m.on_day = any(${onDays}::date[])`)
  await tx.all(sql`delete from ar.kpi_months m where m.tenant_id = ${t} and m.on_day = any(${onDays}::date[])`)
}
