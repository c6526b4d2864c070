import type { AllocationsReversed, ReceiptsAllocated } from './modules/allocations/allocation-events.ts'
import type { CompaniesFounded } from './modules/company/company-events.ts'
import type { ApprovalsDecided } from './modules/approvals/approval-events.ts'
import type { OrderEvent } from './modules/orders/order-events.ts'
import type { ReceiptsConfirmed, ReceiptsReversed } from './modules/receipts/receipt-events.ts'
import { openOrderReceivables, takeBackOrderReceivables } from './modules/receivables/open-order-receivables.command.ts'
import type { ReceivablesOpened, ReceivablesVoided } from './modules/receivables/receivable-events.ts'
import {
  postAllocations,
  postConfirmedReceipts,
  postOpenedReceivables,
  postReversedAllocations,
  postReversedReceipts,
  postVoidedReceivables,
} from './modules/vouchers/post-events.command.ts'
import type { Flow } from './platform/events.ts'

type Event =
  | CompaniesFounded
  | ApprovalsDecided
  | OrderEvent
  | ReceivablesOpened
  | ReceivablesVoided
  | ReceiptsConfirmed
  | ReceiptsReversed
  | ReceiptsAllocated
  | AllocationsReversed

/** The whole business, top to bottom: when this has happened, do that. `later` = after commit, by a worker. */
export const flow = {
  'companies.founded': [],
  'approvals.decided': [],
  'orders.approved': [openOrderReceivables],
  'orders.delivered': [openOrderReceivables],
  'orders.takenBack': [takeBackOrderReceivables],
  'receivables.opened': [postOpenedReceivables],
  'receivables.voided': [postVoidedReceivables],
  'receipts.confirmed': [postConfirmedReceipts],
  'receipts.reversed': [postReversedReceipts],
  'receipts.allocated': [postAllocations],
  'allocations.reversed': [postReversedAllocations],
} satisfies Flow<Event>
