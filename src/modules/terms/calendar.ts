import { assert } from '../../kernel/assert.ts'
import { addDays, type Day, day, weekday } from '../../kernel/day.ts'

/** Holidays and make-up working days (调休) as stored and edited; `years` says for which years the list is complete. */
export type CalendarData = {
  readonly id: string
  readonly years: readonly number[]
  /** 1 = Monday … 7 = Sunday. */
  readonly weekend: readonly number[]
  readonly holidays: readonly { readonly from: string; readonly to: string; readonly name: string }[]
  /** Days of a weekend on which people work: they are working days. */
  readonly workingDays: readonly string[]
  /** Holidays that the law fixes to a date: what is known of a year whose arrangement has not been published. */
  readonly fixed?: readonly FixedHoliday[]
}
/** A public holiday on the same date ('MM-DD') of every year since `since`. */
export type FixedHoliday = { readonly onDate: string; readonly name: string; readonly since: number }

/** The same, ready for questions. */
export type Calendar = {
  readonly id: string
  readonly years: ReadonlySet<number>
  readonly weekend: ReadonlySet<number>
  readonly off: ReadonlyMap<string, string>
  readonly working: ReadonlySet<string>
  readonly fixed: readonly FixedHoliday[]
}

/** No holiday or weekend in the world lasts longer: a bound for the search, and proof that the calendar is not broken. */
const LONGEST_REST = 60
/** One or two stored days of a year are a neighbour's holiday reaching over New Year, not that year's calendar. */
const FEWEST_DAYS_OF_A_YEAR = 5

/** Throws RangeError when a day of the data is no day or a holiday ends before it starts. */
export function calendarFrom(data: CalendarData): Calendar {
  const off = new Map<string, string>()
  for (const { from, to, name } of data.holidays) {
    if (day(to) < day(from)) throw new RangeError(`holiday ends before it starts: ${from}`)
    for (let at = day(from); at <= to; at = addDays(at, 1)) off.set(at, name)
  }
  return {
    id: data.id,
    years: new Set(data.years),
    weekend: new Set(data.weekend),
    off,
    working: new Set(data.workingDays.map(day)),
    fixed: data.fixed ?? [],
  }
}

/** One edited day of a company's calendar, as stored: a holiday (`working` false) or a make-up working day. */
export type CalendarDay = { readonly onDay: Day; readonly working: boolean; readonly name: string }

/** The company's own calendar from its stored days. A year counts as known when several of its days are stored. */
export function calendarOfDays(id: string, days: readonly CalendarDay[], fixed: readonly FixedHoliday[] = []): Calendar {
  const perYear = Map.groupBy(days, ({ onDay }) => Number(onDay.slice(0, 4)))
  return {
    id,
    years: new Set([...perYear].filter(([, stored]) => stored.length >= FEWEST_DAYS_OF_A_YEAR).map(([year]) => year)),
    weekend: new Set([6, 7]),
    off: new Map(days.filter(({ working }) => !working).map(({ onDay, name }) => [onDay, name])),
    working: new Set(days.filter(({ working }) => working).map(({ onDay }) => onDay)),
    fixed,
  }
}

/** The days to store when a company starts with a built-in calendar; the inverse of `calendarOfDays`. */
export function calendarDays(calendar: Calendar): CalendarDay[] {
  const off = [...calendar.off].map(([onDay, name]) => ({ onDay: day(onDay), working: false, name }))
  const working = [...calendar.working].map((onDay) => ({ onDay: day(onDay), working: true, name: '' }))
  return [...off, ...working].sort((a, b) => (a.onDay < b.onDay ? -1 : 1))
}

/** Only Saturdays and Sundays rest: what is known of a country whose holidays nobody has entered. */
export const weekendsOnly: Calendar = {
  id: 'weekends',
  years: new Set(),
  weekend: new Set([6, 7]),
  off: new Map(),
  working: new Set(),
  fixed: [],
}

export function isWorkingDay(calendar: Calendar, on: Day): boolean {
  if (calendar.working.has(on)) return true
  return !calendar.off.has(on) && !calendar.weekend.has(weekday(on)) && fixedHoliday(calendar, on) === undefined
}

/** Name of the holiday ('holiday' where nobody named it), 'weekend', or undefined on a working day: the reason why a due day was moved. */
export function restDayName(calendar: Calendar, on: Day): string | undefined {
  return isWorkingDay(calendar, on) ? undefined : nameOf(calendar, on) || 'holiday'
}

function nameOf(calendar: Calendar, on: Day): string {
  return calendar.off.get(on) ?? fixedHoliday(calendar, on)?.name ?? 'weekend'
}

/** The day itself if people work on it, else the first working day after it. */
export function nextWorkingDay(calendar: Calendar, from: Day): Day {
  return search(calendar, from, 1)
}

/** The day itself if people work on it, else the last working day before it. */
export function previousWorkingDay(calendar: Calendar, from: Day): Day {
  return search(calendar, from, -1)
}

/** False when the year's holidays have not been announced or entered: a due day there is an estimate. */
export function isCalendarKnown(calendar: Calendar, on: Day): boolean {
  return calendar.years.has(Number(on.slice(0, 4)))
}

/** The year of the contract's day, or else of the day it was moved to, whose arrangement is not published; undefined where both are known. */
export function unpublishedYear(calendar: Calendar, contractDue: Day, effectiveDue: Day): number | undefined {
  const unknown = [contractDue, effectiveDue].find((on) => !isCalendarKnown(calendar, on))
  return unknown === undefined ? undefined : Number(unknown.slice(0, 4))
}

/** A published or entered year says all its holidays itself. */
function fixedHoliday(calendar: Calendar, on: Day): FixedHoliday | undefined {
  if (isCalendarKnown(calendar, on)) return undefined
  return calendar.fixed.find(({ onDate, since }) => on.endsWith(onDate) && Number(on.slice(0, 4)) >= since)
}

function search(calendar: Calendar, from: Day, step: 1 | -1): Day {
  let at = from
  for (let i = 0; !isWorkingDay(calendar, at); i++) {
    assert(i < LONGEST_REST, 'a calendar has a working day every two months')
    at = addDays(at, step)
  }
  return at
}
