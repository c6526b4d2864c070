import type { Job } from '../../platform/jobs.ts'
import { careAfterReceipts } from './care-after-receipts.command.ts'
import { THANK_CUSTOMER } from './thank-customers-later.command.ts'

/** After a receipt: the salesperson is told and asked to care for the customer (S0-40). */
export const thankCustomer: Job = {
  task: THANK_CUSTOMER,
  run: async ({ db, caller }, { receiptIds }) => db.transaction(caller, (tx) => careAfterReceipts(tx, receiptIds as readonly string[])),
}
