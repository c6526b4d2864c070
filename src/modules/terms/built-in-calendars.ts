import { type Calendar, type CalendarData, calendarFrom, weekendsOnly } from './calendar.ts'
import cn from './calendars/cn.json' with { type: 'json' }

/** Calendars that ship with the product; a company may edit a copy of its own. Source and licence: calendars/LICENSE-holiday-cn. */
export const builtInCalendarData: readonly CalendarData[] = [cn]

const BUILT_IN: ReadonlyMap<string, Calendar> = new Map(builtInCalendarData.map((data) => [data.id, calendarFrom(data)]))

/** The calendar of that id; for an unknown id, weekends only. */
export function builtInCalendar(id: string): Calendar {
  return BUILT_IN.get(id) ?? weekendsOnly
}
