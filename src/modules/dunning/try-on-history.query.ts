import { setImmediate } from 'node:timers/promises'
import { addDays, addMonths, type Day } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import type { Phrase } from '../../kernel/phrase.ts'
import { missing } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { companyCalendars } from '../receivables/order-facts.query.ts'
import { contentOf, type LadderContent } from './ladder.ts'
import { hasLadder, ladderVersions, type StoredLadder, storedLadders, versionsOn } from './ladders.query.ts'
import { originsOf } from './level-origins.ts'
import { pastDebts } from './past-debts.query.ts'
import { differenceOf, overdueOn, triedSums, triedWarning } from './tried-figures.ts'
import { type PastCustomer, walkHistory } from './walk-history.ts'

/** Before the span both ladders walk so long unseen that every case stands where it would have stood. */
const WARM_UP_DAYS = 90
/** Months of a large company's books are walked, customer by customer. */
export const TRY_TIMEOUT_MS = 120_000
/** Customers on the page; the export has all. */
const SHOWN_MOST = 20
const NO_LADDER: LadderContent = { leastDaysBetween: 1, levels: [] }

export type Differing = { readonly customerId: string; readonly difference: Phrase; readonly overdueBase: bigint }

/**
 * What the draft of a ladder (or what is to follow, or what is live) would have done with the ladder's customers in the last `months` months, beside what is live. Business days count:
 * money counts from the day it was received, a block or an address that was missing counts not. Throws platform.notFound.
 */
export async function tryOnHistory(reader: Reader, ladderId: string, months: number) {
  const tried = await triedLadders(reader, ladderId, months)
  const currency = reader.caller.baseCurrency
  const items = await named(reader, tried.differing.slice(0, SHOWN_MOST))
  return {
    ...tried,
    currency,
    live: withoutLevels(tried.live),
    draft: withoutLevels(tried.draft),
    warning: tried.warning ?? null,
    differing: {
      total: tried.differing.length,
      items: items.map(({ overdueBase, ...row }) => ({ ...row, overdue: formatMinor(overdueBase, currency) })),
    },
  }
}

/** The walk itself, customer by customer: figures, warning, and every customer that would be treated otherwise, those who owe most first. */
export async function triedLadders(reader: Reader, ladderId: string, months: number) {
  const { live, draft, ours } = await contentsOf(reader, ladderId)
  const calendar = (await companyCalendars(reader))('cn')
  const until = addDays(reader.today, -1)
  const from = addMonths(reader.today, -months)
  const span = { start: addDays(from, -WARM_UP_DAYS), from, until }
  const otherwise = halfWay(live, draft)
  const sums = { live: triedSums(live.levels.length), draft: triedSums(draft.levels.length), otherwise: triedSums(draft.levels.length) }
  const counted = { customers: 0, receivables: 0 }
  const differing: Differing[] = []
  for await (const customers of pastDebts(reader, { from: span.start, until }, ours)) {
    for (const customer of customers) {
      const before = walkHistory(customer, live, calendar, span)
      const after = live === draft ? before : walkHistory(customer, draft, calendar, span)
      sums.live.add(before)
      sums.draft.add(after)
      if (otherwise) sums.otherwise.add(walkHistory(customer, otherwise.content, calendar, span))
      count(counted, customer, from)
      const difference = differenceOf(before, after)
      if (difference) differing.push({ customerId: customer.customerId, difference, overdueBase: overdueOn(customer, until) })
    }
    await setImmediate()
  }
  const [figures, booksFrom] = [{ live: sums.live.figures(), draft: sums.draft.figures() }, await firstDay(reader, from)]
  const warning = triedWarning({
    ...figures,
    otherwise: otherwise && { position: otherwise.position, days: otherwise.days, tasks: sums.otherwise.figures().tasks },
    from,
    until,
    booksFrom,
  })
  const levels = levelCounts(live, draft, figures)
  return { from, until, booksFrom, ...counted, ...figures, levels, warning, differing: differing.sort(byOverdue) }
}

/** The two ladders to be held against each other, and whose. One that has never been published is held against the standard ladder, for the customers that it is meant for. */
async function contentsOf(reader: Reader, ladderId: string): Promise<{ live: LadderContent; draft: LadderContent; ours: Sql }> {
  const ladders = await storedLadders(reader)
  const ladder = ladders.find(({ id }) => id === ladderId)
  if (ladder === undefined) throw missing('dunningLadder')
  const versions = Map.groupBy(await ladderVersions(reader), (version) => version.ladderId)
  const on = (id: string) => versionsOn(versions.get(id) ?? [], reader.today)
  const own = on(ladderId)
  const now = own.live ?? on(ladders.find(({ isStandard }) => isStandard)?.id ?? ladderId).live
  const live = now?.content ?? NO_LADDER
  const draft = ladder.draft === null ? (own.next?.content ?? live) : contentOf(ladder.draft)
  return { live, draft, ours: own.live ? hasLadder(reader.caller.tenantId, ladderId, reader.today) : isMeantFor(reader, ladder) }
}

function isMeantFor({ caller: { tenantId } }: Reader, { id, classes }: StoredLadder): Sql {
  return sql`(c.class = any(${classes}::text[]) or c.id in (select a.customer_id from ar.dunning_ladder_customers a where a.tenant_id = ${tenantId} and a.ladder_id = ${id}::uuid))`
}

/** The draft with one level half-way back to what is live: of the levels with tasks that come sooner than now, the one that comes sooner by most. */
function halfWay(live: LadderContent, draft: LadderContent): { content: LadderContent; position: number; days: number } | undefined {
  const origins = originsOf(live.levels, draft.levels)
  const sooner = draft.levels.flatMap((level, index) => {
    const by = (origins[index]?.days ?? level.days) - level.days
    const hasTask = level.actions.some(({ kind }) => kind !== 'email')
    return by > 1 && hasTask ? [{ position: level.position, days: level.days + Math.floor(by / 2), by }] : []
  })
  const [most] = sooner.sort((a, b) => b.by - a.by)
  if (!most) return undefined
  const { position, days } = most
  const levels = draft.levels.map((level) => (level.position === position ? { ...level, days } : level))
  return { content: { ...draft, levels }, position, days }
}

function levelCounts(
  live: LadderContent,
  draft: LadderContent,
  figures: { readonly live: { readonly levels: readonly number[] }; readonly draft: { readonly levels: readonly number[] } },
) {
  const origins = originsOf(live.levels, draft.levels)
  const gone = live.levels.filter((level) => !origins.includes(level))
  const before = (position: number | undefined) => (position === undefined ? null : figures.live.levels[position - 1]!)
  return [
    ...draft.levels.map(({ name }, index) => ({ name, live: before(origins[index]?.position), draft: figures.draft.levels[index]! })),
    ...gone.map(({ name, position }) => ({ name, live: before(position), draft: null })),
  ]
}

function count(counted: { customers: number; receivables: number }, { items }: PastCustomer, from: Day): void {
  const there = items.filter(
    ({ changes }) => changes.some(({ on }) => on >= from) || changes.reduce((open, { change }) => open + change, 0n) > 0n,
  )
  if (there.length === 0) return
  counted.customers += 1
  counted.receivables += new Set(there.map(({ receivableId }) => receivableId)).size
}

/** Code and name of customers, in the given order. */
export async function named(reader: Reader, rows: readonly Differing[]) {
  const ids = rows.map(({ customerId }) => customerId)
  const found = await reader.all<{ id: string; code: string; name: string }>(
    sql`select c.id, c.code, c.name from ar.customers c where c.tenant_id = ${reader.caller.tenantId} and c.id = any(${ids}::uuid[])`,
  )
  const byId = new Map(found.map(({ id, code, name }) => [id, { code, name }]))
  return rows.map((row) => ({ ...row, ...byId.get(row.customerId)! }))
}

async function firstDay(reader: Reader, from: Day): Promise<Day | null> {
  const { first } = await reader.one<{ first: Day | null }>(
    sql`select min(e.entry_on) as first from ar.receivable_entries e where e.tenant_id = ${reader.caller.tenantId}`,
  )
  return first !== null && first > from ? first : null
}

function withoutLevels<F extends { readonly levels: unknown }>({ levels: _, ...figures }: F): Omit<F, 'levels'> {
  return figures
}
function byOverdue(a: Differing, b: Differing): number {
  if (a.overdueBase !== b.overdueBase) return a.overdueBase > b.overdueBase ? -1 : 1
  return a.customerId < b.customerId ? -1 : 1
}
