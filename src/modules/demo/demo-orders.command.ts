import type { Day } from '../../kernel/day.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { type DecisionWanted, decideApprovals } from '../approvals/decide-approvals.command.ts'
import { deliverOrders } from '../orders/deliver-orders.command.ts'
import { cancelOrders, completeOrders } from '../orders/end-orders.command.ts'
import { createOrders } from '../orders/save-orders.command.ts'
import { submitOrders } from '../orders/submit-orders.command.ts'
import { ordersNow, requestsBefore, type WaitingRequest } from './demo-books.query.ts'
import type { Life } from './demo-day.command.ts'
import { type DemoProductCode, demoPrice } from './demo-goods.ts'
import type { PlannedOrder } from './demo-orders.ts'
import { rateOn } from './exchange-rate.ts'

/** Nobody has decided yet on what was asked for in so many last days. */
const UNDECIDED_DAYS = 2
const EXPORT_RATE = 8

/** The day's orders: taken and submitted by their salespeople; what passes is planned for delivery, the rest waits. */
export async function takeOrders(life: Life, on: Day): Promise<void> {
  const taken = life.orders.get(on) ?? []
  for (const [seller, own] of Map.groupBy(taken, ({ customer }) => life.customers[customer]!.salesperson)) {
    const drafts = own.map((order) => draftOf(life, order, on))
    const { ids, submitted } = await life.act(`seller${seller}`, (tx) => saveAndSubmit(tx, drafts, own))
    for (const { id, status } of submitted) {
      const order = own[ids.indexOf(id)]!
      if (status === 'submitted') life.waitingOrders.set(id, order)
      else await planDelivery(life, id, order, on)
    }
  }
}

async function saveAndSubmit(tx: Tx, drafts: Parameters<typeof createOrders>[1], orders: readonly PlannedOrder[]) {
  const ids = await createOrders(tx, drafts)
  const live = ids.filter((_, index) => orders[index]!.fate !== 'draft')
  if (live.length === 0) return { ids, submitted: [] }
  await tx.flush() // the submission locks the orders that were just written
  return {
    ids,
    submitted: await submitOrders(
      tx,
      live.map((id) => ({ id, version: 1 })),
    ),
  }
}

function draftOf(life: Life, order: PlannedOrder, on: Day): Parameters<typeof createOrders>[1][number] {
  const currency = life.customers[order.customer]!.fields.currency ?? 'CNY'
  const no = `PO-${on.slice(2, 7).replace('-', '')}-${String(life.random.int(1, 9_999)).padStart(4, '0')}`
  return {
    customerId: life.customerIds[order.customer]!,
    orderedOn: on,
    deliveryOn: order.promisedOn,
    customerReference: no,
    ...(currency === 'CNY' ? {} : { currency, rate: rateOn(currency, on) }),
    lines: order.lines.map(({ code, quantity }) => ({
      productId: life.productIds.get(code)!,
      quantity: String(quantity),
      ...(currency === 'CNY' ? {} : exportPrice(code)),
    })),
  }
}

/** Abroad the list price counts at a round rate, and no tax is added (出口零税率). */
function exportPrice(code: DemoProductCode): { unitPrice: string; vatRate: string } {
  return { unitPrice: (Number(demoPrice(code)) / EXPORT_RATE).toFixed(2), vatRate: '0' }
}

/** After an approval: when it goes out, when it is given up, and when money comes before the goods. */
async function planDelivery(life: Life, orderId: string, order: PlannedOrder, on: Day): Promise<void> {
  if (order.fate === 'cancelled') return life.cancellations.put(life.nextWorking(on, 2), orderId)
  const customer = life.customers[order.customer]!
  const deliverOn = order.deliverOn > on ? order.deliverOn : life.nextWorking(on, 1)
  life.deliveries.put(deliverOn, { orderId, order, part: order.inParts ? 'first' : 'rest' })
  if (customer.termsCode !== 'PREPAID') return
  const now = (await life.look((reader) => ordersNow(reader, [orderId]))).get(orderId)!
  const { customerId, amount, currency } = now
  life.prepayments.put(life.nextWorking(on, 1), { orderId, customerId, amount, currency })
}

/** What waited for a night is decided by whose step it is; the last days' requests still wait. */
export async function decide(life: Life, on: Day): Promise<void> {
  if (life.daysLeft(on) < UNDECIDED_DAYS) return
  const waiting = await life.look((reader) => requestsBefore(reader, new Date(Date.parse(`${on}T00:00:00Z`) - 8 * 3_600_000)))
  for (const [key, own] of Map.groupBy(waiting, (request) => deciderOf(life, request))) await decideAs(life, key, own)
  if (waiting.length > 0) await followApproved(life, on)
}

function deciderOf(life: Life, { role, salespersonId }: WaitingRequest): string {
  if (role !== 'salesManager') return role
  const seller = Object.entries(life.callers).find(([, caller]) => caller.actorId === salespersonId)?.[0]
  return ['seller0', 'seller1', 'seller2', 'seller9'].includes(seller ?? '') ? 'managerEast' : 'managerSouth'
}

/** All at once; where one of them no longer can be (its limit is used up by now), one by one. */
async function decideAs(life: Life, key: string, requests: readonly WaitingRequest[]): Promise<void> {
  const decisions = requests.map((request): DecisionWanted => {
    const refuses = request.kind === 'order' && life.random.chance(0.25)
    const reason = life.random.pick(refuses ? life.words.refused : life.words.released)
    return { id: request.id, version: request.version, decision: refuses ? 'rejected' : 'approved', reason }
  })
  await life
    .act(key, (tx) => decideApprovals(tx, decisions))
    .catch(async (error: unknown) => {
      if (!(error instanceof Problem)) throw error
      for (const one of decisions) await life.act(key, (tx) => decideApprovals(tx, [one])).catch(unlessProblem)
    })
}

async function followApproved(life: Life, on: Day): Promise<void> {
  const now = await life.look((reader) => ordersNow(reader, [...life.waitingOrders.keys()]))
  for (const [id, order] of [...life.waitingOrders]) {
    const { status } = now.get(id)!
    if (status === 'submitted') continue
    life.waitingOrders.delete(id)
    if (status === 'approved') await planDelivery(life, id, order, on)
  }
}

/** Goods go out; part of an order first where it is so planned. Orders whose day was today, given up, and orders that the customer has signed off. */
export async function deliverAndEnd(life: Life, on: Day): Promise<void> {
  const due = life.deliveries.take(on)
  if (due.length > 0) await deliver(life, on, due)
  const cancelled = await current(life, life.cancellations.take(on), ['approved'])
  if (cancelled.length > 0)
    await life.act('accountant', (tx) => cancelOrders(tx, cancelled.map(({ id, version }) => ({ id, version, reason: life.words.said.cancelled })))) // biome-ignore format: reads as one step
  const completed = await current(life, life.completions.take(on), ['delivered'])
  if (completed.length > 0)
    await life.act('cashier', (tx) =>
      completeOrders(
        tx,
        completed.map(({ id, version }) => ({
          id,
          version,
          score: life.random.int(3, 5),
          feedback: life.random.pick(life.words.feedback),
        })),
      ),
    )
}

async function deliver(life: Life, on: Day, due: ReturnType<Life['deliveries']['take']>): Promise<void> {
  const now = await life.look((reader) => ordersNow(reader, due.map(({ orderId }) => orderId))) // biome-ignore format: reads as one step
  const wanted = due.map(({ orderId, order, part }) => ({
    id: orderId,
    version: now.get(orderId)!.version,
    deliveredOn: on,
    ...(part === 'first' ? { lines: [{ lineNo: 1, quantity: String(order.lines[0]!.quantity) }], remark: life.words.said.firstBatch } : {}),
  }))
  await life.act('cashier', (tx) => deliverOrders(tx, wanted))
  for (const { orderId, order, part } of due)
    if (part === 'first') life.deliveries.put(life.nextWorking(on, life.random.int(6, 20)), { orderId, order, part: 'rest' })
    else if (life.random.chance(0.35)) life.completions.put(life.nextWorking(on, life.random.int(3, 12)), orderId)
}

async function current(life: Life, ids: readonly string[], statuses: readonly string[]) {
  if (ids.length === 0) return []
  return [...(await life.look((reader) => ordersNow(reader, ids))).values()].filter(({ status }) => statuses.includes(status))
}

export function unlessProblem(error: unknown): void {
  if (!(error instanceof Problem)) throw error
}
