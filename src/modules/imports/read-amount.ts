/** The sign before the decimals: 1,234.50 (`dot`) or 1.234,50 (`comma`). */
export const decimalSigns = ['dot', 'comma'] as const
export type DecimalSign = (typeof decimalSigns)[number]

/** `decimal`: plain text '-1234.50' as the kernel reads it. `mark`: a currency sign that stood beside it. */
export type ReadAmount =
  | { readonly decimal: string; readonly mark?: string }
  | { readonly problem: 'notAnAmount' | 'amountTooLarge' | 'amountInTenThousands' }

const GRAMMAR: Readonly<Record<DecimalSign, RegExp>> = {
  dot: /^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/,
  comma: /^(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?$/,
}
const MARK = /^(人民币|rmb|cny|usd|us\$|hk\$|nt\$|eur|gbp|jpy|hkd|twd|¥|\$|€|£)?(.*?)(元整?|圆|rmb|cny|usd|eur|gbp|jpy|hkd|twd|¥|€|£)?$/
const MOST_DIGITS = 16

/** Which currencies a sign beside an amount may stand for. A sign that does not fit the row's currency is refused rather than ignored. */
export const currencyMarks: Readonly<Record<string, readonly string[]>> = {
  人民币: ['CNY'],
  rmb: ['CNY'],
  cny: ['CNY'],
  '¥': ['CNY', 'JPY'],
  元: ['CNY', 'TWD', 'HKD', 'MOP'],
  元整: ['CNY', 'TWD', 'HKD', 'MOP'],
  圆: ['CNY', 'JPY'],
  $: ['USD', 'HKD', 'TWD', 'AUD', 'CAD', 'SGD', 'NZD', 'MXN'],
  usd: ['USD'],
  us$: ['USD'],
  hk$: ['HKD'],
  nt$: ['TWD'],
  hkd: ['HKD'],
  twd: ['TWD'],
  '€': ['EUR'],
  eur: ['EUR'],
  '£': ['GBP'],
  gbp: ['GBP'],
  jpy: ['JPY'],
}

/**
 * An amount as people write it: thousands separators, ¥ and 元, full-width digits, brackets or a minus behind as negative. The grammar is strict beyond that:
 * no exponent, no NaN, no hexadecimal, no 万, no separator in the wrong place, no minus zero.
 */
export function readAmount(text: string, sign: DecimalSign): ReadAmount {
  const { bare, negative, mark } = amountParts(text)
  if (!GRAMMAR[sign].test(bare))
    return { problem: /^[\d.,]+(?:[万萬亿億]|万元|萬元|亿元|億元)$/.test(bare) ? 'amountInTenThousands' : 'notAnAmount' }
  const plain = sign === 'dot' ? bare.replaceAll(',', '') : bare.replaceAll('.', '').replace(',', '.')
  const whole = plain.split('.')[0]!.replace(/^0+(?=\d)/, '')
  if (whole.length > MOST_DIGITS) return { problem: 'amountTooLarge' }
  const fraction = plain.includes('.') ? `.${plain.split('.')[1]}` : ''
  if (negative && !/[1-9]/.test(plain)) return { problem: 'notAnAmount' }
  return { decimal: `${negative ? '-' : ''}${whole}${fraction}`, ...(mark === undefined ? {} : { mark }) }
}

/** What nearly every cell of a workbook is: digits, and nothing to fold away. */
const PLAIN = /^-?\d+(?:\.\d+)?$/

function amountParts(text: string): { bare: string; negative: boolean; mark: string | undefined } {
  if (PLAIN.test(text)) {
    const negative = text.startsWith('-')
    return { bare: negative ? text.slice(1) : text, negative, mark: undefined }
  }
  const folded = text
    .normalize('NFKC')
    .replace(/[\s'’\u2009]/gu, '')
    .replace(/[−–﹣]/g, '-')
    .toLowerCase()
  const [, before, middle = '', after] = MARK.exec(folded)!
  const bracketed = /^\((.*)\)$/.exec(middle) ?? /^-(.*)$/.exec(middle) ?? /^(.*)-$/.exec(middle)
  const inside = bracketed ? MARK.exec(bracketed[1]!)! : undefined
  const mark = before ?? after ?? inside?.[1] ?? inside?.[3]
  return { bare: inside ? inside[2]! : middle, negative: bracketed !== null, mark }
}

/** A tax rate: '13%' and '13' (a whole number) are 0.13, '0.13' is itself. Undefined when it is none: no tax takes everything. */
export function readPercent(text: string): string | undefined {
  const match = /^0*(\d{1,2})(?:\.(\d{1,6}))?(%)?$/.exec(text.normalize('NFKC').replace(/\s/g, ''))
  if (!match) return undefined
  const [, whole = '', fraction = '', sign] = match
  const isPercent = sign !== undefined || Number(whole) >= 1
  if (!isPercent) return withoutZeros(`0.${fraction}`)
  const digits = whole.padStart(3, '0')
  return withoutZeros(`${digits.slice(0, -2).replace(/^0+(?=\d)/, '')}.${digits.slice(-2)}${fraction}`)
}

function withoutZeros(decimal: string): string {
  return decimal.replace(/0+$/, '').replace(/\.$/, '')
}

/** What the amounts of one column say about their decimal sign. `either`: '1,234' can be read both ways. */
export type AmountVotes = { readonly amounts: number; readonly dot: number; readonly comma: number; readonly either: number }
export const noAmountVotes: AmountVotes = { amounts: 0, dot: 0, comma: 0, either: 0 }

export function countAmount(votes: AmountVotes, text: string): AmountVotes {
  const { bare } = amountParts(text)
  const asDot = GRAMMAR.dot.test(bare)
  const asComma = GRAMMAR.comma.test(bare)
  if (!asDot && !asComma) return votes
  const amounts = votes.amounts + 1
  if (/^\d+$/.test(bare)) return { ...votes, amounts }
  if (asDot && asComma) return { ...votes, amounts, either: votes.either + 1 }
  return asDot ? { ...votes, amounts, dot: votes.dot + 1 } : { ...votes, amounts, comma: votes.comma + 1 }
}

/** One sign for the whole column; `ask` when the values contradict each other. Where nothing decides, a comma groups thousands, as here. */
export function decimalSignOf({ dot, comma }: AmountVotes): DecimalSign | 'ask' {
  if (dot > 0 && comma > 0) return 'ask'
  return comma > 0 ? 'comma' : 'dot'
}
