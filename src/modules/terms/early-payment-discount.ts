import { addDays, type Day } from '../../kernel/day.ts'
import { fraction } from '../../kernel/fraction.ts'
import { divideRounded, isZero, least, type Money, minus, money, plus, zero } from '../../kernel/money.ts'
import type { EarlyPaymentDiscount } from './payment-terms.ts'

/** The item a discount is asked for. `amount` and `net` are already less credit notes, so that nothing is taken on top of one. */
export type DiscountedItem = {
  readonly amount: Money
  readonly net: Money
  readonly open: Money
  /** Discount already given on this item. */
  readonly taken: Money
  readonly baseOn: Day
}
export type DiscountAnswer = {
  readonly lastDay: Day
  readonly discount: Money
  readonly refused?: 'late' | 'taken' | 'partPayment' | 'nothingLeft'
}

/**
 * 现金折扣 that a payment of `paid` with value day `receivedOn` earns. The last day still counts, the next does not. Once per item: with
 * partPayment 'proRata' all discounts together never pass the full one. A payer who pays the whole open amount gets nothing back.
 */
export function earlyPaymentDiscount(offer: EarlyPaymentDiscount, item: DiscountedItem, paid: Money, receivedOn: Day): DiscountAnswer {
  const lastDay = lastDiscountDay(offer, item.baseOn)
  const none = (refused: NonNullable<DiscountAnswer['refused']>): DiscountAnswer => ({ lastDay, discount: zero(paid.currency), refused })
  const full = fullDiscount(offer, item)
  const available = minus(full, item.taken)
  if (receivedOn > lastDay) return none('late')
  if (!isZero(item.taken) && (offer.partPayment === 'none' || available.minor <= 0n)) return none('taken')
  if (paid.minor >= item.open.minor || paid.minor <= 0n) return none('nothingLeft')
  const short = minus(item.open, paid)
  if (plus(paid, available).minor >= item.open.minor) return { lastDay, discount: least(available, short) }
  if (offer.partPayment === 'none') return none('partPayment')
  const share = money(divideRounded(paid.minor * full.minor, item.amount.minor - full.minor), paid.currency)
  return { lastDay, discount: least(least(share, available), short) }
}

/** The whole discount of an item: percent of gross or of net, rounded half up. */
export function fullDiscount(offer: EarlyPaymentDiscount, item: Pick<DiscountedItem, 'amount' | 'net'>): Money {
  const percent = fraction(offer.percent)
  const from = offer.on === 'gross' ? item.amount : item.net
  return money(divideRounded(from.minor * percent.numerator, percent.denominator * 100n), from.currency)
}

/** The last value day that earns the discount. */
function lastDiscountDay(offer: EarlyPaymentDiscount, baseOn: Day): Day {
  return addDays(baseOn, offer.withinDays)
}
