/** U+2212: as wide as a plus and never broken off its figure. */
const MINUS = '\u2212'

/** '-1234567.5' → '−1,234,567.50'. Works on the text: no amount ever becomes a float. Not a decimal: given back as it is. */
export function formatDecimal(text: string, decimals?: number): string {
  const parts = DECIMAL.exec(text)
  if (!parts) return text
  const [, sign, whole = '', fraction = ''] = parts
  const shown = decimals === undefined ? fraction : fraction.padEnd(decimals, '0')
  const isZero = /^0*$/.test(whole + fraction)
  const grouped = whole.replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+$)/g, ',')
  return `${sign === '-' && !isZero ? MINUS : ''}${grouped}${shown === '' ? '' : `.${shown}`}`
}

/**
 * What a person typed → a decimal string, or undefined. Takes separators, full-width digits and signs, surrounding blanks and a currency
 * sign; refuses letters, two points, more decimals than the currency has.
 */
export function readAmount(typed: string, decimals: number): string | undefined {
  const plain = typed
    .normalize('NFKC')
    .replace(/[\s,，、¥￥$€]/g, '')
    .replace(/[。．]/g, '.')
    .replace(/[\u2212－–]/g, '-')
  const parts = /^([+-]?)(\d{0,16})(?:\.(\d*))?$/.exec(plain)
  if (!parts || `${parts[2] ?? ''}${parts[3] ?? ''}` === '') return undefined
  const fraction = (parts[3] ?? '').replace(/0+$/, '')
  if (fraction.length > decimals) return undefined
  const whole = (parts[2] ?? '').replace(/^0+(?=\d)/, '') || '0'
  // Quantities and unit prices (six decimals) are shown as typed; only money fills up its decimals.
  const filled = decimals > MONEY_DECIMALS_MAX ? fraction : fraction.padEnd(decimals, '0')
  const text = filled === '' ? whole : `${whole}.${filled}`
  return parts[1] === '-' && /[1-9]/.test(text) ? `-${text}` : text
}

/** The most decimals a currency has. */
const MONEY_DECIMALS_MAX = 4

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/
