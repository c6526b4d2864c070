import { addDays, type Day, daysBetween } from '../../kernel/day.ts'
import type { DemoCustomer } from './demo-customers.ts'
import { type DemoProductCode, usualGoods } from './demo-goods.ts'
import { type Random, randomFor } from './random.ts'

export type PlannedLine = { readonly code: DemoProductCode; readonly quantity: number }
/** An order as the demo will live it. `promisedOn` is what the customer was told, `deliverOn` what happens; `inParts`: the first line goes out ahead of the rest. */
export type PlannedOrder = {
  readonly customer: number
  readonly orderedOn: Day
  readonly promisedOn: Day
  readonly deliverOn: Day
  readonly inParts: boolean
  readonly fate: 'lives' | 'draft' | 'cancelled'
  readonly lines: readonly PlannedLine[]
}
export type DemoSpan = { readonly startOn: Day; readonly endOn: Day; readonly isWorking: (on: Day) => boolean }

/** Days between two orders of a customer of that size, on average. */
const EVERY_DAYS = { large: 13, middle: 44, small: 100 } as const
const STOPPED_ORDERING_DAYS = 120
const DRAFTS_IN_LAST_DAYS = 8

/** Every order of every customer between the first and the last day, by the day it is taken; growing a little over the months. */
export function plannedOrders(seed: number, customers: readonly DemoCustomer[], span: DemoSpan): Map<Day, PlannedOrder[]> {
  const orders = customers.flatMap((customer) => ordersOf(customer, span, randomFor(seed, `orders ${customer.index}`)))
  return Map.groupBy(orders, (order) => order.orderedOn)
}

function ordersOf(customer: DemoCustomer, span: DemoSpan, random: Random): PlannedOrder[] {
  const length = daysBetween(span.startOn, span.endOn)
  const until = customer.behaviour === 'stopped' ? length - STOPPED_ORDERING_DAYS : length
  const orders: PlannedOrder[] = []
  let at = random.int(1, EVERY_DAYS[customer.size])
  while (at <= until) {
    const orderedOn = workingFrom(addDays(span.startOn, at), span)
    if (orderedOn <= span.endOn) orders.push(orderOf(customer, orderedOn, span, random))
    const pace = 1.2 - 0.4 * (at / length)
    at += Math.max(2, Math.round(EVERY_DAYS[customer.size] * pace * (0.4 + 1.2 * random.next())))
  }
  return orders
}

function orderOf(customer: DemoCustomer, orderedOn: Day, span: DemoSpan, random: Random): PlannedOrder {
  const promisedOn = workingFrom(addDays(orderedOn, random.int(4, customer.size === 'small' ? 10 : 24)), span)
  const slip = random.chance(0.15) ? random.int(3, 16) : 0
  const isNew = daysBetween(orderedOn, span.endOn) <= DRAFTS_IN_LAST_DAYS
  const lines = linesOf(customer, random)
  return {
    customer: customer.index,
    orderedOn,
    promisedOn,
    deliverOn: workingFrom(addDays(promisedOn, slip), span),
    inParts: lines.length > 1 && customer.termsCode !== 'PREPAID' && random.chance(0.1),
    fate: isNew && random.chance(0.15) ? 'draft' : random.chance(0.02) ? 'cancelled' : 'lives',
    lines,
  }
}

function linesOf({ size }: DemoCustomer, random: Random): PlannedLine[] {
  const count = { large: random.int(2, 4), middle: random.int(1, 3), small: random.int(1, 2) }[size]
  const codes = new Set(Array.from({ length: count }, () => random.pick<DemoProductCode>(usualGoods[size])))
  const most = { large: 6, middle: 4, small: 3 }[size]
  return [...codes].map((code) => ({ code, quantity: code.startsWith('S-') || code.startsWith('W-') ? 1 : random.int(1, most) }))
}

/** The day itself, or the next one on which people work. */
export function workingFrom(on: Day, { isWorking }: Pick<DemoSpan, 'isWorking'>): Day {
  let at = on
  while (!isWorking(at)) at = addDays(at, 1)
  return at
}
