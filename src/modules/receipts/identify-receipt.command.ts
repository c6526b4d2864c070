import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { emit } from '../../platform/events.ts'
import { sql } from '../../platform/sql.ts'
import { lockCreditAccounts } from '../credit/credit-accounts.query.ts'
import { lockReceipts } from './lock-receipts.query.ts'
import { setCustomer } from './receipt.store.ts'
import type { ReceiptsIdentified } from './receipt-events.ts'

type Identification = { readonly version: number; readonly customerId: string; readonly reason: string }

/**
 * 认款: says whose money a confirmed, unidentified receipt is; it moves from 不明来款 to the customer by a voucher of today, and is then allocated like any other.
 * A draft is edited instead. Throws receipts.alreadyIdentified, receipts.notConfirmed, platform.staleVersion.
 */
export async function identifyReceipt(tx: Tx, id: string, { version, customerId, reason }: Identification): Promise<void> {
  // the allocation that may follow needs the account: it stands before receipts in the order of locks. Behind it a merge of the customer is over, and seen
  const [, customer, [receipt]] = await Promise.all([
    lockCreditAccounts(tx, [customerId]),
    tx.maybe(sql`select 1 from ar.customers c where c.tenant_id = ${tx.caller.tenantId} and c.id = ${customerId} and c.status = 'active'`),
    lockReceipts(tx, [id]),
  ])
  if (!customer) throw missing('customer')
  const { no, status } = receipt!
  if (receipt!.customerId !== null) throw new Problem('receipts.alreadyIdentified', { no: no ?? '' }, { kind: 'conflict' })
  if (status !== 'confirmed') throw new Problem('receipts.notConfirmed', { no: no ?? '' }, { kind: 'conflict' })
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
  const identified = { ...receipt!, customerId, voucherId: uuid(), identifiedOn: tx.today, isHistory: false }
  await emit<ReceiptsIdentified>(tx, { type: 'receipts.identified', receipts: [identified] })
}
