import type { Day } from '../../kernel/day.ts'
import { divideRounded } from '../../kernel/money.ts'
import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { emit } from '../../platform/events.ts'
import { changeExposure } from '../credit/change-exposure.command.ts'
import { lockCreditAccounts } from '../credit/credit-accounts.query.ts'
import {
  type DeliveredQuantity,
  type DeliveredShare,
  deliveredShares,
  deliveryIssues,
  everythingLeft,
  isComplete,
} from './delivery-shares.ts'
import { addDelivered, addOrderEvents, clearDelivered, setOrders } from './order.store.ts'
import { inBase } from './order-draft.ts'
import type { OrderForReceivables, OrdersDelivered, OrdersTakenBack } from './order-events.ts'
import { forReceivables } from './order-facts.ts'
import { refuseTransition } from './order-transition.ts'
import { lockOrders } from './orders.query.ts'
import type { StoredOrder } from './stored-order.ts'

/** `lines` absent = all that is left. */
export type DeliveryWanted = {
  readonly id: string
  readonly version: number
  readonly deliveredOn: Day
  readonly lines?: readonly DeliveredQuantity[] | undefined
  readonly remark?: string | undefined
}

/**
 * 发货: books what went out, of some lines or of all that is left. Where receivables open at delivery the share leaves orders_base here and enters receivables_base by the handler of
 * `orders.delivered`. Ids of the deliveries in the order given. Throws orders.notInThisStatus, orders.deliveryWrong with every field, orders.deliveredInFuture.
 */
export async function deliverOrders(tx: Tx, wanted: readonly DeliveryWanted[]): Promise<string[]> {
  const orders = await lockOrders(
    tx,
    wanted.map(({ id }) => id),
  )
  const accounts = await lockCreditAccounts(
    tx,
    orders.map(({ customerId }) => customerId),
  )
  const deliveries = orders.map((order, index) => delivery(tx, order, wanted[index]!))
  markDelivered(tx, deliveries)
  changeExposure(
    tx,
    accounts,
    deliveries
      .filter(({ released }) => released > 0n)
      .map(({ order, released }) => ({ customerId: order.customerId, ordersBase: -released })),
  )
  await emit<OrdersDelivered>(tx, {
    type: 'orders.delivered',
    orders: deliveries.map((one) => ({ ...eventOf(tx, one), deliveryId: one.id, complete: one.isLast })),
  })
  return deliveries.map(({ id }) => id)
}

/** Takes all deliveries of orders back (keyed in by mistake). Receivables that opened at delivery are taken back too, and the credit is reserved again. */
export async function undoDeliveries(tx: Tx, wanted: readonly { id: string; version: number; reason: string }[]): Promise<void> {
  const orders = await lockOrders(
    tx,
    wanted.map(({ id }) => id),
  )
  const accounts = await lockCreditAccounts(
    tx,
    orders.map(({ customerId }) => customerId),
  )
  const undone = orders.map(
    (order, index): Undone => ({
      order,
      reason: wanted[index]!.reason,
      to: refuseTransition(order, wanted[index]!.version, 'undoDelivery', wanted[index]!.reason),
      again: order.receivablesOn === 'delivered' ? order.reservedBase - order.openBase : 0n,
    }),
  )
  markUndone(tx, undone)
  changeExposure(
    tx,
    accounts,
    undone.filter(({ again }) => again > 0n).map(({ order, again }) => ({ customerId: order.customerId, ordersBase: again })),
  )
  const opened = undone.filter(({ order }) => order.receivablesOn === 'delivered')
  if (opened.length > 0)
    await emit<OrdersTakenBack>(tx, {
      type: 'orders.takenBack',
      orders: opened.map(({ order, reason }) => ({ id: order.id, customerId: order.customerId, takenBackOn: tx.today, reason })),
    })
}

type Delivery = {
  readonly id: string
  readonly order: StoredOrder
  readonly shares: readonly DeliveredShare[]
  readonly to: StoredOrder['status']
  readonly isLast: boolean
  readonly deliveredOn: Day
  readonly released: bigint
  readonly remark: string
}

function delivery(
  tx: Tx,
  order: StoredOrder,
  { version, deliveredOn, lines = everythingLeft(order.lines), remark = '' }: DeliveryWanted,
): Delivery {
  const isLast = isComplete(order.lines, lines)
  const to = refuseTransition(order, version, isLast ? 'deliver' : 'deliverPart')
  const issues = deliveryIssues(order.lines, lines)
  if (issues.length > 0) throw new Problem('orders.deliveryWrong', { count: issues.length }, { issues })
  if (deliveredOn > tx.today) throw new Problem('orders.deliveredInFuture', {}, { path: 'deliveredOn' })
  if (deliveredOn < order.orderedOn) throw new Problem('orders.deliveryBeforeOrder', {}, { path: 'deliveredOn' })
  const shares = deliveredShares(order.lines, lines)
  return { id: uuid(), order, shares, to, isLast, deliveredOn, remark, released: releasedBy(order, shares, isLast) }
}

/** The share of the reserved credit that this delivery takes out: cumulative, and everything with the last one. */
function releasedBy(order: StoredOrder, shares: readonly DeliveredShare[], isLast: boolean): bigint {
  if (isLast || order.openBase === 0n || order.amount === 0n) return order.openBase
  const share = divideRounded(order.reservedBase * sumOf(shares), order.amount)
  if (share > order.openBase) return order.openBase
  return share
}

function markDelivered(tx: Tx, deliveries: readonly Delivery[]): void {
  addDelivered(
    tx,
    deliveries.flatMap(({ order, shares }) => shares.map(({ lineNo, quantity }) => ({ orderId: order.id, lineNo, delivered: quantity }))),
  )
  setOrders(
    tx,
    deliveries.map(({ order, to, isLast, deliveredOn, released }) => ({
      id: order.id,
      version: order.version,
      status: to,
      deliveredOn: isLast ? deliveredOn : null,
      openBase: order.openBase - released,
    })),
  )
  addOrderEvents(
    tx,
    deliveries.map(({ id, order, shares, deliveredOn, remark }) => ({
      id,
      orderId: order.id,
      kind: 'delivered',
      happenedOn: deliveredOn,
      detail: { lines: shares.map(({ lineNo, quantity }) => ({ lineNo, quantity })), remark },
    })),
  )
  for (const { order, to, id, shares } of deliveries)
    tx.audit({
      action: 'orders.delivered',
      entity: 'order',
      entityId: order.id,
      before: { status: order.status },
      after: { status: to },
      detail: { deliveryId: id, lines: shares.map(({ lineNo, quantity }) => ({ lineNo, quantity })) },
    })
}

function eventOf(tx: Tx, { order, shares, deliveredOn, isLast }: Delivery): OrderForReceivables {
  const before = order.lines.reduce((sum, line) => sum + deliveredBefore(line), 0n)
  const upTo = (minor: bigint): bigint =>
    isLast && minor === order.amount ? order.amountBase : inBase(minor, order, tx.caller.baseCurrency)
  const amountBase = upTo(before + sumOf(shares)) - inBase(before, order, tx.caller.baseCurrency)
  const lines = shares.map(({ lineNo, productId, net, tax, amount }) => ({ lineNo, productId, net, tax, amount }))
  return forReceivables(
    order,
    tx.caller.baseCurrency,
    { approvedOn: order.approvedOn!, deliveredOn, opensReceivables: order.receivablesOn === 'delivered' },
    { lines, amountBase },
  )
}

function deliveredBefore(line: StoredOrder['lines'][number]): bigint {
  if (line.delivered === '0') return 0n
  const [share] = deliveredShares([{ ...line, delivered: '0' }], [{ lineNo: line.lineNo, quantity: line.delivered }])
  return share!.amount
}

function sumOf(shares: readonly DeliveredShare[]): bigint {
  return shares.reduce((sum, { amount }) => sum + amount, 0n)
}

/** `again`: the credit that is reserved anew. */
type Undone = { readonly order: StoredOrder; readonly reason: string; readonly to: StoredOrder['status']; readonly again: bigint }

function markUndone(tx: Tx, undone: readonly Undone[]): void {
  clearDelivered(
    tx,
    undone.flatMap(({ order }) => order.lines.map(({ lineNo }) => ({ orderId: order.id, lineNo }))),
  )
  setOrders(
    tx,
    undone.map(({ order, to, again }) => ({
      id: order.id,
      version: order.version,
      status: to,
      deliveredOn: null,
      openBase: order.openBase + again,
    })),
  )
  addOrderEvents(
    tx,
    undone.map(({ order, reason }) => ({ orderId: order.id, kind: 'deliveryUndone', happenedOn: tx.today, detail: { reason } })),
  )
  for (const { order, reason, to } of undone)
    tx.audit({
      action: 'orders.deliveryUndone',
      entity: 'order',
      entityId: order.id,
      before: { status: order.status },
      after: { status: to },
      detail: { reason },
    })
}
