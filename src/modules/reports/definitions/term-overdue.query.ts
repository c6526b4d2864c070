import type { Reader } from '../../../platform/db.ts'
import { type Sql, sql } from '../../../platform/sql.ts'
import { openAmount, openToday, openTodayMatching } from '../open-items-facts.query.ts'
import { cutBy } from '../report-cut.query.ts'
import type { ReportColumn, ReportDefinition, ReportDocument, ReportQuestion } from '../report-definition.query.ts'
import { quotient, share } from '../report-math.ts'
import type { ReportFacts } from '../report-question.query.ts'

/** 账期逾期: what was granted and what is taken. For what is open: the days between issue and due day, and the days gone since. */
export const termOverdueReport: ReportDefinition = {
  key: 'termOverdue',
  group: 'arrears',
  permission: 'receivables.view',
  time: { kind: 'today' },
  by: ['terms', 'customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class', 'currency', 'entity', 'receivable'],
  filters: ['customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class', 'entity', 'inCurrency'],
  columns: ({ by }) => (by === 'receivable' ? itemColumns : groupColumns),
  // the longest overdue first: the earliest due day, which an index holds
  sort: ({ by }) => (by === 'receivable' ? 'dueOn' : '-overdue'),
  rows,
  documents: (reader, question, column) =>
    sql<ReportDocument>`select 'receivable' as kind, r.id, r.due_on as on_day, r.customer_id, r.currency, r.amount as own, ${figures(question)[column as 'open']} as figure ${openItems(reader, question)}`,
  hasFormula: true,
}

const groupColumns: readonly ReportColumn[] = [
  { key: 'openCount', kind: 'count', opens: true },
  { key: 'overdueCount', kind: 'count', opens: true },
  { key: 'open', kind: 'money', opens: true },
  { key: 'overdue', kind: 'money', opens: true },
  { key: 'overdueShare', kind: 'percent', value: ({ overdue, open }) => share(overdue, open) },
  { key: 'termDays', kind: 'days', decimals: 1, value: ({ termWeighted, open }) => quotient(termWeighted, open, 1) },
  { key: 'takenDays', kind: 'days', decimals: 1, value: ({ takenWeighted, open }) => quotient(takenWeighted, open, 1) },
  { key: 'averageDays', kind: 'days', decimals: 1, value: ({ lateWeighted, overdue }) => quotient(lateWeighted, overdue, 1) },
  { key: 'worstDays', kind: 'days', total: 'max' },
  { key: 'termWeighted', kind: 'money', hidden: true },
  { key: 'takenWeighted', kind: 'money', hidden: true },
  { key: 'lateWeighted', kind: 'money', hidden: true },
]
const itemColumns: readonly ReportColumn[] = [
  { key: 'customer', kind: 'named', of: 'customer' },
  { key: 'issuedOn', kind: 'day' },
  { key: 'dueOn', kind: 'day', isGiven: true },
  { key: 'termDays', kind: 'days' },
  { key: 'takenDays', kind: 'days' },
  { key: 'overdueDays', kind: 'days' },
  { key: 'open', kind: 'money', opens: true },
  { key: 'overdue', kind: 'money', opens: true },
]

const facts: ReportFacts = { ...openToday, terms: sql`u.terms_id` }

function figures(question: ReportQuestion): Record<'openCount' | 'overdueCount' | 'open' | 'overdue', Sql> {
  const amount = openAmount(question)
  const late = sql`r.due_on < ${question.to}::date`
  return {
    openCount: sql`1::bigint`,
    overdueCount: sql`(case when ${late} then 1 else 0 end)::bigint`,
    open: amount,
    overdue: sql`(case when ${late} then ${amount} else 0 end)`,
  }
}

function rows(reader: Reader, question: ReportQuestion): Sql {
  const today = sql`${question.to}::date`
  const { open, overdue, overdueCount } = figures(question)
  const [term, taken, late] = [sql`(r.due_on - r.issued_on)`, sql`(${today} - r.issued_on)`, sql`greatest(${today} - r.due_on, 0)`]
  if (question.by === 'receivable')
    return sql`select r.id as k, r.customer_id as customer, r.issued_on, r.due_on, ${term} as term_days, ${taken} as taken_days, ${late} as overdue_days, ${open} as open, ${overdue} as overdue
      ${openItems(reader, question)}`
  const { key, join } = cutBy(reader.caller.tenantId, question.by, facts, sql`r.due_on`)
  return sql`select ${key} as k, count(*) as open_count, sum(${overdueCount})::bigint as overdue_count, ar.total(${open}) as open, ar.total(${overdue}) as overdue,
    ar.total(${open} * ${term}) as term_weighted, ar.total(${open} * ${taken}) as taken_weighted, ar.total(${overdue} * ${late}) as late_weighted, max(${late}) as worst_days
    ${openItems(reader, question, join)} group by 1`
}

/** Terms are those that the customer has now. */
function openItems(reader: Reader, question: ReportQuestion, join: Sql = sql``): Sql {
  const needsTerms = question.by === 'terms' || question.filters.terms !== undefined
  const terms = needsTerms ? sql`left join ar.customers u on u.tenant_id = r.tenant_id and u.id = r.customer_id` : sql``
  return sql`from ar.receivables r ${terms} ${join} where ${openTodayMatching(reader, question, facts)}`
}
