import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { builtInCalendar } from '../terms/built-in-calendars.ts'
import { type Calendar, calendarOfDays } from '../terms/calendar.ts'

/** By order id: its gross amount and the highest part number given so far. */
export async function orderFacts(
  reader: Reader,
  orderIds: readonly string[],
): Promise<Map<string, { wholeAmount: bigint; lastPartNo: number }>> {
  const rows = await reader.all<{ id: string; wholeAmount: bigint; lastPartNo: number }>(sql`select o.id, o.amount as whole_amount,
    coalesce((select max(r.part_no) from ar.receivables r where r.tenant_id = o.tenant_id and r.order_id = o.id), 0)::int as last_part_no
    from ar.orders o where o.tenant_id = ${reader.caller.tenantId} and o.id = any(${orderIds}::uuid[])`)
  return new Map(rows.map(({ id, ...facts }) => [id, facts]))
}

/** What was opened from these orders and has not been taken back. */
export function openReceivablesOfOrders(reader: Reader, orderIds: readonly string[]): Promise<{ id: string; orderId: string }[]> {
  return reader.all(sql`select r.id, r.order_id from ar.receivables r
    where r.tenant_id = ${reader.caller.tenantId} and r.order_id = any(${orderIds}::uuid[]) and r.voided_on is null order by r.id`)
}

/** Which calendar the terms' calendar id means: the company's own holidays and make-up days when it keeps any, else the built-in one of that id. */
export async function companyCalendars(reader: Reader): Promise<(id: string) => Calendar> {
  const days = await reader.all<{ onDay: Day; working: boolean; name: string }>(
    sql`select d.on_day, d.working, d.name from ar.calendar_days d where d.tenant_id = ${reader.caller.tenantId} order by d.on_day`,
  )
  const own = days.length === 0 ? undefined : calendarOfDays('company', days)
  return (id) => own ?? builtInCalendar(id)
}
