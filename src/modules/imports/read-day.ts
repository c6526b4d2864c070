import { addDays, type Day, day, parseDay } from '../../kernel/day.ts'

/** Which comes first where the year is last: 30/7/2026 (`dmy`) or 7/30/2026 (`mdy`). */
export const dayOrders = ['dmy', 'mdy'] as const
export type DayOrder = (typeof dayOrders)[number]

export type ReadDay = { readonly day: Day } | { readonly problem: 'notADay' | 'noSuchDay' | 'dayOrderUnknown' | 'yearTwoDigits' }

const YEAR_FIRST = /^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))$/
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/
const TIME = /[ T](?:上午|下午)?\s?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?\s?(?:Z|[AP]M)?$/i
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const NAMED = /^(?:(\d{1,2})[-/,.]?([a-z]{3,9})|([a-z]{3,9})[-/.]?(\d{1,2}))[-/,.]*(\d{4})$/i
/** Excel's number of a day that lost its format: 1982 to 2064, so that no year and no 20260730 is taken for one. */
const EPOCH = { on: day('1970-01-01'), serial: 25_569 }
const SERIAL = /^[345]\d{4}(?:\.\d{1,15})?$/

/**
 * A day as people and programs write it: 2026-07-30, 2026/7/30, 2026年7月30日, 20260730, 30.07.2026, 30 Jul 2026, Excel's 46233, and with the year last in the order that holds for the
 * whole column. A time of day is cut off. A day that is in no calendar (31 February) is refused, never moved.
 */
export function readDay(text: string, order: DayOrder | undefined): ReadDay {
  const bare = dayText(text)
  const first = YEAR_FIRST.exec(bare)
  if (first) return existing(first[1]!, (first[2] ?? first[4] ?? first[6])!, (first[3] ?? first[5] ?? first[7])!)
  const plain = serialDay(bare) ?? namedDay(bare)
  if (plain) return plain
  const last = YEAR_LAST.exec(bare)
  if (!last) return { problem: /^\d{1,2}[-/.]\d{1,2}[-/.]\d{1,2}$/.test(bare) ? 'yearTwoDigits' : 'notADay' }
  const decided = last[2] === '.' ? 'dmy' : (order ?? onlyOrder(last))
  if (decided === undefined) return { problem: 'dayOrderUnknown' }
  return decided === 'dmy' ? existing(last[4]!, last[3]!, last[1]!) : existing(last[4]!, last[1]!, last[3]!)
}

/** What every cell of a workbook that is formatted as a day comes as. */
const PLAIN = /^\d{4}-\d{2}-\d{2}$/

function dayText(text: string): string {
  if (PLAIN.test(text)) return text
  return text.normalize('NFKC').trim().replace(TIME, '').replace(/\s+/g, '')
}

function serialDay(bare: string): ReadDay | undefined {
  if (!SERIAL.test(bare)) return undefined
  return { day: addDays(EPOCH.on, Math.trunc(Number(bare)) - EPOCH.serial) }
}

/** '5 Jan 2026', 'Jan 5, 2026', '05-JAN-2026'. */
function namedDay(bare: string): ReadDay | undefined {
  const found = NAMED.exec(bare)
  if (!found) return undefined
  const month = MONTHS.indexOf((found[2] ?? found[3])!.slice(0, 3).toLowerCase()) + 1
  return month === 0 ? undefined : existing(found[5]!, String(month), (found[1] ?? found[4])!)
}

function existing(year: string, month: string, date: string): ReadDay {
  const day = parseDay(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`)
  return day === undefined ? { problem: 'noSuchDay' } : { day }
}

function onlyOrder(match: RegExpExecArray): DayOrder | undefined {
  const [a, b] = [Number(match[1]), Number(match[3])]
  if (a > 12 && b <= 12) return 'dmy'
  if (b > 12 && a <= 12) return 'mdy'
  return a === b ? 'dmy' : undefined
}

/** What the days of one column say about their order, counted while the file is read once. */
export type DayVotes = { readonly days: number; readonly dmy: number; readonly mdy: number; readonly either: number }
export const noDayVotes: DayVotes = { days: 0, dmy: 0, mdy: 0, either: 0 }

/** A day that is in no calendar counts as none: the page says so before the dry run does. */
export function countDay(votes: DayVotes, text: string): DayVotes {
  if (PLAIN.test(text)) return parseDay(text) === undefined ? votes : { ...votes, days: votes.days + 1 }
  const bare = dayText(text)
  const last = YEAR_LAST.exec(bare)
  if (!last) return 'day' in readDay(text, undefined) ? { ...votes, days: votes.days + 1 } : votes
  const days = votes.days + 1
  if (last[2] === '.' || Number(last[1]) > 12) return { ...votes, days, dmy: votes.dmy + (last[2] === '.' ? 0 : 1) }
  if (Number(last[3]) > 12) return { ...votes, days, mdy: votes.mdy + 1 }
  return { ...votes, days, either: votes.either + 1 }
}

/** One order for the whole column; `ask` when every value could be either, or when the values contradict each other. */
export function dayOrderOf({ dmy, mdy, either }: DayVotes): DayOrder | 'none' | 'ask' {
  if (dmy > 0 && mdy > 0) return 'ask'
  if (dmy > 0) return 'dmy'
  if (mdy > 0) return 'mdy'
  return either > 0 ? 'ask' : 'none'
}
