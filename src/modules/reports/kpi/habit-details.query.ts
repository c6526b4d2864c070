import { addMonths } from '../../../kernel/day.ts'
import type { Reader } from '../../../platform/db.ts'
import { and, type Sql, sql } from '../../../platform/sql.ts'
import { cutBy } from '../report-cut.query.ts'
import type { ReportQuestion } from '../report-definition.query.ts'
import { dimensions } from '../report-dimensions.query.ts'
import { matching, type ReportFacts } from '../report-question.query.ts'
import { settledItems } from './settled-items.query.ts'

/** Fewer payments than this say nothing of a usual day (payment-habit.ts). */
const FEWEST_FOR_PAY_DAY = 4
const MONTHS = 12

/** By row: the day of the month on which at least a third of the money was settled; the earlier of two that are alike. */
export async function usualPayDays(
  reader: Reader,
  question: ReportQuestion,
  keys: readonly (string | null)[],
): Promise<Map<string | null, number>> {
  const rows = await reader.report<{ k: string | null; date: number }>(sql`select distinct on (d.k) d.k, d.date from (
      select s.k, extract(day from s.settled_on)::int as date, sum(s.amount) as amount, sum(sum(s.amount)) over w as whole, sum(count(*)) over w as count
      from (${settledItems(reader, question, question.to)}) s where ${keysIn(question.by, sql`s.k`, keys)} group by 1, 2 window w as (partition by s.k)) d
    where d.count >= ${FEWEST_FOR_PAY_DAY} and d.amount * 3 >= d.whole order by d.k, d.amount desc, d.date`)
  return new Map(rows.map(({ k, date }) => [k, date]))
}

/** By row: how often and how much less than owed was paid and given up in the twelve months, what was undone not counted. */
export async function shortPayments(
  reader: Reader,
  question: ReportQuestion,
  keys: readonly (string | null)[],
): Promise<Map<string | null, { shortPayments: number; shortAmount: bigint }>> {
  const t = reader.caller.tenantId
  const facts: ReportFacts = {
    customer: sql`r.customer_id`,
    salesperson: sql`r.salesperson_id`,
    region: sql`r.region_id`,
    currency: sql`r.currency`,
    entity: sql`r.entity_id`,
    document: sql`r.id`,
  }
  const { key, join } = cutBy(t, question.by, facts, sql`a.entry_on`)
  const rows = await reader.report<{
    k: string | null
    shortPayments: number
    shortAmount: bigint
  }>(sql`select ${key} as k, count(*)::int as short_payments,
      sum(${question.currency === undefined ? sql`a.amount_base` : sql`a.amount`})::bigint as short_amount
    from ar.adjustments a join ar.receivables r on r.tenant_id = a.tenant_id and r.id = a.receivable_id ${join}
    where ${and(
      sql`a.tenant_id = ${t} and a.kind = 'shortPayment' and a.reverses_id is null`,
      sql`a.entry_on > ${addMonths(question.to, -MONTHS)}::date and a.entry_on <= ${question.to}::date`,
      sql`not exists (select 1 from ar.adjustments u where u.tenant_id = a.tenant_id and u.reverses_id = a.id and u.entry_on <= ${question.to}::date)`,
      keysIn(question.by, key, keys),
      matching(reader, question, facts),
    )} group by 1`)
  return new Map(rows.map(({ k, ...found }) => [k, found]))
}

function keysIn(by: ReportQuestion['by'], key: Sql, keys: readonly (string | null)[]): Sql {
  const known = sql`${key} = any(${keys.filter((one) => one !== null)}::${sql.raw(dimensions[by].type)}[])`
  return keys.includes(null) ? sql`(${known} or ${key} is null)` : known
}
