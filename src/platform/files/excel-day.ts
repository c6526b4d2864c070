const DAY_MS = 86_400_000
const DAY_SECONDS = 86_400
const EPOCH_1900_MS = Date.UTC(1899, 11, 30)
const EPOCH_1904_MS = Date.UTC(1904, 0, 1)
/** 31 December 9999, the last day Excel knows. */
const LAST_SERIAL = 2_958_465
/** Excel's 29 February 1900, a day that never was; before it, serials count from one day later. */
const FALSE_LEAP_DAY = 60

/** How a number format shows a number: as a day, as a time of day alone, or as a plain number (also elapsed hours). */
export type Calendar = 'number' | 'day' | 'time'

/** Built-in formats that show dates, including those Excel reserves for East Asian dates (ECMA-376 part 1, 18.8.30). */
export function builtInCalendar(id: number): Calendar {
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 55 || id === 56 || id === 45 || id === 47) return 'time'
  const isDay = (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)
  return isDay ? 'day' : 'number'
}

/** Reads a custom format such as `yyyy"年"m"月"d"日";@` or `[$-804]h:mm`. */
export function formatCalendar(format: string): Calendar {
  const codes = visibleCodes(format)
  if (codes === undefined || codes.includes('general')) return 'number'
  if (/[yd]/.test(codes)) return 'day'
  if (/[hs]/.test(codes)) return 'time'
  return codes.includes('m') ? 'day' : 'number'
}

/** The first section without quoted text, escapes and brackets, in lower case; undefined for elapsed time (`[h]:mm`). */
function visibleCodes(format: string): string | undefined {
  let codes = ''
  for (let at = 0; at < format.length; at++) {
    const char = format[at]
    if (char === ';') break
    if (char === '\\' || char === '_' || char === '*') at++
    else if (char === '"' || char === '[') {
      const end = format.indexOf(char === '"' ? '"' : ']', at + 1)
      if (end < 0) break
      if (/^\[(h+|m+|s+)$/i.test(format.slice(at, end))) return undefined
      at = end
    } else codes += char
  }
  return codes.toLowerCase()
}

/**
 * An Excel serial as 'YYYY-MM-DD', 'YYYY-MM-DD HH:MM:SS' when it has a time, or 'HH:MM:SS' for a time of day alone.
 * Undefined when the serial is no day (negative, beyond 9999, 29 February 1900).
 */
export function serialText(serial: number, calendar: Exclude<Calendar, 'number'>, is1904: boolean): string | undefined {
  const seconds = Math.round(serial * DAY_SECONDS)
  const whole = Math.floor(seconds / DAY_SECONDS)
  if (!(serial >= 0) || whole > LAST_SERIAL - (is1904 ? 1462 : 0)) return undefined
  const clock = seconds % DAY_SECONDS
  if (calendar === 'time' && whole === 0) return clockText(clock)
  if (!is1904 && (whole === FALSE_LEAP_DAY || whole === 0)) return undefined
  const shift = !is1904 && whole < FALSE_LEAP_DAY ? 1 : 0
  const dayText = new Date((is1904 ? EPOCH_1904_MS : EPOCH_1900_MS) + (whole + shift) * DAY_MS).toISOString().slice(0, 10)
  return clock === 0 ? dayText : `${dayText} ${clockText(clock)}`
}

function clockText(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?$/

/** The serial (1900 system) of 'YYYY-MM-DD' or 'YYYY-MM-DD HH:MM[:SS]' as exact text; undefined for what Excel cannot hold as a date. */
export function serialOf(text: string): string | undefined {
  const found = DAY.exec(text)
  if (found === null) return undefined
  const [year, month, date, hour = 0, minute = 0, second = 0] = found.slice(1).map((part) => Number(part ?? 0))
  const time = Date.UTC(year!, month! - 1, date!)
  const serial = (time - EPOCH_1900_MS) / DAY_MS
  const isReal = new Date(time).toISOString().slice(0, 10) === text.slice(0, 10) && hour < 24 && minute < 60 && second < 60
  if (!isReal || serial <= FALSE_LEAP_DAY) return undefined
  const clock = hour * 3600 + minute * 60 + second
  return clock === 0 ? String(serial) : String(serial + clock / DAY_SECONDS)
}
