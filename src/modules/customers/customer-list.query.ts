import { type Day, daysBetween } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import type { Reader } from '../../platform/db.ts'
import { cutPage, readCursor } from '../../platform/paging.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'
import { readCustomerSettings } from './customer-settings.query.ts'
import { nameKeys } from './name-keys.ts'

/** What the list can be narrowed by; several values of one filter are alternatives. */
export type CustomerFilter = {
  readonly q?: string | undefined
  readonly regionId?: readonly string[] | undefined
  readonly class?: readonly string[] | undefined
  readonly industry?: readonly string[] | undefined
  readonly customerType?: readonly string[] | undefined
  readonly tag?: readonly string[] | undefined
  readonly salespersonId?: readonly string[] | undefined
  readonly parentId?: string | undefined
  readonly status?: readonly ('active' | 'disabled' | 'merged')[] | undefined
  readonly hasOverdue?: boolean | undefined
  readonly onHold?: boolean | undefined
  readonly toReview?: boolean | undefined
  readonly hasOpen?: boolean | undefined
  /** No tax number or no invoice title (profileCompleteness' `forInvoice`). */
  readonly incomplete?: boolean | undefined
  /** A temporary limit runs now and ends on this day or before. */
  readonly limitEndsUntil?: Day | undefined
}
export type CustomerSort = 'name' | 'code' | 'open' | 'overdue' | 'recent'

type ListRow = {
  id: string; code: string; name: string; shortName: string | null; status: string; class: string | null; industry: string | null; customerType: string | null; tags: string[]; currency: string
  salespersonId: string | null; salespersonName: string | null; regionId: string | null; regionName: string | null; keyAccount: boolean; onHold: boolean | null; verifiedOn: string | null
  openBase: bigint; overdueBase: bigint; oldestDueOn: Day | null; lastReceivedOn: Day | null; limitBase: bigint | null; usedBase: bigint | null; version: number
} // biome-ignore format: one line a group of columns

/**
 * One page of customers with open and overdue balance, and the count and sums of the whole filter. Balances are computed for the page's rows only, unless the
 * list is sorted by them; the sums read the index of open receivables once.
 */
export async function listCustomers(
  reader: Reader,
  query: CustomerFilter & { sort: CustomerSort; cursor?: string | undefined; limit: number },
) {
  const where = await filterOf(reader, query)
  const [rows, sums] = await Promise.all([pageOf(reader, query, where), sumsOf(reader, where)])
  const { baseCurrency } = reader.caller
  const { items, nextCursor } = cutPage(rows, query.limit, (row) => [sortValue(row, query.sort), row.id])
  const amount = (minor: bigint) => formatMinor(minor, baseCurrency)
  return {
    items: items.map(
      ({
        salespersonId,
        salespersonName,
        regionId,
        regionName,
        onHold,
        openBase,
        overdueBase,
        oldestDueOn,
        limitBase,
        usedBase,
        ...row
      }) => ({
        ...row,
        salesperson: salespersonId ? { id: salespersonId, name: salespersonName ?? '' } : null,
        region: regionId ? { id: regionId, name: regionName ?? '' } : null,
        onHold: onHold ?? false,
        open: amount(openBase),
        overdue: amount(overdueBase),
        oldestOverdueDays: oldestDueOn === null ? 0 : Math.max(0, daysBetween(oldestDueOn, reader.today)),
        limit: limitBase === null ? null : amount(limitBase),
        available: limitBase === null ? null : amount(limitBase - (usedBase ?? 0n)),
      }),
    ),
    nextCursor,
    total: sums.total,
    currency: baseCurrency,
    open: amount(sums.open),
    overdue: amount(sums.overdue),
  }
}

function pageOf(
  reader: Reader,
  { sort, cursor, limit }: { sort: CustomerSort; cursor?: string | undefined; limit: number },
  where: Sql,
): Promise<ListRow[]> {
  const t = reader.caller.tenantId
  const day = reader.today
  const byBalance = sort === 'open' || sort === 'overdue'
  const balances = byBalance
    ? sql`left join (select r.customer_id, sum(r.open_base)::bigint as open_base, coalesce(sum(r.open_base) filter (where r.due_on < ${day}), 0)::bigint as overdue_base, min(r.due_on) as oldest_due_on
        from ar.receivables r where r.tenant_id = ${t} and r.open <> 0 group by r.customer_id) b on b.customer_id = c.id`
    : sql``
  const page = sql`select c.*, ${byBalance ? sql`b.open_base, b.overdue_base, b.oldest_due_on` : sql`null::bigint as open_base, null::bigint as overdue_base, null::date as oldest_due_on`}
    from ar.customers c ${balances} where ${and(where, afterCursor(sort, cursor))} order by ${orderOf(sort)} limit ${limit + 1}`
  const lateral = byBalance
    ? sql``
    : sql`left join lateral (select sum(r.open_base)::bigint as open_base, coalesce(sum(r.open_base) filter (where r.due_on < ${day}), 0)::bigint as overdue_base, min(r.due_on) as oldest_due_on
        from ar.receivables r where r.tenant_id = ${t} and r.customer_id = c.id and r.open <> 0) b on true`
  const from = byBalance ? sql`c` : sql`b`
  return reader.all<ListRow>(sql`with c as materialized (${page})
    select c.id, c.code, c.name, c.short_name, c.status, c.class, c.industry, c.customer_type, c.tags, c.currency, c.salesperson_id, p.name as salesperson_name, c.region_id, g.name as region_name,
      c.key_account, a.on_hold, c.verified_on, coalesce(${from}.open_base, 0) as open_base, coalesce(${from}.overdue_base, 0) as overdue_base, ${from}.oldest_due_on,
      (select p.received_on from ar.receipts p where p.tenant_id = ${t} and p.customer_id = c.id and p.status = 'confirmed' and not p.opening order by p.received_on desc, p.id desc limit 1) as last_received_on,
      case when a.temporary_limit_base is not null and ${day} >= coalesce(a.temporary_from, '1970-01-01') and ${day} <= a.temporary_until then a.temporary_limit_base else a.limit_base end as limit_base,
      a.orders_base + a.receivables_base as used_base, c.version
    from c ${lateral}
    left join ar.people p on p.tenant_id = ${t} and p.id = c.salesperson_id
    left join ar.regions g on g.tenant_id = ${t} and g.id = c.region_id
    left join ar.credit_accounts a on a.tenant_id = ${t} and a.customer_id = c.id
    order by ${orderOf(sort)}`)
}

async function sumsOf(reader: Reader, where: Sql): Promise<{ total: number; open: bigint; overdue: bigint }> {
  const t = reader.caller.tenantId
  return reader.one(sql`with c as materialized (select c.id from ar.customers c where ${where})
    select (select count(*)::int from c) as total, coalesce(sum(r.open_base), 0)::bigint as open, coalesce(sum(r.open_base) filter (where r.due_on < ${reader.today}), 0)::bigint as overdue
    from ar.receivables r where r.tenant_id = ${t} and r.open <> 0 and r.customer_id in (select c.id from c)`)
}

async function filterOf(reader: Reader, filter: CustomerFilter): Promise<Sql> {
  const t = reader.caller.tenantId
  const settings = filter.toReview ? await readCustomerSettings(reader) : undefined
  const any = (column: Sql, values: readonly string[] | undefined, type: Sql) =>
    values ? sql`${column} = any(${values}::${type})` : undefined
  const uuids = sql`uuid[]`
  const texts = sql`text[]`
  return and(
    sql`c.tenant_id = ${t}`,
    sql`c.status = any(${filter.status ?? ['active', 'disabled']}::text[])`,
    filter.q ? searchOf(filter.q) : undefined,
    any(sql`c.region_id`, filter.regionId, uuids), any(sql`c.salesperson_id`, filter.salespersonId, uuids), any(sql`c.class`, filter.class, texts),
    any(sql`c.industry`, filter.industry, texts), any(sql`c.customer_type`, filter.customerType, texts), filter.tag ? sql`c.tags && ${filter.tag}::text[]` : undefined,
    filter.parentId ? sql`c.parent_id = ${filter.parentId}` : undefined,
    filter.hasOverdue === undefined ? undefined : sql`c.id ${filter.hasOverdue ? sql`in` : sql`not in`} (select r.customer_id from ar.receivables r where r.tenant_id = ${t} and r.open <> 0 and r.due_on < ${reader.today})`,
    filter.hasOpen === undefined ? undefined : sql`c.id ${filter.hasOpen ? sql`in` : sql`not in`} (select r.customer_id from ar.receivables r where r.tenant_id = ${t} and r.open <> 0)`,
    filter.incomplete === undefined ? undefined : sql`(coalesce(c.tax_id, '') = '' or coalesce(c.invoice_title, '') = '') = ${filter.incomplete}`,
    filter.limitEndsUntil === undefined ? undefined : sql`exists (select 1 from ar.credit_accounts l where l.tenant_id = ${t} and l.customer_id = c.id and coalesce(l.temporary_from, '1970-01-01') <= ${reader.today} and l.temporary_until >= ${reader.today} and l.temporary_until <= ${filter.limitEndsUntil})`,
    filter.onHold === undefined ? undefined : sql`exists (select 1 from ar.credit_accounts h where h.tenant_id = ${t} and h.customer_id = c.id and h.on_hold = ${filter.onHold})`,
    settings ? (settings.reviewMonths === 0 ? sql`false` : sql`c.status = 'active' and (c.verified_on is null or c.verified_on <= (${reader.today}::date - make_interval(months => ${settings.reviewMonths}))::date)`) : undefined,
  ) // biome-ignore format: one line a group of filters
}

/** Name (however it was typed), code, short name or tax id contain the text. Wildcards of the text are text. */
export function searchOf(text: string): Sql {
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const key = nameKeys(text).exactKey.replace(/[\\%_]/g, '\\$&')
  return sql`(c.exact_key like ${`%${key}%`} or c.code ilike ${like} or c.short_name ilike ${like} or c.tax_id ilike ${like})`
}

function orderOf(sort: CustomerSort): Sql {
  if (sort === 'open') return sql`coalesce(open_base, 0) desc, c.id`
  if (sort === 'overdue') return sql`coalesce(overdue_base, 0) desc, c.id`
  if (sort === 'recent') return sql`c.id desc`
  return sort === 'name' ? sql`c.name, c.id` : sql`c.code, c.id`
}

function sortValue(row: ListRow, sort: CustomerSort): string {
  if (sort === 'open') return row.openBase.toString()
  if (sort === 'overdue') return row.overdueBase.toString()
  return sort === 'recent' ? row.id : sort === 'name' ? row.name : row.code
}

function afterCursor(sort: CustomerSort, cursor: string | undefined): Sql | undefined {
  if (cursor === undefined) return undefined
  const [value, id] = readCursor(cursor, 2)
  if (sort === 'recent') return sql`c.id < ${id}::uuid`
  if (sort === 'name') return sql`(c.name, c.id) > (${value}, ${id}::uuid)`
  if (sort === 'code') return sql`(c.code, c.id) > (${value}, ${id}::uuid)`
  const column = sort === 'open' ? sql`coalesce(b.open_base, 0)` : sql`coalesce(b.overdue_base, 0)`
  return sql`(${column} < ${value}::bigint or (${column} = ${value}::bigint and c.id > ${id}::uuid))`
}
