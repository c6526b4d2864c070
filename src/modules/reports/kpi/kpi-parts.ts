import type { KpiFigure } from './formula.ts'
import { ratioText } from './ratio.ts'

/** Days to a tenth, per cent to a tenth (as a rate), times to a hundredth. */
export const DAYS_DECIMALS = 1
const RATE_DECIMALS = 3
const TIMES_DECIMALS = 2

/** A figure as the column of a report carries it: days '68.3', per cent as a rate '0.714', times '6.02'; null where there is none. */
export function partOf({ unit, value }: KpiFigure): string | null {
  if (value === undefined) return null
  if (unit === 'percent') return ratioText({ numerator: value.numerator, denominator: value.denominator * 100n }, RATE_DECIMALS)
  return ratioText(value, unit === 'times' ? TIMES_DECIMALS : DAYS_DECIMALS)
}
