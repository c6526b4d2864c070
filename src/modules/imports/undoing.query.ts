import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import type { ImportRun } from './import-run.ts'

/** A later document that an import cannot be taken back over: `no` is the imported one, `by` what was done with it. */
export type InTheWay = {
  readonly entity: 'receivable' | 'receipt' | 'order'
  readonly id: string
  readonly no: string
  readonly by: string | null
  readonly reason: 'undoPaid' | 'undoAdjusted' | 'undoSpent' | 'undoRefunded' | 'undoOrderMoved'
}
/** What taking an import back would undo. `kept` is false where nothing was noted of what it made. */
export type Undoing = {
  readonly kept: boolean
  readonly receivables: number
  readonly receipts: number
  readonly orders: number
  readonly products: number
  readonly customers: number
  readonly inTheWay: number
  readonly documents: readonly InTheWay[]
}

const NAMED_MOST = 50

export async function undoing(reader: Reader, { id }: Pick<ImportRun, 'id'>): Promise<Undoing> {
  const [counts, documents] = await Promise.all([
    reader.one<
      Omit<Undoing, 'documents' | 'inTheWay'>
    >(sql`select count(*) > 0 as kept, coalesce(sum(cardinality(m.receivables)), 0)::int as receivables,
      coalesce(sum(cardinality(m.receipts)), 0)::int as receipts, coalesce(sum(cardinality(m.orders)), 0)::int as orders, coalesce(sum(cardinality(m.products)), 0)::int as products,
      coalesce(sum(cardinality(m.customers)), 0)::int as customers from ar.import_chunks m where m.tenant_id = ${reader.caller.tenantId} and m.run_id = ${id} and m.undone_at is null`),
    inTheWay(reader, id),
  ])
  return { ...counts, inTheWay: documents.length, documents: documents.slice(0, NAMED_MOST) }
}

const FOUND_MOST = 1_000

/**
 * What depends on this import's documents and is not of the import itself: money allocated to its receivables or out of its receipts, discounts and short payments, refunds, orders
 * that somebody has taken further. All of its chunks, or the one from a row on.
 */
export async function inTheWay(reader: Reader, runId: string, fromRow?: number): Promise<InTheWay[]> {
  const t = reader.caller.tenantId
  const chunks = sql`select m.* from ar.import_chunks m where m.tenant_id = ${t} and m.run_id = ${runId} and m.undone_at is null${fromRow === undefined ? sql`` : sql` and m.from_row = ${fromRow}`}`
  return reader.all<InTheWay>(sql`with m as materialized (${chunks}),
      own_receivables as materialized (select unnest(m.receivables) as id from m), own_receipts as materialized (select unnest(m.receipts) as id from m),
      own_orders as materialized (select unnest(m.orders) as id from m),
      live as materialized (select a.receivable_id, a.receipt_id from ar.allocations a where a.tenant_id = ${t}
          and (a.receivable_id in (select o.id from own_receivables o) or a.receipt_id in (select o.id from own_receipts o))
        group by a.receivable_id, a.receipt_id having sum(a.amount) <> 0)
    select 'receivable' as entity, l.receivable_id as id, ${no(t, sql`l.receivable_id`)} as no, ${no(t, sql`l.receipt_id`)} as by, 'undoPaid' as reason
      from live l where l.receivable_id in (select o.id from own_receivables o) and l.receipt_id not in (select o.id from own_receipts o)
    union all select 'receipt', l.receipt_id, ${no(t, sql`l.receipt_id`)}, ${no(t, sql`l.receivable_id`)}, 'undoSpent'
      from live l where l.receipt_id in (select o.id from own_receipts o) and l.receivable_id not in (select o.id from own_receivables o)
    union all select 'receivable', j.receivable_id, ${no(t, sql`j.receivable_id`)}, null, 'undoAdjusted'
      from ar.adjustments j where j.tenant_id = ${t} and j.receivable_id in (select o.id from own_receivables o) group by j.receivable_id having sum(j.amount) <> 0
    union all select 'receipt', p.id, ${no(t, sql`p.id`)}, null, 'undoRefunded'
      from ar.receipts p where p.tenant_id = ${t} and p.id in (select o.id from own_receipts o) and p.refunded <> 0
    union all select 'order', s.id, ${no(t, sql`s.id`)}, null, 'undoOrderMoved'
      from ar.orders s where s.tenant_id = ${t} and s.id in (select o.id from own_orders o) and s.status not in ('draft', 'rejected', 'cancelled')
    order by 1, 3 limit ${FOUND_MOST}`)
}

/** Is there anything of this import that the caller's data scope hides? */
export async function hasUnseen(reader: Reader, runId: string): Promise<boolean> {
  const t = reader.caller.tenantId
  const { unseen } = await reader.one<{
    unseen: boolean
  }>(sql`select exists (select from ar.import_chunks m cross join unnest(m.customers || m.orders || m.receivables || m.receipts) x(id)
    where m.tenant_id = ${t} and m.run_id = ${runId} and m.undone_at is null
      and not exists (select from ar.customers c where c.tenant_id = ${t} and c.id = x.id) and not exists (select from ar.orders o where o.tenant_id = ${t} and o.id = x.id)
      and not exists (select from ar.receivables r where r.tenant_id = ${t} and r.id = x.id) and not exists (select from ar.receipts p where p.tenant_id = ${t} and p.id = x.id)) as unseen`)
  return unseen
}

function no(tenantId: number, id: Sql): Sql {
  return sql`coalesce((select n.series || '-' || ar.no_text(n.no) from ar.document_numbers n where n.tenant_id = ${tenantId} and n.document_id = ${id} limit 1), '')`
}

/** Which of these customers nothing points at: no receivable, receipt or order that still counts, and no customer below them. */
export async function unusedCustomers(reader: Reader, ids: readonly string[]): Promise<string[]> {
  const t = reader.caller.tenantId
  const found = await reader.all<{
    id: string
  }>(sql`select c.id from ar.customers c where c.tenant_id = ${t} and c.id = any(${ids}::uuid[]) and c.status = 'active'
    and not exists (select from ar.receivables r where r.tenant_id = ${t} and r.customer_id = c.id and r.voided_on is null)
    and not exists (select from ar.receipts p where p.tenant_id = ${t} and p.customer_id = c.id and p.status in ('draft', 'confirmed'))
    and not exists (select from ar.orders o where o.tenant_id = ${t} and o.customer_id = c.id and o.status <> 'cancelled')
    and not exists (select from ar.customers b where b.tenant_id = ${t} and b.parent_id = c.id and b.status = 'active' and b.id <> all(${ids}::uuid[]))`)
  return found.map((one) => one.id)
}

/** Which of these products are on no order that still counts and on no receivable. */
export async function unusedProducts(reader: Reader, ids: readonly string[]): Promise<{ id: string; version: number }[]> {
  const t = reader.caller.tenantId
  return reader.all(sql`select p.id, p.version from ar.products p where p.tenant_id = ${t} and p.id = any(${ids}::uuid[]) and p.status = 'active'
    and not exists (select from ar.order_lines l join ar.orders o on o.tenant_id = l.tenant_id and o.id = l.order_id where l.tenant_id = ${t} and l.product_id = p.id and o.status <> 'cancelled')
    and not exists (select from ar.receivable_lines l where l.tenant_id = ${t} and l.product_id = p.id) order by p.id`)
}

/** Which of these disabled products were made by an import that has been taken back. */
export async function undoneProducts(reader: Reader, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const found = await reader.all<{ id: string }>(sql`select x.id from unnest(${ids}::uuid[]) x(id) where exists (
    select from ar.import_chunks m where m.tenant_id = ${reader.caller.tenantId} and m.undone_at is not null and m.products @> array[x.id])`)
  return new Set(found.map((one) => one.id))
}

export type MadeChunk = {
  readonly fromRow: bigint
  readonly customers: readonly string[]
  readonly products: readonly string[]
  readonly orders: readonly string[]
  readonly receivables: readonly string[]
  readonly receipts: readonly string[]
}

/** The last chunk that has not been taken back: later chunks use the customers of earlier ones. */
export function lastChunk(reader: Reader, runId: string): Promise<MadeChunk | undefined> {
  return reader.maybe<MadeChunk>(sql`select m.from_row, m.customers, m.products, m.orders, m.receivables, m.receipts from ar.import_chunks m
    where m.tenant_id = ${reader.caller.tenantId} and m.run_id = ${runId} and m.undone_at is null order by m.from_row desc limit 1`)
}
