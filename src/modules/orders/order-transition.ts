import { Problem } from '../../kernel/problem.ts'
import { type OrderAction, type OrderStatus, orderTransition } from './order-status.ts'

/** The status that `action` leads to. Throws platform.staleVersion, orders.notInThisStatus (conflict) or orders.reasonMissing. */
export function refuseTransition(
  order: { readonly status: OrderStatus; readonly version: number },
  seenVersion: number,
  action: OrderAction,
  reason = '',
): OrderStatus {
  if (order.version !== seenVersion) throw new Problem('platform.staleVersion', { version: order.version }, { kind: 'conflict' })
  return transition(order.status, action, reason)
}

/** The same without a version: for what follows from another document. */
export function transition(status: OrderStatus, action: OrderAction, reason = ''): OrderStatus {
  const answer = orderTransition(status, action, reason)
  if (answer.ok) return answer.to
  throw new Problem(answer.code, { status, action }, answer.code === 'orders.reasonMissing' ? { path: 'reason' } : { kind: 'conflict' })
}
