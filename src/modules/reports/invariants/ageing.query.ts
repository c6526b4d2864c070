import { addDays, type Day, endOfMonth, startOfMonth } from '../../../kernel/day.ts'
import type { Reader } from '../../../platform/db.ts'
import { type Sql, sql } from '../../../platform/sql.ts'
import { type AgeingDimension, ageingDimensions } from '../../ageing/ageing.api.ts'
import { ageing } from '../../ageing/ageing.query.ts'
import { bucketRanges, collectionBuckets } from '../../ageing/ageing-bucket.ts'
import { trueMonthEnds } from '../../ageing/month-ends.query.ts'
import { tieOut } from '../../ageing/tie-out.query.ts'
import { sumsUpTo } from '../kpi/keep-kpi-months.command.ts'
import { keptMonths } from '../kpi/kept-months.query.ts'
import type { Fault, Invariant } from './invariant.query.ts'

export const ageingInvariants: readonly Invariant[] = [
  {
    id: 'I-18-dimensions',
    says: 'Ageing by every dimension = ledger = account 1122, today and at the last month end; the buckets make the total',
    check: async (reader) => {
      const monthEnd = addDays(startOfMonth(reader.today), -1)
      return [...(await ageingFaults(reader, reader.today, ageingDimensions)), ...(await ageingFaults(reader, monthEnd, CARRIED))]
    },
  },
  {
    id: 'I-18-monthEnds',
    says: 'A kept month end that reports start from holds what the entries up to it make',
    check: async (reader) => {
      const kept = (await trueMonthEnds(reader)).reverse()
      // The latest, and one of the others each day in turn: all of them would read the history as often as there are month ends.
      const [latest, ...others] = kept
      const turn = others[Number(reader.today.slice(8)) % Math.max(1, others.length)]
      return [...(latest ? await monthEndFaults(reader, latest) : []), ...(turn ? await monthEndFaults(reader, turn) : [])]
    },
  },
  {
    id: 'I-18-kpiMonths',
    says: 'The sums kept for key figures, up to the last month end and up to yesterday, are what the entries make',
    check: async (reader) => {
      const { ends, running } = await keptMonths(reader, { currency: undefined, filters: {} })
      const last = [...ends].sort().at(-1)
      return [
        ...(last ? await kpiMonthFaults(reader, last) : []),
        ...(running && !running.late ? await kpiMonthFaults(reader, running.on) : []),
      ]
    },
  },
]

/** By customer, salesperson and region, and once more without the customer. Balances are kept of month ends alone. */
function kpiMonthFaults(reader: Reader, onDay: Day): Promise<Fault[]> {
  const t = reader.caller.tenantId
  const names = ['brought_in', 'sales', 'sales_net', 'collected', 'adjusted', 'closing', 'not_due', 'waited', 'late']
  const of = (alias: string, sign: Sql) => sql.join(names.map((name) => sql`${sign}${sql.ref(`${alias}.${name}`)} as ${sql.ref(name)}`))
  const differs = sql.join(
    names.map((name) => sql`sum(${sql.ref(`x.${name}`)}) <> 0`),
    sql` or `,
  )
  const made = sumsUpTo(reader, onDay, { withBalances: endOfMonth(onDay) < reader.today })
  return reader.report(sql`with f as materialized (${made})
    select ${onDay}::date as on_day, x.is_total, x.customer_id, x.salesperson_id, x.region_id, sum(x.collected)::text as collected, sum(x.sales)::text as sales from (
      select m.is_total, m.customer_id, m.salesperson_id, m.region_id, ${of('m', sql``)} from ar.kpi_month_figures m where m.tenant_id = ${t} and m.on_day = ${onDay}::date
      union all select false, f.k_customer, f.k_salesperson, f.k_region, ${of('f', sql`-`)} from f
      union all select true, null, f.k_salesperson, f.k_region, ${of('f', sql`-`)} from f) x
    group by x.is_total, x.customer_id, x.salesperson_id, x.region_id having ${differs} limit ${FAULTS_MOST}`)
}

/** By document and place, in base currency; in the document's own currency by document; and the kept sums by due day. */
function monthEndFaults(reader: Reader, onDay: Day): Promise<Fault[]> {
  const t = reader.caller.tenantId
  return reader.all(sql`select x.on_day, x.receivable_id, sum(x.base)::bigint as base from (
      select m.on_day, m.receivable_id, m.customer_id, m.salesperson_id, m.region_id, m.due_on, m.issued_on, m.open_base as base
        from ar.month_end_items m where m.tenant_id = ${t} and m.on_day = ${onDay}::date
      union all select ${onDay}::date, e.receivable_id, e.customer_id, e.salesperson_id, e.region_id, e.due_on, e.issued_on, -e.amount_base
        from ar.receivable_entries e where e.tenant_id = ${t} and e.entry_on <= ${onDay}::date) x
    group by x.on_day, x.receivable_id, x.customer_id, x.salesperson_id, x.region_id, x.due_on, x.issued_on having sum(x.base) <> 0
    union all select ${onDay}::date, x.receivable_id, sum(x.own)::bigint from (
      select m.receivable_id, m.open as own from ar.month_end_items m where m.tenant_id = ${t} and m.on_day = ${onDay}::date
      union all select e.receivable_id, -e.amount from ar.receivable_entries e where e.tenant_id = ${t} and e.entry_on <= ${onDay}::date) x
    group by x.receivable_id having sum(x.own) <> 0
    union all select ${onDay}::date, null, sum(x.base)::bigint from (
      select s.due_on, s.open_base as base from ar.month_end_sums s where s.tenant_id = ${t} and s.on_day = ${onDay}::date
      union all select m.due_on, -m.open_base from ar.month_end_items m where m.tenant_id = ${t} and m.on_day = ${onDay}::date) x
    group by x.due_on having sum(x.base) <> 0 limit ${FAULTS_MOST}`)
}
const FAULTS_MOST = 100

/** The dimensions that entries carry. The others are looked up from these, so that of a past day they add nothing to the proof. */
const CARRIED: readonly AgeingDimension[] = ['customer', 'salesperson', 'region', 'product']

async function ageingFaults(reader: Reader, asOf: Day, dimensions: readonly AgeingDimension[]): Promise<Fault[]> {
  const proof = await tieOut(reader, asOf)
  if (proof === null) return []
  const faults: Fault[] = proof.difference === 0n ? [] : [{ asOf, ledger: proof.ledger, account1122: proof.account1122 }]
  for (const dimension of dimensions) {
    const { total, buckets } = await totals(reader, asOf, dimension)
    const sum = buckets.reduce((all, bucket) => all + bucket, 0n)
    if (total !== proof.ledger || sum !== total) faults.push({ asOf, dimension, total, buckets: sum, ledger: proof.ledger })
  }
  return faults
}

async function totals(reader: Reader, asOf: Day, dimension: AgeingDimension) {
  const report = await ageing(reader, {
    asOf,
    basis: 'due',
    overdueOnly: false,
    filters: {},
    by: [dimension],
    ranges: bucketRanges(collectionBuckets, asOf),
    sort: '-total',
    limit: 1,
  })
  return report.totals
}
