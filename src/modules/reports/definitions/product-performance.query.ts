import type { Reader } from '../../../platform/db.ts'
import { type Sql, sql } from '../../../platform/sql.ts'
import { openFacts } from '../../ageing/ageing-facts.query.ts'
import { startOf } from '../../ageing/month-ends.query.ts'
import { ageingQuestion } from '../kpi/balance-facts.query.ts'
import { endOf } from '../kpi/kpi-documents.query.ts'
import { lineNet } from '../kpi/movement-facts.query.ts'
import type { ReportColumn, ReportDefinition, ReportDocument, ReportQuestion } from '../report-definition.query.ts'
import { share } from '../report-math.ts'
import { matching } from '../report-question.query.ts'

/**
 * 产品业绩: what was sold of each product in the period, how much of just that is settled by its end, and what of the product is open and overdue then. Lines carry the product; of an
 * item that is partly settled every line is settled in proportion (ageing by product does the same).
 */
export const productPerformanceReport: ReportDefinition = {
  key: 'productPerformance',
  group: 'performance',
  permission: 'receivables.view',
  time: { kind: 'range', default: 'thisYear' },
  by: ['product'],
  filters: ['product', 'customer', 'group', 'salesperson', 'team', 'region', 'industry', 'class'],
  hasFormula: true,
  columns: () => columns,
  sort: () => '-sales',
  rows: async (reader, question) => {
    const facts = await productFacts(reader, question, ['product'])
    return sql`select f.k_product as k, ${sums} from (${facts}) f group by f.k_product having ${isShown}`
  },
  documents: async (reader, question, column) => {
    const facts = await productFacts(reader, question, ['item'])
    const figure = {
      sales: sql`f.sales`,
      salesNet: sql`f.sales_net`,
      settled: sql`f.kept - f.open_of_sold`,
      closing: sql`f.closing`,
      overdue: sql`f.overdue`,
    }[column]!
    return sql<ReportDocument>`select 'receivable' as kind, r.id, r.issued_on as on_day, r.customer_id, r.currency, r.amount as own, g.figure
      from (select f.k_item, sum(${figure})::bigint as figure from (${facts}) f group by f.k_item) g
      join ar.receivables r on r.tenant_id = ${reader.caller.tenantId} and r.id = g.k_item`
  },
  charts: [
    {
      key: 'productPerformance',
      kind: 'bars',
      series: [
        { key: 'sales', kind: 'money' },
        { key: 'settled', kind: 'money' },
        { key: 'overdue', kind: 'money' },
      ],
    },
  ],
}

const columns: readonly ReportColumn[] = [
  { key: 'sales', kind: 'money', opens: true },
  { key: 'salesNet', kind: 'money', opens: true },
  { key: 'settled', kind: 'money', opens: true },
  { key: 'settledShare', kind: 'percent', value: ({ settled, sales }) => share(settled, sales) },
  { key: 'closing', kind: 'money', opens: true },
  { key: 'overdue', kind: 'money', opens: true },
  { key: 'overdueShare', kind: 'percent', value: ({ overdue, closing }) => share(overdue, closing) },
]

const sums = sql`ar.total(f.sales) as sales, ar.total(f.sales_net) as sales_net, ar.total(f.kept) - ar.total(f.open_of_sold) as settled, ar.total(f.closing) as closing, ar.total(f.overdue) as overdue`
const isShown = sql`ar.total(f.sales) <> 0 or ar.total(f.closing) <> 0 or ar.total(f.kept) <> 0`

/** Lines sold in the period, and lines open at its end with what of them was sold in it. */
async function productFacts(reader: Reader, question: ReportQuestion, keys: readonly ('product' | 'item')[]): Promise<Sql> {
  const on = endOf(reader, question)
  const asked = ageingQuestion(question, on)
  const start = await startOf(reader, asked)
  const open = openFacts(reader, asked, { keys: ['product', 'item'], start })
  const carried = (product: Sql, item: Sql) =>
    sql.join(keys.map((key) => (key === 'product' ? sql`${product} as k_product` : sql`${item} as k_item`)))
  const amount = question.currency === undefined ? sql`l.amount_base` : sql`l.amount`
  const isNow = !start.enteredAfter && isOfAll(reader, question)
  const isKept = isNow
    ? sql`e.receivable_id not in (select v.id from ar.receivables v where v.tenant_id = ${reader.caller.tenantId} and v.voided_on is not null and v.voided_on <= ${on}::date)`
    : sql`(r.voided_on is null or r.voided_on > ${on}::date)`
  const sold = sql`select ${carried(sql`l.product_id`, sql`l.receivable_id`)}, e.sign * ${amount} as sales, e.sign * (${lineNet(question)}) as sales_net,
      case when e.sign > 0 and ${isKept} then ${amount} else 0 end as kept, ${isNow ? sql`case when e.sign > 0 then l.open_base else 0 end` : sql`0::bigint`} as open_of_sold,
      0::bigint as closing, 0::bigint as overdue
    from ${isNow ? linesSold(reader, question, on) : soldLines(reader, question, on)}`
  const standing = sql`select ${carried(sql`o.k_product`, sql`o.k_item`)}, 0::bigint as sales, 0::bigint as sales_net, 0::bigint as kept,
      ${isNow ? sql`0::bigint` : sql`case when ${isNew(reader, question, on)} then o.a else 0 end`} as open_of_sold,
      o.a as closing, case when o.due_on < ${on}::date then o.a else 0 end as overdue from (${open}) o`
  if (keys.includes('item')) return sql`${sold} union all ${standing}`
  return sql`${addedUp(sold)} union all ${addedUp(standing)}`
}

/** By product already, each by itself: few rows are then put together. */
function addedUp(facts: Sql): Sql {
  const names = ['sales', 'sales_net', 'kept', 'open_of_sold', 'closing', 'overdue']
  return sql`select f.k_product, ${sql.join(names.map((name) => sql`ar.total(${sql.ref(`f.${name}`)}) as ${sql.ref(name)}`))} from (${facts}) f group by f.k_product`
}

/** Of everything as it stands now every line says itself what is open of it, and nothing but the few opening balances and voids has to be told from sales. */
function isOfAll({ caller }: Reader, { currency, filters }: ReportQuestion): boolean {
  return (
    caller.scope.kind === 'all' &&
    currency === undefined &&
    Object.entries(filters).every(([name, values]) => values === undefined || name === 'product')
  )
}

function isNew({ caller: { tenantId: t } }: Reader, { from }: ReportQuestion, on: string): Sql {
  return sql`o.k_item in (select n.receivable_id from ar.receivable_entries n join ar.receivables q on q.tenant_id = n.tenant_id and q.id = n.receivable_id and q.kind <> 'opening'
    where n.tenant_id = ${t} and n.kind = 'opened' and n.entry_on >= ${from}::date and n.entry_on <= ${on}::date)`
}

function signedEntries({ caller: { tenantId: t } }: Reader, { from }: ReportQuestion, on: string): Sql {
  return sql`(select e.*, case when e.kind = 'voided' then -1 else 1 end as sign from ar.receivable_entries e where e.tenant_id = ${t} and e.kind in ('opened', 'voided')
      and e.entry_on >= ${from}::date and e.entry_on <= ${on}::date) e`
}

function linesSold(reader: Reader, question: ReportQuestion, on: string): Sql {
  const t = reader.caller.tenantId
  const nothing = sql`null::uuid`
  const facts = {
    customer: nothing,
    salesperson: nothing,
    region: nothing,
    currency: sql`null::text`,
    entity: nothing,
    product: sql`l.product_id`,
  }
  return sql`${signedEntries(reader, question, on)}
    join ar.receivable_lines l on l.tenant_id = ${t} and l.receivable_id = e.receivable_id and ${matching(reader, question, facts)}
    where e.receivable_id not in (select o.id from ar.receivables o where o.tenant_id = ${t} and o.kind = 'opening')`
}

function soldLines(reader: Reader, question: ReportQuestion, on: string): Sql {
  const facts = {
    customer: sql`e.customer_id`,
    salesperson: sql`e.salesperson_id`,
    region: sql`e.region_id`,
    currency: sql`r.currency`,
    entity: sql`r.entity_id`,
    product: sql`l.product_id`,
    document: sql`r.id`,
  }
  return sql`${signedEntries(reader, question, on)}
    join ar.receivables r on r.tenant_id = e.tenant_id and r.id = e.receivable_id and r.kind <> 'opening'
    join ar.receivable_lines l on l.tenant_id = e.tenant_id and l.receivable_id = e.receivable_id and ${matching(reader, question, facts)}`
}
