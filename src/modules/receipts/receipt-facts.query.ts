import { assert } from '../../kernel/assert.ts'
import type { Day } from '../../kernel/day.ts'
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
  return reader.all(sql`select o.id, n.series || '-' || lpad(n.no::text, 4, '0') as no, o.customer_id, o.entity_id, o.currency, o.amount,
      coalesce((select sum(r.amount) from ar.receipts r where r.tenant_id = o.tenant_id and r.order_id = o.id and r.status = 'confirmed'), 0)::bigint as received
    from ar.orders o left join ar.document_numbers n on n.tenant_id = o.tenant_id and n.document_id = o.id
    where o.tenant_id = ${tenantId} and o.id = any(${ids}::uuid[])`)
}

export type MaybeSame = {
  readonly customerId: string | null
  readonly currency: string
  readonly amount: bigint
  readonly receivedOn: Day
  readonly payerName: string | null
  readonly channel: string | null
  readonly channelTx: string | null
  readonly sourceNo: string | null
  readonly exceptId?: string
}
export type Duplicate = {
  readonly index: number
  readonly id: string
  readonly no: string | null
  readonly status: string
  readonly receivedOn: Day
  readonly currency: string
  readonly amount: bigint
  readonly customerName: string | null
  readonly certain: boolean
  readonly reasons: string[]
}

/** Days around the day of the money within which an equal amount of the same payer looks like the same money. */
export const DUPLICATE_WINDOW_DAYS = 3
const SHOWN_AT_MOST = 200

/**
 * Receipts that look like the given ones: certain = same channel transaction or source number; otherwise same amount and currency within the window from the same
 * customer or the same payer name. Cancelled and reversed receipts do not count. `index` is the place in the list. One statement for the whole list.
 */
export function findDuplicates(reader: Reader, receipts: readonly MaybeSame[]): Promise<Duplicate[]> {
  const { tenantId } = reader.caller
  const column = <K extends keyof MaybeSame>(key: K) => receipts.map((receipt) => receipt[key] ?? null)
  return reader.all(sql`with x as materialized (select * from unnest(${column('customerId')}::uuid[], ${column('currency')}::text[], ${column('amount')}::bigint[], ${column('receivedOn')}::date[],
      ${column('payerName')}::text[], ${column('channel')}::text[], ${column('channelTx')}::text[], ${column('sourceNo')}::text[], ${column('exceptId')}::uuid[])
      with ordinality x(customer_id, currency, amount, received_on, payer_name, channel, channel_tx, source_no, except_id, place)),
    hits as (
      select x.place, r.id from x join ar.receipts r on r.tenant_id = ${tenantId} and r.customer_id = x.customer_id and r.received_on >= x.received_on - ${DUPLICATE_WINDOW_DAYS}::int
        and r.received_on <= x.received_on + ${DUPLICATE_WINDOW_DAYS}::int and r.amount = x.amount and r.currency = x.currency
      union select x.place, r.id from x join ar.receipts r on r.tenant_id = ${tenantId} and r.received_on >= x.received_on - ${DUPLICATE_WINDOW_DAYS}::int and r.received_on <= x.received_on + ${DUPLICATE_WINDOW_DAYS}::int
        and r.amount = x.amount and r.currency = x.currency and r.payer_name = x.payer_name and x.payer_name <> ''
      union select x.place, r.id from x join ar.receipts r on r.tenant_id = ${tenantId} and r.channel = x.channel and r.channel_tx = x.channel_tx
      union select x.place, r.id from x join ar.receipts r on r.tenant_id = ${tenantId} and r.source_no = x.source_no)
    select (x.place - 1)::int as index, r.id, n.series || '-' || lpad(n.no::text, 4, '0') as no, r.status, r.received_on, r.currency, r.amount, c.name as customer_name,
      (coalesce(r.channel = x.channel and r.channel_tx = x.channel_tx, false) or coalesce(r.source_no = x.source_no, false)) as certain,
      array_remove(array[case when r.channel_tx = x.channel_tx and r.channel = x.channel then 'channelTx' end, case when r.source_no = x.source_no then 'sourceNo' end,
        case when r.customer_id = x.customer_id then 'customer' end, case when r.payer_name = x.payer_name then 'payer' end,
        case when r.amount = x.amount then 'amount' end, case when r.received_on = x.received_on then 'day' else 'nearDay' end], null) as reasons
    from hits h join x on x.place = h.place join ar.receipts r on r.tenant_id = ${tenantId} and r.id = h.id
      left join ar.customers c on c.tenant_id = r.tenant_id and c.id = r.customer_id left join ar.document_numbers n on n.tenant_id = r.tenant_id and n.document_id = r.id
    where r.status in ('draft', 'confirmed') and r.id is distinct from x.except_id order by x.place, certain desc, r.received_on limit ${SHOWN_AT_MOST}`)
}

function given(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))]
}
