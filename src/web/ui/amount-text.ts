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
 * What a person typed → a decimal string, or undefined. Takes separators, full-width digits and signs, surrounding blanks, a currency
 * sign, 元, and Chinese units (50万, 1.2亿, 3千万, 1亿2000万); refuses letters, two points, more decimals than the currency has, and a comma
 * that separates nothing (12,50 is twelve and a half to many).
 */
export function readAmount(typed: string, decimals: number): string | undefined {
  const folded = typed.normalize('NFKC').replace(/\s/g, '')
  if (/[,，]\d{1,2}(?!\d)/.test(folded)) return undefined
  const plain = folded
    .replace(/[,，、¥￥$€]/g, '')
    .replace(/[。．]/g, '.')
    .replace(/[\u2212－–]/g, '-')
  const parts = /^([+-]?)(\d{0,16})(?:\.(\d*))?$/.exec(withoutUnits(plain.replace(/[元圆圓]$/, '')) ?? '')
  if (!parts || `${parts[2] ?? ''}${parts[3] ?? ''}` === '') return undefined
  const fraction = (parts[3] ?? '').replace(/0+$/, '')
  if (fraction.length > decimals) return undefined
  const whole = (parts[2] ?? '').replace(/^0+(?=\d)/, '') || '0'
  // Quantities and unit prices (six decimals) are shown as typed; only money fills up its decimals.
  const filled = decimals > MONEY_DECIMALS_MAX ? fraction : fraction.padEnd(decimals, '0')
  const text = filled === '' ? whole : `${whole}.${filled}`
  return parts[1] === '-' && /[1-9]/.test(text) ? `-${text}` : text
}

/** 'A亿B万C' → digits: the terms added up. A rest of fewer than four digits (1万5) is said two ways and is not read. */
function withoutUnits(plain: string): string | undefined {
  const text = plain.replace(/億/g, '亿').replace(/萬/g, '万')
  if (!/[亿万千]/.test(text)) return text
  const [, sign = '', ...terms] = /^([+-]?)(?:([\d.]+)亿)?(?:([\d.]+)([十百千]?)万)?(?:([\d.]+)千)?(\d{4}(?:\.\d*)?)?$/.exec(text) ?? []
  if (terms.length === 0) return undefined
  const [hundredMillions, tenThousands, more, thousands, rest] = terms
  // 1亿2千 is said for 1.2亿 as well as for what it says.
  if (hundredMillions && thousands && !tenThousands) return undefined
  const added = [
    shifted(hundredMillions, 8),
    shifted(tenThousands, 4 + ' 十百千'.indexOf(more || ' ')),
    shifted(thousands, 3),
    shifted(rest, 0),
  ].filter((term) => term !== null)
  if (added.includes(undefined)) return undefined
  const sum = added
    .reduce<bigint>((total, term) => total + (term ?? 0n), 0n)
    .toString()
    .padStart(UNIT_DECIMALS + 1, '0')
  return `${sign}${sum.slice(0, -UNIT_DECIMALS)}.${sum.slice(-UNIT_DECIMALS)}`
}

/** The term times ten to the `places`, as a whole number of 10^-8; null = not said, undefined = no number. */
function shifted(term: string | undefined, places: number): bigint | null | undefined {
  if (term === undefined || term === '') return null
  const [, whole = '', fraction = ''] = /^(\d{1,16})(?:\.(\d{0,8}))?$/.exec(term) ?? []
  return whole === '' ? undefined : BigInt(whole + fraction.padEnd(UNIT_DECIMALS, '0')) * 10n ** BigInt(places)
}

/** Decimals that are reckoned with while units are resolved; what is left of them counts as typed. */
const UNIT_DECIMALS = 8
/** The most decimals a currency has. */
const MONEY_DECIMALS_MAX = 4

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/
