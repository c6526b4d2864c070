import type { Day } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import { missing } from '../../kernel/problem.ts'
import type { Reader, Tx } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { contentOf, type LadderContent, type LadderVersion, type StoredContent } from './ladder.ts'

export type StoredLadder = {
  readonly id: string
  readonly name: string
  readonly isStandard: boolean
  readonly status: 'active' | 'disabled'
  readonly classes: readonly string[]
  readonly version: number
  readonly draft: StoredContent | null
  readonly draftStatus: 'editing' | 'waiting' | null
  readonly draftValidFrom: Day | null
  readonly draftBy: string | null
  readonly draftAt: Date | null
  readonly requestId: string | null
}

const columns = sql`l.id, l.name, l.is_standard, l.status, l.classes, l.version, l.draft, l.draft_status, l.draft_valid_from, l.draft_at, l.request_id`

/** All ladders, the standard one first. `draftBy` is a name. */
export function storedLadders(reader: Reader): Promise<StoredLadder[]> {
  return reader.all(sql`select ${columns}, p.name as draft_by from ar.dunning_ladders l left join ar.people p on p.tenant_id = l.tenant_id and p.id = l.draft_by
    where l.tenant_id = ${reader.caller.tenantId} order by l.is_standard desc, l.name limit 500`)
}

/** One ladder under lock, so that its draft, publication and assignments come one after the other. `draftBy` is an id. Throws platform.notFound. */
export async function lockLadder(tx: Tx, id: string): Promise<StoredLadder> {
  const found = await tx.maybe<StoredLadder>(
    sql`select ${columns}, l.draft_by from ar.dunning_ladders l where l.tenant_id = ${tx.caller.tenantId} and l.id = ${id} for no key update`,
  )
  if (found === undefined) throw missing('dunningLadder')
  return found
}

export function isStandardThere(reader: Reader): Promise<{ id: string } | undefined> {
  return reader.maybe(sql`select l.id from ar.dunning_ladders l where l.tenant_id = ${reader.caller.tenantId} and l.is_standard`)
}

type VersionRow = Omit<LadderVersion, 'content'> & { readonly content: StoredContent }

/** The versions of these ladders (all when none is named), newest first. */
export async function ladderVersions(reader: Reader, ladderIds?: readonly string[]): Promise<LadderVersion[]> {
  const of: Sql = ladderIds === undefined ? sql`true` : sql`v.ladder_id = any(${ladderIds}::uuid[])`
  const rows =
    await reader.all<VersionRow>(sql`select v.id, v.ladder_id, v.no, v.content, v.valid_from, v.published_at, p.name as published_by, v.published_how
    from ar.dunning_ladder_versions v left join ar.people p on p.tenant_id = v.tenant_id and p.id = v.published_by
    where v.tenant_id = ${reader.caller.tenantId} and ${of} order by v.ladder_id, v.no desc limit 5000`)
  return rows.map(({ content, ...row }) => ({ ...row, content: contentOf(content) }))
}

/** Of a ladder's versions (newest first) the one that counts on a day, and the next one that has been published for later. */
export function versionsOn(
  versions: readonly LadderVersion[],
  on: Day,
): { live: LadderVersion | undefined; next: LadderVersion | undefined } {
  const live = versions.find(({ validFrom }) => validFrom <= on)
  const later = versions.filter(({ no, validFrom }) => validFrom > on && no > (live?.no ?? 0))
  return { live, next: later.at(-1) }
}

/** How a ladder is written in the contract: amounts as text, positions by place. */
export function contentShown({ leastDaysBetween, levels }: LadderContent, currency: string) {
  return {
    leastDaysBetween,
    levels: levels.map(({ name, days, minimumMinor, actions, repeat }) => ({
      name,
      days,
      minimum: formatMinor(minimumMinor, currency),
      actions: [...actions],
      repeat,
    })),
  }
}

/** Ladders as the pages show them. */
export async function listLadders(reader: Reader) {
  const [ladders, versions, counts] = await Promise.all([storedLadders(reader), ladderVersions(reader), customersOfLadders(reader)])
  const byLadder = Map.groupBy(versions, ({ ladderId }) => ladderId)
  return ladders.map((ladder) => shown(reader, ladder, byLadder.get(ladder.id) ?? [], counts.get(ladder.id) ?? 0))
}

/** One ladder with its history and who is assigned by name. Throws platform.notFound. */
export async function readLadder(reader: Reader, id: string) {
  const [ladders, versions, counts, assigned] = await Promise.all([
    storedLadders(reader),
    ladderVersions(reader, [id]),
    customersOfLadders(reader),
    reader.all<{ id: string; code: string; name: string }>(sql`select c.id, c.code, c.name from ar.dunning_ladder_customers a
      join ar.customers c on c.tenant_id = a.tenant_id and c.id = a.customer_id where a.tenant_id = ${reader.caller.tenantId} and a.ladder_id = ${id} order by c.name, c.id limit 1000`),
  ])
  const ladder = ladders.find((one) => one.id === id)
  if (ladder === undefined) throw missing('dunningLadder')
  return {
    ...shown(reader, ladder, versions, counts.get(id) ?? 0),
    versions: versions.map((version) => versionShown(version, reader.caller.baseCurrency)),
    assigned,
  }
}

function shown(reader: Reader, ladder: StoredLadder, versions: readonly LadderVersion[], customers: number) {
  const currency = reader.caller.baseCurrency
  const { live, next } = versionsOn(versions, reader.today)
  const { id, name, isStandard, status, version, classes } = ladder
  return {
    id,
    name,
    isStandard,
    status,
    version,
    currency,
    classes: [...classes],
    customers,
    live: live === undefined ? null : versionShown(live, currency),
    next: next === undefined ? null : versionShown(next, currency),
    draft:
      ladder.draft === null
        ? null
        : {
            ...contentShown(contentOf(ladder.draft), currency),
            status: ladder.draftStatus!,
            validFrom: ladder.draftValidFrom,
            savedBy: ladder.draftBy,
            savedAt: ladder.draftAt?.toISOString() ?? null,
            requestId: ladder.requestId,
          },
  }
}

function versionShown({ id, no, validFrom, content, publishedAt, publishedBy, publishedHow }: LadderVersion, currency: string) {
  return { id, no, validFrom, ...contentShown(content, currency), publishedAt: publishedAt.toISOString(), publishedBy, publishedHow }
}

/**
 * Which ladder counts for the customer `c`: `joins` to be put behind it, `id` the answer. Assigned to it, else to its class, else the standard one; a ladder that is switched off, or that
 * has nothing published by `onDay`, counts for nobody.
 */
export function ladderOfCustomer(t: number, onDay: Day): { readonly joins: Sql; readonly id: Sql } {
  const usable = sql`l.tenant_id = ${t} and l.status = 'active'
    and exists (select 1 from ar.dunning_ladder_versions v where v.tenant_id = ${t} and v.ladder_id = l.id and v.valid_from <= ${onDay}::date)`
  return {
    joins: sql`left join (select a.customer_id, l.id from ar.dunning_ladder_customers a join ar.dunning_ladders l on l.id = a.ladder_id and ${usable} where a.tenant_id = ${t}) own_ladder on own_ladder.customer_id = c.id
      left join (select distinct on (x.class) x.class, l.id from ar.dunning_ladders l cross join unnest(l.classes) x(class) where ${usable} and not l.is_standard order by x.class, l.id) class_ladder on class_ladder.class = c.class`,
    id: sql`coalesce(own_ladder.id, class_ladder.id, (select l.id from ar.dunning_ladders l where l.tenant_id = ${t} and l.is_standard))`,
  }
}

/** Condition on the customer `c`: this ladder counts for it. */
export function hasLadder(t: number, ladderId: string, onDay: Day): Sql {
  const ladder = ladderOfCustomer(t, onDay)
  return sql`c.id in (select c.id from ar.customers c ${ladder.joins} where c.tenant_id = ${t} and ${ladder.id} = ${ladderId}::uuid)`
}

async function customersOfLadders(reader: Reader): Promise<Map<string, number>> {
  const t = reader.caller.tenantId
  const ladder = ladderOfCustomer(t, reader.today)
  const rows = await reader.report<{ id: string; customers: number }>(sql`select x.id, count(*)::int as customers from (
      select ${ladder.id} as id from ar.customers c ${ladder.joins} where c.tenant_id = ${t} and c.status = 'active') x where x.id is not null group by x.id`)
  return new Map(rows.map(({ id, customers }) => [id, customers]))
}
