import { periodOf } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'

export type PeriodStatus = 'open' | 'closed'

/**
 * Which of these periods (yyyymm), and of those between them and this month, exist and how they stand, and the last closed one; 0 = none is closed.
 */
export async function periodsAsked(
  reader: Reader,
  periods: readonly number[],
): Promise<{ found: Map<number, PeriodStatus>; lastClosed: number }> {
  const rows = await reader.all<{
    period: number
    status: PeriodStatus
    asked: boolean
  }>(sql`select p.period, p.status, true as asked from ar.periods p
    where p.tenant_id = ${reader.caller.tenantId} and (p.period = any(${periods}::int[]) or p.period > ${Math.min(...periods)} and p.period < ${periodOf(reader.today)})
    union all (select p.period, p.status, false from ar.periods p where p.tenant_id = ${reader.caller.tenantId} and p.status = 'closed' order by p.period desc limit 1)`)
  return {
    found: new Map(rows.filter((row) => row.asked).map((row) => [row.period, row.status])),
    lastClosed: rows.find((row) => !row.asked)?.period ?? 0,
  }
}

export type LockedPeriod = {
  readonly status: PeriodStatus
  readonly version: number
  readonly earlierOpen: number | null
  readonly laterClosed: number | null
}

/**
 * The period under FOR UPDATE: waits for postings that hold it. `earlierOpen`: an earlier open period with vouchers in it; `laterClosed`: a later closed one.
 * The neighbours are read by a statement of their own, so that they are seen as they are after the wait.
 */
export async function lockPeriod(reader: Reader, period: number): Promise<LockedPeriod | undefined> {
  const t = reader.caller.tenantId
  const [own, neighbours] = await Promise.all([
    reader.maybe<{ status: PeriodStatus; version: number }>(
      sql`select p.status, p.version from ar.periods p where p.tenant_id = ${t} and p.period = ${period} for update`,
    ),
    reader.one<{ earlierOpen: number | null; laterClosed: number | null }>(sql`select
      (select min(p.period) from ar.periods p where p.tenant_id = ${t} and p.period < ${period} and p.status = 'open'
        and exists (select 1 from ar.vouchers v where v.tenant_id = ${t} and v.period = p.period)) as earlier_open,
      (select max(p.period) from ar.periods p where p.tenant_id = ${t} and p.period > ${period} and p.status = 'closed') as later_closed`),
  ])
  return own && { ...own, ...neighbours }
}

export type PeriodRow = {
  readonly period: number
  readonly status: PeriodStatus
  readonly version: number
  readonly closedByName: string | null
  readonly closedAt: Date | null
  readonly vouchers: number
  readonly total: bigint
}

/** The periods of one year, newest first, with what was posted in each. */
export function periodsOfYear(reader: Reader, year: number): Promise<PeriodRow[]> {
  const t = reader.caller.tenantId
  return reader.all(sql`select p.period, p.status, p.version, k.name as closed_by_name, p.closed_at, coalesce(s.vouchers, 0)::int as vouchers, coalesce(s.total, 0)::bigint as total
    from ar.periods p left join ar.people k on k.tenant_id = ${t} and k.id = p.closed_by
      left join (select v.period, count(*) as vouchers, sum(v.total_base) as total from ar.vouchers v
        where v.tenant_id = ${t} and v.voucher_on >= make_date(${year}, 1, 1) and v.voucher_on < make_date(${year + 1}, 1, 1) group by v.period) s on s.period = p.period
    where p.tenant_id = ${t} and p.period >= ${year * 100} and p.period < ${(year + 1) * 100} order by p.period desc`)
}

export async function yearsWithPeriods(reader: Reader): Promise<number[]> {
  const rows = await reader.all<{ year: number }>(
    sql`select distinct p.period / 100 as year from ar.periods p where p.tenant_id = ${reader.caller.tenantId} order by 1 desc`,
  )
  return rows.map((row) => row.year)
}
