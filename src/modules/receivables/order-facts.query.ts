import type { Reader } from '../../platform/db.ts'
import { kept } from '../../platform/kept.ts'
import { sql } from '../../platform/sql.ts'
import { builtInCalendar, companyCalendar } from '../terms/built-in-calendars.ts'
import type { Calendar, CalendarDay } from '../terms/calendar.ts'

/** What was opened from these orders and has not been taken back. */
export function openReceivablesOfOrders(reader: Reader, orderIds: readonly string[]): Promise<{ id: string; orderId: string }[]> {
  return reader.all(sql`select r.id, r.order_id from ar.receivables r
    where r.tenant_id = ${reader.caller.tenantId} and r.order_id = any(${orderIds}::uuid[]) and r.voided_on is null order by r.id`)
}

/** Which calendar the terms' calendar id means: the company's own holidays and make-up days when it keeps any, else the built-in one of that id. */
export const companyCalendars = kept(async (reader: Reader): Promise<(id: string) => Calendar> => {
  const days = await reader.all<CalendarDay>(
    sql`select d.on_day, d.working, d.name from ar.calendar_days d where d.tenant_id = ${reader.caller.tenantId} order by d.on_day`,
  )
  if (days.length === 0) return builtInCalendar
  const own = companyCalendar('cn', days)
  return (id) => (id === own.id ? own : { ...own, id, fixed: builtInCalendar(id).fixed })
})
