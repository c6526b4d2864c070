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

/** Figures for KPIs and axes, one decimal, rounded half away from zero: 万 / 亿 in Chinese, K / M / B in English. */
export function compactDecimal(text: string, language: string): { figure: string; unit: string } {
  const parts = DECIMAL.exec(text)
  if (!parts) return { figure: text, unit: '' }
  const digits = (parts[2] ?? '').replace(/^0+(?=\d)/, '')
  const units = language === 'en' ? ENGLISH_UNITS : language === 'zh-TW' ? TRADITIONAL_UNITS : SIMPLIFIED_UNITS
  const found = units.find(([, zeros]) => digits.length > zeros)
  if (!found) return { figure: formatDecimal(text), unit: '' }
  const [unit, zeros] = found
  const tenth = 10n ** BigInt(zeros - 1)
  const tenths = (BigInt(digits) + tenth / 2n) / tenth
  return { figure: formatDecimal(`${parts[1]}${tenths / 10n}.${tenths % 10n}`), unit }
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

/** Unit and its number of zeros, largest first. */
const SIMPLIFIED_UNITS = [
  ['亿', 8],
  ['万', 4],
] as const
const TRADITIONAL_UNITS = [
  ['億', 8],
  ['萬', 4],
] as const
const ENGLISH_UNITS = [
  ['B', 9],
  ['M', 6],
  ['K', 3],
] as const
