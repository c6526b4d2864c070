import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { type AgeingQuestion, type FactColumns, filtered } from './ageing-filters.query.ts'
import { type FactKey, keyColumns } from './fact-columns.query.ts'

/**
 * 未核销收款 as of the day, in the columns of a fact: confirmed receipts received by then, less what was allocated by then; a receipt taken back later was still
 * there, and money that was identified later was nobody's. Money knows its customer and through it salesperson and region, but no product.
 */
export function moneyFacts(reader: Reader, question: AgeingQuestion, keys: readonly FactKey[]): Sql {
  const t = reader.caller.tenantId
  const inOwn = question.currency !== undefined
  const needsCustomer =
    keys.some((key) => key === 'salesperson' || key === 'region') || CUSTOMER_FILTERS.some((name) => question.filters[name] !== undefined)
  const columns = receiptColumns(payerOn(reader, question))
  const customer = needsCustomer ? sql`left join ar.customers c on c.tenant_id = p.tenant_id and c.id = ${columns.customer}` : sql``
  const select = (base: Sql, own: Sql) =>
    sql`select ${keyColumns(keys, columns)}, null::date as due_on, null::date as issued_on, 0::bigint as a, 0::bigint as own, ${inOwn ? own : base} as u, ${own} as own_u`
  const condition = sql`p.tenant_id = ${t} and p.received_on <= ${question.asOf}::date and ${filtered(t, question, columns)}`
  return sql`${select(sql`p.amount_base - p.allocated_base`, sql`p.amount - p.allocated - p.refunded`)}
    from ar.receipts p ${customer} where p.status = 'confirmed' and p.allocated < p.amount and ${condition}
    union all ${select(sql`a.receipt_base`, sql`a.amount`)}
    from ar.allocations a join ar.receipts p on p.tenant_id = a.tenant_id and p.id = a.receipt_id ${customer} where a.tenant_id = ${t} and a.entry_on > ${question.asOf}::date and ${condition}
    union all ${select(sql`p.amount_base`, sql`p.amount`)}
    from ar.receipts p ${customer} where p.reversed_on > ${question.asOf}::date and ${condition}`
}

const CUSTOMER_FILTERS = ['region', 'salesperson', 'team'] as const
const receiptColumns = (customer: Sql): FactColumns & { readonly item: Sql } => ({
  customer,
  salesperson: sql`c.salesperson_id`,
  region: sql`c.region_id`,
  currency: sql`p.currency`,
  entity: sql`p.entity_id`,
  item: sql`p.id`,
})

/** Whose money it was on the day: what was identified later is nobody's yet, what moved later with a merge is still the merged customer's. */
function payerOn({ caller, today }: Reader, { asOf }: AgeingQuestion): Sql {
  if (asOf >= today) return sql`p.customer_id`
  return sql`(case when p.id in (select v.source_id from ar.vouchers v where v.tenant_id = ${caller.tenantId} and v.source_kind = 'receiptIdentification' and v.reverses_id is null
    and v.voucher_on > ${asOf}::date) then null
    when p.id in (select m.receipt_id from ar.receipt_moves m where m.tenant_id = ${caller.tenantId} and m.moved_on > ${asOf}::date)
      then (select m.from_id from ar.receipt_moves m where m.tenant_id = ${caller.tenantId} and m.receipt_id = p.id and m.moved_on > ${asOf}::date order by m.moved_on, m.id limit 1)
    else p.customer_id end)`
}

/** What stands beside the ageing and never inside: money received after the day, and drafts. Minor units of the report's currency. */
export async function laterMoney(reader: Reader, question: AgeingQuestion): Promise<{ received: bigint; drafts: bigint }> {
  const t = reader.caller.tenantId
  const amount = question.currency === undefined ? sql`p.amount_base` : sql`p.amount`
  const sum = (condition: Sql) =>
    sql`coalesce((select sum(${amount}) from ar.receipts p left join ar.customers c on c.tenant_id = p.tenant_id and c.id = p.customer_id where p.tenant_id = ${t} and ${condition} and ${filtered(t, question, receiptColumns(sql`p.customer_id`))}), 0)::bigint`
  const [sums] = await reader.report<{ received: bigint; drafts: bigint }>(
    sql`select ${sum(sql`p.status = 'confirmed' and p.received_on > ${question.asOf}::date`)} as received, ${sum(sql`p.status = 'draft'`)} as drafts`,
  )
  return sums!
}

/** Money not allocated as of the day, in all: for reports by product, where it stands in no row. */
export async function unallocatedMoney(reader: Reader, question: AgeingQuestion): Promise<bigint> {
  const [row] = await reader.report<{ sum: bigint }>(
    sql`select coalesce(sum(f.u), 0)::bigint as sum from (${moneyFacts(reader, question, ['customer'])}) f`,
  )
  return row!.sum
}
