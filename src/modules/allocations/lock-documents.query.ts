import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { lockCreditAccountsOf } from '../credit/credit-accounts.query.ts'
import { lockReceipts } from '../receipts/lock-receipts.query.ts'
import { lockReceivables } from '../receivables/lock-receivables.query.ts'
import type { Locked } from './book-allocations.command.ts'

/** Locks what an allocation touches, in the fixed order and in one flight: credit accounts root first, receipts by id, receivables by id. Throws platform.notFound, platform.conflict. */
export async function lockDocuments(tx: Tx, receiptIds: readonly string[], receivableIds: readonly string[]): Promise<Locked> {
  const { tenantId } = tx.caller
  const customers = sql`select r.customer_id from ar.receivables r where r.tenant_id = ${tenantId} and r.id = any(${receivableIds}::uuid[])
    union all select r.customer_id from ar.receipts r where r.tenant_id = ${tenantId} and r.id = any(${receiptIds}::uuid[])`
  const [accounts, receipts, receivables] = await Promise.all([
    lockCreditAccountsOf(tx, { ids: customers, isOne: false }),
    lockReceipts(tx, receiptIds),
    lockReceivables(tx, receivableIds),
  ])
  // a customer that changed hands between the two locks: the caller tries again
  for (const { customerId } of receivables.values())
    if (!accounts.has(customerId)) throw new Problem('platform.conflict', {}, { kind: 'conflict' })
  return { accounts, receipts, receivables }
}
