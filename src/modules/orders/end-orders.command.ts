import type { Tx } from '../../platform/db.ts'
import { emit } from '../../platform/events.ts'
import { withdrawApprovals } from '../approvals/withdraw-approvals.command.ts'
import { changeExposure } from '../credit/change-exposure.command.ts'
import { lockCreditAccounts } from '../credit/credit-accounts.query.ts'
import { addOrderEvents, setOrders } from './order.store.ts'
import type { OrdersTakenBack } from './order-events.ts'
import { refuseTransition } from './order-transition.ts'
import { lockOrders } from './orders.query.ts'
import type { StoredOrder } from './stored-order.ts'

export type WithReason = { readonly id: string; readonly version: number; readonly reason: string }

/** 取消: from draft, submitted, rejected or approved, with a reason. What was reserved is free again; receivables that were opened are taken back, unless money has been allocated to them. */
export function cancelOrders(tx: Tx, wanted: readonly WithReason[]): Promise<void> {
  return takeBack(tx, wanted, 'cancel', 'cancelled')
}

/** Takes the approval of orders back so that they can be changed: drafts again, to be submitted and checked anew. */
export function reopenOrders(tx: Tx, wanted: readonly WithReason[]): Promise<void> {
  return takeBack(tx, wanted, 'reopen', 'reopened')
}

/** Takes submitted orders back before anybody decided: drafts again. */
export function withdrawOrders(tx: Tx, wanted: readonly { id: string; version: number }[]): Promise<void> {
  return takeBack(
    tx,
    wanted.map((one) => ({ ...one, reason: '' })),
    'withdraw',
    'withdrawn',
  )
}

/** 完成, with what the customer said: `score` 1 (bad) to 5. */
export async function completeOrders(
  tx: Tx,
  wanted: readonly { id: string; version: number; score: number | null; feedback: string }[],
): Promise<void> {
  const orders = await lockOrders(
    tx,
    wanted.map(({ id }) => id),
  )
  const rows = orders.map((order, index) => ({ order, ...wanted[index]!, to: refuseTransition(order, wanted[index]!.version, 'complete') }))
  setOrders(
    tx,
    rows.map(({ id, version, to, score, feedback }) => ({ id, version, status: to, completedAt: tx.at, feedbackScore: score, feedback })),
  )
  addOrderEvents(
    tx,
    rows.map(({ id, score, feedback }) => ({ orderId: id, kind: 'completed', happenedOn: tx.today, detail: { score, feedback } })),
  )
  for (const { id, order, to, score } of rows)
    tx.audit({ action: 'orders.completed', entity: 'order', entityId: id, before: { status: order.status }, after: { status: to, score } })
}

async function takeBack(tx: Tx, wanted: readonly WithReason[], action: 'cancel' | 'reopen' | 'withdraw', done: string): Promise<void> {
  const orders = await lockOrders(
    tx,
    wanted.map(({ id }) => id),
  )
  const rows = orders.map(
    (order, index): TakenBack => ({
      order,
      reason: wanted[index]!.reason,
      to: refuseTransition(order, wanted[index]!.version, action, wanted[index]!.reason),
    }),
  )
  const submitted = orders.filter(({ status }) => status === 'submitted')
  if (submitted.length > 0)
    await withdrawApprovals(
      tx,
      'order',
      submitted.map(({ id }) => id),
      'withdrawn',
    )
  const approved = rows.filter(({ order }) => order.status === 'approved')
  markTakenBack(
    tx,
    rows.filter(({ order }) => order.status !== 'approved'),
  )
  markApprovalTakenBack(tx, approved)
  record(tx, rows, done)
  await releaseCredit(tx, approved)
}

type TakenBack = { readonly order: StoredOrder; readonly reason: string; readonly to: StoredOrder['status'] }

function markTakenBack(tx: Tx, rows: readonly TakenBack[]): void {
  setOrders(
    tx,
    rows.map(({ order, to, reason }) => ({ id: order.id, version: order.version, status: to, statusReason: reason })),
  )
}

/** Nothing of the approval stays: no reserved credit, nobody who approved. */
function markApprovalTakenBack(tx: Tx, approved: readonly TakenBack[]): void {
  setOrders(
    tx,
    approved.map(({ order, to, reason }) => ({
      id: order.id,
      version: order.version,
      status: to,
      statusReason: reason,
      openBase: 0n,
      reservedBase: 0n,
      approvedBy: null,
      approvedAt: null,
      approvedHow: null,
      approvedHash: null,
      overrideId: null,
      receivablesOn: null,
    })),
  )
}

function record(tx: Tx, rows: readonly TakenBack[], done: string): void {
  addOrderEvents(
    tx,
    rows.map(({ order, reason }) => ({ orderId: order.id, kind: done, happenedOn: tx.today, detail: { reason } })),
  )
  for (const { order, to, reason } of rows)
    tx.audit({
      action: `orders.${done}`,
      entity: 'order',
      entityId: order.id,
      before: { status: order.status },
      after: { status: to },
      detail: { reason },
    })
}

async function releaseCredit(tx: Tx, approved: readonly TakenBack[]): Promise<void> {
  if (approved.length === 0) return
  const accounts = await lockCreditAccounts(
    tx,
    approved.map(({ order }) => order.customerId),
  )
  changeExposure(
    tx,
    accounts,
    approved.filter(({ order }) => order.openBase > 0n).map(({ order }) => ({ customerId: order.customerId, ordersBase: -order.openBase })),
  )
  await emit<OrdersTakenBack>(tx, {
    type: 'orders.takenBack',
    orders: approved.map(({ order, reason }) => ({ id: order.id, customerId: order.customerId, takenBackOn: tx.today, reason })),
  })
}
