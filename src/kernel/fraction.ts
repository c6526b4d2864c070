/** A decimal written as text, held exactly: `numerator / denominator`, the denominator a power of ten. */
export type Fraction = { readonly numerator: bigint; readonly denominator: bigint }

const DECIMAL = /^(-?)(\d{1,16})(?:\.(\d{1,12}))?$/

/** Reads '12.345' without rounding. Throws RangeError for an exponent, separators, signs other than '-' or more than 12 decimals. */
export function fraction(text: string): Fraction {
  const found = parseFraction(text)
  if (found === undefined) throw new RangeError(`not a decimal: ${text}`)
  return found
}

/** The same as `fraction`, but undefined instead of an error. */
export function parseFraction(text: string): Fraction | undefined {
  const match = DECIMAL.exec(text)
  if (!match) return undefined
  const decimals = match[3] ?? ''
  const digits = BigInt(match[2]! + decimals)
  return { numerator: match[1] === '-' ? -digits : digits, denominator: 10n ** BigInt(decimals.length) }
}

/** How many decimals the text carries, without trailing zeros: '1.500' has one. */
export function decimalsOf(text: string): number {
  return (text.split('.')[1] ?? '').replace(/0+$/, '').length
}
