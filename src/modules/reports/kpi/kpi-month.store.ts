import type { Day } from '../../../kernel/day.ts'
import type { Tx } from '../../../platform/db.ts'
import { type Sql, sql } from '../../../platform/sql.ts'

/** `figures`: rows of k_customer, k_salesperson, k_region and the sums. In one statement, so that figures and marks come from one snapshot. */
export async function insertKpiMonth(
  tx: Tx,
  onDay: Day,
  { posted, moved, figures }: { posted: Sql; moved: Sql; figures: Sql },
): Promise<void> {
  const t = tx.caller.tenantId
  const names = ['brought_in', 'sales', 'sales_net', 'collected', 'adjusted', 'closing', 'not_due', 'waited', 'late']
  const own = sql.join(names.map((name) => sql.ref(`f.${name}`)))
  const sums = sql.join(names.map((name) => sql`sum(${sql.ref(`f.${name}`)})`))
  // planned anew: a kept plan knows nothing of how many entries a month has
  await tx.report(sql`with h as (insert into ar.kpi_months (tenant_id, on_day, posted, moved) select ${t}::int, ${onDay}::date, ${posted}, ${moved} returning 1),
      f as materialized (${figures})
    insert into ar.kpi_month_figures (tenant_id, on_day, is_total, customer_id, salesperson_id, region_id, ${sql.join(names.map((name) => sql.ref(name)))})
    select ${t}::int, ${onDay}::date, false, f.k_customer, f.k_salesperson, f.k_region, ${own} from f
    union all select ${t}::int, ${onDay}::date, true, null, f.k_salesperson, f.k_region, ${sums} from f group by f.k_salesperson, f.k_region`)
}

export async function deleteKpiMonths(tx: Tx, onDays: readonly Day[]): Promise<void> {
  const t = tx.caller.tenantId
  await tx.all(sql`delete from ar.kpi_month_figures m where m.tenant_id = ${t} and m.on_day = any(${onDays}::date[])`)
  await tx.all(sql`delete from ar.kpi_months m where m.tenant_id = ${t} and m.on_day = any(${onDays}::date[])`)
}
