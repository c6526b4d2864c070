import { expect } from 'vitest'
import { type Customer, type Model, type Order, pathOf, plusDays, textOf } from './model.ts'
import { actorFor, chosen, type Kind, type System, send, versionOf } from './system.ts'

const active = (model: Model): Customer[] => model.customers.filter((one) => one.mergedInto === undefined)
/** Those that may get a member: groups have up to three levels here. */
const above = (model: Model): Customer[] => active(model).filter((one) => pathOf(one).length < 3)
const inStatus = (model: Model, ...statuses: Order['status'][]): Order[] => model.orders.filter(({ status }) => statuses.includes(status))

/** Orders from draft to delivery and back, and the credit that stands behind them. */
export const selling: Readonly<Record<string, Kind>> = {
  addCustomer: {
    ready: (model) => model.customers.length < 5,
    run: async (model, system, [a = 0, b = 0]) => {
      const yuan = a % 2 === 0 ? undefined : (1 + (b % 20)) * 15
      const id = await system.world.customer(yuan === undefined ? {} : { limit: yuan })
      const limit = yuan === undefined ? undefined : BigInt(yuan) * 100n
      model.customers.push({ id, parent: undefined, limit, onHold: false, mergedInto: undefined })
    },
  },
  addMember: {
    ready: (model) => model.customers.length < 6 && above(model).length > 0,
    run: async (model, system, [a]) => {
      const parent = chosen(above(model), a!)
      const ancestors = pathOf(parent)
        .map(({ id }) => id)
        .reverse()
      const id = await system.world.customer({ parent: parent.id, ancestors })
      model.customers.push({ id, parent, limit: undefined, onHold: false, mergedInto: undefined })
    },
  },
  setLimit: {
    ready: (model) => active(model).length > 0,
    run: async (model, system, [a, b]) => {
      const customer = chosen(active(model), a!)
      const limit = BigInt(1 + (b! % 20)) * 1_500n
      const { arAccountant, financeManager } = system.company.people
      const wanted = { kind: 'standard', limit: textOf(limit), effectiveFrom: model.company.today, reason: 'model' }
      const version = await versionOf(system, 'credit_accounts', customer.id)
      const asked = await arAccountant.post(`/api/credit/${customer.id}/limits`, { version, ...wanted })
      expect(asked.status, JSON.stringify(asked.body)).toBe(201)
      if (asked.body.waiting)
        await decide(system, asked.body.id, { who: 'financeManager', person: financeManager, mayDo: true }, 'approved', 'done')
      customer.limit = limit
    },
  },
  hold: {
    ready: (model) => active(model).some(({ onHold }) => !onHold),
    run: async (model, system, [a, b]) => {
      const customer = chosen(
        active(model).filter(({ onHold }) => !onHold),
        a!,
      )
      const actor = actorFor(system, 'managesFinance', b!)
      await send(system, actor, `/api/credit/${customer.id}/hold`, { reason: 'model' }, actor.mayDo ? 'done' : 'refused')
      if (actor.mayDo) customer.onHold = true
    },
  },
  release: {
    ready: (model) => active(model).some(({ onHold }) => onHold),
    run: async (model, system, [a, b]) => {
      const customer = chosen(
        active(model).filter(({ onHold }) => onHold),
        a!,
      )
      const actor = actorFor(system, 'managesFinance', b!)
      await send(system, actor, `/api/credit/${customer.id}/release`, { reason: 'model' }, actor.mayDo ? 'done' : 'refused')
      if (actor.mayDo) customer.onHold = false
    },
  },
  draftOrder: {
    ready: (model) => active(model).length > 0,
    run: async (model, system, [a, b, c]) => {
      const customer = chosen(active(model), a!)
      const actor = actorFor(system, 'sells', b!)
      const quantity = BigInt(1 + (c! % 4))
      const price = BigInt(1 + (c! % 997)) * 37n
      const lines = [{ productId: system.world.productId, quantity: String(quantity), unitPrice: textOf(price), vatRate: '0' }]
      const draft = { customerId: customer.id, deliveryOn: plusDays(model.company.today, 7), lines }
      const reply = await send(system, actor, '/api/orders', draft, actor.mayDo ? 'done' : 'refused')
      if (!actor.mayDo) return
      const order = {
        id: reply.body.id,
        maker: actor.who,
        customer,
        submitter: undefined,
        quantity,
        price,
        delivered: 0n,
        opens: undefined,
      }
      model.orders.push({ ...order, status: 'draft', movedSinceSubmitted: false, receivables: [] })
    },
  },
  submitOrder: {
    ready: (model) => model.orders.length > 0,
    run: async (model, system, [a, b]) => {
      const order = chosen(inStatus(model, 'draft').length > 0 && b! % 9 > 0 ? inStatus(model, 'draft') : model.orders, a!)
      const actor = actorFor(system, 'sells', b!)
      const isFine = actor.mayDo && order.status === 'draft'
      const body = { orders: [{ id: order.id, version: await versionOf(system, 'orders', order.id) }] }
      const isHeld = model.isHeld(order)
      const reply = await send(system, actor, '/api/orders/submissions', body, isFine ? 'done' : 'refused')
      if (!isFine) return
      order.submitter = actor.who
      order.movedSinceSubmitted = false
      expect(reply.body.orders[0].status).toBe(isHeld ? 'submitted' : 'approved')
      if (isHeld) order.status = 'submitted'
      else await approved(model, system, order)
    },
  },
  approveOrder: {
    ready: (model) => inStatus(model, 'submitted').some((one) => !one.movedSinceSubmitted),
    run: async (model, system, [a, b]) => {
      const order = chosen(
        inStatus(model, 'submitted').filter((one) => !one.movedSinceSubmitted),
        a!,
      )
      const actor = actorFor(system, 'managesFinance', b!)
      const isFine = actor.mayDo && ![order.submitter, order.maker].includes(actor.who)
      await decide(system, order.id, actor, 'approved', isFine ? 'done' : 'refused')
      if (isFine) await approved(model, system, order)
    },
  },
  rejectOrder: {
    ready: (model) => inStatus(model, 'submitted').some((one) => !one.movedSinceSubmitted),
    run: async (model, system, [a, b]) => {
      const order = chosen(
        inStatus(model, 'submitted').filter((one) => !one.movedSinceSubmitted),
        a!,
      )
      const actor = actorFor(system, 'managesFinance', b!)
      const isFine = actor.mayDo && order.submitter !== actor.who
      await decide(system, order.id, actor, 'rejected', isFine ? 'done' : 'refused')
      if (isFine) order.status = 'rejected'
    },
  },
  withdrawOrder: changing(['submitted'], 'withdrawal', {}, (_, order) => {
    order.status = 'draft'
  }),
  cancelOrder: changing(['draft', 'submitted', 'rejected', 'approved'], 'cancellation', { reason: 'model' }, (model, order) => {
    takeBack(model, order)
    order.status = 'cancelled'
  }),
  reopenOrder: changing(['approved'], 'reopening', { reason: 'model' }, (model, order) => {
    takeBack(model, order)
    order.status = 'draft'
  }),
  completeOrder: changing(['delivered'], 'completion', { score: 5, feedback: 'model' }, (_, order) => {
    order.status = 'completed'
  }),
  undoDelivery: changing(['partlyDelivered', 'delivered'], 'deliveries/undo', { reason: 'model' }, (model, order) => {
    if (order.opens === 'delivered') takeBack(model, order)
    order.delivered = 0n
    order.status = 'approved'
  }),
  deliverPart: delivering((order, pick) => 1n + (BigInt(pick) % (order.quantity - order.delivered))),
  deliverAll: delivering((order) => order.quantity - order.delivered),
  setOpening: {
    ready: () => true,
    run: async ({ company }, system, [a]) => {
      company.opensOn = a! % 2 === 0 ? 'approved' : 'delivered'
      await putSetting(system, 'receivables', { openOn: company.opensOn })
    },
  },
}

/** A step of an order that is refused in the wrong status, to the wrong person, and where money stands on what it would take back. */
function changing(from: Order['status'][], path: string, more: object, change: (model: Model, order: Order) => void): Kind {
  return {
    ready: (model) => model.orders.length > 0,
    run: async (model, system, [a, b]) => {
      const fitting = inStatus(model, ...from)
      const order = chosen(fitting.length > 0 && b! % 9 > 0 ? fitting : model.orders, a!)
      const actor = actorFor(system, 'sells', b!)
      const takes = ['cancellation', 'reopening'].includes(path) || (path === 'deliveries/undo' && order.opens === 'delivered')
      const isPaid = takes && order.receivables.some((one) => !one.voided && one.open !== one.amount)
      const isFine = actor.mayDo && from.includes(order.status) && !isPaid
      const body = { version: await versionOf(system, 'orders', order.id), ...more }
      await send(system, actor, `/api/orders/${order.id}/${path}`, body, isFine ? 'done' : 'refused')
      if (isFine) change(model, order)
    },
  }
}

function delivering(quantityOf: (order: Order, pick: number) => bigint): Kind {
  const open = (model: Model) => inStatus(model, 'approved', 'partlyDelivered')
  return {
    ready: (model) => open(model).length > 0,
    run: async (model, system, [a, b, c]) => {
      const order = chosen(open(model), a!)
      const actor = actorFor(system, 'sells', b!)
      const quantity = quantityOf(order, c!)
      const version = await versionOf(system, 'orders', order.id)
      const body = { version, deliveredOn: model.company.today, lines: [{ lineNo: 1, quantity: String(quantity) }] }
      await send(system, actor, `/api/orders/${order.id}/deliveries`, body, actor.mayDo ? 'done' : 'refused')
      if (!actor.mayDo) return
      order.delivered += quantity
      order.status = order.delivered === order.quantity ? 'delivered' : 'partlyDelivered'
      if (order.opens === 'delivered') await opened(model, system, order, quantity * order.price)
      else await dueAgain(system, order)
    },
  }
}

async function approved(model: Model, system: System, order: Order): Promise<void> {
  order.status = 'approved'
  order.opens = model.company.opensOn
  order.delivered = 0n
  if (order.opens === 'approved') await opened(model, system, order, model.orderAmount(order))
}

/** The order has just become a receivable of this amount: its id and its due day are the program's to say. */
async function opened(model: Model, { app, company }: System, order: Order, amount: bigint): Promise<void> {
  const known = order.receivables.map(({ id }) => id)
  const { rows } = await app.database.pool.query<{ id: string; issued: string; due: string }>(
    `select r.id, r.issued_on::text as issued, r.due_on::text as due from ar.receivables r where r.tenant_id = $1 and r.order_id = $2 and r.id <> all($3)`,
    [company.tenantId, order.id, known],
  )
  expect(rows).toHaveLength(1)
  const { id, issued: issuedOn, due: dueOn } = rows[0]!
  const worth = { currency: 'CNY', amount, base: amount, tax: 0n } as const
  const one = { id, customer: order.customer, ...worth, issuedOn, dueOn, bookedOn: model.company.today }
  order.receivables.push(model.openReceivable(one))
}

/** What was opened at the approval falls due by the day of the delivery from now on, and that day is the program's to say. */
async function dueAgain({ app, company }: System, order: Order): Promise<void> {
  const { rows } = await app.database.pool.query<{ id: string; due: string }>(
    'select r.id, r.due_on::text as due from ar.receivables r where r.tenant_id = $1 and r.order_id = $2',
    [company.tenantId, order.id],
  )
  for (const { id, due } of rows) {
    const one = order.receivables.find((known) => known.id === id)
    if (one) one.dueOn = due
  }
}

function takeBack(model: Model, order: Order): void {
  for (const receivable of order.receivables) if (!receivable.voided) model.void(receivable)
}

async function decide(
  system: System,
  entityId: string,
  actor: ReturnType<typeof actorFor>,
  decision: string,
  expected: 'done' | 'refused',
): Promise<void> {
  const { rows } = await system.app.database.pool.query(
    `select r.id, r.version from ar.approval_requests r where r.tenant_id = $1 and r.entity_id = $2 and r.status = 'pending'`,
    [system.company.tenantId, entityId],
  )
  const { id, version } = rows[0]
  await send(system, actor, '/api/approvals/decisions', { decisions: [{ id, version, decision, reason: 'model' }] }, expected)
}

export async function putSetting(system: System, key: string, value: object): Promise<void> {
  const { administrator } = system.company.people
  const now = (await administrator.get(`/api/settings/${key}`)).body
  const reply = await administrator.send('PUT', `/api/settings/${key}`, { value: { ...now.value, ...value }, version: now.version })
  expect(reply.status, JSON.stringify(reply.body)).toBe(200)
}
