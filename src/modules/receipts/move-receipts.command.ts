import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { withdrawApprovals } from '../approvals/withdraw-approvals.command.ts'
import type { CustomersMerged, CustomersUnmerged } from '../customers/customer-events.ts'
import { lockReceipts } from './lock-receipts.query.ts'
import { changeCustomer, insertMoves } from './receipt.store.ts'

/** A draft, or money that is not wholly allocated: what a merge takes along. */
const OPEN = sql`(p.status = 'draft' or p.status = 'confirmed' and p.allocated + p.refunded < p.amount)`

/** Handler of customers.merged: drafts and money that is not allocated go to the customer that stays; vouchers stay as they were posted. */
export async function moveReceiptsToMergedCustomer(tx: Tx, { mergeId, fromId, intoId, moved }: CustomersMerged): Promise<void> {
  const found = await tx.all<{ id: string }>(
    sql`select p.id from ar.receipts p where p.tenant_id = ${tx.caller.tenantId} and p.customer_id = ${fromId} and ${OPEN} order by p.id`,
  )
  moved.receipts = found.map(({ id }) => id)
  await moveReceipts(tx, moved.receipts, { fromId, intoId, mergeId })
}

/** Handler of customers.unmerged: of the receipts that were moved, those that are still open go back. */
export async function moveReceiptsBack(tx: Tx, { mergeId, fromId, intoId, moved }: CustomersUnmerged): Promise<void> {
  const found = await tx.all<{ id: string }>(sql`select p.id from ar.receipts p
    where p.tenant_id = ${tx.caller.tenantId} and p.customer_id = ${intoId} and p.id = any(${moved.receipts ?? []}::uuid[]) and ${OPEN} order by p.id`)
  await moveReceipts(
    tx,
    found.map(({ id }) => id),
    { fromId: intoId, intoId: fromId, mergeId },
  )
}

/** Gives receipts to another customer, with the day on which that happened; a confirmation that was asked for is asked for again. One audit entry for all. */
export async function moveReceipts(
  tx: Tx,
  ids: readonly string[],
  { fromId, intoId, mergeId }: { readonly fromId: string; readonly intoId: string; readonly mergeId: string },
): Promise<void> {
  if (ids.length === 0) return
  const receipts = await lockReceipts(tx, ids)
  changeCustomer(
    tx,
    receipts.map(({ id, version }) => ({ id, version, customerId: intoId })),
  )
  insertMoves(
    tx,
    ids.map((receiptId) => ({ id: uuid(), receiptId, fromId, intoId, movedOn: tx.today })),
  )
  await withdrawApprovals(tx, 'receipt', ids, 'void')
  tx.audit({ action: 'receipts.moved', entity: 'receipt', detail: { mergeId, fromId, intoId, count: ids.length, receiptIds: ids } })
}
