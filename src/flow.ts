import type { Flow } from './platform/events.ts'
import type { AllocationsReversed, ReceiptsAllocated } from './modules/allocations/allocation-events.ts'
import type { ApprovalsDecided } from './modules/approvals/approval-events.ts'
import type { OrderEvent } from './modules/orders/order-events.ts'
import type { ReceiptsConfirmed, ReceiptsReversed } from './modules/receipts/receipt-events.ts'
import type { ReceivablesOpened, ReceivablesVoided } from './modules/receivables/receivable-events.ts'

type Event = ApprovalsDecided | OrderEvent | ReceivablesOpened | ReceivablesVoided | ReceiptsConfirmed | ReceiptsReversed | ReceiptsAllocated | AllocationsReversed

/** The whole business, top to bottom: when this has happened, do that. `later` = after commit, by a worker. */
export const flow = {
  'approvals.decided': [],
  'orders.approved': [],
  'orders.delivered': [],
  'orders.takenBack': [],
  'receivables.opened': [],
  'receivables.voided': [],
  'receipts.confirmed': [],
  'receipts.reversed': [],
  'receipts.allocated': [],
  'allocations.reversed': [],
} satisfies Flow<Event>
