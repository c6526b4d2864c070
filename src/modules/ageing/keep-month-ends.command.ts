import type { Day } from '../../kernel/day.ts'
import type { Reader, Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { openFacts } from './ageing-facts.query.ts'
import { deleteMonthEnd, insertMonthEnd } from './month-end.store.ts'
import { isTrue, postedUpTo, startOf, trueMonthEnds } from './month-ends.query.ts'
import { monthEndsToKeep } from './month-ends.ts'

/** The month ends that should be kept and are not, or are no longer right; and those that need not be kept any more. */
export async function monthEndsToMake(reader: Reader): Promise<{ missing: Day[]; surplus: Day[] }> {
  const t = reader.caller.tenantId
  const { firstOn } = await reader.one<{ firstOn: Day | null }>(
    sql`select min(e.entry_on) as first_on from ar.receivable_entries e where e.tenant_id = ${t}`,
  )
  const wanted = firstOn === null ? [] : monthEndsToKeep(firstOn, reader.today)
  const right = await trueMonthEnds(reader)
  const kept = await reader.all<{ onDay: Day }>(sql`select m.on_day from ar.month_ends m where m.tenant_id = ${t} order by m.on_day`)
  return {
    missing: wanted.filter((day) => !right.includes(day)),
    surplus: kept.map(({ onDay }) => onDay).filter((day) => !wanted.includes(day)),
  }
}

/** Forgets a month end. What it held follows from the entries. */
export async function forgetMonthEnd(tx: Tx, onDay: Day): Promise<void> {
  await deleteMonthEnd(tx, onDay)
}

/**
 * Keeps what was open at a month end, from what is open now or at another month end, and the entries between. One statement, so that the items, the marks by which they are known to
 * be right and the other month end's come from one snapshot of the database. Returns how many items there are; undefined: the other month end is no longer right, nothing was kept.
 */
export async function keepMonthEnd(tx: Tx, onDay: Day): Promise<number | undefined> {
  await deleteMonthEnd(tx, onDay)
  const { posted, moved } = postedUpTo(tx, sql`${onDay}::date`)
  const question = { asOf: onDay, basis: 'issued', overdueOnly: false, filters: {} } as const
  const keys = ['item', 'customer', 'salesperson', 'region', 'entity', 'currency'] as const
  // what nobody had entered after the day a moment ago may be there by the time of the statement, and only the statement's own marks would not tell
  const start = { ...(await startOf(tx, question)), enteredAfter: true }
  return insertMonthEnd(tx, {
    onDay,
    posted,
    moved,
    isRight: start.monthEnd === undefined ? sql`true` : isTrue(tx, sql`${start.monthEnd}::date`),
    products: openFacts(tx, question, { keys: [...keys, 'product'], start }),
    items: openFacts(tx, question, { keys, start }),
  })
}
