import { addMonths, type Day } from '../../../kernel/day.ts'
import type { Reader } from '../../../platform/db.ts'
import { and, type Sql, snakeCase, sql } from '../../../platform/sql.ts'
import { cutBy } from '../report-cut.query.ts'
import type { ReportQuestion } from '../report-definition.query.ts'
import { matching, type ReportFacts } from '../report-question.query.ts'

/** As the payment habit of a customer's page counts (payment-habit.ts): the last twelve months, trend against the three newest. */
const MONTHS = 12
const RECENT_MONTHS = 3
/** Minor units: times the days of a century still a bigint. Products of larger amounts are numeric, which takes several times as long. */
const SAFE_AMOUNT = sql.lit(100_000_000_000_000)

/**
 * The receivables that were settled in the twelve months up to the day, as they stood on it: k, id, issued_on, customer_id, currency, own, amount (report amount), due_on, settled_on, is_recent. What was settled
 * then and is open again since is in it, what was settled after it is not.
 */
export function settledItems(reader: Reader, question: ReportQuestion, asOf: Day): Sql {
  const t = reader.caller.tenantId
  const range = (on: Sql) => sql`${on} > ${addMonths(asOf, -MONTHS)}::date and ${on} <= ${asOf}::date`
  const select = (facts: ReportFacts, settledOn: Sql, dueOn: Sql) => {
    const { key, join } = cutBy(t, question.by, facts, settledOn)
    const amount = question.currency === undefined ? sql`r.amount_base` : sql`r.amount`
    return {
      columns: sql`select ${key} as k, r.id, r.issued_on, ${facts.customer} as customer_id, r.currency, r.amount as own, ${amount} as amount, ${dueOn} as due_on, ${settledOn} as settled_on,
        ${settledOn} > ${addMonths(asOf, -RECENT_MONTHS)}::date as is_recent`,
      join,
      where: and(sql`${amount} > 0`, range(settledOn), matching(reader, question, facts)),
    }
  }
  const now = select(receivableFacts, sql`r.settled_on`, sql`r.due_on`)
  const settled = sql`${now.columns} from ar.receivables r ${now.join} where r.tenant_id = ${t} and r.settled_on is not null and r.voided_on is null and ${now.where}`
  if (asOf >= reader.today) return settled
  const then = select({ ...receivableFacts, ...standing }, sql`s.settled_on`, sql`s.due_on`)
  return sql`${settled} union all ${then.columns} from (${undoneSince(t, asOf)}) s
    join ar.receivables r on r.tenant_id = ${t} and r.id = s.receivable_id ${then.join} where ${then.where}`
}

/** Settled on the day, and given back after it: where the items stood. */
function undoneSince(t: number, asOf: Day): Sql {
  const last = (column: string) =>
    sql`(array_agg(${sql.ref(`e.${column}`)} order by e.entry_on desc, e.recorded_at desc, e.id desc))[1] as ${sql.ref(column)}`
  return sql`select e.receivable_id, max(e.entry_on) as settled_on, ${sql.join(['customer_id', 'due_on', 'salesperson_id', 'region_id'].map(last))}
    from ar.receivable_entries e where e.tenant_id = ${t} and e.entry_on <= ${asOf}::date and e.receivable_id in (
      select u.receivable_id from ar.receivable_entries u where u.tenant_id = ${t} and u.entry_on > ${asOf}::date and u.kind = 'reversed')
    group by e.receivable_id having sum(e.amount) = 0 and not bool_or(e.kind = 'voided')`
}

const receivableFacts: ReportFacts = {
  customer: sql`r.customer_id`,
  salesperson: sql`r.salesperson_id`,
  region: sql`r.region_id`,
  currency: sql`r.currency`,
  entity: sql`r.entity_id`,
  document: sql`r.id`,
}
const standing = { customer: sql`s.customer_id`, salesperson: sql`s.salesperson_id`, region: sql`s.region_id` }

/** What the habit of the settled items `s` is made of: sums that can be added up further. */
export function habitParts(): Sql {
  const days = sql`(s.settled_on - s.due_on)`
  const isLate = sql`s.settled_on > s.due_on`
  const weighted = (
    which: Sql,
  ) => sql`coalesce(sum(case when s.amount < ${SAFE_AMOUNT} then s.amount * ${days} end) filter (where ${which}), 0)
    + coalesce(sum(case when s.amount >= ${SAFE_AMOUNT} then s.amount::numeric * ${days} end) filter (where ${which}), 0)`
  const amount = (which: Sql) => sql`coalesce(ar.total(s.amount) filter (where ${which}), 0)`
  return sql`count(*)::int as count, ar.total(s.amount) as amount, ${weighted(sql`true`)} as weighted, ${weighted(sql`s.is_recent`)} as recent_weighted,
    ${amount(sql`s.is_recent`)} as recent_amount, (count(*) filter (where ${isLate}))::int as late_count, ${amount(isLate)} as late_amount, max(${days}) as worst_days`
}

/** The figures of paymentHabit, of what `weighted` and the others are made of: a row of habitParts, or the sums of several. */
function habitOf(part: (name: string) => Sql) {
  const earlier = (name: string) => sql`(${part(name)} - ${part(`recent_${name}`)})`
  return {
    averageDaysLate: sql`round(${part('weighted')} / ${part('amount')}, 1)`,
    trendDays: sql`round(${part('recent_weighted')} / nullif(${part('recent_amount')}, 0), 1) - round(${earlier('weighted')} / nullif(${earlier('amount')}, 0), 1)`,
    onTimeShare: sql`round(1 - ${part('late_count')}::numeric / ${part('count')}, 3)`,
    onTimeAmountShare: sql`round(1 - ${part('late_amount')}::numeric / ${part('amount')}, 3)`,
  }
}

/** Of each row `p` of habitParts. */
export const habitFigures: Sql = sql.join(
  Object.entries(habitOf((name) => sql.ref(`p.${name}`))).map(([name, value]) => sql`${value} as ${sql.ref(snakeCase(name))}`),
)
/** Of all rows `x`; null where there is none. */
export const habitTotals = habitOf((name) => sql`sum(${sql.ref(`x.${name}`)})`)
