import { currencies, minorUnits } from '../../kernel/currency.ts'
import { parseMinor } from '../../kernel/money.ts'
import { nameKeys } from '../customers/name-keys.ts'

/** What a text in the search box may mean. Undefined or empty where it cannot mean that. */
export type SearchText = {
  /** Beginning of a customer's name, folded as the names are. */
  readonly nameFrom: string | undefined
  /** Beginning of a customer's code, as typed, in capitals and in small letters. */
  readonly codesFrom: readonly string[]
  /** SO-2611-0007 */
  readonly number: { readonly series: string; readonly no: bigint } | undefined
  /** Beginning of what the customer or the bank calls a document, as typed, in capitals and in small letters. */
  readonly referencesFrom: readonly string[]
  /** The amount in minor units, once for currencies of no, two and three decimals. */
  readonly amounts: readonly { readonly minor: bigint; readonly currencies: readonly string[] }[]
}

const NUMBER = /^([A-Za-z]{1,4}-\d{4})-(\d{1,12})$/
const AMOUNT = /^[¥$€£]?\s?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)$/
const CODE = /^[\p{L}\p{N}._/-]+$/u
const unitsInUse = [...new Set(currencies.map(minorUnits))].sort()

/** Reads what was typed: full-width digits, a currency sign and thousands separators are understood. */
export function searchText(typed: string): SearchText {
  const text = typed.normalize('NFKC').trim()
  const [, series, no] = NUMBER.exec(text) ?? []
  const key = nameKeys(text).exactKey
  const spellings = [...new Set([text, text.toUpperCase(), text.toLowerCase()])]
  return {
    nameFrom: key === '' ? undefined : key,
    codesFrom: CODE.test(text) ? spellings : [],
    number: series && no ? { series: series.toUpperCase(), no: BigInt(no) } : undefined,
    referencesFrom: text === '' ? [] : spellings,
    amounts: amountsOf(AMOUNT.exec(text)?.[1]?.replaceAll(',', '')),
  }
}

function amountsOf(text: string | undefined): SearchText['amounts'] {
  if (text === undefined) return []
  return unitsInUse.flatMap((units) => {
    const own = currencies.filter((currency) => minorUnits(currency) === units)
    const minor = parseMinor(text, own[0]!)
    return minor === undefined || minor <= 0n ? [] : [{ minor, currencies: own }]
  })
}

/** The first text after every text that begins so, in the order of code points (collation "C"). */
export function afterBeginning(beginning: string): string {
  const points = [...beginning].map((letter) => letter.codePointAt(0)!)
  while (points.length > 0) {
    const last = points.pop()!
    const next = last === 0xd7ff ? 0xe000 : last + 1
    if (next <= 0x10ffff) return String.fromCodePoint(...points, next)
  }
  return '\u{10ffff}'
}
