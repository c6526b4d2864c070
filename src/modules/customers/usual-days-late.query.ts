import { addMonths, type Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'

/** Fewer documents say nothing of how somebody usually pays: they are expected on the due day. */
const FEWEST_DOCUMENTS = 4
/** Days²: how far single payments of one customer usually lie from its own habit (20 days), and habits from the due day (20 days). A habit of one document would count half. */
const PAYMENT_VARIANCE = sql.lit(400)
const HABIT_VARIANCE = sql.lit(400)

/**
 * By customer (customer_id, days, documents): 通常晚付天数, whole days, negative when they pay early; not there with fewer than FEWEST_DOCUMENTS paid in the twelve months before `asOf`. This is
 * the one figure that expected days are made with, wherever they stand. The average weighted by amount is drawn towards zero by its credibility z = n ÷ (n + s²/a) (Bühlmann, "Experience rating
 * and credibility", ASTIN Bulletin 4 (1967), 199–207): n is the effective number of documents (Σw)² ÷ Σw² (Kish, Survey Sampling, 1965), so that one large document counts as little more than
 * one; s² is how much the customer's own documents scatter about that average, each counted once, never less than PAYMENT_VARIANCE. Two very late payments among others, or two documents that outweigh all others, therefore move it little.
 */
export function usualDays(reader: Pick<Reader, 'caller'>, asOf: Day, which: Sql = sql`true`): Sql {
  const [weight, late] = [sql`r.amount_base::float8`, sql`(r.settled_on - r.due_on)`]
  return sql`select h.customer_id, h.documents, round(round((h.mean * h.n / (h.n + greatest(h.square - 2 * h.mean * h.plain + h.mean * h.mean, ${PAYMENT_VARIANCE}) / ${HABIT_VARIANCE}))::numeric, 6))::int as days
    from (select r.customer_id, count(*)::int as documents, sum(${weight} * ${late}) / sum(${weight}) as mean, avg(${late}::float8) as plain, avg(${late}::float8 * ${late}) as square,
        sum(${weight}) * sum(${weight}) / sum(${weight} * ${weight}) as n
      from ar.receivables r where ${paidLately(reader, asOf)} and r.amount_base > 0 and ${which} group by 1 having count(*) >= ${FEWEST_DOCUMENTS}) h`
}

export type UsualDaysLate = { readonly days: number; readonly documents: number }
/** Of these customers, as usualDays says. */
export async function usualDaysLate(reader: Reader, customerIds: readonly string[], asOf: Day): Promise<Map<string, UsualDaysLate>> {
  const rows = await reader.all<UsualDaysLate & { customerId: string }>(
    usualDays(reader, asOf, sql`r.customer_id = any(${customerIds}::uuid[])`),
  )
  return new Map(rows.map(({ customerId, days, documents }) => [customerId, { days, documents }]))
}

/** Paid within the twelve months before `asOf`: what a habit is computed from. `r` are the receivables. */
export function paidLately({ caller }: Pick<Reader, 'caller'>, asOf: Day): Sql {
  return sql`r.tenant_id = ${caller.tenantId} and r.settled_on is not null and r.voided_on is null
    and r.settled_on > ${addMonths(asOf, -12)}::date and r.settled_on <= ${asOf}::date`
}
