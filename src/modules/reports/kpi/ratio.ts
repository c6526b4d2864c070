import { assert } from '../../../kernel/assert.ts'
import { divideRounded } from '../../../kernel/money.ts'

/** An exact quotient of whole numbers; `denominator` is above zero. Rounded once, where it is shown. */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint }

/** `numerator / denominator`, exactly. The denominator must not be zero: what cannot be divided has no figure, and the rule says so before. */
export function ratio(numerator: bigint, denominator = 1n): Ratio {
  assert(denominator !== 0n, 'a figure without a divisor is none')
  const sign = denominator < 0n ? -1n : 1n
  const shared = greatestDivisor(numerator, denominator) * sign
  return { numerator: numerator / shared, denominator: denominator / shared }
}

export function plusRatio(a: Ratio, b: Ratio): Ratio {
  return ratio(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
}

export function minusRatio(a: Ratio, b: Ratio): Ratio {
  return plusRatio(a, { numerator: -b.numerator, denominator: b.denominator })
}

/** '68.3': as many decimals as said, halves away from zero (四舍五入), never '-0.0'. */
export function ratioText({ numerator, denominator }: Ratio, decimals: number): string {
  const units = divideRounded(numerator * 10n ** BigInt(decimals), denominator)
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0')
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  return units < 0n ? `-${text}` : text
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}
