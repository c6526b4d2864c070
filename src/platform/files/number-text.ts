/** Excel keeps 15 significant digits of a number, and shows no more. */
const SIGNIFICANT_DIGITS = 15
const PLAIN = /^-?\d{1,15}$/
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?$/

/**
 * A number as a workbook stores it (IEEE text: '1E5', '55.939999999999998') as the plain decimal a person reads in the cell:
 * '100000', '55.94'. Rounded to 15 significant digits as Excel shows it; no exponent, no trailing zeros, never '-0'.
 * Text that is no finite number comes back unchanged, for the importer to refuse.
 */
export function plainDecimal(stored: string): string {
  if (PLAIN.test(stored) && !hasLeadingZero(stored)) return stored
  const text = stored.trim()
  if (text.length > 400 || !NUMBER.test(text)) return stored
  const value = Number(text)
  if (!Number.isFinite(value)) return stored
  return value === 0 ? '0' : withoutExponent(value.toPrecision(SIGNIFICANT_DIGITS))
}

function hasLeadingZero(text: string): boolean {
  const first = text.startsWith('-') ? 1 : 0
  return text[first] === '0' && (text.length > first + 1 || first === 1)
}

/** '1.00000000000000e+21' → '1000000000000000000000'; '0.100000000000000' → '0.1'. */
function withoutExponent(precise: string): string {
  const [mantissa = '', exponentText = '0'] = precise.split('e')
  const sign = mantissa.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = mantissa.slice(sign.length).split('.')
  const digits = whole + fraction
  const point = whole.length + Number(exponentText)
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0')
  const split = Math.max(point, 1)
  const decimals = withoutTrailingZeros(padded.slice(split))
  return sign + padded.slice(0, split) + (decimals === '' ? '' : `.${decimals}`)
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length
  while (end > 0 && digits[end - 1] === '0') end--
  return digits.slice(0, end)
}
