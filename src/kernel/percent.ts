import { Decimal } from 'decimal.js'

/** Rates are decimals written as text ('0.13', '7.1836'), computed with decimal.js, never floats. */
export type Rate = string

const RATE = /^\d{1,9}(\.\d{1,12})?$/

export function isRate(text: string): boolean {
  return RATE.test(text)
}

/** `minor × rate`, rounded half away from zero (四舍五入) to whole minor units. */
export function timesRate(minor: bigint, rate: Rate): bigint {
  return BigInt(new Decimal(minor.toString()).times(rate).toFixed(0, Decimal.ROUND_HALF_UP))
}

/**
 * Tax contained in a gross amount: gross × rate / (1 + rate), rounded half up; the net is the rest, so that net + tax = gross always.
 */
export function taxWithin(grossMinor: bigint, rate: Rate): bigint {
  const r = new Decimal(rate)
  return BigInt(new Decimal(grossMinor.toString()).times(r).div(r.plus(1)).toFixed(0, Decimal.ROUND_HALF_UP))
}

/** Amount in another currency's minor units at `rate` (units of target for one unit of source), rounded half up. */
export function convertMinor(minor: bigint, rate: Rate, fromUnits: number, toUnits: number): bigint {
  return BigInt(
    new Decimal(minor.toString())
      .times(rate)
      .times(new Decimal(10).pow(toUnits - fromUnits))
      .toFixed(0, Decimal.ROUND_HALF_UP),
  )
}

/** 0.13 → '13%'. */
export function formatPercent(rate: Rate): string {
  return `${new Decimal(rate).times(100).toString()}%`
}
