import type { Day } from '../../kernel/day.ts'
import { missing } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import { readCursor } from '../../platform/paging.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'
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
export type VoucherRow = {
  readonly id: string
  readonly no: string
  readonly voucherOn: Day
  readonly period: number
  readonly sourceKind: VoucherSource
  readonly sourceId: string
  readonly sourceNo: string | null
  readonly reversesId: string | null
  readonly reversed: boolean
  readonly summary: string
  readonly customerName: string | null
  readonly totalBase: bigint
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

/** One voucher with its lines. Throws platform.notFound. */
export async function voucherDetail(
  reader: Reader,
  id: string,
): Promise<{ voucher: VoucherRow; recordedAt: Date; reversedById: string | null; lines: VoucherLineRow[] }> {
  const t = reader.caller.tenantId
  const [voucher, more, lines] = await Promise.all([
    reader.maybe<VoucherRow>(voucherRows(reader, sql`(select v.* from ar.vouchers v where v.tenant_id = ${t} and v.id = ${id})`)),
    reader.maybe<{ recordedAt: Date; reversedById: string | null }>(sql`select v.recorded_at, m.id as reversed_by_id from ar.vouchers v
      left join ar.vouchers m on m.tenant_id = ${t} and m.reverses_id = v.id where v.tenant_id = ${t} and v.id = ${id}`),
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
        ? sql`(v.id = ${numbered} or v.source_id = ${numbered})`
        : sql`(v.summary >= ${search} and v.summary < ${`${search}\u{10ffff}`})`,
  )
}

function voucherRows(reader: Reader, from: Sql): Sql<VoucherRow> {
  const t = reader.caller.tenantId
  const no = (alias: string): Sql => sql`${sql.ref(`${alias}.series`)} || '-' || ar.no_text(${sql.ref(`${alias}.no`)})`
  return sql<VoucherRow>`select v.id, coalesce(${no('n')}, '') as no, v.voucher_on, v.period, v.source_kind, v.source_id, ${no('m')} as source_no, v.reverses_id,
      exists (select 1 from ar.vouchers x where x.tenant_id = ${t} and x.reverses_id = v.id) as reversed, v.summary, v.total_base,
      (select c.name from ar.voucher_lines l join ar.customers c on c.tenant_id = ${t} and c.id = l.customer_id
        where l.tenant_id = ${t} and l.voucher_id = v.id and l.customer_id is not null order by l.line_no limit 1) as customer_name
    from ${from} v left join ar.document_numbers n on n.tenant_id = ${t} and n.document_id = v.id left join ar.document_numbers m on m.tenant_id = ${t} and m.document_id = v.source_id`
}
