import type { Day } from '../../kernel/day.ts'
import { missing } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { readCursor } from '../../platform/paging.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'
import { voucherRows } from './voucher-row.query.ts'
import type { VoucherRow } from './voucher-row.ts'
import type { VoucherSource } from './voucher-sources.ts'

export type VoucherFilter = {
  readonly from?: Day | undefined
  readonly until?: Day | undefined
  readonly sourceKind?: readonly VoucherSource[] | undefined
  readonly sourceId?: string | undefined
  readonly account?: string | undefined
  readonly customerId?: string | undefined
  readonly search?: string | undefined
}
/** Newest first by (voucher_on, id), keyset, one row more than `limit`. */
export function voucherPage(reader: Reader, filter: VoucherFilter, limit: number, cursor: string | undefined): Promise<VoucherRow[]> {
  const [day, id] = cursor === undefined ? [] : readCursor(cursor, 2)
  const after = cursor === undefined ? undefined : sql`(v.voucher_on, v.id) < (${day}::date, ${id}::uuid)`
  const chosen = sql`(select v.* from ar.vouchers v where ${and(matching(reader, filter), after)} order by v.voucher_on desc, v.id desc limit ${limit + 1})`
  return reader.all(sql`${voucherRows(reader, chosen)} order by v.voucher_on desc, v.id desc`)
}

/** How many match, and the sum of their totals in base currency. */
export function voucherSum(reader: Reader, filter: VoucherFilter): Promise<{ count: number; sum: bigint }> {
  return reader.one(
    sql`select count(*)::int as count, coalesce(sum(v.total_base), 0)::bigint as sum from ar.vouchers v where ${matching(reader, filter)}`,
  )
}

export type VoucherLineRow = {
  readonly lineNo: number
  readonly account: string
  readonly name: Readonly<Record<string, string>> | null
  readonly customerId: string | null
  readonly customerName: string | null
  readonly currency: string
  readonly debit: bigint
  readonly credit: bigint
  readonly debitBase: bigint
  readonly creditBase: bigint
}

/** A line beside the voucher it stands in. */
export type LineOfVoucher = VoucherRow &
  Pick<VoucherLineRow, 'account' | 'debitBase' | 'creditBase'> & { readonly lineCustomer: string | null }

/** The lines of everything filtered, newest voucher first, piece by piece, for exports. */
export function voucherLines(reader: Reader, filter: VoucherFilter): AsyncIterable<LineOfVoucher[]> {
  const t = reader.caller.tenantId
  const chosen = sql`(select v.* from ar.vouchers v where ${matching(reader, filter)})`
  return reader.pieces(sql<LineOfVoucher>`select x.*, l.account, l.debit_base, l.credit_base, c.name as line_customer
    from (${voucherRows(reader, chosen)}) x join ar.voucher_lines l on l.tenant_id = ${t} and l.voucher_id = x.id
      left join ar.customers c on c.tenant_id = ${t} and c.id = l.customer_id order by x.voucher_on desc, x.id desc, l.line_no`)
}

/** One voucher with its lines. Throws platform.notFound. */
export async function voucherDetail(
  reader: Reader,
  id: string,
): Promise<{ voucher: VoucherRow; recordedAt: Date; lines: VoucherLineRow[] }> {
  const t = reader.caller.tenantId
  const [voucher, more, lines] = await Promise.all([
    reader.maybe<VoucherRow>(voucherRows(reader, sql`(select v.* from ar.vouchers v where v.tenant_id = ${t} and v.id = ${id})`)),
    reader.maybe<{ recordedAt: Date }>(sql`select v.recorded_at from ar.vouchers v where v.tenant_id = ${t} and v.id = ${id}`),
    reader.all<VoucherLineRow>(sql`select l.line_no, l.account, a.name, l.customer_id, c.name as customer_name, l.currency, l.debit, l.credit, l.debit_base, l.credit_base
      from ar.voucher_lines l left join ar.accounts a on a.tenant_id = ${t} and a.code = l.account left join ar.customers c on c.tenant_id = ${t} and c.id = l.customer_id
      where l.tenant_id = ${t} and l.voucher_id = ${id} order by l.line_no`),
  ])
  if (voucher === undefined || more === undefined) throw missing('voucher')
  return { voucher, ...more, lines }
}

function matching(reader: Reader, { from, until, sourceKind, sourceId, account, customerId, search }: VoucherFilter): Sql {
  const t = reader.caller.tenantId
  const line = (condition: Sql): Sql =>
    sql`exists (select 1 from ar.voucher_lines l where l.tenant_id = ${t} and l.voucher_id = v.id and ${condition})`
  const no = /^([A-Z]{1,4}-\d{4})-0*(\d{1,9})$/i.exec((search ?? '').trim())
  const numbered = no
    ? sql`(select n.document_id from ar.document_numbers n where n.tenant_id = ${t} and n.series = ${no[1]!.toUpperCase()} and n.no = ${no[2]!}::bigint)`
    : undefined
  return and(
    sql`v.tenant_id = ${t}`,
    from === undefined ? undefined : sql`v.voucher_on >= ${from}::date`,
    until === undefined ? undefined : sql`v.voucher_on <= ${until}::date`,
    sourceKind === undefined ? undefined : sql`v.source_kind = any(${sourceKind}::text[])`,
    sourceId === undefined ? undefined : sql`v.source_id = ${sourceId}`,
    account === undefined || account === '' ? undefined : line(sql`l.account >= ${account} and l.account < ${`${account}\u{10ffff}`}`),
    customerId === undefined ? undefined : line(sql`l.customer_id = ${customerId}`),
    search === undefined || search === ''
      ? undefined
      : numbered
        ? sql`v.id in (${about(t, numbered)})`
        : sql`(v.summary >= ${search} and v.summary < ${`${search}\u{10ffff}`})`,
  )
}

/** The voucher of this id, or those of the document of this id: also of the allocations of a receipt or a receivable. */
function about(t: number, id: Sql): Sql {
  return sql`select ${id} union select x.id from ar.vouchers x where x.tenant_id = ${t} and x.source_id = ${id}
    union select x.id from ar.vouchers x where x.tenant_id = ${t} and x.source_kind = 'allocationBatch'
      and x.source_id in (select a.batch_id from ar.allocations a where a.tenant_id = ${t} and (a.receipt_id = ${id} or a.receivable_id = ${id}))`
}
