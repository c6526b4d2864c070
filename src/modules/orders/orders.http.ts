import { formatMinor } from '../../kernel/money.ts'
import { type BoundRoute, read, write } from '../../platform/http.ts'
import { checkOrder } from './check-order.query.ts'
import { copyLastOrder, copyOrders } from './copy-orders.command.ts'
import { deliverOrders, undoDeliveries } from './deliver-orders.command.ts'
import { cancelOrders, completeOrders, reopenOrders, withdrawOrders } from './end-orders.command.ts'
import { checkOrder as checkOrderRoute } from './order-check.api.ts'
import { readOrderDetail } from './order-detail.query.ts'
import { listOrders } from './order-list.query.ts'
import { shownCheck, shownOrder } from './order-shown.query.ts'
import * as api from './orders.api.ts'
import { createOrders, editOrders } from './save-orders.command.ts'
import { submitOrders } from './submit-orders.command.ts'

const ok = { ok: true } as const

export const ordersHttp: BoundRoute[] = [
  read(api.listOrders, async (reader, { query }) => {
    const { items, sumBase, ...rest } = await listOrders(reader, query)
    const base = reader.caller.baseCurrency
    return {
      ...rest,
      sumBase: formatMinor(sumBase, base),
      items: items.map((item) => ({
        ...item,
        amount: formatMinor(item.amount, item.currency),
        amountBase: formatMinor(item.amountBase, base),
      })),
    }
  }),
  read(checkOrderRoute, async (reader, { body }) => ({
    at: reader.at.toISOString(),
    ...shownCheck(await checkOrder(reader, body.draft, body.orderId), reader.caller.baseCurrency),
  })),
  read(api.getOrder, async (reader, { params }) => shownOrder(await readOrderDetail(reader, params.id), reader.caller.baseCurrency)),
  write(api.createOrder, async (tx, { body }) => ({ id: (await createOrders(tx, [body]))[0]! })),
  write(api.editOrder, async (tx, { params, body }) => {
    await editOrders(tx, [{ id: params.id, version: body.version, draft: body.draft }])
    return ok
  }),
  write(api.copyOrder, async (tx, { params }) => ({ id: (await copyOrders(tx, [params.id]))[0]! })),
  write(api.copyLast, async (tx, { body }) => ({ id: await copyLastOrder(tx, body.customerId) })),
  write(api.submitOrders, async (tx, { body }) => ({ orders: await submitOrders(tx, body.orders) })),
  write(api.withdrawOrder, async (tx, { params, body }) => {
    await withdrawOrders(tx, [{ ...body, id: params.id }])
    return ok
  }),
  write(api.cancelOrder, async (tx, { params, body }) => {
    await cancelOrders(tx, [{ ...body, id: params.id }])
    return ok
  }),
  write(api.reopenOrder, async (tx, { params, body }) => {
    await reopenOrders(tx, [{ ...body, id: params.id }])
    return ok
  }),
  write(api.deliverOrder, async (tx, { params, body }) => ({ id: (await deliverOrders(tx, [{ ...body, id: params.id }]))[0]! })),
  write(api.undoDelivery, async (tx, { params, body }) => {
    await undoDeliveries(tx, [{ ...body, id: params.id }])
    return ok
  }),
  write(api.completeOrder, async (tx, { params, body }) => {
    await completeOrders(tx, [{ ...body, id: params.id }])
    return ok
  }),
]
