import { dayIn } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import type { Reader } from '../../platform/db.ts'
import { cutPage, readCursor } from '../../platform/paging.ts'
import { type Sql, sql } from '../../platform/sql.ts'

type Reason = 'sameName' | 'similarName' | 'sameTaxId' | 'samePhone' | 'sameBankAccount'
type Pair = { aId: string; bId: string; reasons: Reason[] }
type Side = {
  id: string
  code: string
  name: string
  taxId: string | null
  salespersonName: string | null
  openBase: bigint
  createdAt: Date
  version: number
}

/** Customers that share one key; more than this many of one key is a default value ('0000'), not a duplicate. */
const SHARED_BY_MOST = 20
const KEYS: readonly { readonly reason: Reason; readonly column: string }[] = [
  { reason: 'sameName', column: 'exact_key' },
  { reason: 'similarName', column: 'loose_key' },
  { reason: 'sameTaxId', column: 'tax_id' },
  { reason: 'samePhone', column: 'phone' },
  { reason: 'sameBankAccount', column: 'bank_account' },
]

/** 疑似重复客户: pairs that share a name, a tax id, a telephone number or a bank account, without those somebody found to be two. One grouping a key, no comparing of each with each. */
export async function listDuplicates(
  reader: Reader,
  query: { customerId?: string | undefined; cursor?: string | undefined; limit: number },
) {
  const t = reader.caller.tenantId
  const pairs = sql`select k.a_id, k.b_id, array_agg(distinct k.reason) as reasons from (${sql.join(
    KEYS.map((key) => pairsOf(t, key.reason, key.column)),
    sql` union all `,
  )}) k
    where not exists (select 1 from ar.customer_distinct_pairs d where d.tenant_id = ${t} and d.a_id = k.a_id and d.b_id = k.b_id)
      ${query.customerId ? sql`and ${query.customerId}::uuid in (k.a_id, k.b_id)` : sql``} group by k.a_id, k.b_id`
  const after = query.cursor ? readCursor(query.cursor, 2) : undefined
  const rows = await reader.all<
    Pair & { total: number }
  >(sql`with pairs as materialized (${pairs}) select p.a_id, p.b_id, p.reasons, (select count(*)::int from pairs) as total from pairs p
    ${after ? sql`where (p.a_id, p.b_id) > (${after[0]}::uuid, ${after[1]}::uuid)` : sql``} order by p.a_id, p.b_id limit ${query.limit + 1}`)
  const { items, nextCursor } = cutPage(rows, query.limit, (row) => [row.aId, row.bId])
  const sides = await sidesOf(
    reader,
    items.flatMap((pair) => [pair.aId, pair.bId]),
  )
  return {
    items: items.map(({ aId, bId, reasons }) => ({ a: sides.get(aId)!, b: sides.get(bId)!, reasons: worded(reasons) })),
    nextCursor,
    total: rows[0]?.total ?? 0,
  }
}

function pairsOf(t: number, reason: Reason, column: string): Sql {
  const key = sql.ref(column)
  return sql`select least(x.id, y.id) as a_id, greatest(x.id, y.id) as b_id, ${reason}::text as reason from
    (select unnest(g.ids) as id, g.ids from (select array_agg(c.id) as ids from ar.customers c where c.tenant_id = ${t} and c.status <> 'merged' and c.${key} is not null and c.${key} <> ''
      group by c.${key} having count(*) between 2 and ${SHARED_BY_MOST}) g) x, unnest(x.ids) y(id) where x.id < y.id`
}

async function sidesOf(reader: Reader, ids: readonly string[]) {
  const t = reader.caller.tenantId
  const { baseCurrency, timeZone } = reader.caller
  const rows = await reader.all<Side>(sql`select c.id, c.code, c.name, c.tax_id, p.name as salesperson_name, c.created_at, c.version,
      coalesce((select sum(r.open_base) from ar.receivables r where r.tenant_id = ${t} and r.customer_id = c.id and r.open <> 0), 0)::bigint as open_base
    from ar.customers c left join ar.people p on p.tenant_id = ${t} and p.id = c.salesperson_id where c.tenant_id = ${t} and c.id = any(${[...new Set(ids)]}::uuid[])`)
  return new Map(
    rows.map(({ openBase, createdAt, ...row }) => [
      row.id,
      { ...row, open: formatMinor(openBase, baseCurrency), createdOn: dayIn(timeZone, createdAt) },
    ]),
  )
}

/** The same name is also a similar one: say it once. */
function worded(reasons: readonly Reason[]): Reason[] {
  return KEYS.map((key) => key.reason).filter(
    (reason) => reasons.includes(reason) && !(reason === 'similarName' && reasons.includes('sameName')),
  )
}

type MergeRow = {
  id: string; fromId: string; fromCode: string; fromName: string; intoId: string; intoCode: string; intoName: string; reason: string; mergedBy: string | null; mergedAt: Date; undoneAt: Date | null; version: number; total: number
} // biome-ignore format: one line

/** Merges, newest first, undone ones included. */
export async function listMerges(reader: Reader, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  const t = reader.caller.tenantId
  const rows =
    await reader.all<MergeRow>(sql`select m.id, m.from_id, f.code as from_code, f.name as from_name, m.into_id, i.code as into_code, i.name as into_name, m.reason, p.name as merged_by, m.merged_at, m.undone_at, m.version,
      (select count(*)::int from ar.customer_merges n where n.tenant_id = ${t}) as total
    from ar.customer_merges m join ar.customers f on f.tenant_id = ${t} and f.id = m.from_id join ar.customers i on i.tenant_id = ${t} and i.id = m.into_id
    left join ar.people p on p.tenant_id = ${t} and p.id = m.merged_by
    where m.tenant_id = ${t} ${cursor ? sql`and m.id < ${readCursor(cursor, 1)[0]}::uuid` : sql``} order by m.id desc limit ${limit + 1}`)
  const { items, nextCursor } = cutPage(rows, limit, (row) => [row.id])
  return {
    items: items.map(({ fromId, fromCode, fromName, intoId, intoCode, intoName, mergedAt, undoneAt, total: _total, ...row }) => ({
      ...row, from: { id: fromId, code: fromCode, name: fromName }, into: { id: intoId, code: intoCode, name: intoName }, mergedAt: mergedAt.toISOString(), undoneAt: undoneAt?.toISOString() ?? null,
    })), // biome-ignore format: one line
    nextCursor, total: rows[0]?.total ?? 0,
  } // biome-ignore format: one line
}
