import { addDays, addMonths, type Day, daysBetween, earlierDay, endOfMonth, startOfMonth } from '../../kernel/day.ts'

type DayRange = { readonly from: Day; readonly to: Day }

/**
 * The period before one of the same length: whole months before whole months (1 to 31 March: 1 to 29 February), else as many days before (5 to 11 March: 26 February to 4 March).
 */
export function periodBefore({ from, to }: DayRange): DayRange {
  if (from === startOfMonth(from) && to === endOfMonth(to)) {
    const months = monthsBetween(from, to) + 1
    return { from: addMonths(from, -months), to: addDays(from, -1) }
  }
  const days = daysBetween(from, to) + 1
  return { from: addDays(from, -days), to: addDays(from, -1) }
}

/** The same period a year before; the end of a month stays one (1 to 28 February 2025: 1 to 29 February 2024). */
export function yearBefore({ from, to }: DayRange): DayRange {
  const end = addMonths(to, -12)
  return { from: addMonths(from, -12), to: to === endOfMonth(to) ? endOfMonth(end) : end }
}

/** What a period that is not over is put beside: of the other one only the days that correspond to those gone by until `today` (1 to 21 November beside 1 to 21 October, never the whole of it). */
export function asFarAs(then: DayRange, now: DayRange, today: Day): DayRange {
  if (today >= now.to || today < now.from) return then
  const gone =
    then.from.slice(8) === now.from.slice(8)
      ? addMonths(today, -monthsBetween(then.from, now.from))
      : addDays(today, -daysBetween(then.from, now.from))
  return { from: then.from, to: earlierDay(then.to, gone) }
}

/** The range that a report has without being asked, as of `today`. */
export function defaultRange(name: 'thisMonth' | 'thisYear' | 'lastTwelveMonths' | 'lastThreeMonths', today: Day): DayRange {
  const months = { thisMonth: 0, lastThreeMonths: 2, lastTwelveMonths: 11, thisYear: Number(today.slice(5, 7)) - 1 }
  return { from: startOfMonth(addMonths(startOfMonth(today), -months[name])), to: endOfMonth(today) }
}

/** From one period to the other, as PostgreSQL reads it: in months where both begin on the same day of a month, else in days. */
export function shiftBetween(then: DayRange, now: DayRange): string {
  return then.from.slice(8) === now.from.slice(8)
    ? `${monthsBetween(then.from, now.from)} months`
    : `${daysBetween(then.from, now.from)} days`
}

/** By what a chart of a range counts: at most 62 days, 27 weeks, else months. */
export function chartUnit({ from, to }: DayRange): 'day' | 'week' | 'month' {
  const days = daysBetween(from, to) + 1
  return days <= 62 ? 'day' : days <= 189 ? 'week' : 'month'
}

/** The last day of the range that has begun. */
export function shownUntil({ to }: DayRange, today: Day): Day {
  return earlierDay(to, today)
}

function monthsBetween(from: Day, to: Day): number {
  return (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
}
