import type { Tx } from '../../platform/db.ts'

export const THANK_CUSTOMER = 'receipts.thankCustomer'

type Receipt = { readonly id: string; readonly customerId: string | null; readonly isHistory: boolean }

/** Handler of receipts.confirmed and receipts.identified: after commit, by a worker. Nobody is thanked for history that an import brings in, nor for money of nobody. */
export async function thankCustomersLater(tx: Tx, { receipts }: { readonly receipts: readonly Receipt[] }): Promise<void> {
  const receiptIds = receipts.filter((receipt) => receipt.customerId !== null && !receipt.isHistory).map((receipt) => receipt.id)
  if (receiptIds.length > 0) tx.job(THANK_CUSTOMER, { receiptIds })
}
