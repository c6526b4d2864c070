import { missing, Problem } from '../../kernel/problem.ts'
import type { Reader, Tx } from '../../platform/db.ts'
import { type Found, sql } from '../../platform/sql.ts'
import { type CreditAccount, lockCreditAccountsOf } from '../credit/credit-accounts.query.ts'
import type { StoredLine, StoredOrder } from './stored-order.ts'

/** These orders with their lines, locked in the order of their ids; in the order asked for. Throws the 404 unless every one is there and in scope. */
export async function lockOrders(tx: Tx, ids: readonly string[]): Promise<StoredOrder[]> {
  const [orders, lines] = await Promise.all([
    tx.all<StoredOrder>(sql`${selectOrders(tx, ids)} order by o.id for no key update`),
    linesOf(tx, ids),
  ])
  return withLines(ids, orders, lines)
}

/** The same, with the credit accounts of their customers locked behind them, in one flight. */
export async function lockOrdersWithCredit(
  tx: Tx,
  ids: readonly string[],
): Promise<{ orders: StoredOrder[]; accounts: Map<string, CreditAccount> }> {
  const [orders, accounts] = await Promise.all([lockOrders(tx, ids), lockCreditAccountsOf(tx, customersOfOrders(tx, ids))])
  for (const { customerId } of orders) if (!accounts.has(customerId)) throw new Problem('platform.conflict', {}, { kind: 'conflict' })
  return { orders, accounts }
}

/** The customers of these orders, for questions of the same flight: asked behind the lock, they are those of the orders locked. */
export function customersOfOrders(reader: Reader, ids: readonly string[]): Found {
  const distinct = [...new Set(ids)]
  const isOne = distinct.length === 1
  const which = isOne ? sql`o.id = ${distinct[0]}::uuid` : sql`o.id = any(${distinct}::uuid[])`
  return { ids: sql`select o.customer_id from ar.orders o where o.tenant_id = ${reader.caller.tenantId} and ${which}`, isOne }
}

/** The same without a lock. */
export async function readOrders(reader: Reader, ids: readonly string[]): Promise<StoredOrder[]> {
  const [orders, lines] = await Promise.all([reader.all<StoredOrder>(selectOrders(reader, ids)), linesOf(reader, ids)])
  return withLines(ids, orders, lines)
}

function selectOrders(reader: Reader, ids: readonly string[]) {
  return sql`select o.id, o.entity_id, o.customer_id, o.salesperson_id, o.region_id, o.currency, trim_scale(o.rate)::text as rate, o.net, o.tax, o.amount, o.amount_base, o.open_base, o.reserved_base, o.status, o.credit_result,
    o.ordered_on, o.delivery_on, o.delivered_on, (o.approved_at at time zone ${reader.caller.timeZone})::date as approved_on, o.terms_id, nullif(o.terms, '{}') as terms, o.payment_method_id, o.customer_reference,
    o.remark, o.prices_include_tax, o.discount, o.created_by, o.submitted_by, o.submitted_at, o.content_hash, o.receivables_on, o.version,
    coalesce((select max(v.part_no) from ar.receivables v where v.tenant_id = o.tenant_id and v.order_id = o.id), 0)::int as last_part_no
    from ar.orders o where o.tenant_id = ${reader.caller.tenantId} and o.id = any(${[...new Set(ids)]}::uuid[])`
}

type LineOfOrder = StoredLine & { readonly orderId: string }
function linesOf(reader: Reader, ids: readonly string[]): Promise<LineOfOrder[]> {
  return reader.all<LineOfOrder>(sql`select l.order_id, l.line_no, l.product_id, l.description, l.unit, trim_scale(l.quantity)::text as quantity, trim_scale(l.unit_price)::text as unit_price, l.discount,
    trim_scale(l.vat_rate)::text as vat_rate, l.net, l.tax, l.amount, trim_scale(l.delivered)::text as delivered
    from ar.order_lines l where l.tenant_id = ${reader.caller.tenantId} and l.order_id = any(${[...new Set(ids)]}::uuid[]) order by l.order_id, l.line_no`)
}

function withLines(ids: readonly string[], orders: readonly StoredOrder[], lines: readonly LineOfOrder[]): StoredOrder[] {
  const byId = new Map(orders.map((order) => [order.id, order]))
  const byOrder = Map.groupBy(lines, (line) => line.orderId)
  return ids.map((id) => {
    const order = byId.get(id)
    if (!order) throw missing('order')
    return { ...order, lines: (byOrder.get(id) ?? []).map(({ orderId: _, ...line }) => line) }
  })
}
