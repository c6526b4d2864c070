import { assert } from '../../kernel/assert.ts'
import { addDays, addMonths, type Day, endOfMonth, startOfMonth, weekday } from '../../kernel/day.ts'

export type Cadence = 'daily' | 'weekly' | 'monthly'
export type Period = 'usual' | 'yesterday' | 'lastWeek' | 'thisMonth' | 'lastMonth'

/** Whether a schedule goes out on this day. A monthly one on the 31st goes out on the last day of a shorter month. */
export function isScheduledOn({ cadence, onDay }: { readonly cadence: Cadence; readonly onDay: number }, today: Day): boolean {
  if (cadence === 'daily') return true
  if (cadence === 'weekly') return weekday(today) === onDay
  const date = Number(today.slice(8))
  return date === onDay || (today === endOfMonth(today) && date < onDay)
}

/** Days within which every schedule has its turn. */
const DAYS_BETWEEN_MOST = 31

/** The next day on which a schedule goes out; today counts as long as it has not gone out today. */
export function nextDay(schedule: { readonly cadence: Cadence; readonly onDay: number }, today: Day, hasGoneToday: boolean): Day {
  const first = hasGoneToday ? addDays(today, 1) : today
  const ahead = Array.from({ length: DAYS_BETWEEN_MOST + 1 }, (_, days) => addDays(first, days))
  const found = ahead.find((day) => isScheduledOn(schedule, day))
  assert(found !== undefined, 'every month has an end')
  return found
}

/** The days that a report is about when it goes out on `today`; undefined: as the report has them by itself. */
export function periodOn(period: Period, today: Day): { readonly from: Day; readonly to: Day } | undefined {
  if (period === 'usual') return undefined
  if (period === 'yesterday') return { from: addDays(today, -1), to: addDays(today, -1) }
  if (period === 'thisMonth') return { from: startOfMonth(today), to: endOfMonth(today) }
  const monday = addDays(today, 1 - weekday(today))
  if (period === 'lastWeek') return { from: addDays(monday, -7), to: addDays(monday, -1) }
  const month = addMonths(startOfMonth(today), -1)
  return { from: month, to: endOfMonth(month) }
}
