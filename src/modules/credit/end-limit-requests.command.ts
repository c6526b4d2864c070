import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { withdrawApprovals } from '../approvals/withdraw-approvals.command.ts'
import { lockCreditAccounts } from './credit-accounts.query.ts'
import { decideLimits } from './credit-limit.store.ts'

/** Limits that wait for a decision end with it unmade: their customers were an import's, which is taken back. Limits that were given stay on record. */
export async function endLimitRequests(tx: Tx, customerIds: readonly string[], reason: string): Promise<void> {
  await lockCreditAccounts(tx, customerIds)
  const pending = await tx.all<{ id: string; version: number }>(sql`select l.id, l.version from ar.credit_limits l
    where l.tenant_id = ${tx.caller.tenantId} and l.status = 'pending' and l.customer_id = any(${customerIds}::uuid[]) order by l.id for no key update`)
  if (pending.length === 0) return
  decideLimits(
    tx,
    pending.map(({ id, version }) => ({ id, version, status: 'rejected', approvedBy: null, approvedHow: null })),
  )
  const ids = pending.map((one) => one.id)
  await withdrawApprovals(tx, 'creditLimit', ids, 'void')
  tx.audit({ action: 'credit.limitRequestsEnded', entity: 'creditAccount', detail: { limitIds: ids, reason } })
}
