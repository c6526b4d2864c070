import type { Tx } from '../../platform/db.ts'
import type { OrderForReceivables, OrdersApproved, OrdersDelivered, OrdersTakenBack } from '../orders/order-events.ts'
import { openReceivables } from './open-receivables.command.ts'
import { companyCalendars, openReceivablesOfOrders } from './order-facts.query.ts'
import { orderParts } from './order-parts.ts'
import { voidReceivables } from './void-receivables.command.ts'

/** Handler of orders.approved and orders.delivered: opens what the event says is owed from now on, one receivable a part of the payment terms. */
export async function openOrderReceivables(tx: Tx, { orders }: OrdersApproved | OrdersDelivered): Promise<void> {
  const owed = (orders as readonly OrderForReceivables[]).filter((order) => order.opensReceivables && order.amount > 0n)
  if (owed.length === 0) return
  const calendarOf = await companyCalendars(tx)
  await openReceivables(
    tx,
    owed.flatMap((order) => orderParts(order, calendarOf(order.terms.calendar))),
  )
}

/** Handler of orders.takenBack: takes back what was opened from the orders. Throws receivables.hasAllocations when money was already allocated to it. */
export async function takeBackOrderReceivables(tx: Tx, { orders }: OrdersTakenBack): Promise<void> {
  const open = await openReceivablesOfOrders(
    tx,
    orders.map((order) => order.id),
  )
  const byOrder = new Map(orders.map((order) => [order.id, order]))
  await voidReceivables(
    tx,
    open.map(({ id, orderId }) => ({ id, voidedOn: byOrder.get(orderId)!.takenBackOn, reason: byOrder.get(orderId)!.reason })),
  )
}
