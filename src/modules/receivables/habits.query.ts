import { addMonths, type Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'

/**
 * By customer: days late over the twelve months before `asOf`, weighted by amount, to a tenth of a day: paymentHabit's averageDaysLate for many customers at once.
 * Customers without a payment in that time are not in it.
 */
export async function averageDaysLate(reader: Reader, customerIds: readonly string[], asOf: Day): Promise<Map<string, number>> {
  const rows = await reader.all<{
    customerId: string
    days: string
  }>(sql`select r.customer_id, (round(sum(r.amount_base * (r.settled_on - r.due_on)) * 10 / sum(r.amount_base)) / 10)::text as days
    from ar.receivables r where r.tenant_id = ${reader.caller.tenantId} and r.customer_id = any(${customerIds}::uuid[]) and r.voided_on is null
      and r.settled_on > ${addMonths(asOf, -12)}::date and r.settled_on <= ${asOf}::date group by 1 having sum(r.amount_base) > 0`)
  return new Map(rows.map((row) => [row.customerId, Number(row.days)]))
}
