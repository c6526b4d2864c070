import type { Day } from '../../kernel/day.ts'
import { type Phrase, phrase } from '../../kernel/phrase.ts'
import type { DueRule, PaymentTerms } from './payment-terms.ts'

/** Scale of the buyer, fixed when the contract is signed. */
const buyerScales = ['publicBody', 'large', 'medium', 'small', 'micro', 'unknown'] as const
export type BuyerScale = (typeof buyerScales)[number]

/** One rule of law with the time it applies to contracts signed: from included, to excluded. */
export type PaymentLaw = {
  readonly law: string
  readonly article: string
  readonly from: string
  readonly to?: string
  readonly buyers: readonly BuyerScale[]
  readonly usualDays: number
  readonly mostDays: number
}

/**
 * 《保障中小企业款项支付条例》: State Council Decree 728 (2020), replaced by Decree 802 on 2025-06-01. Days count from delivery. Data, so that a
 * company can add the law of its own country and the next amendment. Read the text of the law before relying on it.
 */
const paymentLaws: readonly PaymentLaw[] = [
  { law: 'decree728', article: '8', from: '2020-09-01', to: '2025-06-01', buyers: ['publicBody'], usualDays: 30, mostDays: 60 },
  { law: 'decree802', article: '9', from: '2025-06-01', buyers: ['publicBody'], usualDays: 30, mostDays: 60 },
  { law: 'decree802', article: '9', from: '2025-06-01', buyers: ['large'], usualDays: 60, mostDays: 60 },
]

export type TermsForLaw = {
  readonly terms: PaymentTerms
  readonly buyerScale: BuyerScale
  readonly sellerIsSme: boolean
  readonly sellerDeclaredSme: boolean
  readonly signedOn: Day
}

/** Warnings, never refusals: parties may have a reason, but they shall know. Empty when no law applies. 质保金 is looked at apart. */
export function termsWarnings(question: TermsForLaw, laws: readonly PaymentLaw[] = paymentLaws): Phrase[] {
  const { terms, buyerScale, signedOn } = question
  if (!question.sellerIsSme) return []
  const law = laws.find((one) => one.buyers.includes(buyerScale) && one.from <= signedOn && (one.to === undefined || signedOn < one.to))
  if (law === undefined) return buyerScale === 'unknown' ? [phrase('terms.legality.buyerScaleUnknown')] : []
  const tooLong = terms.parts.flatMap((part) => {
    const days = longestDays(part.rule, terms.transitDays)
    if (part.retention || days <= law.usualDays) return []
    const key = days > law.mostDays ? 'longerThanAllowed' : 'longerThanUsual'
    const limit = days > law.mostDays ? law.mostDays : law.usualDays
    return [
      phrase(`terms.legality.${key}`, { part: part.name, days, limit, law: phrase(`terms.legality.${law.law}`, { article: law.article }) }),
    ]
  })
  return question.sellerDeclaredSme ? tooLong : [...tooLong, phrase('terms.legality.smeNotDeclared')]
}

/** The most days that may pass from delivery to the due day under this rule: cut-offs and pay days at their worst, transit included. */
export function longestDays(rule: DueRule, transitDays: number): number {
  if (rule.beforeDelivery) return 0
  const extra = (rule.baseDate === 'nextDelivery' ? 31 * (rule.batches ?? 1) : 0) + (rule.baseDate === 'invoiceReceived' ? transitDays : 0)
  const { count, unit } = rule.period
  const wait = rule.countFrom === 'quarterEnd' ? 92 : rule.countFrom === 'cutOff' ? 31 : 0
  if (unit === 'day') return extra + wait + count + (rule.payDay === undefined ? 0 : 31)
  if (rule.payDay === undefined) return extra + wait + 31 * count
  return extra + Math.max(wait, 31) + Math.max(0, 31 * (count - 1) + rule.payDay)
}
