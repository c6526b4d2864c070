import type { Day } from '../../kernel/day.ts'
import type { Rate } from '../../kernel/percent.ts'
import type { PaymentTerms } from '../terms/payment-terms.ts'

/** When an order becomes receivables (setting `orders.openReceivablesOn`). */
const opensReceivablesOn = ['approved', 'delivered'] as const
export type OpensReceivablesOn = (typeof opensReceivablesOn)[number]

/** One line of an order, or the part of it that was delivered. Minor units of the order's currency; net + tax = amount. */
export type OrderEventLine = {
  readonly lineNo: number
  readonly productId: string
  readonly net: bigint
  readonly tax: bigint
  readonly amount: bigint
}

/**
 * 订单 as everything downstream sees it: what is needed to open receivables by its payment terms. `net`, `tax`, `amount` are the sums of `lines`:
 * of the whole order in `orders.approved`, of what was delivered this time in `orders.delivered`; all deliveries together make the order to the cent,
 * in the base currency too. `rate` = base currency for one unit of the order's currency. `terms` is the snapshot taken at submission.
 */
export type OrderForReceivables = {
  readonly id: string
  readonly entityId: string
  readonly customerId: string
  readonly salespersonId: string | null
  readonly regionId: string | null
  readonly currency: string
  readonly rate: Rate
  readonly net: bigint
  readonly tax: bigint
  readonly amount: bigint
  /** Base currency: netBase + taxBase = amountBase. */
  readonly netBase: bigint
  readonly taxBase: bigint
  readonly amountBase: bigint
  readonly orderedOn: Day
  readonly approvedOn: Day
  /** As planned. */
  readonly deliveryOn: Day | null
  /** The day of this delivery; null in `orders.approved`. */
  readonly deliveredOn: Day | null
  readonly termsId: string | null
  readonly terms: PaymentTerms
  readonly customerReference: string | null
  readonly lines: readonly OrderEventLine[]
  /**
   * True when receivables are to be opened from this event now. Who moves exposure:
   * - setting 'approved' (`orders.approved`, true): orders reserves nothing in orders_base, its `open_base` stays 0. The command that opens receivables adds `amountBase`
   *   to receivables_base by changeExposure; the guard with the limits was put into the same write set before the event, so both are judged together.
   * - setting 'delivered': approval reserves orders_base (event with false); a delivery takes its share out of orders_base before `orders.delivered` (true), and the command
   *   that opens receivables adds `amountBase` to receivables_base. It writes nothing of orders in either case.
   * The credit accounts of all customers of the event are locked already (lockCreditAccounts may be called again: it is the same lock).
   */
  readonly opensReceivables: boolean
  /** Gross amount of the whole order: fixed amounts of the terms are parts of it, and a delivery takes its share of each. */
  readonly wholeAmount: bigint
  /** The highest part number that the order's receivables have already; 0 = none. */
  readonly lastPartNo: number
}

/** Orders have been approved, by people or by rule. Handlers: open receivables where `opensReceivables`. */
export type OrdersApproved = { readonly type: 'orders.approved'; readonly orders: readonly OrderForReceivables[] }

/** Goods have gone out. `deliveryId` is the order_events row, one a delivery: the unique source of what follows. `complete` = nothing is left to deliver. */
export type OrdersDelivered = {
  readonly type: 'orders.delivered'
  readonly orders: readonly (OrderForReceivables & { readonly deliveryId: string; readonly complete: boolean })[]
}

/** Approved orders that were cancelled or changed before delivery: what was opened from them is to be taken back. Refused by a handler when money has been allocated to it. */
export type OrdersTakenBack = {
  readonly type: 'orders.takenBack'
  readonly orders: readonly { readonly id: string; readonly customerId: string; readonly takenBackOn: Day; readonly reason: string }[]
}
export type OrderEvent = OrdersApproved | OrdersDelivered | OrdersTakenBack
