import type { Reader } from '../../../platform/db.ts'
import { type Sql, sql } from '../../../platform/sql.ts'
import type { AgeingDimension } from '../../ageing/ageing.api.ts'
import { openFacts } from '../../ageing/ageing-facts.query.ts'
import { groups } from '../../ageing/ageing-groups.query.ts'
import { startOf } from '../../ageing/month-ends.query.ts'
import { ageingOf, moneyDocuments, openDocuments } from '../open-items-facts.query.ts'
import type { ReportDefinition, ReportQuestion } from '../report-definition.query.ts'
import { share } from '../report-math.ts'

/** 客户欠款: what is owed as of a day, what of it is due, and the money that lies there unallocated; the figures of the ageing of the same day. */
export const arrearsReport: ReportDefinition = {
  key: 'arrears',
  group: 'arrears',
  permission: 'receivables.view',
  time: { kind: 'asOf' },
  by: ['customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class', 'currency', 'entity'],
  filters: ['customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class', 'entity', 'inCurrency'],
  columns: ({ by }) => [
    { key: 'open', kind: 'money', opens: true },
    { key: 'notDue', kind: 'money', opens: true },
    { key: 'overdue', kind: 'money', opens: true },
    { key: 'overdueShare', kind: 'percent', value: ({ overdue, open }) => share(overdue, open) },
    { key: 'unallocated', kind: 'money', opens: true },
    { key: 'net', kind: 'money', value: ({ open, unallocated }) => (open as bigint) - (unallocated as bigint) },
    ...(by === 'customer' ? ([{ key: 'oldestDueOn', kind: 'day', total: 'min' }] as const) : []),
  ],
  sort: () => '-open',
  rows,
  documents: (reader, question, column) => {
    if (column === 'unallocated') return moneyDocuments(reader, question)
    if (column === 'overdue') return openDocuments(reader, question, sql`f.due_on < ${question.to}::date`)
    if (column === 'notDue') return openDocuments(reader, question, sql`f.due_on >= ${question.to}::date`)
    return openDocuments(reader, question)
  },
  charts: [
    {
      key: 'arrears',
      kind: 'stack',
      series: [
        { key: 'notDue', kind: 'money' },
        { key: 'overdue', kind: 'money' },
      ],
    },
  ],
  hasFormula: true,
}

async function rows(reader: Reader, question: ReportQuestion): Promise<Sql> {
  const asked = ageingOf(question)
  const start = await startOf(reader, asked)
  const label = { key: '' }
  const ranges = [
    { key: 'notDue', label, from: question.to },
    { key: 'overdue', label, until: question.to },
  ]
  const byCustomer = question.by === 'customer'
  // of a past day the facts are entries too, and what they add up to nothing of is not open
  const isOpen = !start.enteredAfter || start.monthEnd === question.to
  const sums = groups(
    reader,
    { ...asked, by: [question.by as AgeingDimension], ranges, ...(byCustomer && isOpen && { oldest: true }) },
    start,
  )
  const columns = sql`g.k1 as k, g.total as open, g.b0 as not_due, g.b1 as overdue, g.unallocated`
  if (!byCustomer) return sql`select ${columns} from (${sums}) g`
  if (isOpen) return sql`select ${columns}, g.oldest_due_on from (${sums}) g`
  const facts = openFacts(reader, asked, { keys: ['customer'], start })
  return sql`select ${columns}, d.oldest_due_on from (${sums}) g
    left join (select e.k_customer, min(e.due_on) as oldest_due_on from (
      select f.k_customer, f.due_on from (${facts}) f group by f.k_customer, f.due_on having sum(f.a) <> 0) e group by e.k_customer) d on d.k_customer = g.k1`
}
