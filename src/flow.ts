import { allocateConfirmed } from './modules/allocations/allocate-confirmed.command.ts'
import type { AllocationsReversed, ReceiptsAllocated } from './modules/allocations/allocation-events.ts'
import { followMerges } from './modules/allocations/follow-merges.command.ts'
import type { ApprovalsDecided } from './modules/approvals/approval-events.ts'
import { foundApprovalRules } from './modules/approvals/edit-rules.command.ts'
import type { CompaniesFounded } from './modules/company/company-events.ts'
import { decideLimitRequests } from './modules/credit/apply-limits.command.ts'
import { moveCreditAccounts } from './modules/credit/move-credit-accounts.command.ts'
import { openCreditAccounts } from './modules/credit/open-credit-accounts.command.ts'
import { requestFirstLimits } from './modules/credit/request-first-limits.command.ts'
import type { CustomerEvent } from './modules/customers/customer-events.ts'
import { moveCasesBack, moveCasesToMergedCustomer } from './modules/dunning/follow-merges.command.ts'
import { foundLadder } from './modules/dunning/found-ladder.command.ts'
import { decideLadders } from './modules/dunning/publish-ladders.command.ts'
import { decideOrders } from './modules/orders/decide-orders.command.ts'
import { moveOrdersBack, moveOrdersToMergedCustomer } from './modules/orders/move-orders.command.ts'
import type { OrderEvent } from './modules/orders/order-events.ts'
import { confirmApprovedReceipts } from './modules/receipts/confirm-approved.command.ts'
import { foundPaymentMethods } from './modules/receipts/found-receipts.command.ts'
import { moveReceiptsBack, moveReceiptsToMergedCustomer } from './modules/receipts/move-receipts.command.ts'
import type { ReceiptsConfirmed, ReceiptsIdentified, ReceiptsReversed } from './modules/receipts/receipt-events.ts'
import { thankCustomersLater } from './modules/receipts/thank-customers-later.command.ts'
import { moveBackFromMergedCustomer, moveToMergedCustomer, moveToNewSalesperson } from './modules/receivables/move-receivables.command.ts'
import { openOrderReceivables, takeBackOrderReceivables } from './modules/receivables/open-order-receivables.command.ts'
import { companyCalendars } from './modules/receivables/order-facts.query.ts'
import type { ReceivablesOpened, ReceivablesVoided } from './modules/receivables/receivable-events.ts'
import { recountDueDays } from './modules/receivables/recount-due-days.command.ts'
import { addStandardTerms } from './modules/terms/add-standard-terms.command.ts'
import { foundAccounts } from './modules/vouchers/edit-accounts.command.ts'
import {
  postAllocations,
  postConfirmedReceipts,
  postIdentifiedReceipts,
  postOpenedReceivables,
  postReversedAllocations,
  postReversedReceipts,
  postVoidedReceivables,
  warmPosting,
} from './modules/vouchers/post-events.command.ts'
import { type Flow, warmed } from './platform/events.ts'

type Event =
  | CompaniesFounded
  | ApprovalsDecided
  | CustomerEvent
  | OrderEvent
  | ReceivablesOpened
  | ReceivablesVoided
  | ReceiptsConfirmed
  | ReceiptsIdentified
  | ReceiptsReversed
  | ReceiptsAllocated
  | AllocationsReversed

/** The whole business, top to bottom: when this has happened, do that. A command named …Later asks for a job: after commit, by a worker. */
export const flow = {
  'companies.founded': [foundApprovalRules, addStandardTerms, foundAccounts, foundPaymentMethods, foundLadder],
  'approvals.decided': [decideLimitRequests, decideOrders, confirmApprovedReceipts, decideLadders],
  'customers.created': [openCreditAccounts, requestFirstLimits],
  'customers.moved': [moveCreditAccounts],
  'customers.reassigned': [moveToNewSalesperson],
  'customers.merged': [moveOrdersToMergedCustomer, moveReceiptsToMergedCustomer, moveToMergedCustomer, moveCasesToMergedCustomer],
  'customers.unmerged': [moveOrdersBack, moveReceiptsBack, moveBackFromMergedCustomer, moveCasesBack],
  'orders.approved': [warmed(openOrderReceivables, (tx) => Promise.all([warmPosting(tx), companyCalendars(tx)]))],
  'orders.delivered': [openOrderReceivables, recountDueDays],
  'orders.takenBack': [takeBackOrderReceivables],
  'receivables.opened': [warmed(postOpenedReceivables, warmPosting)],
  'receivables.voided': [postVoidedReceivables],
  'receipts.confirmed': [warmed(postConfirmedReceipts, warmPosting), thankCustomersLater, allocateConfirmed],
  'receipts.identified': [postIdentifiedReceipts, thankCustomersLater, allocateConfirmed],
  'receipts.reversed': [postReversedReceipts],
  'receipts.allocated': [warmed(postAllocations, warmPosting)],
  'allocations.reversed': [warmed(postReversedAllocations, warmPosting), followMerges],
} satisfies Flow<Event>
