import { addDays, addDaysWithin, type Day } from '../../../kernel/day.ts'
import type { Reader } from '../../../platform/db.ts'
import { sql } from '../../../platform/sql.ts'
import { habitDays } from '../../receivables/habits.query.ts'
import { type CashExpectation, cashExpectation, type ExpectedCash, mondayOf, PAST_WEEKS, WEEK_ZERO, weekNumber } from './cash-weeks.ts'

/** Paid items are looked at so many weeks further back, for what was expected in the first of the past weeks and came early. */
const EARLIER_WEEKS = 8

type Row = {
  readonly kind: 'open' | 'paid'
  readonly expected: number
  readonly known: boolean
  readonly paid: number | null
  readonly amount: bigint
}

/**
 * What is open, by the day on which it is expected, and how well the same rule would have done in the past 26 weeks; one statement over the open and the lately paid receivables.
 * Days are counted from WEEK_ZERO. The habits of the past are those of today: what a customer has learned since is in them, so the past looks a little better than it was.
 */
export async function cashForecast(reader: Reader): Promise<CashExpectation> {
  const { today } = reader
  const t = reader.caller.tenantId
  const from = addDays(mondayOf(today), -7 * (PAST_WEEKS + EARLIER_WEEKS))
  const expected = sql`r.due_on + coalesce(h.days, 0) - ${WEEK_ZERO}::date`
  const rows = await reader.report<Row>(sql`with h as materialized (${habitDays(reader, today)})
    select 'open' as kind, ${expected} as expected, h.days is not null as known, null::int as paid, ar.total(r.open_base) as amount
      from ar.receivables r left join h on h.customer_id = r.customer_id where r.tenant_id = ${t} and r.open <> 0 group by 2, 3
    union all select 'paid', (${expected}) / 7 * 7, true, (r.settled_on - ${WEEK_ZERO}::date) / 7, ar.total(r.amount_base)
      from ar.receivables r left join h on h.customer_id = r.customer_id
      where r.tenant_id = ${t} and r.settled_on is not null and r.voided_on is null and r.settled_on >= ${from}::date and r.settled_on <= ${today}::date group by 2, 4`)
  return cashExpectation(rows.filter(({ kind }) => kind === 'open').map(expectedCash), today, pastRatios(rows, today))
}

function expectedCash({ expected, known, amount }: Row): ExpectedCash {
  return { on: dayAt(expected), basis: known ? 'prediction' : 'dueOnly', amount }
}

/** Of each of the past weeks in which something was expected: what came ÷ what was expected, the latter paid or still open. */
function pastRatios(rows: readonly Row[], today: Day): number[] {
  const thisWeek = weekNumber(today)
  return Array.from({ length: PAST_WEEKS }, (_, back) => thisWeek - 1 - back).flatMap((week) => {
    const due = rows.filter((row) => Math.floor(row.expected / 7) === week)
    const came = rows.filter((row) => row.paid === week)
    const expected = Number(due.reduce((sum, { amount }) => sum + amount, 0n))
    return expected === 0 ? [] : [Number(came.reduce((sum, { amount }) => sum + amount, 0n)) / expected]
  })
}

function dayAt(days: number): Day {
  return addDaysWithin(WEEK_ZERO, days)
}
