import type { Reader } from '../../../platform/db.ts'
import { and, type Sql, sql } from '../../../platform/sql.ts'
import { cutBy } from '../report-cut.query.ts'
import type { DayRange, ReportColumn, ReportDefinition, ReportDocument, ReportQuestion } from '../report-definition.query.ts'
import { isTime, periodKey } from '../report-dimensions.query.ts'
import { change } from '../report-math.ts'
import { chartUnit, shiftBetween, shownUntil, yearBefore } from '../report-periods.ts'
import { matching, type ReportFacts } from '../report-question.query.ts'

/** 收款报表: confirmed money by the day on which it came, as it stands now: what was taken back is not in it, nor is credit that was there at go-live. */
export const receiptsReport: ReportDefinition = {
  key: 'receipts',
  group: 'receipts',
  permission: 'receipts.view',
  time: { kind: 'range', default: 'thisMonth' },
  by: [
    'day',
    'week',
    'month',
    'quarter',
    'year',
    'customer',
    'group',
    'salesperson',
    'team',
    'region',
    'industry',
    'class',
    'method',
    'bankAccount',
    'currency',
    'entity',
    'receipt',
  ],
  filters: ['customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class', 'method', 'bankAccount', 'entity', 'inCurrency'],
  compares: true,
  columns: (question) => [
    ...(question.by === 'receipt' ? documentColumns : []),
    ...(question.by === 'receipt' ? [] : [{ key: 'count', kind: 'count', opens: true } as const]),
    { key: 'amount', kind: 'money', opens: true },
    { key: 'fee', kind: 'money', opens: true },
    { key: 'allocated', kind: 'money', opens: true },
    { key: 'unallocated', kind: 'money', opens: true },
    ...(question.compared === undefined || question.by === 'receipt' ? [] : comparedColumns),
  ],
  sort: ({ by }) => (isTime(by) ? 'key' : by === 'receipt' ? '-receivedOn' : '-amount'),
  rows: (reader, question) => (question.by === 'receipt' ? receiptRows(reader, question) : receiptGroups(reader, question)),
  documents: (reader, question, column) => {
    const { figures, from } = receipts(reader, question)
    return sql<ReportDocument>`select 'receipt' as kind, p.id, p.received_on as on_day, p.customer_id, p.currency, p.amount as own, ${figures[column as 'amount']} as figure ${from}`
  },
  charts: [
    {
      key: 'receiptsTrend',
      kind: 'bars',
      series: [
        { key: 'amount', kind: 'money' },
        { key: 'lastYear', kind: 'money' },
      ],
      points: trend,
    },
  ],
}

const documentColumns: readonly ReportColumn[] = [
  { key: 'receivedOn', kind: 'day', isGiven: true },
  { key: 'customer', kind: 'named', of: 'customer' },
  { key: 'salesperson', kind: 'named', of: 'salesperson' },
  { key: 'method', kind: 'named', of: 'method' },
  { key: 'payer', kind: 'text' },
  { key: 'currency', kind: 'text' },
  { key: 'ownAmount', kind: 'ownMoney' },
]
const comparedColumns: readonly ReportColumn[] = [
  { key: 'amountThen', kind: 'money' },
  { key: 'change', kind: 'percent', value: ({ amount, amountThen }) => change(amount, amountThen) },
]

const facts: ReportFacts = {
  customer: sql`p.customer_id`,
  salesperson: sql`c.salesperson_id`,
  region: sql`c.region_id`,
  currency: sql`p.currency`,
  entity: sql`p.entity_id`,
  method: sql`p.method_id`,
  bankAccount: sql`p.bank_account_id`,
  document: sql`p.id`,
}

type Figure = 'count' | 'amount' | 'fee' | 'allocated' | 'unallocated'
/** The receipts of a question, and what each of them adds to each figure. */
function receipts(
  reader: Reader,
  question: ReportQuestion,
  range: DayRange = question,
  on = sql`p.received_on`,
): { figures: Record<Figure, Sql>; key: Sql; from: Sql } {
  const t = reader.caller.tenantId
  const own = question.currency !== undefined
  const { key, join } = cutBy(t, question.by, facts, on)
  return {
    key,
    figures: {
      count: sql`1::bigint`,
      amount: own ? sql`p.amount` : sql`p.amount_base`,
      fee: own ? sql`p.fee` : sql`p.fee_base`,
      allocated: own ? sql`p.allocated` : sql`p.allocated_base`,
      unallocated: own ? sql`p.amount - p.allocated - p.refunded` : sql`p.amount_base - p.allocated_base`,
    },
    from: sql`from ar.receipts p left join ar.customers c on c.tenant_id = p.tenant_id and c.id = p.customer_id ${join}
      where ${and(sql`p.tenant_id = ${t}`, sql`p.status = 'confirmed'`, sql`not p.opening`, sql`p.received_on >= ${range.from}::date`, sql`p.received_on <= ${range.to}::date`, matching(reader, question, facts))}`,
  }
}

function receiptRows(reader: Reader, question: ReportQuestion): Sql {
  const { figures, from } = receipts(reader, question)
  return sql`select p.id as k, p.received_on, p.customer_id as customer, c.salesperson_id as salesperson, p.method_id as method, p.payer_name as payer, p.currency, p.amount as own_amount,
    ${figures.amount} as amount, ${figures.fee} as fee, ${figures.allocated} as allocated, ${figures.unallocated} as unallocated ${from}`
}

function receiptGroups(reader: Reader, question: ReportQuestion): Sql {
  const { compared } = question
  const now = grouped(reader, question, question, asItIs)
  if (compared === undefined) return now
  // of a time, the period then stands beside the period now to which it corresponds
  const then = grouped(reader, question, compared, (day) => sql`(${day} + ${shiftBetween(compared, question)}::interval)::date`)
  return sql`select x.k, sum(x.count)::bigint as count, ar.total(x.amount) as amount, ar.total(x.fee) as fee, ar.total(x.allocated) as allocated, ar.total(x.unallocated) as unallocated, ar.total(x.amount_then) as amount_then
    from (select n.*, 0::bigint as amount_then from (${now}) n union all select o.k, 0, 0, 0, 0, 0, o.amount from (${then}) o) x group by x.k`
}

const asItIs = (day: Sql): Sql => day
const FIGURES = ['count', 'amount', 'fee', 'allocated', 'unallocated'] as const

/** Times are added up by day first: there are few days, and many receipts. */
function grouped(reader: Reader, question: ReportQuestion, range: DayRange, on: (day: Sql) => Sql): Sql {
  const isByTime = isTime(question.by)
  const { figures, from, key } = receipts(reader, question, range, on(sql`p.received_on`))
  const sums = sql.join(
    FIGURES.map((name) => (name === 'count' ? sql`count(*) as count` : sql`ar.total(${figures[name]}) as ${sql.ref(name)}`)),
  )
  const first = sql`select ${isByTime ? sql`p.received_on` : key} as k, ${sums} ${from} group by 1`
  if (!isByTime) return first
  const again = sql.join(
    FIGURES.map((name) =>
      name === 'count' ? sql`sum(g.count)::bigint as count` : sql`ar.total(${sql.ref(`g.${name}`)}) as ${sql.ref(name)}`,
    ),
  )
  return sql`select ${periodKey(question.by, on(sql`g.k`))} as k, ${again} from (${first}) g group by 1`
}

/** Day, week or month by the length of the range, without gaps, beside the year before. */
function trend(reader: Reader, question: ReportQuestion): Sql {
  const unit = chartUnit(question)
  const until = shownUntil(question, reader.today)
  const before = yearBefore(question)
  const sums = (range: DayRange, on: (day: Sql) => Sql) => grouped(reader, { ...question, by: unit }, range, on)
  const period = periodKey(unit, sql`d.on_day`)
  return sql`select s.x, coalesce(n.amount, 0)::bigint as amount, coalesce(o.amount, 0)::bigint as last_year
    from (select distinct ${period} as x from generate_series(${question.from}::timestamp, ${until}::timestamp, interval '1 day') d(on_day)) s
      left join (${sums(question, asItIs)}) n on n.k = s.x
      left join (${sums(before, (day) => sql`(${day} + interval '1 year')::date`)}) o on o.k = s.x
    order by s.x`
}
