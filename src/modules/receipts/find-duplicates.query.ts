import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { type ComparableReceipt, type DuplicateReason, duplicateReceipt } from './duplicate-receipt.ts'
import { receiptSettings } from './receipt-settings.query.ts'

export type MaybeSame = ComparableReceipt & { readonly exceptId?: string | undefined }
export type Duplicate = {
  readonly index: number
  readonly id: string
  readonly no: string | null
  readonly status: 'draft' | 'confirmed'
  readonly receivedOn: Day
  readonly currency: string
  readonly amount: bigint
  readonly customerName: string | null
  readonly certain: boolean
  readonly reasons: readonly DuplicateReason[]
}
type Candidate = Omit<Duplicate, 'certain' | 'reasons'> & ComparableReceipt

/** Candidates looked at for one receipt: an amount that is this common says nothing. */
const CANDIDATES_EACH = 50

/**
 * Receipts that may be the same money as the given ones, by duplicateReceipt within the company's duplicateDays; the database only finds candidates of equal amount, transaction or source
 * number. Cancelled and reversed receipts do not count. `index` is the place in the list. `certainOnly` leaves out what merely looks alike. One statement for the whole list.
 */
export async function findDuplicates(
  reader: Reader,
  receipts: readonly MaybeSame[],
  { certainOnly = false }: { readonly certainOnly?: boolean } = {},
): Promise<Duplicate[]> {
  const { duplicateDays } = await receiptSettings(reader)
  const candidates = await reader.all<Candidate>(candidatesOf(reader, receipts, certainOnly ? undefined : duplicateDays))
  return candidates.flatMap(({ index, id, no, status, customerName, ...one }): Duplicate[] => {
    const found = duplicateReceipt(receipts[index]!, one, duplicateDays)
    if (!found || (certainOnly && !found.certain)) return []
    const { receivedOn, currency, amount } = one
    return [{ index, id, no, status, receivedOn, currency, amount, customerName, ...found }]
  })
}

/** Pairs inside one list, as the index of the later one and why. */
export function duplicatesWithin(receipts: readonly ComparableReceipt[]): { readonly index: number; readonly first: number }[] {
  const seen = new Map<string, number>()
  return receipts.flatMap((receipt, index) => {
    const names = [
      receipt.channelTx ? `tx ${receipt.channel ?? ''} ${receipt.channelTx}` : undefined,
      receipt.sourceNo ? `source ${receipt.sourceNo}` : undefined,
    ].filter((name) => name !== undefined)
    const first = names.map((name) => seen.get(name)).find((place) => place !== undefined)
    for (const name of names) if (!seen.has(name)) seen.set(name, index)
    return first === undefined ? [] : [{ index, first }]
  })
}

function candidatesOf(reader: Reader, receipts: readonly MaybeSame[], days: number | undefined): Sql {
  const { tenantId } = reader.caller
  const column = <K extends keyof MaybeSame>(key: K) => receipts.map((receipt) => receipt[key] ?? null)
  const live = sql`r.tenant_id = ${tenantId} and r.status in ('draft', 'confirmed')`
  const alike =
    days === undefined
      ? sql``
      : sql`union select x.place, y.id from x cross join lateral (select r.id from ar.receipts r where ${live} and r.amount = x.amount and r.currency = x.currency
          and r.received_on >= x.received_on - ${days}::int and r.received_on <= x.received_on + ${days}::int and (r.customer_id = x.customer_id or r.payer_name is not null)
          order by r.customer_id is not distinct from x.customer_id desc, r.received_on desc limit ${CANDIDATES_EACH}) y`
  return sql`with x as materialized (select * from unnest(${column('customerId')}::uuid[], ${column('currency')}::text[], ${column('amount')}::bigint[], ${column('receivedOn')}::date[],
      ${column('channel')}::text[], ${column('channelTx')}::text[], ${column('sourceNo')}::text[], ${column('exceptId')}::uuid[])
      with ordinality x(customer_id, currency, amount, received_on, channel, channel_tx, source_no, except_id, place)),
    hits as (select x.place, r.id from x join ar.receipts r on ${live} and r.channel_tx is not null and r.channel = x.channel and r.channel_tx = x.channel_tx
      union select x.place, r.id from x join ar.receipts r on ${live} and r.source_no is not null and r.source_no = x.source_no ${alike})
    select (x.place - 1)::int as index, r.id, n.series || '-' || ar.no_text(n.no) as no, r.status, r.received_on, r.currency, r.amount, r.customer_id, c.name as customer_name,
      r.payer_name, r.channel, r.channel_tx, r.source_no
    from hits h join x on x.place = h.place join ar.receipts r on r.tenant_id = ${tenantId} and r.id = h.id
      left join ar.customers c on c.tenant_id = ${tenantId} and c.id = r.customer_id left join ar.document_numbers n on n.tenant_id = ${tenantId} and n.document_id = r.id
    where r.id is distinct from x.except_id order by x.place, r.received_on desc, r.id`
}
