import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { type AgeingQuestion, type FactColumns, filtered } from './ageing-filters.query.ts'
import { days, type FactShape, keyColumns, monthEndColumns, overdue } from './fact-columns.query.ts'
import { entriesBetween } from './month-ends.query.ts'

/**
 * Open amounts by line, for products. What is open now stands in receivable_lines.open_base. Lines of items that were entered to after the day are shared out again
 * from what was open on the day, because the rule (lineShares) is not linear; a foreign currency's own amounts are shared out always.
 */
export function lineFacts(reader: Reader, question: AgeingQuestion, shape: FactShape): Sql {
  const { tenantId, baseCurrency } = reader.caller
  const foreign = question.currency !== undefined && question.currency !== baseCurrency
  if (foreign)
    return sharedFacts(
      tenantId,
      question,
      shape,
      sql`select r.id from ar.receivables r where r.tenant_id = ${tenantId} and r.currency = ${question.currency}`,
    )
  const { monthEnd, enteredAfter } = shape.start
  if (!enteredAfter) return storedFacts(tenantId, question, shape, sql`true`)
  const touched = sql`select e.receivable_id from ar.receivable_entries e where e.tenant_id = ${tenantId} and ${entriesBetween(question, shape.start).condition}`
  const untouched =
    monthEnd === undefined
      ? storedFacts(tenantId, question, shape, sql`l.receivable_id not in (${touched})`)
      : monthEndFacts(tenantId, question, shape, monthEnd, sql`m.receivable_id not in (${touched})`)
  return sql`${untouched} union all ${sharedFacts(tenantId, question, shape, touched)}`
}

const lineColumns: FactColumns & { readonly item: Sql } = {
  customer: sql`r.customer_id`,
  salesperson: sql`r.salesperson_id`,
  region: sql`r.region_id`,
  currency: sql`r.currency`,
  entity: sql`r.entity_id`,
  product: sql`l.product_id`,
  item: sql`l.receivable_id`,
}

function storedFacts(t: number, question: AgeingQuestion, shape: FactShape, condition: Sql): Sql {
  const others = Object.keys(question.filters).some((name) => name !== 'product' && question.filters[name as 'product'] !== undefined)
  const joined = others || question.currency !== undefined || question.basis === 'issued' || shape.keys.some((key) => key !== 'product')
  const issued = question.basis === 'issued' || shape.keys.includes('item')
  return sql`select ${keyColumns(shape.keys, lineColumns)}, l.due_on, ${issued ? sql`r.issued_on` : sql`null::date`} as issued_on, l.open_base as a,
      ${shape.keys.includes('currency') ? OWN_UNKNOWN : sql`0::bigint`} as own, 0::bigint as u, 0::bigint as own_u
    from ar.receivable_lines l ${joined ? sql`join ar.receivables r on r.tenant_id = l.tenant_id and r.id = l.receivable_id and r.open <> 0` : sql``}
    where l.tenant_id = ${t} and l.open_base <> 0 and ${condition} and ${filtered(t, question, lineColumns)} and ${overdue(question, 'l')}`
}

function monthEndFacts(t: number, question: AgeingQuestion, shape: FactShape, monthEnd: Day, condition: Sql): Sql {
  return sql`select ${keyColumns(shape.keys, monthEndColumns)}, ${days(question, shape, 'm')}, m.open_base as a, ${OWN_UNKNOWN} as own, 0::bigint as u, 0::bigint as own_u
    from ar.month_end_items m where m.tenant_id = ${t} and m.on_day = ${monthEnd}::date and m.open_base <> 0 and ${condition} and ${filtered(t, question, monthEndColumns)} and ${overdue(question, 'm')}`
}

/** Products by currency stand in base currency only: a line's own open amount is not stored. */
const OWN_UNKNOWN = sql`0::bigint`

/**
 * What was open of these items on the day (open now, minus the entries after it), shared out over their lines. Most items have one line, which carries all.
 */
function sharedFacts(t: number, question: AgeingQuestion, shape: FactShape, items: Sql): Sql {
  const inBase = question.currency === undefined
  const amount = inBase ? sql`amount_base` : sql`amount`
  const columns: FactColumns & { readonly item: Sql } = {
    customer: sql`x.customer_id`,
    salesperson: sql`x.salesperson_id`,
    region: sql`x.region_id`,
    currency: sql`x.currency`,
    entity: sql`x.entity_id`,
    product: sql`x.product_id`,
    item: sql`x.receivable_id`,
  }
  const line = sql`join ar.receivable_lines l on l.tenant_id = ${t} and l.receivable_id = s.receivable_id`
  return sql`select ${keyColumns(shape.keys, columns)}, ${days(question, shape, 'x')}, x.share as a, 0::bigint as own, 0::bigint as u, 0::bigint as own_u from (
      with s as materialized (${shape.start.monthEnd === undefined ? standing(t, question, items, amount, inBase ? sql`open_base` : sql`open`) : enteredUpTo(t, question, items, amount)}),
        several as materialized (select l.receivable_id from ar.receivable_lines l where l.tenant_id = ${t} and l.line_no = 2 and l.receivable_id in (select s.receivable_id from s))
      select s.*, l.product_id, s.standing::bigint as share from s ${line} and l.line_no = 1 where s.receivable_id not in (select v.receivable_id from several v)
      union all select s.*, c.product_id, c.share from (${shares(amount, line)}) c join s on s.place = c.item) x
    where x.share <> 0 and ${filtered(t, question, columns)} and ${overdue(question, 'x')}`
}

function standing(t: number, { asOf }: AgeingQuestion, items: Sql, amount: Sql, open: Sql): Sql {
  return sql`select row_number() over () as place, o.*, r.currency, r.entity_id, r.${amount}::numeric as whole from (
      select y.receivable_id, y.customer_id, y.salesperson_id, y.region_id, y.due_on, y.issued_on, sum(y.v) as standing from (
        select r.id as receivable_id, r.customer_id, r.salesperson_id, r.region_id, r.due_on, r.issued_on, r.${open} as v
          from ar.receivables r where r.tenant_id = ${t} and r.open <> 0 and r.id in (${items})
        union all select e.receivable_id, e.customer_id, e.salesperson_id, e.region_id, e.due_on, e.issued_on, -e.${amount}
          from ar.receivable_entries e where e.tenant_id = ${t} and e.entry_on > ${asOf}::date and e.receivable_id in (${items})) y
      group by y.receivable_id, y.customer_id, y.salesperson_id, y.region_id, y.due_on, y.issued_on having sum(y.v) <> 0) o
    join ar.receivables r on r.tenant_id = ${t} and r.id = o.receivable_id`
}

/** The same from all entries of the items, where they are few. */
function enteredUpTo(t: number, { asOf }: AgeingQuestion, items: Sql, amount: Sql): Sql {
  return sql`select row_number() over () as place, o.*, r.currency, r.entity_id, r.${amount}::numeric as whole from (
      select e.receivable_id, e.customer_id, e.salesperson_id, e.region_id, e.due_on, e.issued_on, sum(e.${amount}) as standing
      from ar.receivable_entries e where e.tenant_id = ${t} and e.entry_on <= ${asOf}::date and e.receivable_id in (${items})
      group by e.receivable_id, e.customer_id, e.salesperson_id, e.region_id, e.due_on, e.issued_on having sum(e.${amount}) <> 0) o
    join ar.receivables r on r.tenant_id = ${t} and r.id = o.receivable_id`
}

/** floor, then one minor unit each by largest remainder, ties to the larger line, then the lower number: lineShares (kernel splitByWeight) in SQL, in numeric because the product may pass a bigint. */
function shares(amount: Sql, line: Sql): Sql {
  return sql`select f.item, f.product_id, (f.quotient + (row_number() over (partition by f.item order by f.remainder desc, abs(f.weight) desc, f.line_no) <= f.standing - sum(f.quotient) over (partition by f.item))::int)::bigint as share
    from (select q.*, q.exact - q.quotient * q.whole as remainder from (
      select p.*, p.cut - (p.exact < p.cut * p.whole)::int as quotient from (
        select s.place as item, s.standing, s.whole, l.line_no, l.product_id, l.${amount} as weight, s.standing * l.${amount} as exact, div(s.standing * l.${amount}, s.whole) as cut
        from s ${line} where s.receivable_id in (select v.receivable_id from several v)) p) q) f`
}
