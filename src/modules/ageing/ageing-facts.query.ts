import type { Reader } from '../../platform/db.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'
import { type AgeingQuestion, type FactColumns, filtered } from './ageing-filters.query.ts'
import { lineFacts } from './line-facts.query.ts'

/** What a fact carries and the statement groups by. Every dimension is one of these or is looked up from one (see ageing-dimensions.query.ts). */
export type FactKey = 'customer' | 'salesperson' | 'region' | 'currency' | 'entity' | 'product' | 'item'
export type FactShape = {
  readonly keys: readonly FactKey[]
  /** Whether anything was entered after the day. If not, what is open now was open then, and one index answers. */
  readonly entriesAfter: boolean
}

/** Columns of every branch: k_<key>…, due_on, issued_on (null unless it is the basis or asked for), a (report amount), own (the currency's own amount), u and own_u (money not allocated). */
export function openFacts(reader: Reader, question: AgeingQuestion, shape: FactShape): Sql {
  const byProduct = shape.keys.includes('product') || question.filters.product !== undefined
  return byProduct ? lineFacts(reader, question, shape) : itemFacts(reader, question, shape)
}

/** Open now, minus what was entered after the day (data-model.md section 6): equal to the entries up to the day, and reads no history. */
function itemFacts(reader: Reader, question: AgeingQuestion, shape: FactShape): Sql {
  const t = reader.caller.tenantId
  const inOwn = question.currency !== undefined
  const now = sql`select ${keyColumns(shape.keys, receivableColumns)}, ${days(question, shape, 'r')}, ${inOwn ? sql`r.open` : sql`r.open_base`} as a, ${ownOf(shape, sql`r.open`)} as own, 0::bigint as u, 0::bigint as own_u
    from ar.receivables r where r.tenant_id = ${t} and r.open <> 0 and ${filtered(t, question, receivableColumns)} and ${overdue(question, 'r')}`
  if (!shape.entriesAfter) return now
  const joined =
    inOwn ||
    shape.keys.some((key) => key === 'currency' || key === 'entity') ||
    question.filters.entity !== undefined ||
    question.filters.inCurrency !== undefined
  return sql`${now} union all
    select ${keyColumns(shape.keys, entryColumns)}, ${days(question, shape, 'e')}, ${inOwn ? sql`-e.amount` : sql`-e.amount_base`}, ${ownOf(shape, sql`-e.amount`)}, 0, 0
    from ar.receivable_entries e ${joined ? sql`join ar.receivables r on r.tenant_id = e.tenant_id and r.id = e.receivable_id` : sql``}
    where e.tenant_id = ${t} and e.entry_on > ${question.asOf}::date and ${filtered(t, question, entryColumns)} and ${overdue(question, 'e')}`
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

/** Whether anything was entered after the day. */
export async function hasEntriesAfter(reader: Reader, { asOf }: AgeingQuestion): Promise<boolean> {
  const { found } = await reader.one<{ found: boolean }>(
    sql`select exists (select 1 from ar.receivable_entries e where e.tenant_id = ${reader.caller.tenantId} and e.entry_on > ${asOf}::date) as found`,
  )
  return found
}

/** `<expression> as k_<key>` for each key. */
export function keyColumns(keys: readonly FactKey[], columns: { readonly [key in FactKey]?: Sql }): Sql {
  return sql.join(keys.map((key) => sql`${columns[key] ?? sql`null::uuid`} as ${sql.ref(`k_${key}`)}`))
}

/** Due and issue day; the issue day only where it is asked for, so that the smaller index entries suffice. */
export function days(question: AgeingQuestion, shape: FactShape, alias: string): Sql {
  const issued = question.basis === 'issued' || shape.keys.includes('item')
  return sql`${sql.ref(`${alias}.due_on`)} as due_on, ${issued ? sql.ref(`${alias}.issued_on`) : sql`null::date`} as issued_on`
}

export function overdue({ overdueOnly, asOf }: AgeingQuestion, alias: string): Sql {
  return overdueOnly ? sql`${sql.ref(`${alias}.due_on`)} < ${asOf}::date` : and()
}

/** The currency's own amount is summed only where currencies stand apart. */
function ownOf({ keys }: FactShape, amount: Sql): Sql {
  return keys.includes('currency') ? amount : sql`0::bigint`
}
