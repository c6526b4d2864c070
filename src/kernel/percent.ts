import { fraction, parseFraction } from './fraction.ts'
import { divideRounded } from './money.ts'

/** Rates are decimals written as text ('0.13', '7.1836') and computed exactly on bigints: one rounding, at the end, never a float. */
export type Rate = string

const RATE = /^\d{1,9}(\.\d{1,12})?$/

export function isRate(text: string): boolean {
  return RATE.test(text)
}

/** `minor × rate`, rounded half away from zero (四舍五入) to whole minor units. */
export function timesRate(minor: bigint, rate: Rate): bigint {
  const r = fraction(rate)
  return divideRounded(minor * r.numerator, r.denominator)
}

/**
 * Tax contained in a gross amount: gross × rate / (1 + rate), rounded half up; the net is the rest, so that net + tax = gross always.
 */
export function taxWithin(grossMinor: bigint, rate: Rate): bigint {
  const r = fraction(rate)
  return divideRounded(grossMinor * r.numerator, r.denominator + r.numerator)
}

/** Amount in another currency's minor units at `rate` (units of target for one unit of source), rounded half up. */
export function convertMinor(minor: bigint, rate: Rate, fromUnits: number, toUnits: number): bigint {
  const r = fraction(rate)
  return divideRounded(minor * r.numerator * 10n ** BigInt(toUnits), r.denominator * 10n ** BigInt(fromUnits))
}

/** '0.13' → '13%', '0.0005' → '0.05%'. */
export function formatPercent(rate: Rate): string {
  const r = parseFraction(rate)
  if (r === undefined) throw new RangeError(`not a rate: ${rate}`)
  const hundredfold = r.numerator * 100n
  const whole = hundredfold / r.denominator
  const rest = (hundredfold % r.denominator)
    .toString()
    .padStart(r.denominator.toString().length - 1, '0')
    .replace(/0+$/, '')
  return rest === '' ? `${whole}%` : `${whole}.${rest}%`
}

/** Share of `part` in `whole` in basis points (1 % = 100), rounded half up; 0 when the whole is 0. For display and thresholds only. */
export function basisPoints(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number(divideRounded(part * 10_000n, whole))
}
