import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'

export type PeriodStatus = 'open' | 'closed'

/** Which of these periods (yyyymm) exist and how they stand, and the last closed one; 0 = none is closed. */
export async function periodsAsked(
  reader: Reader,
  periods: readonly number[],
): Promise<{ found: Map<number, PeriodStatus>; lastClosed: number }> {
  const rows = await reader.all<{
    period: number
    status: PeriodStatus
    asked: boolean
  }>(sql`select p.period, p.status, true as asked from ar.periods p
    where p.tenant_id = ${reader.caller.tenantId} and p.period = any(${periods}::int[])
    union all (select p.period, p.status, false from ar.periods p where p.tenant_id = ${reader.caller.tenantId} and p.status = 'closed' order by p.period desc limit 1)`)
  return {
    found: new Map(rows.filter((row) => row.asked).map((row) => [row.period, row.status])),
    lastClosed: rows.find((row) => !row.asked)?.period ?? 0,
  }
}
