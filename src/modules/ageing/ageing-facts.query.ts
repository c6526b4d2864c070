import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { type AgeingQuestion, type FactColumns, filtered } from './ageing-filters.query.ts'
import { days, type FactShape, keyColumns, monthEndColumns, overdue } from './fact-columns.query.ts'
import { lineFacts } from './line-facts.query.ts'
import { entriesBetween } from './month-ends.query.ts'

/** Columns of every branch: k_<key>…, due_on, issued_on (null unless it is the basis or asked for), a (report amount), own (the currency's own amount), u and own_u (money not allocated). */
export function openFacts(reader: Reader, question: AgeingQuestion, shape: FactShape): Sql {
  const byProduct = shape.keys.includes('product') || question.filters.product !== undefined
  return byProduct ? lineFacts(reader, question, shape) : itemFacts(reader, question, shape)
}

/**
 * Open now, minus what was entered after the day (data-model.md section 6), or open at a month end and the entries from there to the day: both are the entries up to the day, and
 * neither reads the history.
 */
function itemFacts(reader: Reader, question: AgeingQuestion, shape: FactShape): Sql {
  const t = reader.caller.tenantId
  const inOwn = question.currency !== undefined
  const { monthEnd, enteredAfter } = shape.start
  const start = monthEnd === undefined ? openNow(t, question, shape) : openAtMonthEnd(t, question, shape, monthEnd)
  if (!enteredAfter || monthEnd === question.asOf) return start
  const joined =
    inOwn ||
    shape.keys.some((key) => key === 'currency' || key === 'entity') ||
    question.filters.entity !== undefined ||
    question.filters.inCurrency !== undefined
  const { condition, sign } = entriesBetween(question, shape.start)
  return sql`${start} union all
    select ${keyColumns(shape.keys, entryColumns)}, ${days(question, shape, 'e')}, ${inOwn ? sql`${sign}e.amount` : sql`${sign}e.amount_base`}, ${ownOf(shape, sql`${sign}e.amount`)}, 0, 0
    from ar.receivable_entries e ${joined ? sql`join ar.receivables r on r.tenant_id = e.tenant_id and r.id = e.receivable_id` : sql``}
    where e.tenant_id = ${t} and ${condition} and ${filtered(t, question, entryColumns)} and ${overdue(question, 'e')}`
}

function openNow(t: number, question: AgeingQuestion, shape: FactShape): Sql {
  return sql`select ${keyColumns(shape.keys, receivableColumns)}, ${days(question, shape, 'r')}, ${question.currency === undefined ? sql`r.open_base` : sql`r.open`} as a, ${ownOf(shape, sql`r.open`)} as own, 0::bigint as u, 0::bigint as own_u
    from ar.receivables r where r.tenant_id = ${t} and r.open <> 0 and ${filtered(t, question, receivableColumns)} and ${overdue(question, 'r')}`
}

function openAtMonthEnd(t: number, question: AgeingQuestion, shape: FactShape, monthEnd: Day): Sql {
  return sql`select ${keyColumns(shape.keys, monthEndColumns)}, ${days(question, shape, 'm')}, ${question.currency === undefined ? sql`m.open_base` : sql`m.open`} as a, ${ownOf(shape, sql`m.open`)} as own, 0::bigint as u, 0::bigint as own_u
    from ar.month_end_items m where m.tenant_id = ${t} and m.on_day = ${monthEnd}::date and ${filtered(t, question, monthEndColumns)} and ${overdue(question, 'm')}`
}

const receivableColumns: FactColumns & { readonly item: Sql } = {
  customer: sql`r.customer_id`,
  salesperson: sql`r.salesperson_id`,
  region: sql`r.region_id`,
  currency: sql`r.currency`,
  entity: sql`r.entity_id`,
  item: sql`r.id`,
}
const entryColumns: typeof receivableColumns = {
  ...receivableColumns,
  customer: sql`e.customer_id`,
  salesperson: sql`e.salesperson_id`,
  region: sql`e.region_id`,
  item: sql`e.receivable_id`,
}

/** The first day on which anything stands in the ledger, when that is after `asOf`: a report of an earlier day is empty because the books begin later. */
export async function firstDayAfter(reader: Reader, asOf: Day): Promise<Day | null> {
  const { firstOn } = await reader.one<{ firstOn: Day | null }>(
    sql`select min(e.entry_on) as first_on from ar.receivable_entries e where e.tenant_id = ${reader.caller.tenantId}`,
  )
  return firstOn !== null && firstOn > asOf ? firstOn : null
}

/** The currency's own amount is summed only where currencies stand apart. */
function ownOf({ keys }: FactShape, amount: Sql): Sql {
  return keys.includes('currency') ? amount : sql`0::bigint`
}
