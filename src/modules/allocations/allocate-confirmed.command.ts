import type { Tx } from '../../platform/db.ts'
import type { ReceiptsConfirmed } from '../receipts/receipt-events.ts'
import { allocateByRule } from './allocate-receipts.command.ts'
import { allocationSettings } from './allocation-settings.query.ts'

/**
 * When money is confirmed it is allocated by the company's setting, in the same transaction. 'reference' takes only what the payer named or the receipt's own order.
 * Pays for a flush: the confirmed receipts must be readable first. History that an import brings in is allocated by the import itself.
 */
export async function allocateConfirmed(tx: Tx, { receipts }: ReceiptsConfirmed): Promise<void> {
  const known = receipts.filter((receipt) => receipt.customerId !== null && !receipt.isHistory)
  if (known.length === 0) return
  const { onConfirmation } = await allocationSettings(tx)
  if (onConfirmation === 'off') return
  const wanted =
    onConfirmation === 'reference' ? known.filter((receipt) => receipt.orderId !== null || (receipt.reference ?? '') !== '') : known
  if (wanted.length === 0) return
  await tx.flush()
  await allocateByRule(tx, { receiptIds: wanted.map((receipt) => receipt.id), rule: onConfirmation })
}
