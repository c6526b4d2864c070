import { missing, Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { lockReceipts } from './lock-receipts.query.ts'
import { setCustomer } from './receipt.store.ts'

/** 认款: says whose money an unidentified receipt is. The books do not change: the clearing account already holds it. Throws receipts.alreadyIdentified. */
export async function identifyReceipt(
  tx: Tx,
  id: string,
  { version, customerId, reason }: { version: number; customerId: string; reason: string },
): Promise<void> {
  const [[receipt], customer] = await Promise.all([
    lockReceipts(tx, [id]),
    tx.maybe(sql`select 1 from ar.customers c where c.tenant_id = ${tx.caller.tenantId} and c.id = ${customerId} and c.status = 'active'`),
  ])
  if (!customer) throw missing('customer')
  const { no, status } = receipt!
  if (receipt!.customerId !== null) throw new Problem('receipts.alreadyIdentified', { no: no ?? '' }, { kind: 'conflict' })
  if (status !== 'draft' && status !== 'confirmed') throw new Problem('receipts.notConfirmed', { no: no ?? '' }, { kind: 'conflict' })
  if (receipt!.version !== version) throw new Problem('platform.staleVersion', { version: receipt!.version }, { kind: 'conflict' })
  setCustomer(tx, { id, version, customerId })
  tx.audit({
    action: 'receipts.identified',
    entity: 'receipt',
    entityId: id,
    before: { customerId: null },
    after: { customerId },
    detail: { reason },
  })
}
