import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { emit } from '../../platform/events.ts'
import { changeExposure, guardLimit } from '../credit/change-exposure.command.ts'
import type { CreditDecision } from '../credit/check-credit.query.ts'
import type { CreditAccount } from '../credit/credit-accounts.query.ts'
import { creditDetail } from './credit-detail.ts'
import { addOrderEvents, addOverrides, type OverrideRow, setOrders } from './order.store.ts'
import type { OpensReceivablesOn, OrdersApproved } from './order-events.ts'
import { creditHoldNow, forReceivables } from './order-facts.ts'
import { opensReceivablesOn } from './order-settings.query.ts'
import type { StoredOrder } from './stored-order.ts'

/** An order that passes, and how. `decidedBy` null: by rule. `submits`: it comes straight from draft. A hold is overridden by the reason of whoever decided. */
export type OrderPassed = {
  readonly order: StoredOrder
  readonly decision: CreditDecision
  readonly how: 'person' | 'alone' | 'rule'
  readonly decidedBy: string | null
  readonly reason: string
  readonly requestId: string | null
  readonly submits: boolean
}

/**
 * Approves orders that are locked, with `accounts` locked and `decision` checked under that lock: reserves credit (or leaves it to the receivables that open now), with the limits of
 * the customer and of everyone above as a guard in the save itself, records an override where the check said hold, and emits `orders.approved`.
 * Throws orders.creditHoldNow where a hold has no second person's reason.
 */
export async function passOrders(tx: Tx, passed: readonly OrderPassed[], accounts: ReadonlyMap<string, CreditAccount>): Promise<void> {
  if (passed.length === 0) return
  const openOn = await opensReceivablesOn(tx)
  const overrides = passed.filter(({ decision }) => decision.answer.result === 'hold').map((one) => overrideOf(one))
  const overrideIds = new Map(overrides.map(({ orderId, id }) => [orderId, id]))
  addOverrides(tx, overrides)
  setOrders(
    tx,
    passed.map((one) => approvedRow(tx, one, openOn, overrideIds.get(one.order.id) ?? null)),
  )
  addOrderEvents(
    tx,
    passed.map(({ order, how, decision, reason }) => ({
      orderId: order.id,
      kind: 'approved',
      happenedOn: tx.today,
      detail: { how, creditResult: decision.answer.result, reason },
    })),
  )
  for (const { order, how, decision, reason, requestId } of passed) {
    tx.audit({
      action: 'orders.approved',
      entity: 'order',
      entityId: order.id,
      before: { status: order.status },
      after: { status: 'approved', how, creditResult: decision.answer.result, contentHash: order.contentHash.toString('hex') },
      detail: { requestId, reason, overrideId: overrideIds.get(order.id) ?? null },
    })
  }
  guardLimits(tx, passed, accounts)
  if (openOn === 'delivered')
    changeExposure(
      tx,
      accounts,
      passed.map(({ order, decision }) => ({ customerId: order.customerId, ordersBase: decision.answer.added })),
    )
  const more = { approvedOn: tx.today, deliveredOn: null, opensReceivables: openOn === 'approved' }
  await emit<OrdersApproved>(tx, {
    type: 'orders.approved',
    orders: passed.map(({ order }) => forReceivables(order, tx.caller.baseCurrency, more)),
  })
}

function approvedRow(
  tx: Tx,
  { order, decision, how, decidedBy, submits }: OrderPassed,
  openOn: OpensReceivablesOn,
  overrideId: string | null,
) {
  return {
    id: order.id,
    version: order.version,
    status: 'approved' as const,
    submittedBy: submits ? tx.caller.actorId : order.submittedBy,
    submittedAt: submits ? tx.at : order.submittedAt,
    creditResult: decision.answer.result,
    creditDetail: creditDetail(decision.answer),
    approvedBy: decidedBy,
    approvedAt: tx.at,
    approvedHow: how,
    approvedHash: order.contentHash,
    overrideId,
    openBase: openOn === 'delivered' ? decision.answer.added : 0n,
    reservedBase: openOn === 'delivered' ? decision.answer.added : 0n,
    receivablesOn: openOn,
    statusReason: '',
  }
}

/**
 * The wall: the save fails unless orders + receivables of each guarded account stay within its limit. What is prepaid by the terms stands beside the limit until it is paid, and so does what
 * was overridden in this very set; nothing else does.
 */
function guardLimits(tx: Tx, passed: readonly OrderPassed[], accounts: ReadonlyMap<string, CreditAccount>): void {
  const limits = new Map<string, bigint>()
  const beside = new Map<string, bigint>()
  for (const { order, decision } of passed) {
    const { added, result } = decision.answer
    const extra = order.amountBase - added + (result === 'hold' ? added : 0n)
    for (const { customerId, limitBase } of decision.guards) {
      const { ordersBase, receivablesBase } = accounts.get(customerId)!
      const now = ordersBase + receivablesBase
      limits.set(customerId, limitBase)
      if (limitBase < now) limits.set(customerId, now)
      beside.set(customerId, (beside.get(customerId) ?? 0n) + extra)
    }
  }
  for (const [customerId, limit] of limits) guardLimit(tx, customerId, limit + beside.get(customerId)!)
}

function overrideOf({ order, decision, how, decidedBy, reason, requestId }: OrderPassed): OverrideRow {
  if (decidedBy === null || how === 'rule' || reason.trim() === '') {
    throw creditHoldNow(decision.answer)
  }
  return {
    id: uuid(),
    orderId: order.id,
    customerId: order.customerId,
    overBase: decision.answer.over,
    reason,
    requestId,
    requestedBy: order.submittedBy ?? order.createdBy,
    approvedBy: decidedBy,
    approvedHow: how,
    contentHash: order.contentHash,
  }
}
