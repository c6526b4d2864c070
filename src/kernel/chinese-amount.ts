/**
 * 大写金额 of CNY (《支付结算办法》 annex, domain.md 14): the amount in words that cannot be altered by one stroke.
 * Where the rules leave a 零 free, the canonical form writes it before 角 and leaves it out where 万 or 亿 ends in zero.
 */
const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟']
const GROUPS = ['', '万', '亿', '万亿']
type Choice = { readonly zeroBeforeJiao: boolean; readonly zeroAtGroup: boolean }
const CANONICAL: Choice = { zeroBeforeJiao: true, zeroAtGroup: false }

/** 123450 → '人民币壹仟贰佰叁拾肆元伍角'. `minor` in 分; a negative amount reads 人民币负…. Throws RangeError from 10^18 分 on. */
export function formatChineseAmount(minor: bigint): string {
  return `人民币${spell(minor, CANONICAL)}`
}

/**
 * The amount in 分, or undefined when the words are not an amount. Accepts 正 for 整, 圆 for 元, both free forms of 零,
 * with or without 人民币 and 整. The words must be exactly one legal spelling: a missing inner 零 is refused, because it may be an altered number.
 */
export function parseChineseAmount(text: string): bigint | undefined {
  const words = text
    .trim()
    .replace(/^人民币/, '')
    .replace(/圆/g, '元')
    .replace(/[整正]$/, '')
  const minor = readDigits(words)
  if (minor === undefined) return undefined
  const spellings = [true, false].flatMap((zeroBeforeJiao) =>
    [true, false].map((zeroAtGroup) => spell(minor, { zeroBeforeJiao, zeroAtGroup })),
  )
  return spellings.some((spelling) => spelling.replace(/整$/, '') === words) ? minor : undefined
}

function spell(minor: bigint, choice: Choice): string {
  const size = minor < 0n ? -minor : minor
  if (size >= 10n ** 18n) throw new RangeError('too large for words')
  const sign = minor < 0n ? '负' : ''
  const yuan = size / 100n
  const jiao = Number((size / 10n) % 10n)
  const fen = Number(size % 10n)
  const whole = yuan === 0n ? '' : `${spellYuan(yuan, choice)}元`
  if (jiao === 0 && fen === 0) return `${sign}${whole || '零元'}整`
  if (jiao === 0) return `${sign}${whole && `${whole}零`}${DIGITS[fen]}分`
  const zero = whole !== '' && yuan % 10n === 0n && choice.zeroBeforeJiao ? '零' : ''
  return `${sign}${whole}${zero}${DIGITS[jiao]}角${fen === 0 ? '' : `${DIGITS[fen]}分`}`
}

function spellYuan(yuan: bigint, choice: Choice): string {
  const text = yuan.toString()
  const groups: string[] = []
  for (let end = text.length; end > 0; end -= 4) groups.unshift(text.slice(Math.max(0, end - 4), end))
  let words = ''
  let endedInZero = false
  groups.forEach((group, i) => {
    const value = Number(group)
    if (value === 0) {
      endedInZero = true
      return
    }
    const startsWithZero = words !== '' && value < 1000
    const skippedGroup = words !== '' && i > 0 && Number(groups[i - 1]) === 0
    const endsBefore = words !== '' && endedInZero && choice.zeroAtGroup
    words += (startsWithZero || skippedGroup || endsBefore ? '零' : '') + spellGroup(value) + groupName(groups, i)
    endedInZero = value % 10 === 0
  })
  return words
}

/** 万亿 says 亿 once only when the 亿 group that follows is empty: 1,2345,0000,0000 is 壹万贰仟…亿, as one reading of two groups. */
function groupName(groups: readonly string[], i: number): string {
  const power = groups.length - 1 - i
  if (power !== 3) return GROUPS[power] ?? ''
  return Number(groups[i + 1]) === 0 ? '万亿' : '万'
}

function spellGroup(value: number): string {
  let words = ''
  let zeroPending = false
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(value / 10 ** place) % 10
    if (digit === 0) {
      zeroPending = words !== ''
      continue
    }
    words += `${zeroPending ? '零' : ''}${DIGITS[digit]}${PLACES[place]}`
    zeroPending = false
  }
  return words
}

function readDigits(words: string): bigint | undefined {
  const match = /^(负?)(?:([零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+)元)?零?(?:([壹贰叁肆伍陆柒捌玖])角)?(?:([壹贰叁肆伍陆柒捌玖])分)?$/.exec(words)
  if (!match || words === '' || words === '负') return undefined
  const yuan = match[2] === undefined ? 0n : readYuan(match[2])
  const small = BigInt(digit(match[3]) * 10 + digit(match[4]))
  return (yuan * 100n + small) * (match[1] === '负' ? -1n : 1n)
}

function readYuan(words: string): bigint {
  let total = 0n
  let group = 0n
  let pending = 0n
  for (const char of words) {
    const place = PLACES.indexOf(char)
    if (char === '万' || char === '亿') {
      const size = char === '万' ? 10_000n : 100_000_000n
      group += pending
      total = char === '亿' ? (total + group) * size : total + group * size
      group = 0n
      pending = 0n
    } else if (place > 0) {
      group += pending * 10n ** BigInt(place)
      pending = 0n
    } else pending = BigInt(DIGITS.indexOf(char))
  }
  return total + group + pending
}

function digit(char: string | undefined): number {
  return char === undefined ? 0 : DIGITS.indexOf(char)
}
