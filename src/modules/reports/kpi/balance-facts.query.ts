import type { Day } from '../../../kernel/day.ts'
import type { Reader } from '../../../platform/db.ts'
import { type Sql, sql } from '../../../platform/sql.ts'
import { openFacts } from '../../ageing/ageing-facts.query.ts'
import type { AgeingQuestion } from '../../ageing/ageing-filters.query.ts'
import { type Start, startOf } from '../../ageing/month-ends.query.ts'
import type { ReportQuestion } from '../report-definition.query.ts'
import { matching } from '../report-question.query.ts'
import { factRow, type KpiColumns, type KpiKey } from './fact-row.query.ts'
import { entryColumns } from './movement-facts.query.ts'

/** A day on which a balance is wanted: at the end of a period, or as its opening. */
export type BalanceDay = { readonly place: number; readonly on: Day; readonly as: 'opening' | 'closing' }
type Asked = Pick<ReportQuestion, 'currency' | 'filters'>

/** More days than this are answered by one pass over the ledger, fewer by the open items of each day. */
const DAYS_APART_MOST = 3

/** Facts of what was receivable on the days. */
export async function balanceFacts(reader: Reader, asked: Asked, keys: readonly KpiKey[], days: readonly BalanceDay[]): Promise<Sql> {
  if (new Set(days.map(({ on }) => on)).size > DAYS_APART_MOST) return standingOnDays(reader, asked, keys, days)
  const found = await Promise.all(days.map((one) => standingOn(reader, asked, keys, one)))
  return sql.join(found, sql` union all `)
}

/** What an ageing asks of the same. */
export function ageingQuestion({ currency, filters }: Asked, asOf: Day): AgeingQuestion {
  const { method, bankAccount, reason, document, ...common } = filters
  return { asOf, basis: 'due', currency, overdueOnly: false, filters: common }
}

async function standingOn(reader: Reader, asked: Asked, keys: readonly KpiKey[], day: BalanceDay): Promise<Sql> {
  return standingFrom(reader, asked, keys, day, await startOf(reader, ageingQuestion(asked, day.on)))
}

/** What was receivable on the day, from where the ageing of the day starts. */
export function standingFrom(reader: Reader, asked: Asked, keys: readonly KpiKey[], { place, on, as }: BalanceDay, start: Start): Sql {
  const question = ageingQuestion(asked, on)
  const facts = openFacts(reader, question, { keys: keys.length === 0 ? ['customer'] : keys, start })
  // added up by what is asked for first: the other figures are then joined to few rows
  const open = sql`coalesce(ar.total(o.a), 0)`
  const notDue = sql`coalesce(ar.total(o.a) filter (where o.due_on >= ${on}::date), 0)`
  const grouped = keys.length === 0 ? sql`` : sql`group by ${sql.join(keys.map((key) => sql.ref(`o.k_${key}`)))}`
  return sql`select ${factRow(sql`${sql.lit(place)}`, keys, carried('o'), as === 'opening' ? { opening: open } : { closing: open, notDue })} from (${facts}) o ${grouped}`
}

/**
 * The same for many days from one pass: the entries are added up by the first of the days that they count for and by the first on which they are overdue, and a day is the sum of what counts by
 * then. Equal to standingOn; a test holds both to the same answer.
 */
export function standingOnDays(reader: Reader, asked: Asked, keys: readonly KpiKey[], days: readonly BalanceDay[]): Sql {
  const t = reader.caller.tenantId
  const sorted = [...new Set(days.map(({ on }) => on))].sort()
  const last = sorted.at(-1)!
  const amount = asked.currency === undefined ? sql`e.amount_base` : sql`e.amount`
  const before = (day: Sql) => sql`width_bucket(${day}, ${sorted}::date[])`
  const isNarrow =
    asked.currency !== undefined ||
    asked.filters.document !== undefined ||
    [asked.filters.entity, asked.filters.inCurrency].some((one) => one !== undefined)
  const columns = keys.map((key) => sql`${entryColumns[key]} as ${sql.ref(`k_${key}`)}`)
  const cells = sql`select ${sql.join([...columns, sql`${before(sql`e.entry_on - 1`)} as counts_from`, sql`${before(sql`e.due_on`)} as late_from`, sql`ar.total(${amount}) as a`])}
    from ar.receivable_entries e ${isNarrow ? sql`join ar.receivables r on r.tenant_id = e.tenant_id and r.id = e.receivable_id` : sql``}
    where e.tenant_id = ${t} and e.entry_on <= ${last}::date
      and ${matching(reader, { from: last, to: last, by: 'customer', compared: undefined, ...asked }, { ...entryColumns, currency: sql`r.currency`, entity: sql`r.entity_id`, document: sql`e.receivable_id` })}
    group by ${sql.join([...keys.map((key) => entryColumns[key]), sql`counts_from`, sql`late_from`])}`
  const wanted = days.map(({ place, on, as }) => sql`(${sql.lit(place)}, ${sql.lit(sorted.indexOf(on))}, ${sql.lit(as)})`)
  const isAs = (name: string, value: Sql) => sql`case when d.as_is = ${sql.lit(name)} then ${value} else 0 end`
  return sql`select ${factRow(sql`d.place`, keys, carried('x'), {
    opening: isAs('opening', sql`x.a`),
    closing: isAs('closing', sql`x.a`),
    notDue: isAs('closing', sql`case when d.nth < x.late_from then x.a else 0 end`),
  })} from (${cells}) x join (values ${sql.join(wanted)}) d (place, nth, as_is) on x.counts_from <= d.nth`
}

function carried(alias: string): KpiColumns {
  return { customer: sql.ref(`${alias}.k_customer`), salesperson: sql.ref(`${alias}.k_salesperson`), region: sql.ref(`${alias}.k_region`) }
}
