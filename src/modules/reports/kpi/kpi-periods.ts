import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  earlierDay,
  endOfMonth,
  endOfQuarter,
  laterDay,
  startOfMonth,
} from '../../../kernel/day.ts'
import { plusRatio, type Ratio, ratio } from './ratio.ts'

type DayRange = { readonly from: Day; readonly to: Day }
export type KeyedPeriod = DayRange & { readonly key: string }

/** The months, quarters or years of a range, the first and the last cut to it; nothing of what begins after `today`. Keys as 2026-03, 2026-Q1, 2026. */
export function periodsOf(by: 'month' | 'quarter' | 'year', { from, to }: DayRange, today: Day): KeyedPeriod[] {
  const until = earlierDay(to, today)
  const periods: KeyedPeriod[] = []
  for (let start = from; start <= until; ) {
    const end = earlierDay(endOf(by, start), until)
    periods.push({ key: keyOf(by, start), from: start, to: end })
    start = addDays(end, 1)
  }
  return periods
}

/** How many months a range has, exactly: a part of a month counts by its days. */
export function monthsIn(range: DayRange): Ratio {
  return periodsOf('month', range, range.to)
    .map(({ from, to }) => ratio(BigInt(daysBetween(from, to) + 1), BigInt(daysBetween(startOfMonth(from), endOfMonth(from)) + 1)))
    .reduce(plusRatio, ratio(0n))
}

/** Days of a range, both ends included. */
export function daysIn({ from, to }: DayRange): number {
  return daysBetween(from, to) + 1
}

/** `count` months up to a day, the newest first: the month of the day as far as it has come, then whole ones. */
export function monthsBack(to: Day, count: number): DayRange[] {
  return Array.from({ length: count }, (_, index) => {
    const from = addMonths(startOfMonth(to), -index)
    return { from, to: earlierDay(endOfMonth(from), to) }
  })
}

/** The part of a range that has begun; undefined where none has. */
export function begun({ from, to }: DayRange, today: Day): DayRange | undefined {
  return from > today ? undefined : { from, to: laterDay(from, earlierDay(to, today)) }
}

function endOf(by: 'month' | 'quarter' | 'year', on: Day): Day {
  if (by === 'month') return endOfMonth(on)
  return by === 'quarter' ? endOfQuarter(on) : endOfMonth(addMonths(startOfMonth(on), 12 - Number(on.slice(5, 7))))
}

function keyOf(by: 'month' | 'quarter' | 'year', on: Day): string {
  const year = on.slice(0, 4)
  if (by === 'year') return year
  return by === 'month' ? on.slice(0, 7) : `${year}-Q${Math.ceil(Number(on.slice(5, 7)) / 3)}`
}
