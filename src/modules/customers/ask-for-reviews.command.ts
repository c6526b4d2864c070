import { createHash } from 'node:crypto'
import { addDays, type Day } from '../../kernel/day.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { readCustomerSettings } from './customer-settings.query.ts'
import { insertReviewTasks } from './review-task.store.ts'

/** Tasks made in one transaction. */
export const REVIEWS_MOST = 1_000
/** Days that the salesperson has for it. */
const REVIEW_DAYS = 14

type Due = { id: string; code: string; name: string; salespersonId: string; verifiedOn: Day | null }

/**
 * 定期复核: salespeople are asked to look at customers whose data were last verified longer ago than the company's interval. One task a customer and
 * interval, however often this runs: the task's source is made from the customer and the day of the last review. Returns how many were asked for.
 */
export async function askForReviews(tx: Tx): Promise<number> {
  const { reviewMonths } = await readCustomerSettings(tx)
  if (reviewMonths === 0) return 0
  const t = tx.caller.tenantId
  const due =
    await tx.all<Due>(sql`select c.id, c.code, c.name, c.salesperson_id, c.verified_on from ar.customers c join ar.people p on p.tenant_id = ${t} and p.id = c.salesperson_id and p.status = 'active'
    where c.tenant_id = ${t} and c.status = 'active' and (c.verified_on is null or c.verified_on <= (${tx.today}::date - make_interval(months => ${reviewMonths}))::date)
      and not exists (select 1 from ar.tasks k where k.tenant_id = ${t} and k.customer_id = c.id and k.kind = 'customerReview' and k.created_at > coalesce(c.verified_on, '1970-01-01'))
    order by c.id limit ${REVIEWS_MOST} for no key update of c`)
  insertReviewTasks(
    tx,
    due.map(({ id, code, name, salespersonId, verifiedOn }) => ({
      id: uuid(),
      personId: salespersonId,
      customerId: id,
      sourceId: sourceOf(id, verifiedOn),
      dueOn: addDays(tx.today, REVIEW_DAYS),
      params: { code, name },
    })),
  )
  if (due.length > 0)
    tx.audit({ action: 'customers.reviewsAsked', entity: 'customer', detail: { customerIds: due.map((customer) => customer.id) } })
  return due.length
}

/** The same customer and the same last review give the same id: the unique key of tasks refuses a second one. */
function sourceOf(customerId: string, verifiedOn: Day | null): string {
  const hex = createHash('sha256')
    .update(`${customerId} ${verifiedOn ?? 'never'}`)
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
