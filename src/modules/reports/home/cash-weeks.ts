import { addDays, type Day, daysBetween, weekday } from '../../../kernel/day.ts'
import { divideRounded } from '../../../kernel/money.ts'

/** What of the money due is expected on a day, and how sure that is: a promise, the customer's habit, or only the due day (no habit known). Minor units. */
export type ExpectedCash = { readonly on: Day; readonly basis: Certainty; readonly amount: bigint }
export const certainties = ['promise', 'prediction', 'dueOnly'] as const
export type Certainty = (typeof certainties)[number]

/** Days included at both ends; `likely` is the interval of 80 %, absent where the past is too short to say. */
export type CashWeek = { readonly from: Day; readonly to: Day } & { readonly [basis in Certainty]: bigint } & {
  readonly likely?: Likely | undefined
}
export type Likely = { readonly low: bigint; readonly high: bigint }
/** `passed`: expected before today and not there: it stands apart, no week counts on it. `later`: expected after the last week. */
export type CashExpectation = { readonly weeks: readonly CashWeek[]; readonly total: bigint; readonly likely?: Likely | undefined; readonly passed: bigint; readonly later: bigint } // biome-ignore format: one line

export const CASH_WEEKS = 13
const DAYS = 7

/**
 * 未来 13 周预计回款: what is open, in the week of the day on which it is expected (expectedPaymentDay: promise, else due day and habit). Weeks begin on Monday; the first is what is left of this one,
 * so no day is missing. Weeks + passed + later = all that was given.
 * The interval of 80 % comes from the spread of past lateness: `pastRatios` are, of past weeks, what came ÷ what the same rule would have expected; their 10th and 90th percentile times the week's
 * amount are its ends. The ends of the total take the weeks as independent (square root of the sum of squares of the distances).
 */
export function cashExpectation(expected: readonly ExpectedCash[], today: Day, pastRatios: readonly number[]): CashExpectation {
  const spread = spreadOf(pastRatios)
  const weeks = weeksFrom(today).map((week): CashWeek => {
    const within = expected.filter(({ on }) => week.from <= on && on <= week.to)
    const parts = Object.fromEntries(certainties.map((basis) => [basis, sumOf(within.filter((one) => one.basis === basis))])) as Record<Certainty, bigint> // biome-ignore format: one line
    return { ...week, ...parts, ...(spread ? { likely: scaled(sumOf(within), spread) } : {}) }
  })
  const total = weeks.reduce((sum, week) => sum + weekTotal(week), 0n)
  return {
    weeks,
    total,
    ...(spread ? { likely: likelyOf(weeks, total) } : {}),
    passed: sumOf(expected.filter(({ on }) => on < today)),
    later: sumOf(expected.filter(({ on }) => on > weeks.at(-1)!.to)),
  }
}

export function weekTotal(week: CashWeek): bigint {
  return certainties.reduce((sum, basis) => sum + week[basis], 0n)
}

/** From today to Sunday, then twelve whole weeks. */
export function weeksFrom(today: Day): { from: Day; to: Day }[] {
  const monday = mondayOf(today)
  return Array.from({ length: CASH_WEEKS }, (_, at) => {
    const from = addDays(monday, at * DAYS)
    return { from: at === 0 ? today : from, to: addDays(from, DAYS - 1) }
  })
}

export function mondayOf(day: Day): Day {
  return addDays(day, -((weekday(day) + DAYS - 1) % DAYS))
}

/** Weeks from Monday, 5 January 1970: how statements count them. */
export const WEEK_ZERO = '1970-01-05' as Day
export function weekNumber(day: Day): number {
  return Math.floor(daysBetween(WEEK_ZERO, day) / DAYS)
}

/** Past weeks that are compared, and how many of them must have had something to expect. */
export const PAST_WEEKS = 26
const PAST_WEEKS_LEAST = 8
const LOW = 0.1
const HIGH = 0.9
const MILLIONTHS = 1_000_000n

type Spread = { readonly low: bigint; readonly high: bigint }

/** In millionths. */
function spreadOf(ratios: readonly number[]): Spread | undefined {
  if (ratios.length < PAST_WEEKS_LEAST) return undefined
  const sorted = ratios.toSorted((a, b) => a - b)
  const at = (share: number): bigint => BigInt(Math.round(percentile(sorted, share) * Number(MILLIONTHS)))
  return { low: at(LOW), high: at(HIGH) }
}

/** Between the two nearest, in proportion. */
function percentile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)]!
  return below + (sorted[Math.ceil(place)]! - below) * (place - Math.floor(place))
}

function scaled(amount: bigint, { low, high }: Spread): Likely {
  return { low: divideRounded(amount * low, MILLIONTHS), high: divideRounded(amount * high, MILLIONTHS) }
}

function likelyOf(weeks: readonly CashWeek[], total: bigint): Likely {
  const distance = (of: (week: CashWeek) => bigint): bigint => BigInt(Math.round(Math.hypot(...weeks.map((week) => Math.max(0, Number(of(week))))))) // biome-ignore format: one line
  const below = distance((week) => weekTotal(week) - week.likely!.low)
  const above = distance((week) => week.likely!.high - weekTotal(week))
  return { low: below > total ? 0n : total - below, high: total + above }
}

function sumOf(expected: readonly ExpectedCash[]): bigint {
  return expected.reduce((sum, { amount }) => sum + amount, 0n)
}
