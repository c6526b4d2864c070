import { divideRounded } from '../../kernel/money.ts'

type Part = bigint | number | string | null | undefined

/** A part of a whole as a rate, to a tenth of a per cent: '0.344' is 34.4 %. null where there is no whole. */
export function share(part: Part, whole: Part): string | null {
  return quotient(part, whole, 3)
}

/** `numerator / denominator × times`, rounded half away from zero to `decimals`; null where the denominator is nothing. */
export function quotient(numerator: Part, denominator: Part, decimals: number, times = 1n): string | null {
  const n = whole(numerator)
  const d = whole(denominator)
  if (n === undefined || d === undefined || d === 0n) return null
  return decimalText(divideRounded(n * times * 10n ** BigInt(decimals), d), decimals)
}

/** By how much `now` differs from `then`, as a rate of `then`. null where then was nothing. */
export function change(now: Part, then: Part): string | null {
  const n = whole(now)
  const t = whole(then)
  return n === undefined || t === undefined ? null : share(n - t, t < 0n ? -t : t)
}

/** -1234 with 3 decimals is '-1.234'. */
export function decimalText(scaled: bigint, decimals: number): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, '0')
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  return scaled < 0n ? `-${text}` : text
}

function whole(part: Part): bigint | undefined {
  return typeof part === 'bigint' ? part : typeof part === 'number' ? BigInt(part) : undefined
}
