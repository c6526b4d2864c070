import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { paidLately, usualDays } from '../customers/usual-days-late.query.ts'

/** As floats: an amount of the largest times a century of days is more than a bigint holds; what is rounded to a tenth of a day loses nothing by it. */
const averageLate = sql`round((sum(r.amount_base::float8 * (r.settled_on - r.due_on)) * 10 / sum(r.amount_base::float8))::numeric) / 10`

/**
 * By customer: days late over the twelve months before `asOf`, weighted by amount, to a tenth of a day: paymentHabit's averageDaysLate for many customers at once.
 * Customers without a payment in that time are not in it.
 */
export async function averageDaysLate(reader: Reader, customerIds: readonly string[], asOf: Day): Promise<Map<string, number>> {
  const rows = await reader.all<{ customerId: string; days: string }>(sql`select r.customer_id, (${averageLate})::text as days
    from ar.receivables r where r.customer_id = any(${customerIds}::uuid[]) and ${paidLately(reader, asOf)} group by 1 having sum(r.amount_base) > 0`)
  return new Map(rows.map((row) => [row.customerId, Number(row.days)]))
}

/** Of everybody (customer_id, days): the whole days that expectedPaymentDay adds to a due day, never less than 0. */
export function habitDays(reader: Pick<Reader, 'caller'>, asOf: Day): Sql {
  return sql`select u.customer_id, greatest(0, u.days) as days from (${usualDays(reader, asOf)}) u`
}
