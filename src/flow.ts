import type { Flow } from './platform/events.ts'
import type { AllocationsReversed, ReceiptsAllocated } from './modules/allocations/allocation-events.ts'
import type { ReceiptsConfirmed, ReceiptsReversed } from './modules/receipts/receipt-events.ts'
import type { ReceivablesOpened, ReceivablesVoided } from './modules/receivables/receivable-events.ts'

type Event = ReceivablesOpened | ReceivablesVoided | ReceiptsConfirmed | ReceiptsReversed | ReceiptsAllocated | AllocationsReversed

/** The whole business, top to bottom: when this has happened, do that. `later` = after commit, by a worker. */
export const flow = {
  'receivables.opened': [],
  'receivables.voided': [],
  'receipts.confirmed': [],
  'receipts.reversed': [],
  'receipts.allocated': [],
  'allocations.reversed': [],
} satisfies Flow<Event>
