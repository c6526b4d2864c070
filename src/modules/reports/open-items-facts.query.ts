import type { Reader } from '../../platform/db.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'
import { openFacts } from '../ageing/ageing-facts.query.ts'
import { type AgeingQuestion, filtered } from '../ageing/ageing-filters.query.ts'
import { moneyFacts } from '../ageing/money-facts.query.ts'
import { startOf } from '../ageing/month-ends.query.ts'
import type { ReportDocument, ReportQuestion } from './report-definition.query.ts'
import { matching, type ReportFacts } from './report-question.query.ts'

/** The question as the ageing asks it, so that a report of what is open and the ageing of the same day are one figure. */
export function ageingOf({
  to,
  currency,
  filters: { method: _m, bankAccount: _b, reason: _r, terms: _t, document: _d, ...filters },
}: ReportQuestion): AgeingQuestion {
  return { asOf: to, basis: 'due', currency, overdueOnly: false, filters }
}

/** The receivables open on the day, with what was open of each; `when` narrows them by `f.due_on`. */
export async function openDocuments(reader: Reader, question: ReportQuestion, when: Sql = and()): Promise<Sql<ReportDocument>> {
  const asked = ageingOf(question)
  const start = await startOf(reader, asked)
  if (!start.enteredAfter && asked.filters.product === undefined)
    return sql<ReportDocument>`select 'receivable' as kind, f.id, f.due_on as on_day, f.customer_id, f.currency, f.amount as own, f.figure from (${openNow(reader, asked)}) f where ${when}`
  const facts = openFacts(reader, asked, { keys: ['item', 'customer'], start })
  return sql<ReportDocument>`select 'receivable' as kind, r.id, g.due_on as on_day, g.customer_id, r.currency, r.amount as own, g.figure
    from (select f.k_item, f.k_customer as customer_id, f.due_on, sum(f.a)::bigint as figure from (${facts}) f where ${when} group by f.k_item, f.k_customer, f.due_on) g
      join ar.receivables r on r.tenant_id = ${reader.caller.tenantId} and r.id = g.k_item`
}

/** What is open now, item by item, from the report index alone: id, issued_on, due_on, customer_id, currency, amount (its own), figure (what is open, in the report's amounts). */
export function openNow(reader: Reader, asked: AgeingQuestion): Sql {
  return sql`select r.id, r.issued_on, r.due_on, r.customer_id, r.currency, r.amount, ${asked.currency === undefined ? sql`r.open_base` : sql`r.open`} as figure
    from ar.receivables r where r.tenant_id = ${reader.caller.tenantId} and r.open <> 0 and ${filtered(reader.caller.tenantId, asked, openToday)}`
}

/** The receipts with money not allocated on the day, and how much of each. */
export function moneyDocuments(reader: Reader, question: ReportQuestion): Sql<ReportDocument> {
  const asked = ageingOf(question)
  return sql<ReportDocument>`select 'receipt' as kind, p.id, p.received_on as on_day, p.customer_id, p.currency, p.amount as own, g.figure
    from (select f.k_item, sum(f.u)::bigint as figure from (${moneyFacts(reader, asked, ['item'])}) f group by f.k_item) g
      join ar.receipts p on p.tenant_id = ${reader.caller.tenantId} and p.id = g.k_item`
}

/** What is open today, as it stands in the receivable: `r`. */
export const openToday: ReportFacts = {
  customer: sql`r.customer_id`,
  salesperson: sql`r.salesperson_id`,
  region: sql`r.region_id`,
  currency: sql`r.currency`,
  entity: sql`r.entity_id`,
  document: sql`r.id`,
}

/** The conditions of a question about what is open today. */
export function openTodayMatching(reader: Reader, question: ReportQuestion, facts: ReportFacts = openToday): Sql {
  return and(sql`r.tenant_id = ${reader.caller.tenantId}`, sql`r.open <> 0`, matching(reader, question, facts))
}

/** What is open of a receivable, in the amounts of the report. */
export function openAmount({ currency }: ReportQuestion): Sql {
  return currency === undefined ? sql`r.open_base` : sql`r.open`
}
