import type { Day } from '../../kernel/day.ts'
import { missing, Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { builtInCalendar } from './built-in-calendars.ts'
import { type CalendarDay, calendarDays } from './calendar.ts'
import { changeCalendarDay, deleteCalendarDay, insertCalendarDays } from './terms.store.ts'

/**
 * Makes a day a holiday or a make-up working day. `version` 0 = the day is ordinary so far. Due days of existing receivables stay: they were agreed.
 * A company without a calendar of its own first gets a copy of the built-in one, so that one edited day does not replace all others.
 */
export async function saveCalendarDay(tx: Tx, day: CalendarDay, version: number): Promise<void> {
  const stored = await storedDay(tx, day.onDay)
  if ((stored?.version ?? 0) !== version)
    throw new Problem('platform.staleVersion', { version: stored?.version ?? 0 }, { kind: 'conflict' })
  if (stored) changeCalendarDay(tx, { ...day, version })
  else await addDay(tx, day)
  tx.audit({
    action: 'terms.calendarDaySaved',
    entity: 'calendarDay',
    before: stored && { working: stored.working, name: stored.name },
    after: { ...day },
  })
}

/** Makes a day an ordinary one again: Monday to Friday people work. */
export async function removeCalendarDay(tx: Tx, onDay: Day): Promise<void> {
  const stored = await storedDay(tx, onDay)
  if (!stored) throw missing('calendarDay')
  deleteCalendarDay(tx, onDay)
  tx.audit({ action: 'terms.calendarDayRemoved', entity: 'calendarDay', before: { onDay, working: stored.working, name: stored.name } })
}

async function addDay(tx: Tx, day: CalendarDay): Promise<void> {
  const own = await tx.maybe(sql`select 1 from ar.calendar_days d where d.tenant_id = ${tx.caller.tenantId} limit 1`)
  const copied = own ? [] : calendarDays(builtInCalendar('cn')).filter((one) => one.onDay !== day.onDay)
  insertCalendarDays(
    tx,
    [...copied, day].map(({ onDay, working, name }) => ({ onDay, working, name })),
  )
}

async function storedDay(tx: Tx, onDay: Day): Promise<(CalendarDay & { version: number }) | undefined> {
  return tx.maybe(
    sql`select d.on_day, d.working, d.name, d.version from ar.calendar_days d where d.tenant_id = ${tx.caller.tenantId} and d.on_day = ${onDay} for no key update`,
  )
}
