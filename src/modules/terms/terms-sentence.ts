import { type Phrase, phrase } from '../../kernel/phrase.ts'
import type { DueRule, PaymentTerms, Roll } from './payment-terms.ts'

/** The terms in words, one phrase a sentence: what is printed under the form, on the contract and in the reminder. Words: `terms.sentence`. */
export function termsSentence(terms: PaymentTerms): Phrase[] {
  const [only] = terms.parts
  const parts =
    terms.parts.length === 1 && only
      ? [ruleSentence(only.rule)]
      : terms.parts.map((part) =>
          phrase('terms.sentence.part', { name: part.name, share: shareWords(part.share), rule: ruleSentence(part.rule) }),
        )
  return [...parts, ...rollSentence(terms.roll), ...discountSentence(terms)]
}

/** One rule in words, from the base date over the count to the pay day. */
export function ruleSentence(rule: DueRule): Phrase {
  if (rule.beforeDelivery && rule.period.count === 0) return phrase('terms.sentence.prepaid')
  if (rule.baseDate === 'nextDelivery') return phrase('terms.sentence.rolling', { count: rule.batches ?? 1 })
  const base = baseWords(rule)
  const { count, unit } = rule.period
  if (unit === 'month' && rule.payDay !== undefined) return payDayInMonth(rule, base)
  const start = startWords(rule, base)
  const due = count === 0 ? phrase('terms.sentence.onStart', { start }) : phrase(`terms.sentence.${unit}sAfter`, { start, count })
  return rule.payDay === undefined ? due : phrase('terms.sentence.thenPayDay', { due, payDay: dayOfMonth(rule.payDay) })
}

function payDayInMonth(rule: DueRule, base: Phrase): Phrase {
  const payDay = dayOfMonth(rule.payDay ?? 31)
  const { count } = rule.period
  const key = rule.countFrom === 'cutOff' && rule.cutOffDay !== 31 ? 'monthOfCutOff' : 'monthOfBase'
  return phrase(`terms.sentence.${key}`, { base, count, payDay, cutOffDay: dayOfMonth(rule.cutOffDay ?? 31) })
}

function startWords(rule: DueRule, base: Phrase): Phrase {
  if (rule.countFrom === 'quarterEnd') return phrase('terms.sentence.quarterEnd', { base })
  if (rule.countFrom === 'baseDate') return base
  return rule.cutOffDay === 31
    ? phrase('terms.sentence.monthEnd', { base })
    : phrase('terms.sentence.cutOff', { base, cutOffDay: dayOfMonth(rule.cutOffDay ?? 31) })
}

function baseWords(rule: DueRule): Phrase {
  return rule.baseDate === 'milestone'
    ? phrase('terms.sentence.milestone', { milestone: rule.milestone ?? '' })
    : phrase(`terms.base.${rule.baseDate}`)
}

function dayOfMonth(day: number): Phrase {
  return day === 31 ? phrase('terms.sentence.lastDay') : phrase('terms.sentence.dayOfMonth', { day })
}

function shareWords(share: PaymentTerms['parts'][number]['share']): Phrase {
  if ('percent' in share) return phrase('terms.sentence.percent', { percent: share.percent })
  return 'amount' in share ? phrase('terms.sentence.amount', { amount: share.amount }) : phrase('terms.sentence.rest')
}

function rollSentence(roll: Roll): Phrase[] {
  return roll === 'none' ? [] : [phrase(`terms.sentence.roll.${roll}`)]
}

function discountSentence(terms: PaymentTerms): Phrase[] {
  const discount = terms.earlyPaymentDiscount
  return discount ? [phrase(`terms.sentence.discount.${discount.on}`, { percent: discount.percent, days: discount.withinDays })] : []
}
