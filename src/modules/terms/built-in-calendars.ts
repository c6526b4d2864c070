import { type Calendar, type CalendarData, type CalendarDay, calendarFrom, calendarOfDays, weekendsOnly } from './calendar.ts'
import cn from './calendars/cn.json' with { type: 'json' }

/**
 * 全国年节及纪念日放假办法 (State Council, revised 2024, in force since 2025-01-01), article 2: the holidays on fixed dates of the solar calendar. 2 May was added by that
 * revision; the others stand since 2008. Spring Festival, Qingming, Dragon Boat and Mid-Autumn move with the lunar calendar and wait for the announcement.
 */
const FIXED_CN = [
  { onDate: '01-01', name: '元旦', since: 2008 },
  { onDate: '05-01', name: '劳动节', since: 2008 },
  { onDate: '05-02', name: '劳动节', since: 2025 },
  { onDate: '10-01', name: '国庆节', since: 2008 },
  { onDate: '10-02', name: '国庆节', since: 2008 },
  { onDate: '10-03', name: '国庆节', since: 2008 },
] as const

/** Calendars that ship with the product; a company may edit a copy of its own. Source and licence: calendars/LICENSE-holiday-cn. */
export const builtInCalendarData: readonly CalendarData[] = [{ ...cn, fixed: FIXED_CN }]

const BUILT_IN: ReadonlyMap<string, Calendar> = new Map(builtInCalendarData.map((data) => [data.id, calendarFrom(data)]))

/** The calendar of that id; for an unknown id, weekends only. */
export function builtInCalendar(id: string): Calendar {
  return BUILT_IN.get(id) ?? weekendsOnly
}

/** A company's own calendar from its stored days; what law fixes for unpublished years comes from the built-in calendar of that id. */
export function companyCalendar(id: string, days: readonly CalendarDay[]): Calendar {
  return calendarOfDays(id, days, builtInCalendar(id).fixed)
}
