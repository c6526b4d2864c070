import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { type AgeingQuestion, type FactColumns, filtered } from './ageing-filters.query.ts'
import { type FactKey, keyColumns } from './fact-columns.query.ts'

/**
 * 未核销收款 as of the day, in the columns of a fact: confirmed receipts received by then, less what was allocated by then; a receipt taken back later was still
 * there. Money knows its customer and through it salesperson and region, but no product.
 */
export function moneyFacts(reader: Reader, question: AgeingQuestion, keys: readonly FactKey[]): Sql {
  const t = reader.caller.tenantId
  const inOwn = question.currency !== undefined
  const needsCustomer =
    keys.some((key) => key === 'salesperson' || key === 'region') || CUSTOMER_FILTERS.some((name) => question.filters[name] !== undefined)
  const customer = needsCustomer ? sql`left join ar.customers c on c.tenant_id = p.tenant_id and c.id = p.customer_id` : sql``
  const select = (base: Sql, own: Sql) =>
    sql`select ${keyColumns(keys, receiptColumns)}, null::date as due_on, null::date as issued_on, 0::bigint as a, 0::bigint as own, ${inOwn ? own : base} as u, ${own} as own_u`
  const condition = sql`p.tenant_id = ${t} and p.received_on <= ${question.asOf}::date and ${filtered(t, question, receiptColumns)}`
  return sql`${select(sql`p.amount_base - p.allocated_base`, sql`p.amount - p.allocated - p.refunded`)}
    from ar.receipts p ${customer} where p.status = 'confirmed' and p.allocated < p.amount and ${condition}
    union all ${select(sql`a.receipt_base`, sql`a.amount`)}
    from ar.allocations a join ar.receipts p on p.tenant_id = a.tenant_id and p.id = a.receipt_id ${customer} where a.tenant_id = ${t} and a.entry_on > ${question.asOf}::date and ${condition}
    union all ${select(sql`p.amount_base`, sql`p.amount`)}
    from ar.receipts p ${customer} where p.reversed_on > ${question.asOf}::date and ${condition}`
}

const CUSTOMER_FILTERS = ['region', 'salesperson', 'team'] as const
const receiptColumns: FactColumns = {
  customer: sql`p.customer_id`,
  salesperson: sql`c.salesperson_id`,
  region: sql`c.region_id`,
  currency: sql`p.currency`,
  entity: sql`p.entity_id`,
}

/** What stands beside the ageing and never inside: money received after the day, and drafts. Minor units of the report's currency. */
export async function laterMoney(reader: Reader, question: AgeingQuestion): Promise<{ received: bigint; drafts: bigint }> {
  const t = reader.caller.tenantId
  const amount = question.currency === undefined ? sql`p.amount_base` : sql`p.amount`
  const sum = (condition: Sql) =>
    sql`coalesce((select sum(${amount}) from ar.receipts p left join ar.customers c on c.tenant_id = p.tenant_id and c.id = p.customer_id where p.tenant_id = ${t} and ${condition} and ${filtered(t, question, receiptColumns)}), 0)::bigint`
  return reader.one(
    sql`select ${sum(sql`p.status = 'confirmed' and p.received_on > ${question.asOf}::date`)} as received, ${sum(sql`p.status = 'draft'`)} as drafts`,
  )
}

/** Money not allocated as of the day, in all: for reports by product, where it stands in no row. */
export async function unallocatedMoney(reader: Reader, question: AgeingQuestion): Promise<bigint> {
  const { sum } = await reader.one<{ sum: bigint }>(
    sql`select coalesce(sum(f.u), 0)::bigint as sum from (${moneyFacts(reader, question, ['customer'])}) f`,
  )
  return sum
}
