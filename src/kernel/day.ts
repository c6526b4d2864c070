import { Temporal } from 'temporal-polyfill'
import { Problem } from './problem.ts'

declare const brand: unique symbol
/** A calendar day, 'YYYY-MM-DD', in the tenant's calendar: no hour, no zone. Days compare as text. */
export type Day = string & { readonly [brand]: 'Day' }

const PATTERN = /^\d{4}-\d{2}-\d{2}$/
/** Days outside this range are typing errors (year 206, 20266), not business. */
const FIRST_DAY = '1970-01-01'
const LAST_DAY = '2199-12-31'
const DAY_MS = 86_400_000

/** Reads 'YYYY-MM-DD'. Throws RangeError for anything else, also for a 31 February. */
export function day(text: string): Day {
  const found = parseDay(text)
  if (found === undefined) throw new RangeError(`not a day: ${text}`)
  return found
}

/** The same as `day`, but undefined instead of an error. */
export function parseDay(text: string): Day | undefined {
  if (!PATTERN.test(text) || text < FIRST_DAY || text > LAST_DAY) return undefined
  const [year, month, date] = parts(text)
  return month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month) ? (text as Day) : undefined
}

/** Throws platform.dayOutOfRange. */
export function dayOf(year: number, month: number, date: number): Day {
  return counted(`${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`)
}

/** `count` may be negative. Throws platform.dayOutOfRange: somebody has entered a day so far off that what is counted from it is none. */
export function addDays(from: Day, count: number): Day {
  const at = startOf(from) + count * DAY_MS
  const known = dayAt.get(at)
  if (known !== undefined) return known
  const found = counted(new Date(at).toISOString().slice(0, 10))
  dayAt.set(at, found)
  return found
}

/** The same for what is only shown: beyond the first or the last day it is that day, so that one far day closes no list. */
export function addDaysWithin(from: Day, count: number): Day {
  if (count < daysBetween(from, FIRST_DAY as Day)) return FIRST_DAY as Day
  return count > daysBetween(from, LAST_DAY as Day) ? (LAST_DAY as Day) : addDays(from, count)
}
/** Walks over months of history ask for the same days millions of times. Never more than the days between FIRST_DAY and LAST_DAY. */
const dayAt = new Map<number, Day>()

/** The corresponding day, else the month's last (民法典 202): 31 August + 6 months = 28 February. Throws platform.dayOutOfRange. */
export function addMonths(from: Day, count: number): Day {
  return counted(Temporal.PlainDate.from(from).add({ months: count }).toString())
}

export function startOfMonth(of: Day): Day {
  return `${of.slice(0, 8)}01` as Day
}

export function endOfMonth(of: Day): Day {
  const [year, month] = parts(of)
  return dayOf(year, month, daysInMonth(year, month))
}

export function endOfQuarter(of: Day): Day {
  const [year, month] = parts(of)
  return endOfMonth(dayOf(year, Math.ceil(month / 3) * 3, 1))
}

/** Day `date` of the month of `inMonth`; a shorter month gives its last day. */
export function dateInMonth(inMonth: Day, date: number): Day {
  const [year, month] = parts(inMonth)
  return dayOf(year, month, Math.min(date, daysInMonth(year, month)))
}

/** `to - from` in days: 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (startOf(to) - startOf(from)) / DAY_MS
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(of: Day): number {
  return new Date(startOf(of)).getUTCDay() || 7
}

export function laterDay(a: Day, b: Day): Day {
  return a >= b ? a : b
}

export function earlierDay(a: Day, b: Day): Day {
  return a <= b ? a : b
}

/** The accounting period of a day as yyyymm. */
export function periodOf(of: Day): number {
  return Number(of.slice(0, 4)) * 100 + Number(of.slice(5, 7))
}

/** Which day it is in `timeZone` (IANA name) at this instant. */
export function dayIn(timeZone: string, at: Date): Day {
  const minute = Math.floor(at.getTime() / 60_000)
  const known = lastIn.get(timeZone)
  if (known?.minute === minute) return known.on
  const on = day(Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString())
  lastIn.set(timeZone, { minute, on })
  return on
}
/** A day begins on a whole minute in every zone of our years; each call of the server asks for the same one again. */
const lastIn = new Map<string, { readonly minute: number; readonly on: Day }>()

/** 0 … 23: the hour on the clocks of `timeZone` at this instant. */
export function hourIn(timeZone: string, at: Date): number {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).hour
}

function counted(text: string): Day {
  const found = parseDay(text)
  if (found === undefined) throw new Problem('platform.dayOutOfRange', { first: FIRST_DAY, last: LAST_DAY })
  return found
}
function parts(of: string): [year: number, month: number, date: number] {
  return [Number(of.slice(0, 4)), Number(of.slice(5, 7)), Number(of.slice(8, 10))]
}
function daysInMonth(year: number, month: number): number {
  return month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}
function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}
function startOf(of: Day): number {
  const [year, month, date] = parts(of)
  return Date.UTC(year, month - 1, date)
}
function two(value: number): string {
  return String(value).padStart(2, '0')
}
