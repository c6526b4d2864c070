import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import type { OrderDraft } from './order-draft.ts'
import { readOrders } from './orders.query.ts'
import { createOrders } from './save-orders.command.ts'
import type { StoredOrder } from './stored-order.ts'

/** New drafts with the same customers, lines and conditions as these orders; days, customer reference and rate of a foreign currency are asked for anew (the rate is kept until then). */
export async function copyOrders(tx: Tx, ids: readonly string[]): Promise<string[]> {
  return createOrders(tx, (await readOrders(tx, ids)).map(draftOf))
}

/** A copy of the customer's latest order. Throws orders.nothingToCopy. */
export async function copyLastOrder(tx: Tx, customerId: string): Promise<string> {
  const last = await tx.maybe<{ id: string }>(
    sql`select o.id from ar.orders o where o.tenant_id = ${tx.caller.tenantId} and o.customer_id = ${customerId} and o.status <> 'cancelled' order by o.ordered_on desc, o.id desc limit 1`,
  )
  if (!last) throw new Problem('orders.nothingToCopy')
  return (await copyOrders(tx, [last.id]))[0]!
}

function draftOf(order: StoredOrder): OrderDraft {
  const { entityId, customerId, salespersonId, regionId, currency, rate, termsId, paymentMethodId, remark, pricesIncludeTax, discount } =
    order
  const lines = order.lines.map(({ productId, description, unit, quantity, unitPrice, vatRate, discount: own }) => ({
    productId,
    description,
    unit,
    quantity,
    unitPrice,
    vatRate,
    discount: own,
  }))
  return {
    entityId,
    customerId,
    salespersonId,
    regionId,
    currency,
    rate,
    termsId,
    paymentMethodId,
    remark,
    pricesIncludeTax,
    discount,
    lines,
  }
}
