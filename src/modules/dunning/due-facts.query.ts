import { type Day, laterDay } from '../../kernel/day.ts'
import { isLanguage } from '../../kernel/language.ts'
import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import type { Calendar } from '../terms/calendar.ts'
import type { CustomerBlock, DueCustomer, DueReceivable } from './due-customer.ts'
import type { LadderContent, LadderVersion } from './ladder.ts'
import { ladderOfCustomer, ladderVersions, versionsOn } from './ladders.query.ts'
import { latestDueOn } from './level-day.ts'
import { type CaseRow, goesOn, isExcluded, isRunning, levelsHadBefore, openCasesOf, withheldTurns } from './open-cases.query.ts'

export type FactsWanted = {
  readonly onDay: Day
  readonly calendar: Calendar
  /** All customers when left out. */
  readonly customerIds?: readonly string[]
  /** Instead of what is live: for trying a draft. */
  readonly instead?: ReadonlyMap<string, LadderContent>
}

/** All customers with something due on a working day, or soon to be, as far as any level of any ladder looks ahead; in the order of their ids. */
export async function dueCustomers(reader: Reader, { onDay, calendar, customerIds, instead }: FactsWanted): Promise<DueCustomer[]> {
  const versions = await liveVersions(reader, onDay, instead)
  const horizon = horizonOf([...versions.values()], onDay, calendar)
  if (horizon === undefined) return []
  const [customers, due, had, blocks] = await Promise.all([
    customersWithDue(reader, onDay, horizon, customerIds),
    dueReceivables(reader, onDay, horizon, customerIds),
    levelsHadBefore(reader, customerIds),
    customerBlocks(reader, onDay, customerIds),
  ])
  const items = due.map((item) => ({ ...item, had: had.get(item.receivableId) ?? null }))
  const byCustomer = Map.groupBy(items, ({ customerId }) => customerId)
  const versionOf = ({ ladderId }: CustomerRow) => (ladderId === null ? undefined : versions.get(ladderId))
  const openCases = await openCasesOf(
    reader,
    customers.map((row) => ({ ...row, levels: versionOf(row)?.content.levels.length })),
  )
  return customers.flatMap((row): DueCustomer[] => {
    const version = versionOf(row)
    const own = byCustomer.get(row.customerId)
    if (version === undefined || own === undefined) return []
    const { customerId, code, name, salespersonId, unallocatedBase } = row
    return [
      {
        customerId,
        code,
        name,
        salespersonId,
        unallocatedBase,
        version,
        language: isLanguage(row.language) ? row.language : 'zh-CN',
        block: blocks.get(customerId),
        openCase: openCases.get(row.customerId) ?? null,
        items: own,
      },
    ]
  })
}

/** Ids of all customers with something due on the day as far as any level of any ladder looks ahead, in order: those that a run has to judge. */
export async function customersToJudge(reader: Reader, { onDay, calendar }: FactsWanted): Promise<string[]> {
  const horizon = horizonOf([...(await liveVersions(reader, onDay, undefined)).values()], onDay, calendar)
  if (horizon === undefined) return []
  const rows = await reader.report<{ id: string }>(sql`select distinct r.customer_id as id from ar.receivables r
    where r.tenant_id = ${reader.caller.tenantId} and r.open <> 0 and r.due_on <= ${horizon}::date order by r.customer_id`)
  return rows.map(({ id }) => id)
}

/** The latest due day that any level of any ladder reaches on the day; the day itself where there is no ladder. */
export async function horizonOn(reader: Reader, onDay: Day, calendar: Calendar): Promise<Day> {
  return horizonOf([...(await liveVersions(reader, onDay, undefined)).values()], onDay, calendar) ?? onDay
}

/** By ladder: what counts on the day. */
async function liveVersions(
  reader: Reader,
  onDay: Day,
  instead: ReadonlyMap<string, LadderContent> | undefined,
): Promise<Map<string, LadderVersion>> {
  const byLadder = Map.groupBy(await ladderVersions(reader), ({ ladderId }) => ladderId)
  const live = new Map<string, LadderVersion>()
  for (const [ladderId, versions] of byLadder) {
    const found = versionsOn(versions, onDay).live
    if (found !== undefined) live.set(ladderId, { ...found, content: instead?.get(ladderId) ?? found.content })
  }
  return live
}

function horizonOf(versions: readonly LadderVersion[], onDay: Day, calendar: Calendar): Day | undefined {
  const days = versions.flatMap(({ content }) => content.levels.map((level) => latestDueOn(level.days, onDay, calendar)))
  return days.length === 0 ? undefined : days.reduce(laterDay)
}

function among(column: Sql, ids: readonly string[] | undefined): Sql {
  return ids === undefined ? sql`true` : sql`${column} = any(${ids}::uuid[])`
}

/** Planned at every call: the same text asks about all customers and about five hundred. */
function dueReceivables(
  reader: Reader,
  onDay: Day,
  horizon: Day,
  ids: readonly string[] | undefined,
): Promise<Omit<DueReceivable, 'had'>[]> {
  const t = reader.caller.tenantId
  return reader.report(sql`select r.customer_id, r.id as receivable_id, r.due_on, r.currency, r.open, r.open_base, ${isExcluded('r', t, onDay)} as excluded
    from ar.receivables r where r.tenant_id = ${t} and r.open <> 0 and r.voided_on is null and r.due_on <= ${horizon}::date and ${among(sql`r.customer_id`, ids)}
    order by r.customer_id, r.due_on, r.id`)
}

type CustomerRow = CaseRow & {
  readonly customerId: string
  readonly code: string
  readonly name: string
  readonly language: string
  readonly salespersonId: string | null
  readonly ladderId: string | null
  readonly unallocatedBase: bigint
}

/** A case that is over counts as closed, whether or not a run has closed it yet. */
function customersWithDue(reader: Reader, onDay: Day, horizon: Day, ids: readonly string[] | undefined): Promise<CustomerRow[]> {
  const t = reader.caller.tenantId
  const ladder = ladderOfCustomer(t, onDay)
  return reader.report(sql`select c.id as customer_id, c.code, c.name, c.language, c.salesperson_id, ${ladder.id} as ladder_id, coalesce(m.base, 0)::bigint as unallocated_base,
      k.id as case_id, k.version as case_version, k.level, k.turn, k.last_step_on, k.high_risk, k.collector_id, k.cut_on, coalesce(w.turns, 0) as withheld, coalesce(w.is_last, false) as is_withheld
    from ar.customers c ${ladder.joins}
    left join (select p.customer_id, sum(p.amount_base - p.allocated_base)::bigint as base from ar.receipts p
      where p.tenant_id = ${t} and p.status = 'confirmed' and p.allocated < p.amount and p.customer_id is not null and ${among(sql`p.customer_id`, ids)} group by p.customer_id) m on m.customer_id = c.id
    left join ar.dunning_cases k on k.tenant_id = ${t} and k.customer_id = c.id and k.closed_on is null and ${goesOn(t, onDay, horizon)}
    ${withheldTurns(t)}
    where c.tenant_id = ${t} and c.status <> 'merged' and ${among(sql`c.id`, ids)}
      and c.id in (select r.customer_id from ar.receivables r where r.tenant_id = ${t} and r.open <> 0 and r.due_on <= ${horizon}::date and ${among(sql`r.customer_id`, ids)})
    order by c.id`)
}

/** The longest running block of a customer; null days run until lifted. */
async function customerBlocks(reader: Reader, onDay: Day, ids: readonly string[] | undefined): Promise<Map<string, CustomerBlock>> {
  const rows = await reader.all<
    CustomerBlock & { customerId: string }
  >(sql`select distinct on (b.customer_id) b.customer_id, b.until_on, b.reason from ar.dunning_blocks b
    where b.tenant_id = ${reader.caller.tenantId} and b.receivable_id is null and ${isRunning(onDay)} and ${among(sql`b.customer_id`, ids)} order by b.customer_id, b.until_on desc nulls first, b.id`)
  return new Map(rows.map(({ customerId, ...block }) => [customerId, block]))
}
