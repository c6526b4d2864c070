import type { Reader } from '../../platform/db.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'
import type { OpenReceivable } from './allocation.ts'

/** More items than this are allocated in several calls. */
const ITEMS_AT_MOST = 20_000

export type OpenItem = OpenReceivable & {
  readonly orderId: string | null
  readonly orderNo: string | null
  readonly amount: bigint
  readonly openBase: bigint
  readonly disputed: boolean
  readonly customerName: string
  readonly partName: string | null
}

/** Open items of the customers of these receipts (`family`: and of everyone in their groups), or these items, with every number a payer may know them by. Minor units. Oldest due first. */
export async function openItems(
  reader: Reader,
  wanted: {
    readonly ofReceipts?: readonly string[]
    readonly receivableIds?: readonly string[]
    readonly currency?: string | undefined
    readonly family?: boolean
  },
): Promise<OpenItem[]> {
  const { tenantId } = reader.caller
  const rows = await reader.all<
    Omit<OpenItem, 'references' | 'no'> & {
      no: string | null
      reference: string | null
      sourceNo: string | null
      customerReference: string | null
    }
  >(sql`
    select r.id, n.series || '-' || ar.no_text(n.no) as no, r.customer_id, c.name as customer_name, r.currency, r.amount, r.open, r.open_base, r.issued_on, r.due_on, r.disputed, r.part_name,
      r.reference, r.source_no, r.order_id, m.series || '-' || ar.no_text(m.no) as order_no, o.customer_reference
    from ar.receivables r join ar.customers c on c.tenant_id = r.tenant_id and c.id = r.customer_id
      left join ar.orders o on o.tenant_id = r.tenant_id and o.id = r.order_id
      left join ar.document_numbers n on n.tenant_id = r.tenant_id and n.document_id = r.id
      left join ar.document_numbers m on m.tenant_id = r.tenant_id and m.document_id = r.order_id
    where ${and(
      sql`r.tenant_id = ${tenantId} and r.open <> 0`,
      wanted.ofReceipts === undefined ? undefined : payersOf(reader, wanted.ofReceipts, wanted.family ?? false),
      wanted.receivableIds === undefined ? undefined : sql`r.id = any(${wanted.receivableIds}::uuid[])`,
      wanted.currency === undefined ? undefined : sql`r.currency = ${wanted.currency}`,
    )} order by r.due_on, r.id limit ${ITEMS_AT_MOST}`)
  return rows.map(({ no, reference, sourceNo, customerReference, ...row }) => ({
    ...row,
    no: no ?? '',
    references: [reference, sourceNo, row.orderNo, customerReference].filter((name): name is string => name !== null && name !== ''),
  }))
}

/** The receipts' own customers; with `family` everyone who has the same group root. */
function payersOf(reader: Reader, receiptIds: readonly string[], family: boolean): Sql {
  const { tenantId } = reader.caller
  const payers = sql`select r.customer_id from ar.receipts r where r.tenant_id = ${tenantId} and r.id = any(${receiptIds}::uuid[]) and r.customer_id is not null`
  if (!family) return sql`r.customer_id in (${payers})`
  return sql`r.customer_id in (select m.customer_id from ar.credit_accounts m where m.tenant_id = ${tenantId} and m.ancestors[1] in
    (select a.ancestors[1] from ar.credit_accounts a where a.tenant_id = ${tenantId} and a.customer_id in (${payers})))`
}
