import { addMonths } from '../../../kernel/day.ts'
import type { Reader } from '../../../platform/db.ts'
import { and, type Sql, sql } from '../../../platform/sql.ts'
import { openAmount, openToday, openTodayMatching } from '../open-items-facts.query.ts'
import { cutBy } from '../report-cut.query.ts'
import type { Parts, ReportColumn, ReportDefinition, ReportDocument, ReportQuestion } from '../report-definition.query.ts'
import { quotient, share } from '../report-math.ts'
import type { ReportFacts } from '../report-question.query.ts'
import { overdueReasonTrend, overdueTrend } from './overdue-trend.query.ts'

/** 逾期分析: why what is overdue is not paid. Each item has the first reason that the books show; the explanation names them in their order. */
export const overdueReport: ReportDefinition = {
  key: 'overdue',
  group: 'arrears',
  permission: 'receivables.view',
  time: { kind: 'today' },
  by: ['reason', 'customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class', 'currency', 'entity', 'receivable'],
  filters: ['reason', 'customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class', 'entity', 'inCurrency'],
  columns: ({ by }) => (by === 'receivable' ? itemColumns : groupColumns),
  // the longest overdue first: the earliest due day, which an index holds
  sort: ({ by }) => (by === 'receivable' ? 'dueOn' : '-overdue'),
  rows: (reader, question) => rows(reader, question, question.filters.reason !== undefined),
  details: reasonsOf,
  wholeRows: (reader, question) => rows(reader, question, true),
  documents: (reader, question, column) =>
    sql<ReportDocument>`select 'receivable' as kind, r.id, r.due_on as on_day, r.customer_id, r.currency, r.amount as own,
      ${column === 'count' ? sql`1::bigint` : openAmount(question)} as figure ${question.filters.reason === undefined ? plainItems(reader, question) : overdueItems(reader, question)}`,
  charts: [{ key: 'overdue', kind: 'bars', series: [{ key: 'overdue', kind: 'money' }] }, overdueTrend, overdueReasonTrend],
}

const groupColumns: readonly ReportColumn[] = [
  { key: 'count', kind: 'count', opens: true },
  { key: 'overdue', kind: 'money', opens: true },
  { key: 'share', kind: 'percent', value: ({ overdue, all }) => share(overdue, all) },
  { key: 'averageDays', kind: 'days', decimals: 1, value: ({ weighted, overdue }) => quotient(weighted, overdue, 1) },
  { key: 'worstDays', kind: 'days', total: 'max' },
  { key: 'all', kind: 'money', total: 'max', hidden: true },
  { key: 'weighted', kind: 'money', hidden: true },
]
const itemColumns: readonly ReportColumn[] = [
  { key: 'customer', kind: 'named', of: 'customer' },
  { key: 'salesperson', kind: 'named', of: 'salesperson' },
  { key: 'reason', kind: 'word', words: 'reasons', isDetail: true },
  { key: 'dueOn', kind: 'day', isGiven: true },
  { key: 'overdueDays', kind: 'days' },
  { key: 'currency', kind: 'text' },
  { key: 'ownAmount', kind: 'ownMoney' },
  { key: 'overdue', kind: 'money', opens: true },
]

/** Of receivables one by one the reasons are looked up for those that are shown, unless they decide which are, or all are. */
function rows(reader: Reader, question: ReportQuestion, withReason: boolean): Sql {
  const days = sql`(${question.to}::date - r.due_on)`
  if (question.by === 'receivable') {
    const items = withReason ? overdueItems(reader, question) : plainItems(reader, question)
    return sql`select r.id as k, r.customer_id as customer, r.salesperson_id as salesperson, ${withReason ? reason : sql`null::text`} as reason, r.due_on, ${days} as overdue_days, r.currency,
      r.amount as own_amount, ${openAmount(question)} as overdue ${items}`
  }
  const { key, join } = cutBy(reader.caller.tenantId, question.by, facts, sql`r.due_on`)
  const amount = openAmount(question)
  const needsReason = question.by === 'reason' || question.filters.reason !== undefined
  return sql`select x.*, ar.total(x.overdue) over () as all from (select ${key} as k, count(*) as count, ar.total(${amount}) as overdue, ar.total(${amount} * ${days}) as weighted, max(${days}) as worst_days
    ${needsReason ? overdueItems(reader, question, join) : plainItems(reader, question, join)} group by 1) x`
}

/** Overdue items `r` without anything that is known of them. */
function plainItems(reader: Reader, question: ReportQuestion, join: Sql = sql``): Sql {
  return sql`from ar.receivables r ${join} where r.due_on < ${question.to}::date and ${openTodayMatching(reader, question)}`
}

/** By receivable: its reason. */
async function reasonsOf(reader: Reader, question: ReportQuestion, keys: readonly (string | null)[]): Promise<Map<string | null, Parts>> {
  if (question.by !== 'receivable') return new Map()
  const ids = keys.filter((key) => key !== null)
  const shown = { ...question, currency: undefined, filters: { document: ids } }
  const rows = await reader.report<{ k: string; reason: string }>(
    sql`select r.id as k, ${reason} as reason ${overdueItems(reader, shown, sql``, ids)}`,
  )
  return new Map(rows.map(({ k, reason }) => [k, { reason }]))
}

/** The first that holds. What somebody must do comes before what only explains. */
const reason = sql`(case when d.id is not null then 'disputed' when m.customer_id is not null then 'moneyThere' when a.customer_id is not null then 'held' when q.customer_id is null then 'noContact'
  when r.open < r.amount then 'partlyPaid' when s.id is not null then 'instalment' when h.days_late >= r.late_days then 'habitLate' else 'unknown' end)`
const facts: ReportFacts = { ...openToday, reason }

/**
 * Overdue items `r`, from the report index of what is open, with what is known of them and their customers: disputes, money there, a hold, somebody to write to, parts, and how late they
 * usually pay. Each of it is a set that is read once; the items themselves are not visited. `only`: of these alone, and their customers.
 */
function overdueItems(reader: Reader, question: ReportQuestion, join: Sql = sql``, only?: readonly string[]): Sql {
  const t = reader.caller.tenantId
  const today = sql`${question.to}::date`
  const item = (id: Sql) => (only === undefined ? sql`true` : sql`${id} = any(${only}::uuid[])`)
  const customer = (id: Sql) =>
    only === undefined
      ? sql`true`
      : sql`${id} in (select o.customer_id from ar.receivables o where o.tenant_id = ${t} and ${item(sql`o.id`)})`
  return sql`from (select r.tenant_id, r.id, r.customer_id, r.salesperson_id, r.region_id, r.entity_id, r.currency, r.due_on, r.open, r.open_base, r.amount, ${today} - r.due_on as late_days
      from ar.receivables r where r.tenant_id = ${t} and r.open <> 0 and r.due_on < ${today} and ${item(sql`r.id`)}) r
    left join (select x.id from ar.receivables x where x.tenant_id = ${t} and x.open <> 0 and x.disputed and ${item(sql`x.id`)}) d on d.id = r.id
    left join (select distinct p.customer_id from ar.receipts p where p.tenant_id = ${t} and p.status = 'confirmed' and p.allocated < p.amount and ${customer(sql`p.customer_id`)}) m on m.customer_id = r.customer_id
    left join (select a.customer_id from ar.credit_accounts a where a.tenant_id = ${t} and a.on_hold and ${customer(sql`a.customer_id`)}) a on a.customer_id = r.customer_id
    left join (select c.id as customer_id from ar.customers c where c.tenant_id = ${t} and (c.email is not null or c.phone is not null) and ${customer(sql`c.id`)}
      union select k.customer_id from ar.customer_contacts k where k.tenant_id = ${t} and k.status = 'active' and (k.email is not null or k.phone is not null) and ${customer(sql`k.customer_id`)}) q on q.customer_id = r.customer_id
    left join (select x.id from ar.receivables x where x.tenant_id = ${t} and x.open <> 0 and x.part_name is not null and ${item(sql`x.id`)}) s on s.id = r.id
    left join (select y.customer_id, round((sum(y.amount_base::float8 * (y.settled_on - y.due_on)) / sum(y.amount_base::float8))::numeric, 1) as days_late from ar.receivables y
      where y.tenant_id = ${t} and y.settled_on > ${addMonths(question.to, -12)}::date and y.settled_on <= ${today} and y.settled_on is not null and y.voided_on is null and ${customer(sql`y.customer_id`)}
      group by y.customer_id having sum(y.amount_base) > 0) h on h.customer_id = r.customer_id
    ${join} where ${and(openTodayMatching(reader, question, facts))}`
}
