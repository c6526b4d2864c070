import { addMonths, type Day } from '../../kernel/day.ts'
import { divideRounded } from '../../kernel/money.ts'
import { basisPoints } from '../../kernel/percent.ts'
import { daysLate } from './overdue-days.ts'

/** A receivable that was paid, `amount` in minor units of the base currency, `paidOn` the day of its last allocation. */
export type PaidItem = { readonly amount: bigint; readonly dueOn: Day; readonly paidOn: Day }
export type PaymentHabit = {
  readonly count: number
  /** Weighted by amount, rounded to a tenth of a day; negative when they pay early. */
  readonly averageDaysLate: number
  /** Shares paid after the due day, in basis points, by number and by amount. */
  readonly lateByCount: number
  readonly lateByAmount: number
  readonly worstDaysLate: number
  /** The day of the month on which at least a third of the money came, when there are enough payments to say so. */
  readonly usualPayDay?: number
  /** Average of the last three months less the average of the months before: positive = getting slower. */
  readonly trendDays?: number
}

const MONTHS = 12
const RECENT_MONTHS = 3
const FEWEST_FOR_PAY_DAY = 4

/** 付款习惯 over the last 12 months before `asOf`; undefined when nothing was paid in that time. */
export function paymentHabit(items: readonly PaidItem[], asOf: Day): PaymentHabit | undefined {
  const from = addMonths(asOf, -MONTHS)
  const counted = items.filter((item) => item.amount > 0n && from < item.paidOn && item.paidOn <= asOf)
  if (counted.length === 0) return undefined
  const late = counted.filter((item) => item.paidOn > item.dueOn)
  const payDay = usualPayDay(counted)
  const trend = trendDays(counted, addMonths(asOf, -RECENT_MONTHS))
  return {
    count: counted.length,
    averageDaysLate: weightedDaysLate(counted),
    lateByCount: basisPoints(BigInt(late.length), BigInt(counted.length)),
    lateByAmount: basisPoints(total(late), total(counted)),
    worstDaysLate: counted.reduce((worst, item) => Math.max(worst, daysLate(item.dueOn, item.paidOn)), Number.NEGATIVE_INFINITY),
    ...(payDay === undefined ? {} : { usualPayDay: payDay }),
    ...(trend === undefined ? {} : { trendDays: trend }),
  }
}

/** Σ(amount × days late) / Σ amount, to a tenth of a day; on integers until the last step. */
export function weightedDaysLate(items: readonly PaidItem[]): number {
  const days = items.reduce((sum, item) => sum + item.amount * BigInt(daysLate(item.dueOn, item.paidOn)), 0n)
  const whole = total(items)
  return whole === 0n ? 0 : Number(divideRounded(days * 10n, whole)) / 10
}

function trendDays(items: readonly PaidItem[], since: Day): number | undefined {
  const recent = items.filter((item) => item.paidOn > since)
  const before = items.filter((item) => item.paidOn <= since)
  return recent.length === 0 || before.length === 0 ? undefined : roundTenth(weightedDaysLate(recent) - weightedDaysLate(before))
}

function usualPayDay(items: readonly PaidItem[]): number | undefined {
  if (items.length < FEWEST_FOR_PAY_DAY) return undefined
  const byDay = new Map<number, bigint>()
  for (const item of items) {
    const date = Number(item.paidOn.slice(8))
    byDay.set(date, (byDay.get(date) ?? 0n) + item.amount)
  }
  const [date, amount] = [...byDay].reduce((best, one) => (one[1] > best[1] ? one : best))
  return amount * 3n >= total(items) ? date : undefined
}

function total(items: readonly PaidItem[]): bigint {
  return items.reduce((sum, item) => sum + item.amount, 0n)
}

function roundTenth(days: number): number {
  return Math.round(days * 10) / 10
}
