import { divideRounded, money, splitByWeight } from '../../kernel/money.ts'
import type { OrderForReceivables } from '../orders/order-events.ts'
import type { Calendar } from '../terms/calendar.ts'
import { type BaseDates, dueDates } from '../terms/due-date.ts'
import type { ReceivableToOpen } from './receivable-to-open.ts'

/**
 * The receivables that an order, or one delivery of it, becomes: one for each part of its payment terms that is more than nothing. Every line of the order is in
 * every part with its share, so that products age too. Over the parts, amounts, taxes, base amounts and each line add up to the order exactly. The issue day is the
 * day of the delivery, else of the approval; no part falls due before it.
 */
export function orderParts(order: OrderForReceivables, calendar: Calendar): ReceivableToOpen[] {
  const issuedOn = order.deliveredOn ?? order.approvedOn
  const parts = dueDates(order.terms, baseDates(order), money(order.wholeAmount, order.currency), calendar, issuedOn)
  const amounts = splitByWeight(
    order.amount,
    parts.map((part) => part.amount.minor),
  )
  let before = 0n
  const opened: ReceivableToOpen[] = []
  parts.forEach((part, index) => {
    const upTo = before + amounts[index]!
    if (upTo > before) {
      opened.push({
        kind: 'order',
        entityId: order.entityId,
        customerId: order.customerId,
        orderId: order.id,
        partNo: order.lastPartNo + opened.length + 1,
        partName: parts.length === 1 ? null : part.name,
        salespersonId: order.salespersonId,
        regionId: order.regionId,
        currency: order.currency,
        amountBase: share(order.amountBase, before, upTo, order.amount),
        taxBase: share(order.taxBase, before, upTo, order.amount),
        lines: lineParts(order, before, upTo),
        issuedOn,
        dueOn: part.effectiveDue,
        contractDueOn: part.contractDue,
        entryOn: issuedOn,
        reference: order.customerReference,
        sourceNo: null,
        disputed: false,
        remark: '',
        terms: termsOfPart(order, part.baseOn),
      })
    }
    before = upTo
  })
  return opened
}

/** The days that the order's terms count from, as far as they are known. */
export function baseDates(order: OrderForReceivables): BaseDates {
  return {
    order: order.orderedOn,
    approval: order.approvedOn,
    ...(order.deliveredOn === null ? {} : { delivery: order.deliveredOn }),
    ...(order.deliveryOn === null ? {} : { expected: { delivery: order.deliveryOn } }),
  }
}

/** Cumulative, so that all parts together give the whole. */
function share(whole: bigint, before: bigint, upTo: bigint, of: bigint): bigint {
  return divideRounded(whole * upTo, of) - divideRounded(whole * before, of)
}

function lineParts(order: OrderForReceivables, before: bigint, upTo: bigint): ReceivableToOpen['lines'] {
  const weights = order.lines.map((line) => line.amount)
  const earlier = splitByWeight(before, weights)
  const later = splitByWeight(upTo, weights)
  return order.lines.map((line, index) => {
    const tax = line.amount === 0n ? line.tax : share(line.tax, earlier[index]!, later[index]!, line.amount)
    return { productId: line.productId, net: later[index]! - earlier[index]! - tax, tax }
  })
}

/** What a discount is judged by later: the offer and the day it counts from. */
export function termsOfPart(order: OrderForReceivables, baseOn: string): unknown {
  const { earlyPaymentDiscount } = order.terms
  return { termsId: order.termsId, baseOn, ...(earlyPaymentDiscount === undefined ? {} : { earlyPaymentDiscount }) }
}
