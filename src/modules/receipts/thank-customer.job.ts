import type { Job } from '../../platform/jobs.ts'
import { careAfterReceipts } from './care-after-receipts.command.ts'

/** After a receipt: the salesperson is told and asked to care for the customer (S0-40). */
export const thankCustomer: Job = {
  task: 'receipts.thankCustomer',
  run: async ({ db, caller }, payload) => {
    const { receipts } = payload['event'] as { receipts: readonly { id: string }[] }
    await db.transaction(caller, (tx) => careAfterReceipts(tx, receipts.map((receipt) => receipt.id)))
  },
}
