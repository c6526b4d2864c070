import { assert } from '../../kernel/assert.ts'
import { addDays, addMonths, type Day, dateInMonth, endOfQuarter, laterDay, startOfMonth } from '../../kernel/day.ts'
import { fraction } from '../../kernel/fraction.ts'
import { type Money, money, parseMinor } from '../../kernel/money.ts'
import type { Phrase } from '../../kernel/phrase.ts'
import { Problem } from '../../kernel/problem.ts'
import { type Calendar, nextWorkingDay, previousWorkingDay, unpublishedYear } from './calendar.ts'
import type { BaseDate, DueRule, PaymentTerms, Roll } from './payment-terms.ts'
import { ruleSentence } from './terms-sentence.ts'

/** What is known of the days that terms count from. `order` (the document's own day) always is, so that every part has a due day. */
export type BaseDates = KnownDates & { readonly order: Day; readonly expected?: KnownDates }
type KnownDates = { readonly [event in Exclude<BaseDate, 'milestone'>]?: Day } & { readonly milestones?: Readonly<Record<string, Day>> }

export type DuePart = {
  readonly name: string
  readonly amount: Money
  readonly baseEvent: BaseDate
  readonly baseOn: Day
  /** As the contract counts it (民法典 201, 202): decides interest and limitation unless a setting says otherwise. */
  readonly contractDue: Day
  /** Moved off rest days (民法典 203): decides overdue days and ageing. */
  readonly effectiveDue: Day
  /** The base date has not happened yet, or the holidays of that year are not known yet. */
  readonly estimated: boolean
  /** The year whose holidays are not known yet, where they may still move the due day. */
  readonly unpublishedYear: number | undefined
  readonly beforeDelivery: boolean
  readonly retention: boolean
  readonly rule: Phrase
}

/**
 * When each part of `amount` falls due. The amounts add up to `amount` exactly, the rounding remainder in the last part. No part is due
 * before `issuedOn` (default: the document's day). Throws Problem terms.amountsDoNotFit when fixed amounts pass or do not make up the whole.
 */
export function dueDates(terms: PaymentTerms, dates: BaseDates, amount: Money, calendar: Calendar, issuedOn: Day = dates.order): DuePart[] {
  const amounts = partAmounts(terms, amount)
  return terms.parts.map((part, i) => {
    const { on: baseOn, known } = baseDay(part.rule, dates, terms.transitDays)
    const { contractDue, effectiveDue } = dueFrom(terms, part.rule, baseOn, calendar, issuedOn)
    const year = terms.roll === 'none' ? undefined : unpublishedYear(calendar, contractDue, effectiveDue)
    return {
      name: part.name,
      amount: amounts[i]!,
      baseEvent: part.rule.baseDate,
      baseOn,
      contractDue,
      effectiveDue,
      estimated: !known || year !== undefined,
      unpublishedYear: year,
      beforeDelivery: part.rule.beforeDelivery ?? false,
      retention: part.retention ?? false,
      rule: ruleSentence(part.rule),
    }
  })
}

/** When a part falls due that counts from `baseOn`: by the contract, and moved off rest days; never before `issuedOn`. */
export function dueFrom(
  terms: PaymentTerms,
  rule: DueRule,
  baseOn: Day,
  calendar: Calendar,
  issuedOn: Day,
): Pick<DuePart, 'contractDue' | 'effectiveDue'> {
  const contractDue = laterDay(dueOf(rule, baseOn), issuedOn)
  return { contractDue, effectiveDue: laterDay(rolled(contractDue, terms.roll, calendar), issuedOn) }
}

/** Each part's amount; they add up to the whole, the rounding remainder in the last part (domain.md 1). */
export function partAmounts(terms: PaymentTerms, whole: Money): Money[] {
  const minors = terms.parts.map(({ share }) => {
    if ('rest' in share) return undefined
    if ('amount' in share) return fixedMinor(share.amount, whole.currency)
    const percent = fraction(share.percent)
    return (whole.minor * percent.numerator) / (100n * percent.denominator)
  })
  const given = minors.reduce<bigint>((total, minor) => total + (minor ?? 0n), 0n)
  const left = whole.minor - given
  const rest = terms.parts.findIndex(({ share }) => 'rest' in share)
  const takesRemainder = rest >= 0 ? rest : terms.parts.length - 1
  const onlyAmounts = terms.parts.every(({ share }) => 'amount' in share)
  if ((onlyAmounts && left !== 0n) || left * whole.minor < 0n) throw new Problem('terms.amountsDoNotFit', {}, { path: 'parts' })
  const parts = minors.map((minor, i) => money((minor ?? 0n) + (i === takesRemainder ? left : 0n), whole.currency))
  assert(parts.reduce((total, part) => total + part.minor, 0n) === whole.minor, 'the parts of the terms add up to the amount')
  return parts
}

/** The due day of one rule counted from a day that is known; not moved off rest days. The start day is not counted (民法典 201). */
export function dueOf(rule: DueRule, baseOn: Day): Day {
  const start = countStart(rule, baseOn)
  const { count, unit } = rule.period
  if (unit === 'day') return rule.payDay === undefined ? addDays(start, count) : sameOrNext(addDays(start, count), rule.payDay)
  const dayOfMonth = rule.payDay ?? (rule.countFrom === 'cutOff' ? rule.cutOffDay : rule.countFrom === 'quarterEnd' ? 31 : undefined)
  if (dayOfMonth === undefined) return addMonths(start, count)
  const due = dateInMonth(addMonths(startOfMonth(start), count), dayOfMonth)
  return due >= baseOn ? due : sameOrNext(baseOn, dayOfMonth)
}

function countStart(rule: DueRule, baseOn: Day): Day {
  if (rule.countFrom === 'quarterEnd') return endOfQuarter(baseOn)
  return rule.countFrom === 'cutOff' ? sameOrNext(baseOn, rule.cutOffDay ?? 31) : baseOn
}

/** The first day on or after `from` whose day of the month is `date`, or the month's last where the month is shorter. */
function sameOrNext(from: Day, date: number): Day {
  const inMonth = dateInMonth(from, date)
  return inMonth >= from ? inMonth : dateInMonth(addMonths(startOfMonth(from), 1), date)
}

function rolled(due: Day, roll: Roll, calendar: Calendar): Day {
  if (roll === 'none') return due
  return roll === 'next' ? nextWorkingDay(calendar, due) : previousWorkingDay(calendar, due)
}

/** What stands in for an event that has not happened and is not planned: the event that usually comes just before it. */
const STANDS_IN: { readonly [event in BaseDate]: Exclude<BaseDate, 'milestone'> } = {
  order: 'order',
  approval: 'order',
  delivery: 'approval',
  acceptance: 'delivery',
  invoice: 'delivery',
  invoiceReceived: 'invoice',
  nextDelivery: 'delivery',
  milestone: 'delivery',
}

function baseDay(rule: DueRule, dates: BaseDates, transitDays: number): { readonly on: Day; readonly known: boolean } {
  const happened = dayOfEvent(rule.baseDate, rule, dates)
  if (happened !== undefined) return { on: happened, known: true }
  return { on: expectedDay(rule.baseDate, rule, dates, transitDays), known: false }
}

function expectedDay(event: BaseDate, rule: DueRule, dates: BaseDates, transitDays: number): Day {
  const day = dayOfEvent(event, rule, dates) ?? (dates.expected && dayOfEvent(event, rule, dates.expected))
  if (day !== undefined) return day
  const before = expectedDay(STANDS_IN[event], rule, dates, transitDays)
  if (event === 'invoiceReceived') return addDays(before, transitDays)
  return event === 'nextDelivery' ? addMonths(before, rule.batches ?? 1) : before
}

function dayOfEvent(event: BaseDate, rule: DueRule, dates: KnownDates): Day | undefined {
  return event === 'milestone' ? dates.milestones?.[rule.milestone ?? ''] : dates[event]
}

function fixedMinor(text: string, currency: string): bigint {
  const minor = parseMinor(text, currency)
  if (minor === undefined) throw new Problem('terms.partAmount', {}, { path: 'parts' })
  return minor
}
