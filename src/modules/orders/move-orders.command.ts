import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { changeExposure } from '../credit/change-exposure.command.ts'
import { lockCreditAccounts } from '../credit/credit-accounts.query.ts'
import type { CustomersMerged, CustomersUnmerged } from '../customers/customer-events.ts'
import { addOrderEvents, setOrders } from './order.store.ts'
import { lockOrders } from './orders.query.ts'

/** Orders that are over stay where they were made. */
const OVER = ['completed', 'cancelled']

/** Handler of customers.merged: the orders under way go along, with the credit that is reserved for them. */
export async function moveOrdersToMergedCustomer(tx: Tx, { fromId, intoId, moved }: CustomersMerged): Promise<void> {
  const found = await tx.all<{ id: string }>(sql`select o.id from ar.orders o
    where o.tenant_id = ${tx.caller.tenantId} and o.customer_id = ${fromId} and o.status <> all(${OVER}::text[]) order by o.id`)
  moved.orders = found.map(({ id }) => id)
  await move(tx, moved.orders, fromId, intoId)
}

/** Handler of customers.unmerged: of the orders that were moved, those that are still under way go back. */
export async function moveOrdersBack(tx: Tx, { fromId, intoId, moved }: CustomersUnmerged): Promise<void> {
  const found = await tx.all<{ id: string }>(sql`select o.id from ar.orders o
    where o.tenant_id = ${tx.caller.tenantId} and o.customer_id = ${intoId} and o.id = any(${moved.orders ?? []}::uuid[]) and o.status <> all(${OVER}::text[]) order by o.id`)
  await move(
    tx,
    found.map(({ id }) => id),
    intoId,
    fromId,
  )
}

async function move(tx: Tx, ids: readonly string[], from: string, to: string): Promise<void> {
  if (ids.length === 0) return
  const orders = await lockOrders(tx, ids)
  const accounts = await lockCreditAccounts(tx, [from, to])
  setOrders(
    tx,
    orders.map(({ id, version, status }) => ({ id, version, status, customerId: to })),
  )
  addOrderEvents(
    tx,
    orders.map(({ id }) => ({ orderId: id, kind: 'moved', happenedOn: tx.today, detail: { from, to } })),
  )
  const reserved = orders.reduce((sum, { openBase }) => sum + openBase, 0n)
  if (reserved === 0n) return
  changeExposure(tx, accounts, [
    { customerId: from, ordersBase: -reserved },
    { customerId: to, ordersBase: reserved },
  ])
}
