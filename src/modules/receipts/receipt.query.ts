import type { Day } from '../../kernel/day.ts'
import { missing } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { readCursor } from '../../platform/paging.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'

export type ReceiptFilter = {
  readonly customerId?: string | undefined
  readonly orderId?: string | undefined
  readonly status?: readonly string[] | undefined
  readonly from?: Day | undefined
  readonly until?: Day | undefined
  readonly methodId?: string | undefined
  readonly bankAccountId?: string | undefined
  readonly unallocated?: boolean | undefined
  readonly unidentified?: boolean | undefined
  readonly search?: string | undefined
  readonly currency?: string | undefined
  readonly least?: bigint | undefined
  readonly most?: bigint | undefined
}
export type ReceiptRow = {
  readonly id: string
  readonly no: string | null
  readonly status: 'draft' | 'confirmed' | 'reversed' | 'cancelled'
  readonly customerId: string | null
  readonly customerCode: string | null
  readonly customerName: string | null
  readonly orderId: string | null
  readonly orderNo: string | null
  readonly currency: string
  readonly amount: bigint
  readonly amountBase: bigint
  readonly fee: bigint
  readonly allocated: bigint
  readonly receivedOn: Day
  readonly methodName: string | null
  readonly bankAccountName: string | null
  readonly payerName: string | null
  readonly reference: string | null
  readonly createdByName: string | null
  readonly confirmedByName: string | null
  readonly awaitingApproval: boolean
  /** Was there at go-live (期初). */
  readonly opening: boolean
  readonly version: number
}

/** Newest first by (received_on, id), keyset. Gives one row more than `limit`. */
export function receiptsPage(reader: Reader, filter: ReceiptFilter, limit: number, cursor: string | undefined): Promise<ReceiptRow[]> {
  const [day, id] = cursor === undefined ? [] : readCursor(cursor, 2)
  const after = cursor === undefined ? undefined : sql`(r.received_on, r.id) < (${day}::date, ${id}::uuid)`
  return reader.all(
    sql`${receiptRows(reader, sql`(select * from ar.receipts r where ${and(matching(reader, filter), after)} order by r.received_on desc, r.id desc limit ${limit + 1})`)}`,
  )
}

/** The whole filter, for exports. */
export function allReceipts(reader: Reader, filter: ReceiptFilter): AsyncIterable<ReceiptRow[]> {
  return reader.pieces(receiptRows(reader, sql`(select * from ar.receipts r where ${matching(reader, filter)})`))
}

export type ReceiptSums = {
  readonly currency: string
  readonly count: number
  readonly amount: bigint
  readonly allocated: bigint
  readonly unallocated: bigint
}
/** Count and sums of the whole filter, per currency; drafts and cancelled ones count in `amount` only as far as the filter lets them in. */
export function receiptSums(reader: Reader, filter: ReceiptFilter): Promise<ReceiptSums[]> {
  return reader.all(sql`select r.currency, count(*)::int as count, sum(r.amount)::bigint as amount, sum(r.allocated)::bigint as allocated,
    coalesce(sum(r.amount - r.allocated - r.refunded) filter (where r.status = 'confirmed'), 0)::bigint as unallocated
    from ar.receipts r where ${matching(reader, filter)} group by r.currency order by r.currency`)
}

function matching(reader: Reader, filter: ReceiptFilter): Sql {
  const { customerId, orderId, status, from, until, methodId, bankAccountId, unallocated, unidentified, search, currency, least, most } =
    filter
  return and(
    sql`r.tenant_id = ${reader.caller.tenantId}`,
    customerId === undefined ? undefined : sql`r.customer_id = ${customerId}`,
    orderId === undefined ? undefined : sql`r.order_id = ${orderId}`,
    status === undefined ? sql`r.status <> 'cancelled'` : sql`r.status = any(${status}::text[])`,
    from === undefined ? undefined : sql`r.received_on >= ${from}::date`,
    until === undefined ? undefined : sql`r.received_on <= ${until}::date`,
    methodId === undefined ? undefined : sql`r.method_id = ${methodId}`,
    bankAccountId === undefined ? undefined : sql`r.bank_account_id = ${bankAccountId}`,
    unallocated === undefined
      ? undefined
      : unallocated
        ? sql`(r.status = 'confirmed' and r.allocated < r.amount)`
        : sql`r.allocated = r.amount`,
    unidentified === undefined ? undefined : unidentified ? sql`r.customer_id is null` : sql`r.customer_id is not null`,
    currency === undefined ? undefined : sql`r.currency = ${currency}`,
    least === undefined ? undefined : sql`r.amount >= ${least}`,
    most === undefined ? undefined : sql`r.amount <= ${most}`,
    search === undefined || search === '' ? undefined : searched(reader, search),
  )
}

/** A receipt number, the beginning of a payer's name or reference, or a customer's code or name from its beginning. */
function searched(reader: Reader, text: string): Sql {
  const { tenantId } = reader.caller
  const no = /^([A-Z]{1,4}-\d{4})-(\d{1,9})$/i.exec(text.trim())
  const starts = (column: Sql): Sql => sql`(${column} >= ${text} and ${column} < ${`${text}\u{10ffff}`})`
  return sql`(${no ? sql`r.id = (select n.document_id from ar.document_numbers n where n.tenant_id = ${tenantId} and n.series = ${no[1]!.toUpperCase()} and n.no = ${no[2]!}::bigint) or` : sql``}
    ${starts(sql`r.payer_name`)} or ${starts(sql`r.reference`)} or r.source_no = ${text} or r.channel_tx = ${text}
    or r.customer_id in (select c.id from ar.customers c where c.tenant_id = ${tenantId} and (${starts(sql`c.name`)} or ${starts(sql`c.code`)})))`
}

function receiptRows(reader: Reader, from: Sql): Sql<ReceiptRow> {
  const { tenantId } = reader.caller
  const no = (alias: string): Sql => sql`${sql.ref(`${alias}.series`)} || '-' || ar.no_text(${sql.ref(`${alias}.no`)})`
  return sql<ReceiptRow>`select r.id, ${no('n')} as no, r.status, r.customer_id, c.code as customer_code, c.name as customer_name, r.order_id, ${no('m')} as order_no, r.currency, r.amount, r.amount_base, r.fee,
      r.allocated, r.received_on, pm.name as method_name, b.name as bank_account_name, r.payer_name, r.reference, maker.name as created_by_name, checker.name as confirmed_by_name, r.version, r.opening,
      (r.status = 'draft' and exists (select 1 from ar.approval_requests q where q.tenant_id = ${tenantId} and q.kind = 'receipt' and q.entity_id = r.id and q.status = 'pending')) as awaiting_approval
    from ${from} r
      left join ar.document_numbers n on n.tenant_id = ${tenantId} and n.document_id = r.id
      left join ar.document_numbers m on m.tenant_id = ${tenantId} and m.document_id = r.order_id
      left join ar.customers c on c.tenant_id = ${tenantId} and c.id = r.customer_id
      left join ar.payment_methods pm on pm.tenant_id = ${tenantId} and pm.id = r.method_id
      left join ar.bank_accounts b on b.tenant_id = ${tenantId} and b.id = r.bank_account_id
      left join ar.people maker on maker.tenant_id = ${tenantId} and maker.id = r.created_by
      left join ar.people checker on checker.tenant_id = ${tenantId} and checker.id = r.confirmed_by
    order by r.received_on desc, r.id desc`
}

export type ReceiptDetail = ReceiptRow & {
  readonly entityName: string
  readonly rate: string
  readonly methodId: string | null
  readonly bankAccountId: string | null
  readonly payerAccount: string | null
  readonly remark: string
  readonly channel: string | null
  readonly channelTx: string | null
  readonly createdBy: string
  readonly confirmedBy: string | null
  readonly confirmedAt: Date | null
  readonly reversedOn: Day | null
  readonly reverseReason: string | null
}
export type ReceiptAllocation = {
  readonly id: string
  readonly batchId: string
  readonly receivableId: string
  readonly receivableNo: string | null
  readonly customerName: string
  readonly amount: bigint
  readonly entryOn: Day
  readonly how: string
  readonly explanation: unknown
  readonly reversesId: string | null
  readonly reversed: boolean
}
export type ReceiptAdjustment = {
  readonly id: string
  readonly receivableId: string
  readonly receivableNo: string | null
  readonly kind: 'discount' | 'shortPayment'
  readonly reasonCode: string
  readonly amount: bigint
  readonly entryOn: Day
  readonly reversesId: string | null
}
export type ReceiptVoucher = {
  readonly id: string
  readonly no: string | null
  readonly voucherOn: Day
  readonly sourceKind: string
  readonly isUndoing: boolean
}

/** One receipt with everything that hangs on it, in one flight. Throws platform.notFound. */
export async function receiptDetail(
  reader: Reader,
  id: string,
): Promise<{ receipt: ReceiptDetail; allocations: ReceiptAllocation[]; adjustments: ReceiptAdjustment[]; vouchers: ReceiptVoucher[] }> {
  const { tenantId } = reader.caller
  const [row, more, allocations, adjustments, vouchers] = await Promise.all([
    reader.maybe<ReceiptRow>(receiptRows(reader, sql`(select * from ar.receipts r where r.tenant_id = ${tenantId} and r.id = ${id})`)),
    reader.maybe<
      Omit<ReceiptDetail, keyof ReceiptRow>
    >(sql`select e.name as entity_name, r.rate::text, r.method_id, r.bank_account_id, r.payer_account, r.remark, r.channel, r.channel_tx, r.created_by, r.confirmed_by, r.confirmed_at, r.reversed_on, r.reverse_reason
      from ar.receipts r join ar.entities e on e.tenant_id = r.tenant_id and e.id = r.entity_id where r.tenant_id = ${tenantId} and r.id = ${id}`),
    reader.all<ReceiptAllocation>(sql`select a.id, a.batch_id, a.receivable_id, n.series || '-' || ar.no_text(n.no) as receivable_no, c.name as customer_name, a.amount, a.entry_on, a.how, a.explanation, a.reverses_id,
        exists (select 1 from ar.allocations x where x.tenant_id = a.tenant_id and x.reverses_id = a.id) as reversed
      from ar.allocations a join ar.receivables v on v.tenant_id = a.tenant_id and v.id = a.receivable_id join ar.customers c on c.tenant_id = a.tenant_id and c.id = v.customer_id
        left join ar.document_numbers n on n.tenant_id = a.tenant_id and n.document_id = a.receivable_id
      where a.tenant_id = ${tenantId} and a.receipt_id = ${id} order by a.recorded_at, a.id limit 2000`),
    reader.all<ReceiptAdjustment>(sql`select a.id, a.receivable_id, n.series || '-' || ar.no_text(n.no) as receivable_no, a.kind, a.reason_code, a.amount, a.entry_on, a.reverses_id
      from ar.adjustments a left join ar.document_numbers n on n.tenant_id = a.tenant_id and n.document_id = a.receivable_id
      where a.tenant_id = ${tenantId} and a.batch_id in (select b.batch_id from ar.allocations b where b.tenant_id = ${tenantId} and b.receipt_id = ${id}) order by a.recorded_at, a.id limit 2000`),
    reader.all<ReceiptVoucher>(sql`select v.id, n.series || '-' || ar.no_text(n.no) as no, v.voucher_on, v.source_kind,
        v.reverses_id is not null or exists (select from ar.allocations u where u.tenant_id = ${tenantId} and u.batch_id = v.source_id and u.reverses_id is not null) as is_undoing
      from ar.vouchers v left join ar.document_numbers n on n.tenant_id = v.tenant_id and n.document_id = v.id
      where v.tenant_id = ${tenantId} and v.source_id in (select ${id}::uuid union select b.batch_id from ar.allocations b where b.tenant_id = ${tenantId} and b.receipt_id = ${id}) order by v.recorded_at, v.id limit 2000`),
  ])
  if (!row || !more) throw missing('receipt')
  return { receipt: { ...row, ...more }, allocations, adjustments, vouchers }
}

export const methodsQuery = (reader: Reader) =>
  reader.all<{ id: string; code: string; name: string; status: 'active' | 'disabled'; version: number }>(
    sql`select m.id, m.code, m.name, m.status, m.version from ar.payment_methods m where m.tenant_id = ${reader.caller.tenantId} order by m.status, m.code limit 500`,
  )
export const bankAccountsQuery = (reader: Reader) =>
  reader.all<{
    id: string
    name: string
    bank: string
    accountNo: string
    currency: string
    account: string
    status: 'active' | 'disabled'
    version: number
  }>(
    sql`select b.id, b.name, b.bank, b.account_no, b.currency, b.account, b.status, b.version from ar.bank_accounts b where b.tenant_id = ${reader.caller.tenantId} order by b.status, b.name limit 500`,
  )
