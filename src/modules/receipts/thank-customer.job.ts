import type { Tx } from '../../platform/db.ts'
import type { Job } from '../../platform/jobs.ts'
import { careAfterReceipts } from './care-after-receipts.command.ts'

const TASK = 'receipts.thankCustomer'

/** After a receipt: the salesperson is told and asked to care for the customer (S0-40). */
export const thankCustomer: Job = {
  task: TASK,
  run: async ({ db, caller }, { receiptIds }) => db.transaction(caller, (tx) => careAfterReceipts(tx, receiptIds as readonly string[])),
}

/** Handler of receipts.confirmed and receipts.identified: after commit, by a worker. Nobody is thanked for history that an import brings in, nor for money of nobody. */
export async function thankCustomersLater(
  tx: Tx,
  { receipts }: { readonly receipts: readonly { readonly id: string; readonly customerId: string | null; readonly isHistory: boolean }[] },
): Promise<void> {
  const receiptIds = receipts.filter((receipt) => receipt.customerId !== null && !receipt.isHistory).map((receipt) => receipt.id)
  if (receiptIds.length > 0) tx.job(TASK, { receiptIds })
}
