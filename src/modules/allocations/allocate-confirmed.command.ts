import type { Tx } from '../../platform/db.ts'
import { allocateByRule } from './allocate-by-rule.command.ts'
import { allocationSettings } from './allocation-settings.query.ts'

type Receipt = {
  readonly id: string
  readonly customerId: string | null
  readonly orderId: string | null
  readonly reference: string | null
  readonly isHistory: boolean
}

/**
 * Handler of receipts.confirmed and receipts.identified: money with a customer is allocated by the company's setting, in the same transaction. 'reference' takes only what the payer named or
 * the receipt's own order. Pays for a flush: the receipts must be readable first. History that an import brings in is allocated by the import itself.
 */
export async function allocateConfirmed(tx: Tx, { receipts }: { readonly receipts: readonly Receipt[] }): Promise<void> {
  const known = receipts.filter((receipt) => receipt.customerId !== null && !receipt.isHistory)
  if (known.length === 0) return
  const { onConfirmation } = await allocationSettings(tx)
  if (onConfirmation === 'off') return
  const named = (receipt: Receipt): boolean => receipt.orderId !== null || (receipt.reference ?? '') !== ''
  const wanted = onConfirmation === 'reference' ? known.filter(named) : known
  if (wanted.length === 0) return
  await tx.flush()
  await allocateByRule(tx, { receiptIds: wanted.map((receipt) => receipt.id), rule: onConfirmation, entryOn: tx.today })
}
