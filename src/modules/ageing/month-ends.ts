import { addDays, addMonths, type Day, daysBetween, startOfMonth } from '../../kernel/day.ts'

/** Every month end of the last year is kept, before that every quarter end: a day then lies at most half a month, or half a quarter, from one. */
const MONTHS_KEPT = 13
/** A report starts from today's open items rather than from a month end that is not nearer by so many days: they come from a smaller index. */
const DAYS_TO_GAIN = 7
/** Month ends further back are not kept. */
const YEARS_KEPT = 10

/** The month ends to keep for reports of past days, the latest first. Those before the first entry (`firstOn`) hold nothing. */
export function monthEndsToKeep(firstOn: Day, today: Day): Day[] {
  const first = startOfMonth(firstOn)
  const days: Day[] = []
  for (let month = 0; month < YEARS_KEPT * 12; month += 1) {
    const start = addMonths(startOfMonth(today), -month)
    if (start <= first) break
    const end = addDays(start, -1)
    if (month < MONTHS_KEPT || Number(end.slice(5, 7)) % 3 === 0) days.push(end)
  }
  return days
}

/** The kept month end from which a report of a past day starts; undefined: from what is open today. */
export function nearestMonthEnd(kept: readonly Day[], asOf: Day, today: Day): Day | undefined {
  const away = (day: Day): number => Math.abs(daysBetween(day, asOf))
  const nearest = kept.reduce<Day | undefined>((best, day) => (best === undefined || away(day) < away(best) ? day : best), undefined)
  return nearest !== undefined && away(nearest) + DAYS_TO_GAIN < away(today) ? nearest : undefined
}
