import { addDays, type Day, laterDay, startOfMonth } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { trueMonthEnds } from './month-ends.query.ts'

/** What was open on a day, by due day, in minor units of the base currency; due days with nothing open are left out. */
export type OpenByDueDay = ReadonlyMap<Day, bigint>

/** What is open now, by due day. */
export async function openByDueDay(reader: Reader): Promise<OpenByDueDay> {
  const rows = await reader.report<{ dueOn: Day; open: bigint }>(
    sql`select r.due_on, ar.total(r.open_base) as open from ar.receivables r where r.tenant_id = ${reader.caller.tenantId} and r.open <> 0 group by r.due_on`,
  )
  return new Map(rows.map(({ dueOn, open }) => [dueOn, open]))
}

/**
 * What was open at month ends (last days of months), by due day: from the kept month ends as far as they are kept and right, else by adding up the entries, which is the same and slower. Both under
 * the caller's data scope: kept sums are those of the whole company and only used for those who see it.
 */
export async function openAtMonthEnds(reader: Reader, onDays: readonly Day[]): Promise<Map<Day, OpenByDueDay>> {
  const right = await trueMonthEnds(reader)
  const kept = onDays.filter((day) => right.includes(day))
  const others = onDays.filter((day) => !right.includes(day))
  const [fromKept, fromEntries] = await Promise.all([
    kept.length === 0 ? new Map<Day, OpenByDueDay>() : keptSums(reader, kept),
    others.length === 0 ? new Map<Day, OpenByDueDay>() : sumsOfEntries(reader, others),
  ])
  return new Map(onDays.map((day) => [day, fromKept.get(day) ?? fromEntries.get(day) ?? new Map()]))
}

/** Sold on credit in the months that end on these days (opened less voided, opening balances apart, with VAT), as far as their month ends are kept and right. */
export async function keptSales(reader: Reader, onDays: readonly Day[]): Promise<Map<Day, bigint>> {
  const right = (await trueMonthEnds(reader)).filter((day) => onDays.includes(day))
  const rows = await reader.all<{ onDay: Day; soldBase: bigint }>(
    sql`select m.on_day, m.sold_base from ar.month_ends m where m.tenant_id = ${reader.caller.tenantId} and m.on_day = any(${right}::date[])`,
  )
  return new Map(rows.map(({ onDay, soldBase }) => [onDay, soldBase]))
}

async function keptSums(reader: Reader, onDays: readonly Day[]): Promise<Map<Day, OpenByDueDay>> {
  const rows = await reader.all<{ onDay: Day; dueOn: Day; openBase: bigint }>(
    sql`select m.on_day, m.due_on, m.open_base from ar.month_end_sums m where m.tenant_id = ${reader.caller.tenantId} and m.on_day = any(${onDays}::date[])`,
  )
  const found = new Map<Day, Map<Day, bigint>>(onDays.map((day) => [day, new Map()]))
  for (const { onDay, dueOn, openBase } of rows) found.get(onDay)!.set(dueOn, openBase)
  return found
}

/** Entries by the month they were entered in and due day, then added up from month end to month end. */
async function sumsOfEntries(reader: Reader, onDays: readonly Day[]): Promise<Map<Day, OpenByDueDay>> {
  const last = onDays.reduce(laterDay)
  const rows = await reader.report<{ month: Day; dueOn: Day; amount: bigint }>(
    sql`select date_trunc('month', e.entry_on::timestamp)::date as month, e.due_on, ar.total(e.amount_base) as amount from ar.receivable_entries e
      where e.tenant_id = ${reader.caller.tenantId} and e.entry_on <= ${last}::date group by 1, 2 having ar.total(e.amount_base) <> 0 order by 1`,
  )
  return runningSums(rows, onDays)
}

/** `rows` by month, the earliest first. */
function runningSums(rows: readonly { month: Day; dueOn: Day; amount: bigint }[], onDays: readonly Day[]): Map<Day, OpenByDueDay> {
  const sums = new Map<Day, bigint>()
  const found = new Map<Day, OpenByDueDay>()
  let at = 0
  for (const onDay of onDays.toSorted()) {
    for (; at < rows.length && rows[at]!.month <= startOfMonth(onDay); at += 1) {
      const { dueOn, amount } = rows[at]!
      sums.set(dueOn, (sums.get(dueOn) ?? 0n) + amount)
    }
    found.set(onDay, new Map([...sums].filter(([, open]) => open !== 0n)))
  }
  return found
}

/** The last days of the `count` months before `today`'s, the earliest first. */
export function monthEndsBefore(today: Day, count: number): Day[] {
  const ends: Day[] = []
  for (let end = addDays(startOfMonth(today), -1); ends.length < count; end = addDays(startOfMonth(end), -1)) ends.unshift(end)
  return ends
}
