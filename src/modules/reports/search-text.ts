import { parseMinor } from '../../kernel/money.ts'
import { nameKeys } from '../customers/name-keys.ts'

/** What a text in the search box may mean. Undefined where it cannot mean that. */
export type SearchText = {
  /** Beginning of a customer's name, folded as the names are. */
  readonly nameFrom: string | undefined
  readonly codeFrom: string | undefined
  /** SO-2611-0007 */
  readonly number: { readonly series: string; readonly no: bigint } | undefined
  /** Minor units of the currency. */
  readonly amount: bigint | undefined
}

const NUMBER = /^([A-Za-z]{1,4}-\d{4})-(\d{1,12})$/
const AMOUNT = /^\d{1,3}(,\d{3})+(\.\d+)?$|^\d+(\.\d+)?$/

/** Reads what was typed: full-width digits and thousands separators are understood. */
export function searchText(typed: string, currency: string): SearchText {
  const text = typed.normalize('NFKC').trim()
  const [, series, no] = NUMBER.exec(text) ?? []
  const key = nameKeys(text).exactKey
  const amount = AMOUNT.test(text) ? parseMinor(text.replaceAll(',', ''), currency) : undefined
  return {
    nameFrom: key === '' ? undefined : key,
    codeFrom: /^[\p{L}\p{N}._/-]+$/u.test(text) ? text : undefined,
    number: series && no ? { series: series.toUpperCase(), no: BigInt(no) } : undefined,
    amount: amount !== undefined && amount > 0n ? amount : undefined,
  }
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
