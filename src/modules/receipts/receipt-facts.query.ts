import { assert } from '../../kernel/assert.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'

/** What recording needs to know of everything a list of receipts names. */
export type ReceiptFacts = {
  readonly customers: ReadonlySet<string>
  readonly orders: ReadonlyMap<string, OrderFact>
  readonly entities: ReadonlySet<string>
  readonly methods: ReadonlySet<string>
  readonly bankAccounts: ReadonlyMap<string, { readonly currency: string; readonly account: string }>
  readonly defaultEntityId: string
  accountOf(bankAccountId: string | null): string
}
export type OrderFact = {
  readonly id: string
  readonly no: string | null
  readonly customerId: string
  readonly entityId: string
  readonly currency: string
  readonly amount: bigint
  readonly received: bigint
}

export async function receiptFacts(
  reader: Reader,
  wanted: readonly { readonly customerId: string | null; readonly orderId: string | null }[],
): Promise<ReceiptFacts> {
  const { tenantId } = reader.caller
  const [customers, orders, entities, methods, banks] = await Promise.all([
    reader.all<{ id: string }>(
      sql`select c.id from ar.customers c where c.tenant_id = ${tenantId} and c.status <> 'merged' and c.id = any(${given(wanted.map((one) => one.customerId))}::uuid[])`,
    ),
    ordersOf(reader, given(wanted.map((one) => one.orderId))),
    reader.all<{ id: string }>(
      sql`select e.id from ar.entities e where e.tenant_id = ${tenantId} and e.status = 'active' order by e.code = 'MAIN' desc, e.code`,
    ),
    reader.all<{ id: string }>(sql`select m.id from ar.payment_methods m where m.tenant_id = ${tenantId} and m.status = 'active'`),
    reader.all<{ id: string; currency: string; account: string }>(
      sql`select b.id, b.currency, b.account from ar.bank_accounts b where b.tenant_id = ${tenantId} and b.status = 'active'`,
    ),
  ])
  assert(entities.length > 0, 'a company has a legal entity')
  const bankAccounts = new Map(banks.map((bank) => [bank.id, bank]))
  return {
    customers: new Set(customers.map((row) => row.id)),
    orders: new Map(orders.map((order) => [order.id, order])),
    entities: new Set(entities.map((row) => row.id)),
    methods: new Set(methods.map((row) => row.id)),
    bankAccounts,
    defaultEntityId: entities[0]!.id,
    accountOf: (bankAccountId) => bankAccounts.get(bankAccountId ?? '')?.account ?? '1002',
  }
}

/** Orders with what has been received for them so far (confirmed receipts), minor units. */
export function ordersOf(reader: Reader, ids: readonly string[]): Promise<OrderFact[]> {
  const { tenantId } = reader.caller
  return reader.all(sql`select o.id, n.series || '-' || ar.no_text(n.no) as no, o.customer_id, o.entity_id, o.currency, o.amount,
      coalesce((select sum(r.amount) from ar.receipts r where r.tenant_id = o.tenant_id and r.order_id = o.id and r.status = 'confirmed'), 0)::bigint as received
    from ar.orders o left join ar.document_numbers n on n.tenant_id = o.tenant_id and n.document_id = o.id
    where o.tenant_id = ${tenantId} and o.id = any(${ids}::uuid[])`)
}

function given(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))]
}
