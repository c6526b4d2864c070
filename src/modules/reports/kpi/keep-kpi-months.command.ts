import { addDays, addMonths, type Day, endOfMonth, laterDay, startOfMonth } from '../../../kernel/day.ts'
import type { Reader, Tx } from '../../../platform/db.ts'
import { and, type Sql, snakeCase, sql } from '../../../platform/sql.ts'
import { isTrue, postedUpTo, trueMonthEnds } from '../../ageing/month-ends.query.ts'
import { nearestMonthEnd } from '../../ageing/month-ends.ts'
import { type BalanceDay, standingFrom, standingOnDays } from './balance-facts.query.ts'
import { factSums, type KpiKey } from './fact-row.query.ts'
import { isRight, keptFacts, keptMonths, voucherSeries } from './kept-months.query.ts'
import { kpiFigures } from './kpi-facts.ts'
import { deleteKpiMonths, insertKpiMonth } from './kpi-month.store.ts'
import { type MovementPart, movementFacts } from './movement-facts.query.ts'

/** Months kept before this one: a chart of a year, and countback from its first month. */
const MONTHS_KEPT = 36
/** A period that has come as far as today is put beside the same days so many months before. */
const MONTHS_COMPARED = [12, 3, 1]
const EVERYTHING = { currency: undefined, filters: {} }
const KEYS: readonly KpiKey[] = ['customer', 'salesperson', 'region']
const MOVED: readonly MovementPart[] = ['sales', 'salesNet', 'money']

/** Last days of the months, yesterday, and the days beside which today is put, that should be kept and are not, or are no longer right, the earliest first; and days that need not be kept any more. */
export async function kpiMonthsToMake(reader: Reader): Promise<{ missing: Day[]; surplus: Day[] }> {
  const t = reader.caller.tenantId
  const { firstOn } = await reader.one<{ firstOn: Day | null }>(
    sql`select min(e.entry_on) as first_on from ar.receivable_entries e where e.tenant_id = ${t}`,
  )
  const { ends, running } = await keptMonths(reader, EVERYTHING)
  const right = new Set([...ends, ...(running?.late === undefined ? [running?.on] : [])])
  const stored = await reader.all<{ onDay: Day }>(sql`select m.on_day from ar.kpi_months m where m.tenant_id = ${t}`)
  const wanted = firstOn === null ? [] : wantedDays(firstOn, reader.today)
  return { missing: wanted.filter((on) => !right.has(on)), surplus: stored.map(({ onDay }) => onDay).filter((on) => !wanted.includes(on)) }
}

function wantedDays(firstOn: Day, today: Day): Day[] {
  const ends: Day[] = []
  const first = laterDay(startOfMonth(firstOn), addMonths(startOfMonth(today), -MONTHS_KEPT))
  for (let next = addMonths(first, 1); next <= today; next = addMonths(next, 1)) ends.push(addDays(next, -1))
  const others = [addDays(today, -1), ...MONTHS_COMPARED.map((months) => addMonths(today, -months))]
  return [...new Set([...ends, ...others.filter((on) => on >= firstOn)])].sort()
}

/**
 * Keeps the sums up to the day: those of the month end before it and what the entries since then add, or of all entries where that is not kept. Figures and marks are those of one snapshot.
 * Of a day of the month that runs the balances are not kept. Returns whether it was kept: the month end may have become wrong in the meantime.
 */
export async function keepKpiMonth(tx: Tx, onDay: Day): Promise<boolean> {
  await deleteKpiMonths(tx, [onDay])
  const isOver = endOfMonth(onDay) < tx.today
  const base = [...(await keptMonths(tx, EVERYTHING)).ends]
    .filter((on) => on < onDay)
    .sort()
    .at(-1)
  // what was open on the day comes from the nearest month end that the ageing keeps, and only where none is kept from the whole history
  const monthEnd = isOver ? nearestMonthEnd(await trueMonthEnds(tx), onDay, tx.today) : undefined
  const { posted } = postedUpTo(tx, isOver ? sql`${onDay}::date` : sql`${addDays(startOfMonth(onDay), -1)}::date`)
  const { moved } = postedUpTo(tx, sql`${onDay}::date`)
  return insertKpiMonth(tx, onDay, {
    posted,
    moved,
    monthPosted: isOver ? sql`null::bigint` : lastVoucher(tx, onDay),
    isRight: and(
      base === undefined
        ? undefined
        : sql`exists (select 1 from ar.kpi_months m where m.tenant_id = ${tx.caller.tenantId} and m.on_day = ${base}::date and ${isRight(tx)})`,
      monthEnd === undefined ? undefined : isTrue(tx, sql`${monthEnd}::date`),
    ),
    figures: sumsUpTo(tx, onDay, { base, monthEnd, withBalances: isOver }),
  })
}

/** `base`: a kept day to add to. `monthEnd`: a month end of the ageing to start balances from. Without them everything comes from the entries alone. */
type From = { readonly base?: Day | undefined; readonly monthEnd?: Day | undefined; readonly withBalances: boolean }

/** The sums up to the day by customer, salesperson and region. */
export function sumsUpTo(reader: Reader, onDay: Day, { base, monthEnd, withBalances }: From): Sql {
  const periods = [{ place: 0, from: base === undefined ? BEGINNING : addDays(base, 1), to: onDay }]
  const facts = [
    movementFacts(reader, { to: onDay, ...EVERYTHING }, { keys: KEYS, periods, parts: MOVED }),
    ...(base === undefined ? [] : [keptFacts(reader, EVERYTHING, KEYS, [{ place: 0, on: base, sign: 1 }], MOVED)]),
    ...(withBalances ? [standing(reader, { place: 0, on: onDay, as: 'closing' }, monthEnd)] : []),
  ]
  const keys = sql.join(KEYS.map((key) => sql.ref(`f.k_${key}`)))
  const isSomething = sql.join(
    KEPT.map((name) => sql`${sql.ref(`f.${name}`)} <> 0`),
    sql` or `,
  )
  return sql`select * from (select ${keys}, ${factSums()} from (${sql.join(facts, sql` union all `)}) f group by ${keys}) f where ${isSomething}`
}

function standing(reader: Reader, day: BalanceDay, monthEnd: Day | undefined): Sql {
  if (monthEnd === undefined) return standingOnDays(reader, EVERYTHING, KEYS, [day])
  return standingFrom(reader, EVERYTHING, KEYS, day, { enteredAfter: true, monthEnd })
}

/** Before every book. */
const BEGINNING = '0001-01-01' as Day
const KEPT = kpiFigures.filter((name) => name !== 'opening').map(snakeCase)

/** The last number of the vouchers of the month. */
function lastVoucher({ caller }: Reader, onDay: Day): Sql {
  return sql`coalesce((select n.last from ar.number_series n where n.tenant_id = ${caller.tenantId} and n.series = ${voucherSeries(onDay)}), 0)`
}

/** Forgets days. What they held follows from the entries. */
export async function forgetKpiMonths(tx: Tx, onDays: readonly Day[]): Promise<void> {
  await deleteKpiMonths(tx, onDays)
}
