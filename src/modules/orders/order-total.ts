import { assert } from '../../kernel/assert.ts'
import { minorUnits } from '../../kernel/currency.ts'
import { decimalsOf, type Fraction, parseFraction } from '../../kernel/fraction.ts'
import { divideRounded, LARGEST_MINOR, parseMinor, splitByWeight } from '../../kernel/money.ts'
import { isRate, type Rate, taxWithin, timesRate } from '../../kernel/percent.ts'
import type { Issue } from '../../kernel/problem.ts'

/** What is keyed in. Quantity and price are decimal text with at most six decimals; the price includes tax or not, as the order says. */
export type OrderLineInput = {
  readonly quantity: string
  readonly unitPrice: string
  readonly vatRate: Rate
  readonly discount?: Discount
}
/** `percent` ('10' = 10 %) or `amount` in the order's currency; of the line, or of the whole order; in prices as the order keys them. */
export type Discount = { readonly percent: string } | { readonly amount: string }

export type OrderInput = {
  readonly currency: string
  readonly pricesIncludeTax: boolean
  readonly lines: readonly OrderLineInput[]
  readonly discount?: Discount
}

/** Minor units. `discount` is what was taken off the line, its share of the order's discount included, in prices as keyed. */
export type LineTotal = { readonly discount: bigint; readonly net: bigint; readonly tax: bigint; readonly gross: bigint }
export type OrderTotal = {
  readonly lines: readonly LineTotal[]
  readonly discount: bigint
  readonly net: bigint
  readonly tax: bigint
  readonly gross: bigint
  /** Per VAT rate, in order of first appearance: what the invoice will show. */
  readonly byRate: readonly { readonly vatRate: Rate; readonly net: bigint; readonly tax: bigint; readonly gross: bigint }[]
}

const MOST_LINES = 5_000
const MOST_DECIMALS = 6

/** Every fault of the input, with the field's path; only an order without issues may be given to `orderTotal`. */
export function orderTotalIssues(order: OrderInput): Issue[] {
  const issues = order.lines.flatMap((line, i) => lineIssues(line, order.currency, `lines.${i}`))
  if (order.lines.length > MOST_LINES) issues.push({ path: 'lines', code: 'orders.tooManyLines', params: { most: MOST_LINES } })
  if (order.discount) issues.push(...discountIssues(order.discount, order.currency, 'discount'))
  if (issues.length > 0) return issues
  const keyed = order.lines.map((line) => keyedAmounts(line, order.currency))
  const after = keyed.reduce((total, { amount, discount }) => total + amount - discount, 0n)
  keyed.forEach(({ amount, discount }, i) => {
    if (discount > amount) issues.push({ path: `lines.${i}.discount`, code: 'orders.discountAboveAmount' })
    if (amount > LARGEST_MINOR) issues.push({ path: `lines.${i}.quantity`, code: 'orders.amountTooLarge' })
  })
  if (issues.length === 0 && order.discount && discountMinor(order.discount, after, order.currency) > after) {
    issues.push({ path: 'discount', code: 'orders.discountAboveAmount' })
  }
  if (after > LARGEST_MINOR) issues.push({ path: 'lines', code: 'orders.amountTooLarge' })
  return issues
}

/**
 * The money of an order. Each line: quantity × price less discount, rounded half up to minor units, split into net and tax so that
 * net + tax = gross; the order's discount goes to the lines by largest remainder; the order is the sum of its lines, so everything adds up.
 */
export function orderTotal(order: OrderInput): OrderTotal {
  const keyed = order.lines.map((line) => keyedAmounts(line, order.currency))
  const amounts = keyed.map(({ amount, discount }) => amount - discount)
  const after = amounts.reduce((total, amount) => total + amount, 0n)
  const orderDiscount = order.discount ? discountMinor(order.discount, after, order.currency) : 0n
  const shares = after === 0n ? amounts.map(() => 0n) : splitByWeight(orderDiscount, amounts)
  const lines = order.lines.map((line, i) => {
    const amount = amounts[i]! - shares[i]!
    return { discount: keyed[i]!.discount + shares[i]!, ...netTaxGross(amount, line.vatRate, order.pricesIncludeTax) }
  })
  const total = sumOf(lines)
  assert(total.net + total.tax === total.gross, 'net and tax make the gross amount')
  return { lines, discount: lines.reduce((sum, line) => sum + line.discount, 0n), ...total, byRate: byRate(order.lines, lines) }
}

/** Gross amount of a part of a line's quantity that was delivered: cumulative, so that all deliveries together give the line exactly. */
export function deliveredGross(line: LineTotal, quantity: string, deliveredBefore: string, deliveredNow: string): bigint {
  const whole = six(quantity)
  assert(whole > 0n, 'a line has a quantity')
  const upTo = (delivered: bigint) => divideRounded(line.gross * delivered, whole)
  return upTo(six(deliveredBefore) + six(deliveredNow)) - upTo(six(deliveredBefore))
}

function keyedAmounts(line: OrderLineInput, currency: string): { readonly amount: bigint; readonly discount: bigint } {
  const amount = divideRounded(six(line.quantity) * six(line.unitPrice) * 10n ** BigInt(minorUnits(currency)), 10n ** 12n)
  return { amount, discount: line.discount ? discountMinor(line.discount, amount, currency) : 0n }
}

function discountMinor(discount: Discount, of: bigint, currency: string): bigint {
  if ('amount' in discount) return parseMinor(discount.amount, currency) ?? 0n
  return divideRounded(of * six(discount.percent), 100n * 10n ** 6n)
}

function netTaxGross(amount: bigint, vatRate: Rate, includesTax: boolean): Omit<LineTotal, 'discount'> {
  const tax = includesTax ? taxWithin(amount, vatRate) : timesRate(amount, vatRate)
  return includesTax ? { net: amount - tax, tax, gross: amount } : { net: amount, tax, gross: amount + tax }
}

function byRate(input: readonly OrderLineInput[], lines: readonly LineTotal[]): OrderTotal['byRate'] {
  const rates = [...new Set(input.map((line) => plainRate(line.vatRate)))]
  return rates.map((vatRate) => ({ vatRate, ...sumOf(lines.filter((_, i) => plainRate(input[i]!.vatRate) === vatRate)) }))
}

/** '0.130000', as the database writes it, is the same rate as '0.13'. */
function plainRate(rate: Rate): Rate {
  return rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate
}

function sumOf(lines: readonly LineTotal[]): { net: bigint; tax: bigint; gross: bigint } {
  return lines.reduce((sum, line) => ({ net: sum.net + line.net, tax: sum.tax + line.tax, gross: sum.gross + line.gross }), {
    net: 0n,
    tax: 0n,
    gross: 0n,
  })
}

function lineIssues(line: OrderLineInput, currency: string, path: string): Issue[] {
  const issues: Issue[] = []
  const quantity = parseFraction(line.quantity)
  const price = parseFraction(line.unitPrice)
  if (!quantity || quantity.numerator <= 0n || decimalsOf(line.quantity) > MOST_DECIMALS)
    issues.push({ path: `${path}.quantity`, code: 'orders.quantity' })
  if (!price || isNegative(price) || decimalsOf(line.unitPrice) > MOST_DECIMALS)
    issues.push({ path: `${path}.unitPrice`, code: 'orders.unitPrice' })
  if (!isRate(line.vatRate) || Number(line.vatRate) >= 1) issues.push({ path: `${path}.vatRate`, code: 'orders.vatRate' })
  return line.discount ? [...issues, ...discountIssues(line.discount, currency, `${path}.discount`)] : issues
}

function discountIssues(discount: Discount, currency: string, path: string): Issue[] {
  if ('amount' in discount) {
    const minor = parseMinor(discount.amount, currency)
    return minor === undefined || minor < 0n ? [{ path, code: 'orders.discountAmount' }] : []
  }
  const percent = parseFraction(discount.percent)
  const ok =
    percent && !isNegative(percent) && percent.numerator <= 100n * percent.denominator && decimalsOf(discount.percent) <= MOST_DECIMALS
  return ok ? [] : [{ path, code: 'orders.discountPercent' }]
}

function isNegative(value: Fraction): boolean {
  return value.numerator < 0n
}

/** Decimal text as millionths. */
function six(text: string): bigint {
  const value = parseFraction(text)
  assert(value !== undefined && decimalsOf(text) <= MOST_DECIMALS, 'quantities and prices were checked before')
  return (value.numerator * 1_000_000n) / value.denominator
}
