import { addDays, type Day, earlierDay } from '../../../kernel/day.ts'
import type { Reader } from '../../../platform/db.ts'
import { type Sql, sql } from '../../../platform/sql.ts'
import { openFacts } from '../../ageing/ageing-facts.query.ts'
import { startOf } from '../../ageing/month-ends.query.ts'
import { openNow } from '../open-items-facts.query.ts'
import type { ReportDocument, ReportQuestion } from '../report-definition.query.ts'
import { ageingQuestion } from './balance-facts.query.ts'
import { kpiSettings } from './kpi-settings.query.ts'
import { amountOf, entriesOf, isMoney, isSale, moneyJoins, needsNoReceivable, netOf } from './movement-facts.query.ts'

type Documents = (reader: Reader, question: ReportQuestion) => Sql<ReportDocument> | Promise<Sql<ReportDocument>>

/** What each figure of the KPI reports is made of; the documents add up to it. `periodSales`: sales on the basis that the company has set. */
export const kpiDocuments: Readonly<Record<string, Documents>> = {
  opening: (reader, question) => standing(reader, question, addDays(question.from, -1), sql`true`),
  closing: (reader, question) => standing(reader, question, endOf(reader, question), sql`true`),
  notDue: (reader, question) => standing(reader, question, endOf(reader, question), sql`o.due_on >= ${endOf(reader, question)}::date`),
  overdue: (reader, question) => standing(reader, question, endOf(reader, question), sql`o.due_on < ${endOf(reader, question)}::date`),
  sales: (reader, question) => sold(reader, question, sql`r.kind <> 'opening'`),
  broughtIn: (reader, question) => sold(reader, question, sql`r.kind = 'opening'`),
  salesNet: soldNet,
  periodSales: async (reader, question) =>
    (await kpiSettings(reader)).vatBasis === 'net' ? soldNet(reader, question) : sold(reader, question, sql`r.kind <> 'opening'`),
  collected,
  adjusted: (reader, question) =>
    sql`select ${receivable}, (-sum(${amountOf(question)}))::bigint as figure from ${moved(reader, question, sql`e.source_kind = 'adjustment'`)} group by r.tenant_id, r.id`,
}

/** The day as of which the balances of a question are: its last, or today. */
export function endOf({ today }: Pick<Reader, 'today'>, { to }: ReportQuestion): Day {
  return earlierDay(to, today)
}

const receivable = sql`'receivable' as kind, r.id, r.issued_on as on_day, r.customer_id, r.currency, r.amount as own`

/** What was open on the day, item by item. */
async function standing(reader: Reader, question: ReportQuestion, on: Day, condition: Sql): Promise<Sql<ReportDocument>> {
  const asked = ageingQuestion(question, on)
  const start = await startOf(reader, asked)
  if (!start.enteredAfter && asked.filters.product === undefined)
    return sql<ReportDocument>`select 'receivable' as kind, o.id, o.issued_on as on_day, o.customer_id, o.currency, o.amount as own, o.figure from (${openNow(reader, asked)}) o where ${condition}`
  const facts = openFacts(reader, asked, { keys: ['item'], start })
  return sql<ReportDocument>`select ${receivable}, g.figure from (
      select o.k_item, sum(o.a)::bigint as figure from (${facts}) o where ${condition} group by o.k_item having sum(o.a) <> 0) g
    join ar.receivables r on r.tenant_id = ${reader.caller.tenantId} and r.id = g.k_item`
}

function moved(reader: Reader, question: ReportQuestion, condition: Sql): Sql {
  return entriesOf(reader, question, [{ place: 0, from: question.from, to: endOf(reader, question) }], condition)
}

function sold(reader: Reader, question: ReportQuestion, which: Sql): Sql<ReportDocument> {
  return sql<ReportDocument>`select ${receivable}, sum(${amountOf(question)})::bigint as figure from ${moved(reader, question, isSale)} and ${which} group by r.tenant_id, r.id`
}

function soldNet(reader: Reader, question: ReportQuestion): Sql<ReportDocument> {
  return sql<ReportDocument>`select ${receivable}, sum(${netOf(question)})::bigint as figure from ${moved(reader, question, isSale)} and r.kind <> 'opening'
    join ar.receivable_lines l on l.tenant_id = r.tenant_id and l.receivable_id = r.id group by r.tenant_id, r.id`
}

/** By receipt: what it settled in the period, less what was undone. A receipt outside of one's scope is not shown: its receivable then stands for it. */
function collected(reader: Reader, question: ReportQuestion): Sql<ReportDocument> {
  if (reader.caller.scope.kind === 'all') return collectedOfAll(reader, question)
  const entries = moved(reader, question, sql`${isMoney} and e.source_kind = 'allocation'`)
  return sql<ReportDocument>`select case when x.receipt_id is null then 'receivable' else 'receipt' end as kind, coalesce(x.receipt_id, r.id) as id,
      coalesce(c.received_on, r.issued_on) as on_day, coalesce(c.customer_id, r.customer_id) as customer_id, coalesce(c.currency, r.currency) as currency, coalesce(c.amount, r.amount) as own, x.figure
    from (select c.id as receipt_id, case when c.id is null then r.id end as receivable_id, (-sum(${amountOf(question)}))::bigint as figure
      from ${entries} ${moneyJoins} group by 1, 2) x
    left join ar.receipts c on c.tenant_id = ${reader.caller.tenantId} and c.id = x.receipt_id
    left join ar.receivables r on r.tenant_id = ${reader.caller.tenantId} and r.id = x.receivable_id`
}

/** Whoever sees everything sees the receipt of every allocation. */
function collectedOfAll(reader: Reader, question: ReportQuestion): Sql<ReportDocument> {
  const period = { place: 0, from: question.from, to: endOf(reader, question) }
  const entries = entriesOf(reader, question, [period], sql`e.source_kind = 'allocation'`, { alone: needsNoReceivable(question) })
  return sql<ReportDocument>`select 'receipt' as kind, c.id, c.received_on as on_day, c.customer_id, c.currency, c.amount as own, x.figure
    from (select a.receipt_id, (-ar.total(${amountOf(question)})) as figure from ${entries}
      join ar.allocations a on a.tenant_id = e.tenant_id and a.id = e.source_id group by a.receipt_id) x
    join ar.receipts c on c.tenant_id = ${reader.caller.tenantId} and c.id = x.receipt_id`
}
