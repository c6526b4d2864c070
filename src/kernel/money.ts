import { assert } from './assert.ts'
import { minorUnits } from './currency.ts'

/** An amount in minor units (分, cents). Never a float; never without its currency. */
export type Money = { readonly minor: bigint; readonly currency: string }

/** The largest amount one document may carry, in minor units: 10 trillion yuan. A bigint column holds the sum of nine thousand such amounts; a larger one is refused, never wrong. */
export const LARGEST_MINOR = 1_000_000_000_000_000n

export function money(minor: bigint, currency: string): Money {
  return { minor, currency }
}
export function zero(currency: string): Money {
  return money(0n, currency)
}
export function plus(a: Money, b: Money): Money {
  return money(a.minor + sameCurrency(a, b).minor, a.currency)
}
export function minus(a: Money, b: Money): Money {
  return money(a.minor - sameCurrency(a, b).minor, a.currency)
}
export function least(a: Money, b: Money): Money {
  return a.minor <= sameCurrency(a, b).minor ? a : b
}
export function isZero(a: Money): boolean {
  return a.minor === 0n
}

const DECIMAL = /^(-?)(\d{1,16})(?:\.(\d+))?$/

/**
 * Reads a decimal string ('-1234.50') as minor units of `currency`. Strict: no exponent, no separators, no plus sign, no minus zero, no full-width digits.
 * Returns undefined when the grammar, the number of decimals (beyond trailing zeros) or the size is wrong: the caller names the field.
 */
export function parseMinor(text: string, currency: string): bigint | undefined {
  const match = DECIMAL.exec(text)
  if (!match) return undefined
  const units = minorUnits(currency)
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  if (fraction.length > units) return undefined
  const minor = BigInt(match[2]! + fraction.padEnd(units, '0'))
  if (minor > LARGEST_MINOR || (minor === 0n && match[1] === '-')) return undefined
  return match[1] === '-' ? -minor : minor
}

/** '1234.50': the JSON form of an amount. The inverse of `parseMinor`. */
export function formatMinor(minor: bigint, currency: string): string {
  const units = minorUnits(currency)
  const digits = (minor < 0n ? -minor : minor).toString().padStart(units + 1, '0')
  const whole = units === 0 ? digits : `${digits.slice(0, -units)}.${digits.slice(-units)}`
  return minor < 0n ? `-${whole}` : whole
}

/**
 * Splits `total` in proportion to `weights` so that the parts always add up to it: floor, then one minor unit each by largest remainder
 * (ties: larger weight, then earlier place). Weights are non-negative or all of `total`'s sign pattern is carried by the weights themselves
 * (a discount line of a document is a negative weight); their sum must not be zero unless `total` is.
 */
export function splitByWeight(total: bigint, weights: readonly bigint[]): bigint[] {
  const whole = weights.reduce((a, b) => a + b, 0n)
  if (whole === 0n) {
    assert(total === 0n, 'only nothing can be split over weights that add up to zero')
    return weights.map(() => 0n)
  }
  const parts = weights.map((weight) => floorDivide(total * weight, whole))
  const remainders = weights.map((weight, i) => total * weight - parts[i]! * whole)
  let left = total - parts.reduce((a, b) => a + b, 0n)
  const order = [...weights.keys()].sort(
    (a, b) =>
      largestFirst(absolute(remainders[a]!), absolute(remainders[b]!)) ||
      largestFirst(absolute(weights[a]!), absolute(weights[b]!)) ||
      a - b,
  )
  for (const index of order) {
    if (left === 0n) break
    parts[index]! += 1n
    left -= 1n
  }
  assert(left === 0n && parts.reduce((a, b) => a + b, 0n) === total, 'the parts add up to the whole')
  return parts
}

/** The smaller of two amounts in minor units (Math.min takes no bigint). */
export function leastMinor(a: bigint, b: bigint): bigint {
  if (a < b) return a
  return b
}

/** The larger of two amounts in minor units. */
export function mostMinor(a: bigint, b: bigint): bigint {
  if (a > b) return a
  return b
}

/** Nearest integer of `numerator / denominator`, halves away from zero (四舍五入). */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  assert(denominator !== 0n, 'division by zero')
  const negative = numerator < 0n !== denominator < 0n
  const n = absolute(numerator)
  const d = absolute(denominator)
  const rounded = (2n * n + d) / (2n * d)
  return negative ? -rounded : rounded
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}
function absolute(a: bigint): bigint {
  return a < 0n ? -a : a
}
function largestFirst(a: bigint, b: bigint): number {
  return a === b ? 0 : a > b ? -1 : 1
}
function sameCurrency(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new TypeError(`${a.currency} is not ${b.currency}`)
  return b
}
