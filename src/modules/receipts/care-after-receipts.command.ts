import { addDays } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { insertCare } from './care.store.ts'
import { receiptSettings } from './receipt-settings.query.ts'

type Thanked = {
  readonly id: string
  readonly customerId: string
  readonly customerName: string
  readonly personId: string
  readonly currency: string
  readonly amount: bigint
}

/**
 * One notice and one task a receipt, for the customer's salesperson; a receipt without customer or salesperson gives none. Runs after commit and may run twice:
 * the task's key (kind, receipt) lets it have one effect only.
 */
export async function careAfterReceipts(tx: Tx, receiptIds: readonly string[]): Promise<void> {
  const { tenantId } = tx.caller
  const [{ careTaskDays }, thanked] = await Promise.all([
    receiptSettings(tx),
    tx.all<Thanked>(sql`select r.id, c.id as customer_id, c.name as customer_name, p.id as person_id, r.currency, r.amount
    from ar.receipts r join ar.customers c on c.tenant_id = r.tenant_id and c.id = r.customer_id join ar.people p on p.tenant_id = c.tenant_id and p.id = c.salesperson_id and p.status = 'active'
    where r.tenant_id = ${tenantId} and r.id = any(${receiptIds}::uuid[]) and r.status = 'confirmed'
      and not exists (select 1 from ar.tasks t where t.tenant_id = r.tenant_id and t.kind = 'customerCare' and t.source_id = r.id) order by r.id`),
  ])
  insertCare(
    tx,
    thanked.map(({ id, customerId, customerName, personId, currency, amount }) => ({
      taskId: uuid(),
      noticeId: uuid(),
      receiptId: id,
      customerId,
      personId,
      dueOn: addDays(tx.today, careTaskDays),
      params: { customer: customerName, amount: formatMinor(amount, currency), currency },
    })),
  )
}
