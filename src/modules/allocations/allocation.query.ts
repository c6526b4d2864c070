import type { Day } from '../../kernel/day.ts'
import { missing } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { readCursor } from '../../platform/paging.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'

export type AllocationFilter = {
  readonly customerId?: string | undefined
  readonly from?: Day | undefined
  readonly until?: Day | undefined
  readonly how?: string | undefined
  readonly reversals?: boolean | undefined
}
export type AllocationRow = {
  readonly id: string
  readonly batchId: string
  readonly receiptId: string
  readonly receiptNo: string | null
  readonly receivableId: string
  readonly receivableNo: string | null
  readonly customerId: string
  readonly customerName: string
  readonly currency: string
  readonly amount: bigint
  readonly entryOn: Day
  readonly how: string
  readonly reversesId: string | null
  readonly reversed: boolean
  readonly createdByName: string | null
  readonly explanation: unknown
}

/** Newest first by (entry_on, id), keyset; one row more than `limit`. Amounts in minor units; a mirror row is negative. */
export function allocationsPage(
  reader: Reader,
  filter: AllocationFilter,
  limit: number,
  cursor: string | undefined,
): Promise<AllocationRow[]> {
  const { tenantId } = reader.caller
  const [day, id] = cursor === undefined ? [] : readCursor(cursor, 2)
  const after = cursor === undefined ? undefined : sql`(a.entry_on, a.id) < (${day}::date, ${id}::uuid)`
  return reader.all(sql`select a.id, a.batch_id, a.receipt_id, n.series || '-' || ar.no_text(n.no) as receipt_no, a.receivable_id, m.series || '-' || ar.no_text(m.no) as receivable_no,
      r.customer_id, c.name as customer_name, r.currency, a.amount, a.entry_on, a.how, a.reverses_id, exists (select 1 from ar.allocations x where x.tenant_id = a.tenant_id and x.reverses_id = a.id) as reversed, p.name as created_by_name, a.explanation
    from (select a.* from ar.allocations a where ${and(matching(reader, filter), after)} order by a.entry_on desc, a.id desc limit ${limit + 1}) a
      join ar.receivables r on r.tenant_id = ${tenantId} and r.id = a.receivable_id join ar.customers c on c.tenant_id = ${tenantId} and c.id = r.customer_id
      left join ar.document_numbers n on n.tenant_id = ${tenantId} and n.document_id = a.receipt_id left join ar.document_numbers m on m.tenant_id = ${tenantId} and m.document_id = a.receivable_id
      left join ar.people p on p.tenant_id = ${tenantId} and p.id = a.created_by
    order by a.entry_on desc, a.id desc`)
}

export function allocationSums(reader: Reader, filter: AllocationFilter): Promise<{ currency: string; count: number; amount: bigint }[]> {
  return reader.all(sql`select r.currency, count(*)::int as count, sum(a.amount)::bigint as amount from ar.allocations a join ar.receivables r on r.tenant_id = a.tenant_id and r.id = a.receivable_id
    where ${matching(reader, filter)} group by r.currency order by r.currency`)
}

function matching(reader: Reader, { customerId, from, until, how, reversals }: AllocationFilter): Sql {
  const { tenantId } = reader.caller
  return and(
    sql`a.tenant_id = ${tenantId}`,
    customerId === undefined
      ? undefined
      : sql`a.receivable_id in (select v.id from ar.receivables v where v.tenant_id = ${tenantId} and v.customer_id = ${customerId})`,
    from === undefined ? undefined : sql`a.entry_on >= ${from}::date`,
    until === undefined ? undefined : sql`a.entry_on <= ${until}::date`,
    how === undefined ? undefined : sql`a.how = ${how}`,
    reversals === undefined ? undefined : reversals ? sql`a.reverses_id is not null` : sql`a.reverses_id is null`,
  )
}

export type ReceiptToPropose = {
  readonly id: string
  readonly customerId: string | null
  readonly orderId: string | null
  readonly currency: string
  readonly unallocated: bigint
  readonly receivedOn: Day
  readonly reference: string | null
}
/** Receipts as a proposal needs them, without a lock. Throws platform.notFound unless all are there. */
export async function receiptsToPropose(reader: Reader, ids: readonly string[]): Promise<ReceiptToPropose[]> {
  const found =
    await reader.all<ReceiptToPropose>(sql`select r.id, r.customer_id, r.order_id, r.currency, (r.amount - r.allocated - r.refunded)::bigint as unallocated, r.received_on, r.reference
    from ar.receipts r where r.tenant_id = ${reader.caller.tenantId} and r.id = any(${ids}::uuid[]) order by r.id`)
  if (found.length !== new Set(ids).size) throw missing('receipt')
  return found
}
