import { describe, expect, test } from 'vitest'
import {
  allowedActions,
  isEditable,
  lateDelivery,
  type OrderAction,
  type OrderStatus,
  orderActions,
  orderStatuses,
  orderTransition,
} from './order-status.ts'

describe('the path of an order', () => {
  test.each<[OrderStatus, OrderAction, OrderStatus]>([
    ['draft', 'submit', 'submitted'],
    ['submitted', 'approve', 'approved'],
    ['submitted', 'withdraw', 'draft'],
    ['rejected', 'revise', 'draft'],
    ['approved', 'deliverPart', 'partlyDelivered'],
    ['partlyDelivered', 'deliver', 'delivered'],
    ['delivered', 'complete', 'completed'],
  ])('%s, %s: %s', (from, action, to) => {
    expect(orderTransition(from, action)).toEqual({ ok: true, to })
  })
  test.each<[OrderStatus, OrderAction]>([
    ['draft', 'approve'],
    ['approved', 'submit'],
    ['approved', 'complete'],
    ['delivered', 'cancel'],
    ['partlyDelivered', 'cancel'],
    ['completed', 'cancel'],
    ['cancelled', 'submit'],
  ])('%s cannot be: %s', (from, action) => {
    expect(orderTransition(from, action, 'because')).toEqual({ ok: false, code: 'orders.notInThisStatus' })
  })
  test.each<[OrderStatus, OrderAction]>([
    ['submitted', 'reject'],
    ['approved', 'cancel'],
    ['delivered', 'undoDelivery'],
  ])('%s, %s needs a reason', (from, action) => {
    expect(orderTransition(from, action, '  ')).toEqual({ ok: false, code: 'orders.reasonMissing' })
    expect(orderTransition(from, action, 'because').ok).toBe(true)
  })
  test('every status is reached from a draft', () => {
    const reached = new Set<OrderStatus>(['draft'])
    for (const _ of orderStatuses) {
      for (const status of [...reached]) {
        for (const action of orderActions) {
          const answer = orderTransition(status, action, 'because')
          if (answer.ok) reached.add(answer.to)
        }
      }
    }
    expect([...reached].sort()).toEqual([...orderStatuses].sort())
  })
  test('nothing follows completion or cancellation', () => {
    expect([allowedActions('completed'), allowedActions('cancelled')]).toEqual([[], []])
  })
  test('only what was promised to nobody is edited', () => {
    expect(orderStatuses.filter(isEditable)).toEqual(['draft', 'rejected'])
  })
})

test.each<[string, OrderStatus, string | undefined, boolean]>([
  ['due yesterday', 'approved', '2026-11-20', true],
  ['due today', 'approved', '2026-11-21', false],
  ['partly delivered', 'partlyDelivered', '2026-11-01', true],
  ['delivered', 'delivered', '2026-11-01', false],
  ['no day promised', 'approved', undefined, false],
])('late delivery: %s', (_, status, deliveryOn, late) => {
  expect(lateDelivery({ status, deliveryOn }, '2026-11-21')).toBe(late)
})
