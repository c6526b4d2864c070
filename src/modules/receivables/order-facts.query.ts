import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { onceAReader } from '../../platform/once-a-reader.ts'
import { sql } from '../../platform/sql.ts'
import { builtInCalendar, companyCalendar } from '../terms/built-in-calendars.ts'
import type { Calendar, CalendarDay } from '../terms/calendar.ts'

/** What was opened from these orders and has not been taken back. */
export function openReceivablesOfOrders(reader: Reader, orderIds: readonly string[]): Promise<{ id: string; orderId: string }[]> {
  return reader.all(sql`select r.id, r.order_id from ar.receivables r
    where r.tenant_id = ${reader.caller.tenantId} and r.order_id = any(${orderIds}::uuid[]) and r.voided_on is null order by r.id`)
}

/**
 * Which calendar the terms' calendar id means: the company's own holidays and make-up days when it keeps any, else the built-in one of that id. The days come as one text, and what was
 * made of it is kept until the text is another: every order asks.
 */
export const companyCalendars = onceAReader(async (reader: Reader): Promise<(id: string) => Calendar> => {
  const { tenantId } = reader.caller
  const { days } = await reader.one<{ days: string | null }>(
    sql`select string_agg(d.on_day || case when d.working then '+' else '-' end || d.name, ${BETWEEN_DAYS} order by d.on_day) as days from ar.calendar_days d where d.tenant_id = ${tenantId}`,
  )
  if (days === null) return builtInCalendar
  const known = lastSeen.get(tenantId)
  const own = known?.days === days ? known.calendar : companyCalendar('cn', days.split(BETWEEN_DAYS).map(dayOfText))
  lastSeen.set(tenantId, { days, calendar: own })
  return (id) => (id === own.id ? own : { ...own, id, fixed: builtInCalendar(id).fixed })
})
const BETWEEN_DAYS = '\u001f'
const lastSeen = new Map<number, { readonly days: string; readonly calendar: Calendar }>()

/** '2026-10-01-国庆节': the day, whether people work on it (+ or -), its name. */
function dayOfText(text: string): CalendarDay {
  return { onDay: text.slice(0, 10) as Day, working: text[10] === '+', name: text.slice(11) }
}
