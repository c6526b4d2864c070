import type { Reader } from '../../../platform/db.ts'
import { type Sql, sql } from '../../../platform/sql.ts'
import { openAmount, openToday, openTodayMatching } from '../open-items-facts.query.ts'
import { cutBy } from '../report-cut.query.ts'
import type { ReportColumn, ReportDefinition, ReportDocument, ReportQuestion } from '../report-definition.query.ts'
import { matching } from '../report-question.query.ts'

/** 催收清单: whom to ask for how much, by salesperson. What is overdue, the oldest of it, money that lies there, and whom to call. */
export const collectionReport: ReportDefinition = {
  key: 'collection',
  group: 'arrears',
  permission: 'receivables.view',
  time: { kind: 'today' },
  by: ['customer', 'salesperson', 'team', 'region', 'group'],
  filters: ['customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class', 'entity', 'inCurrency'],
  columns: ({ by }) =>
    by === 'customer'
      ? [{ key: 'salesperson', kind: 'named', of: 'salesperson' }, ...sums, ...contact]
      : [{ key: 'customers', kind: 'count', total: 'own' }, ...sums],
  sort: () => '-overdue',
  rows,
  // by the order of the report index customers follow each other: they are counted without being sorted
  totals: (reader, question) =>
    question.by === 'customer'
      ? {}
      : sql`select count(*)::int as customers from (select 1 ${overdueItems(reader, question)} group by r.customer_id) x`,
  documents: (reader, question, column) =>
    sql<ReportDocument>`select 'receivable' as kind, r.id, r.due_on as on_day, r.customer_id, r.currency, r.amount as own,
      ${column === 'count' ? sql`1::bigint` : openAmount(question)} as figure ${overdueItems(reader, question)}`,
}

const sums: readonly ReportColumn[] = [
  { key: 'count', kind: 'count', opens: true },
  { key: 'overdue', kind: 'money', opens: true },
  { key: 'oldestDueOn', kind: 'day', total: 'min' },
  { key: 'worstDays', kind: 'days', total: 'max' },
]
const contact: readonly ReportColumn[] = [
  { key: 'unallocated', kind: 'money' },
  { key: 'contact', kind: 'text' },
  { key: 'phone', kind: 'text', isSensitive: true },
]

function rows(reader: Reader, question: ReportQuestion): Sql {
  const t = reader.caller.tenantId
  const amounts = sql`count(*) as count, ar.total(${openAmount(question)}) as overdue, min(r.due_on) as oldest_due_on, ${question.to}::date - min(r.due_on) as worst_days`
  if (question.by !== 'customer') {
    const { key, join } = cutBy(t, question.by, openToday, sql`r.due_on`)
    return sql`select ${key} as k, count(distinct r.customer_id) as customers, ${amounts} ${overdueItems(reader, question, join)} group by 1`
  }
  const money = question.currency === undefined ? sql`p.amount_base - p.allocated_base` : sql`p.amount - p.allocated - p.refunded`
  const ofReceipts = { ...openToday, customer: sql`p.customer_id`, currency: sql`p.currency`, entity: sql`p.entity_id` }
  const { inCurrency, entity } = question.filters
  return sql`select x.*, c.salesperson_id as salesperson, coalesce(m.unallocated, 0) as unallocated, coalesce(k.name, '') as contact, coalesce(k.phone, c.phone, '') as phone
    from (select r.customer_id as k, ${amounts} ${overdueItems(reader, question)} group by 1) x join ar.customers c on c.tenant_id = ${t} and c.id = x.k
      left join (select p.customer_id, ar.total(${money}) as unallocated from ar.receipts p
        where p.tenant_id = ${t} and p.status = 'confirmed' and p.allocated < p.amount and ${matching(reader, { ...question, filters: { inCurrency, entity } }, ofReceipts)} group by 1) m on m.customer_id = x.k
      left join (select distinct on (k.customer_id) k.customer_id, k.name, k.phone from ar.customer_contacts k where k.tenant_id = ${t} and k.status = 'active'
        order by k.customer_id, k.is_primary desc, (k.phone is null), k.id) k on k.customer_id = x.k`
}

function overdueItems(reader: Reader, question: ReportQuestion, join: Sql = sql``): Sql {
  return sql`from ar.receivables r ${join} where r.due_on < ${question.to}::date and ${openTodayMatching(reader, question)}`
}
