import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { announce } from '../../platform/events.ts'
import type { ApprovalsDecided, DecidedRequest } from '../approvals/approval-events.ts'
import { type CreditFacts, checkCredit, creditFacts } from '../credit/check-credit.query.ts'
import type { CreditAccount } from '../credit/credit-accounts.query.ts'
import { passOrders } from './approve-orders.command.ts'
import { prepaidBase } from './credit-needed.ts'
import { addOrderEvents, setOrders } from './order.store.ts'
import { creditHoldNow } from './order-facts.ts'
import { opensReceivablesOn } from './order-settings.query.ts'
import { transition } from './order-transition.ts'
import { customersOfOrders, lockOrdersWithCredit } from './orders.query.ts'
import type { StoredOrder } from './stored-order.ts'

/** Who may release an order that the credit check holds although nobody knew of the hold when it was submitted. */
const MAY_RELEASE = ['financeManager', 'administrator']

/**
 * Handler of approvals.decided: approved orders are checked once more under locks and take their credit; rejected ones say why; withdrawn ones are drafts again.
 * Throws approvals.contentChanged where the order is not what was asked for, orders.creditHoldNow where the room has gone meanwhile.
 */
export async function decideOrders(tx: Tx, { requests }: ApprovalsDecided): Promise<void> {
  const mine = requests.filter(({ kind }) => kind === 'order')
  if (mine.length === 0) return
  announce(tx, 'orders.approved')
  const ids = mine.map(({ entityId }) => entityId)
  const [{ orders, accounts }, facts] = await Promise.all([
    lockOrdersWithCredit(tx, ids),
    creditFacts(tx, customersOfOrders(tx, ids)),
    opensReceivablesOn(tx),
  ])
  const pairs = orders.map((order, index) => ({ order, request: mine[index]! }))
  for (const { order, request } of pairs) {
    if (order.status === 'submitted' && !order.contentHash.equals(request.contentHash))
      throw new Problem('approvals.contentChanged', {}, { kind: 'conflict' })
  }
  takeBack(
    tx,
    pairs.filter(({ request }) => request.decision !== 'approved'),
  )
  await approve(
    tx,
    pairs.filter(({ request }) => request.decision === 'approved'),
    accounts,
    facts,
  )
}

type Pair = { readonly order: StoredOrder; readonly request: DecidedRequest }

async function approve(tx: Tx, pairs: readonly Pair[], accounts: ReadonlyMap<string, CreditAccount>, facts: CreditFacts): Promise<void> {
  if (pairs.length === 0) return
  const { baseCurrency } = tx.caller
  for (const { order, request } of pairs) {
    transition(order.status, 'approve')
    if (request.how === 'person' && order.createdBy === request.decidedBy)
      throw new Problem('approvals.makerDecides', {}, { kind: 'forbidden' })
  }
  const decisions = await checkCredit(
    tx,
    pairs.map(({ order }) => ({
      customerId: order.customerId,
      amountBase: order.amountBase,
      prepaidBase: prepaidBase(order, baseCurrency),
    })),
    facts,
  )
  const passed = pairs.map(({ order, request }, index) => {
    const decision = decisions[index]!
    const isNewHold = decision.answer.result === 'hold' && order.creditResult !== 'hold'
    if (isNewHold && !MAY_RELEASE.includes(tx.caller.role)) throw creditHoldNow(decision.answer)
    return {
      order,
      decision,
      how: request.how,
      decidedBy: request.decidedBy,
      reason: request.reason,
      requestId: request.id,
      submits: false,
    }
  })
  await passOrders(tx, passed, accounts)
}

function takeBack(tx: Tx, pairs: readonly Pair[]): void {
  const rows = pairs.map(({ order, request }) => ({
    order,
    request,
    to: request.decision === 'rejected' ? transition(order.status, 'reject', request.reason) : transition(order.status, 'withdraw'),
  }))
  setOrders(
    tx,
    rows.map(({ order, request, to }) => ({ id: order.id, version: order.version, status: to, statusReason: request.reason })),
  )
  addOrderEvents(
    tx,
    rows.map(({ order, request }) => ({
      orderId: order.id,
      kind: request.decision,
      happenedOn: tx.today,
      detail: { reason: request.reason },
    })),
  )
  for (const { order, request, to } of rows)
    tx.audit({
      action: `orders.${request.decision}`,
      entity: 'order',
      entityId: order.id,
      before: { status: order.status },
      after: { status: to },
      detail: { reason: request.reason, requestId: request.id },
    })
}
