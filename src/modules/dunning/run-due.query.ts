import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { companyCalendars } from '../receivables/order-facts.query.ts'
import { isWorkingDay } from '../terms/calendar.ts'
import { type DunningSettings, readDunningSettings } from './dunning-settings.query.ts'

/** The hours of a run that the clock begins today and that has not begun; undefined where none is to begin by itself (switched off, test mode, day of rest) or one has begun. */
export async function runDueToday(reader: Reader): Promise<Pick<DunningSettings, 'fromHour' | 'untilHour'> | undefined> {
  const { daily, sendingEnabled, fromHour, untilHour } = await readDunningSettings(reader)
  if (daily === 'off' || (daily === 'whenSending' && !sendingEnabled)) return undefined
  if (!isWorkingDay((await companyCalendars(reader))('cn'), reader.today)) return undefined
  return (await runOf(reader, reader.today)) === undefined ? { fromHour, untilHour } : undefined
}

/** The run of a day, whatever became of it. */
export function runOf(reader: Reader, onDay: Day): Promise<{ id: string } | undefined> {
  return reader.maybe(
    sql`select r.id from ar.runs r where r.tenant_id = ${reader.caller.tenantId} and r.kind = 'dunning' and r.business_key = ${onDay}`,
  )
}
