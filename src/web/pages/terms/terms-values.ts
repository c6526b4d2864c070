import type { BaseDate, DueRule, PaymentTerms, Roll, Share, TermsPart } from '../../../modules/terms/payment-terms.ts'

/** One part as the form holds it: every field flat, empty where it does not apply. */
type PartValues = {
  name: string
  shareKind: 'percent' | 'amount' | 'rest'
  share: string
  baseDate: BaseDate
  milestone: string
  batches: number | null
  countFrom: DueRule['countFrom']
  cutOffDay: number | null
  count: number
  unit: 'day' | 'month'
  payDay: number | null
  beforeDelivery: boolean
  retention: boolean
}
export type TermsValues = {
  code: string
  name: string
  active: boolean
  roll: Roll
  transitDays: number
  calendar: string
  discountPercent: string
  discountDays: number | null
  parts: PartValues[]
}

export function valuesOf({
  code,
  name,
  status,
  definition,
}: {
  code: string
  name: string
  status: string
  definition: PaymentTerms
}): TermsValues {
  const { roll, transitDays, calendar, earlyPaymentDiscount: discount } = definition
  return {
    code,
    name,
    active: status === 'active',
    roll,
    transitDays,
    calendar,
    discountPercent: discount?.percent ?? '',
    discountDays: discount?.withinDays ?? null,
    parts: definition.parts.map(partValues),
  }
}

function partValues({ name, share, rule, retention }: TermsPart): PartValues {
  const kind = 'percent' in share ? 'percent' : 'amount' in share ? 'amount' : 'rest'
  return {
    name, shareKind: kind, share: 'percent' in share ? share.percent : 'amount' in share ? share.amount : '', baseDate: rule.baseDate, milestone: rule.milestone ?? '', batches: rule.batches ?? null,
    countFrom: rule.countFrom, cutOffDay: rule.cutOffDay ?? null, count: rule.period.count, unit: rule.period.unit, payDay: rule.payDay ?? null, beforeDelivery: rule.beforeDelivery ?? false, retention: retention ?? false,
  } // biome-ignore format: one line a group of fields
}

/** The inverse of `valuesOf`: what does not apply to the chosen kind is left out. */
export function definitionOf(values: TermsValues): PaymentTerms {
  const percent = values.discountPercent?.trim()
  return {
    parts: (values.parts ?? []).filter(Boolean).map(partOf), roll: values.roll, calendar: values.calendar ?? 'cn', transitDays: values.transitDays ?? 0,
    ...(percent ? { earlyPaymentDiscount: { percent, withinDays: values.discountDays ?? 0, on: 'gross' as const, partPayment: 'none' as const } } : {}),
  } // biome-ignore format: one line a group of fields
}

function partOf(part: Partial<PartValues>): TermsPart {
  const text = (part.share ?? '').trim()
  const share: Share = part.shareKind === 'rest' ? { rest: true } : part.shareKind === 'amount' ? { amount: text } : { percent: text }
  const baseDate = part.baseDate ?? 'delivery'
  const countFrom = part.countFrom ?? 'baseDate'
  const rule: DueRule = {
    baseDate, countFrom, period: { count: part.count ?? 0, unit: part.unit ?? 'day' },
    ...(baseDate === 'milestone' ? { milestone: part.milestone ?? '' } : {}), ...(baseDate === 'nextDelivery' ? { batches: part.batches ?? 1 } : {}),
    ...(countFrom === 'cutOff' ? { cutOffDay: part.cutOffDay ?? 31 } : {}), ...(part.payDay ? { payDay: part.payDay } : {}), ...(part.beforeDelivery ? { beforeDelivery: true } : {}),
  } // biome-ignore format: one line a group of fields
  return { name: part.name ?? '', share, rule, ...(part.retention ? { retention: true } : {}) }
}
