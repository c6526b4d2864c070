import { decimalsOf, fraction, parseFraction } from '../../kernel/fraction.ts'
import type { Issue } from '../../kernel/problem.ts'

/**
 * 付款条件(账期). The word 月结 is never stored, because it has two readings in the market: what is stored is the event to count from,
 * how to count, for how long, and the day of the month on which this customer pays. One part for simple terms; several for 分期 such as 3-6-1.
 * Plain JSON: amounts are decimal text in the document's currency.
 */
export type PaymentTerms = {
  readonly parts: readonly TermsPart[]
  /** A last day that is no working day: keep it, or move it to the next (民法典 203) or the previous working day. */
  readonly roll: Roll
  /** Id of the calendar that knows holidays and make-up working days. */
  readonly calendar: string
  /** 票到 terms, while nobody knows when the customer got the invoice: invoice day + this many days, shown as an estimate. */
  readonly transitDays: number
  readonly earlyPaymentDiscount?: EarlyPaymentDiscount
}

export type TermsPart = {
  readonly name: string
  readonly share: Share
  readonly rule: DueRule
  /** 质保金: held back until the warranty ends. */
  readonly retention?: boolean
}

/** `percent` is decimal text of the whole ('30' = 30 %); `rest` is what the other parts leave. */
export type Share = { readonly percent: string } | { readonly amount: string } | { readonly rest: true }

export type DueRule = {
  readonly baseDate: BaseDate
  /** Which milestone, when `baseDate` is 'milestone'. */
  readonly milestone?: string
  /** 压批: how many deliveries stay unpaid, when `baseDate` is 'nextDelivery'; 1 = pay for one on delivery of the next. */
  readonly batches?: number
  /** From the base date itself, from the cut-off day that follows it (月结), or from the end of its quarter (季结). */
  readonly countFrom: 'baseDate' | 'cutOff' | 'quarterEnd'
  /** Day of the month of the cut-off; 31 = month end. Only with countFrom 'cutOff'. */
  readonly cutOffDay?: number
  readonly period: { readonly count: number; readonly unit: 'day' | 'month' }
  /** With a period in months: this day of that month. With days: the next such day on or after the period's end. 31 = month end. */
  readonly payDay?: number
  /** 款到发货: nothing is delivered until this part is paid. */
  readonly beforeDelivery?: boolean
}

export type EarlyPaymentDiscount = {
  /** Decimal text: '2' = 2 %. */
  readonly percent: string
  /** The last day that counts is base date + this many days, that day included. */
  readonly withinDays: number
  readonly on: 'gross' | 'net'
  /** What a part payment in time earns: nothing, or its share. */
  readonly partPayment: 'none' | 'proRata'
}

export const rolls = ['none', 'next', 'previous'] as const
export type Roll = (typeof rolls)[number]
export const baseDates = ['order', 'approval', 'delivery', 'acceptance', 'invoice', 'invoiceReceived', 'nextDelivery', 'milestone'] as const
export type BaseDate = (typeof baseDates)[number]

const MOST_PARTS = 60
const MOST_DAYS = 3_650
const MOST_MONTHS = 120

/** Every fault of the terms, with the path of the field; an empty list means they can be used. */
export function validateTerms(terms: PaymentTerms): Issue[] {
  return [
    ...(terms.parts.length === 0 ? [issue('parts', 'terms.noParts')] : []),
    ...(terms.parts.length > MOST_PARTS ? [issue('parts', 'terms.tooManyParts', { most: MOST_PARTS })] : []),
    ...terms.parts.flatMap((part, i) => partIssues(part, `parts.${i}`)),
    ...shareIssues(terms.parts),
    ...(isCount(terms.transitDays, 365) ? [] : [issue('transitDays', 'terms.transitDaysOutOfRange', { most: 365 })]),
    ...(terms.earlyPaymentDiscount ? discountIssues(terms.earlyPaymentDiscount) : []),
  ]
}

function partIssues(part: TermsPart, path: string): Issue[] {
  const { rule } = part
  const found: Issue[] = []
  const add = (field: string, code: string, params = {}) => found.push(issue(`${path}.${field}`, code, params))
  const most = rule.period.unit === 'day' ? MOST_DAYS : MOST_MONTHS
  if (part.name.trim() === '') add('name', 'terms.partWithoutName')
  if (!isCount(rule.period.count, most)) add('rule.period.count', 'terms.periodOutOfRange', { most })
  if (rule.countFrom === 'cutOff' ? !isDayOfMonth(rule.cutOffDay) : rule.cutOffDay !== undefined) add('rule.cutOffDay', 'terms.cutOffDay')
  if (rule.payDay !== undefined && !isDayOfMonth(rule.payDay)) add('rule.payDay', 'terms.payDay')
  if ((rule.baseDate === 'milestone') !== Boolean(rule.milestone?.trim())) add('rule.milestone', 'terms.milestoneMissing')
  if (rule.baseDate === 'nextDelivery' ? !isCount(rule.batches ?? 1, 12, 1) : rule.batches !== undefined)
    add('rule.batches', 'terms.batches', { most: 12 })
  if (rule.beforeDelivery && rule.baseDate !== 'order' && rule.baseDate !== 'approval')
    add('rule.beforeDelivery', 'terms.prepaymentAfterDelivery')
  return found
}

function shareIssues(parts: readonly TermsPart[]): Issue[] {
  const found: Issue[] = []
  let hundredths = 0n
  let rests = 0
  let amounts = 0
  parts.forEach(({ share }, i) => {
    if ('rest' in share) rests += 1
    else if ('amount' in share) {
      amounts += 1
      if (!isPositiveDecimal(share.amount, 4)) found.push(issue(`parts.${i}.share.amount`, 'terms.partAmount'))
    } else if (!isPositiveDecimal(share.percent, 4)) found.push(issue(`parts.${i}.share.percent`, 'terms.partPercent'))
    else hundredths += basis(share.percent)
  })
  if (found.length > 0 || parts.length === 0) return found
  if (rests > 1) return [issue('parts', 'terms.twoRests')]
  const percentsOnly = rests === 0 && amounts === 0
  const addsUp = percentsOnly ? hundredths === 1_000_000n : hundredths < 1_000_000n
  if (!addsUp) return [issue('parts', 'terms.percentsDoNotAddUp', { percent: percentText(hundredths) })]
  return rests === 0 && amounts > 0 && hundredths > 0n ? [issue('parts', 'terms.restMissing')] : []
}

function discountIssues(discount: EarlyPaymentDiscount): Issue[] {
  const percent = parseFraction(discount.percent)
  const ok = percent !== undefined && percent.numerator > 0n && percent.numerator < 100n * percent.denominator
  return [
    ...(ok ? [] : [issue('earlyPaymentDiscount.percent', 'terms.discountPercent')]),
    ...(isCount(discount.withinDays, 365) ? [] : [issue('earlyPaymentDiscount.withinDays', 'terms.discountDays', { most: 365 })]),
  ]
}

function issue(path: string, code: string, params: Record<string, string | number> = {}): Issue {
  return { path, code, params }
}
function isCount(value: number, most: number, least = 0): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}
function isDayOfMonth(value: number | undefined): boolean {
  return value !== undefined && isCount(value, 31, 1)
}
function isPositiveDecimal(text: string, decimals: number): boolean {
  const value = parseFraction(text)
  return value !== undefined && value.numerator > 0n && decimalsOf(text) <= decimals
}
/** Percent in ten-thousandths of a percent, so that three thirds of '33.3333' are seen not to be 100. */
function basis(percent: string): bigint {
  const value = fraction(percent)
  return (value.numerator * 10_000n) / value.denominator
}
function percentText(tenThousandths: bigint): string {
  return String(Number(tenThousandths) / 10_000)
}
