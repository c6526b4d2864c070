import { nameKeys } from '../customers/name-keys.ts'
import type { PaymentTerms } from '../terms/payment-terms.ts'
import { standardTermsSet } from '../terms/standard-terms.ts'
import { headerKey } from './header-match.ts'

export type NamedTerms = { readonly id: string; readonly code: string; readonly name: string; readonly definition: PaymentTerms }

/** `surely`: the name or the code itself, however it is typed; otherwise the person should see what was made of the words. */
export type TermsMatch = { readonly terms: NamedTerms; readonly surely: boolean }

/**
 * The payment terms that a cell means: by name or code without width, case, blanks and punctuation ('票到30天' = '票到 30 天' = 'INV30'), by the standard name in any
 * language, then by what the words say ('收票后30天', 'EOM 30', '先款后货'). '30天' and 'Net 30' name no event: one set of that length is taken, of several the one with
 * the code NET30. Undefined where nothing, or more than one thing, is meant.
 */
export function matchTerms(text: string, all: readonly NamedTerms[]): TermsMatch | undefined {
  const keys = new Set([nameKeys(text).exactKey, headerKey(text)])
  const named = all.filter((terms) => namesOf(terms).some((name) => keys.has(name)))
  if (named.length === 1) return { terms: named[0]!, surely: true }
  const meant = wordsMeaning(nameKeys(text).exactKey)
  if (meant === undefined || named.length > 1) return undefined
  const same = all.filter((terms) => isMeant(meant, definedMeaning(terms.definition)))
  const chosen = same.length === 1 ? same[0] : meant.event === 'any' ? same.find((terms) => terms.code === `NET${meant.days}`) : undefined
  return chosen && { terms: chosen, surely: false }
}

function namesOf({ code, name }: NamedTerms): string[] {
  const standard = standardTermsSet.find((one) => one.code === code)
  return [code, name, ...Object.values(standard?.names ?? {})].flatMap((one) => [nameKeys(one).exactKey, headerKey(one)])
}

/** From which event how many days are counted; `any`: the words do not say from which. */
type Meaning = {
  readonly event: 'any' | 'prepaid' | 'delivery' | 'invoice' | 'invoiceReceived' | 'monthEnd'
  readonly days: number
}

const DAYS = String.raw`(\d{1,3})(?:天|日|days?|d)?`
const WORDS: readonly (readonly [Meaning['event'], RegExp])[] = [
  ['prepaid', /^(?:款到发货|先款后货|款到付货|预付(?:款|全款)?|全款预付|prepaid|prepayment|payinadvance|cashinadvance|cia|advance)$/],
  ['delivery', /^(?:货到付款|货到即付|现结|现款现货|现付|cod|cashondelivery|ondelivery)$/],
  ['delivery', new RegExp(`^(?:货到|到货|收货|发货|交货)(?:之?后)?${DAYS}$`)],
  ['delivery', new RegExp(`^${DAYS}(?:after|from)delivery$`)],
  ['invoiceReceived', new RegExp(`^(?:票到|收票|收到发票|发票到)(?:之?后)?${DAYS}$`)],
  ['invoice', new RegExp(`^(?:开票|票后|开具发票|发票日?)(?:之?后)?${DAYS}$`)],
  ['invoice', new RegExp(`^${DAYS}(?:after|from)(?:the)?invoice(?:date)?$`)],
  ['monthEnd', new RegExp(`^(?:月结|月末|eom)${DAYS}(?:月末起算)?$`)],
  ['monthEnd', new RegExp(`^${DAYS}(?:eom|(?:from|after)(?:the)?(?:monthend|endofmonth))$`)],
  ['any', new RegExp(`^(?:net|账期|信用期|付款期|赊销)?${DAYS}$`)],
]

function wordsMeaning(key: string): Meaning | undefined {
  for (const [event, words] of WORDS) {
    const found = words.exec(key)
    if (found !== null) return { event, days: Number(found[1] ?? 0) }
  }
  return undefined
}

/** The same of stored terms of one plain part; others (instalments, fixed pay days) are found by their names only. */
function definedMeaning({ parts }: PaymentTerms): Meaning | undefined {
  const [part] = parts
  if (parts.length !== 1 || part === undefined || part.rule.period.unit !== 'day' || part.rule.payDay !== undefined) return undefined
  const { baseDate, countFrom, cutOffDay, beforeDelivery, period } = part.rule
  if (beforeDelivery === true) return { event: 'prepaid', days: period.count }
  if (countFrom === 'cutOff') return cutOffDay === 31 ? { event: 'monthEnd', days: period.count } : undefined
  if (countFrom !== 'baseDate') return undefined
  if (baseDate === 'delivery' || baseDate === 'invoice' || baseDate === 'invoiceReceived') return { event: baseDate, days: period.count }
  return undefined
}

function isMeant(meant: Meaning, defined: Meaning | undefined): boolean {
  if (defined === undefined || defined.days !== meant.days) return false
  return meant.event === defined.event || (meant.event === 'any' && defined.event !== 'prepaid')
}
