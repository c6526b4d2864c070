import type { Reader } from '../../platform/db.ts'
import { cutPage, readCursor } from '../../platform/paging.ts'
import { and, type Sql, sql } from '../../platform/sql.ts'
import type { ProductInput } from './product.ts'

export type Product = ProductInput & { readonly id: string; readonly status: 'active' | 'disabled'; readonly version: number }
export type ProductFilter = {
  readonly q?: string | undefined
  readonly status?: 'active' | 'disabled' | undefined
  readonly category?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

const columns = sql`p.id, p.code, p.name, p.unit, trim_scale(p.price)::text as price, p.currency, p.price_includes_tax, trim_scale(p.vat_rate)::text as vat_rate, p.category, p.status, p.version`

/** By code. `q` finds the beginning of a code or any part of a name, whatever the case; codes that begin so are found by their index. */
export async function listProducts(
  reader: Reader,
  filter: ProductFilter,
): Promise<{ items: Product[]; nextCursor: string | null; total: number }> {
  const mine = sql`p.tenant_id = ${reader.caller.tenantId}`
  const conditions = and(
    filter.q ? matches(filter.q) : undefined,
    filter.status === undefined ? undefined : sql`p.status = ${filter.status}`,
    filter.category === undefined ? undefined : sql`p.category = ${filter.category}`,
  )
  const [after] = filter.cursor === undefined ? [] : readCursor(filter.cursor, 1)
  const [rows, { total }] = await Promise.all([
    reader.all<Product>(
      sql`select ${columns} from ar.products p where ${and(mine, conditions, after === undefined ? undefined : sql`p.code > ${after}`)} order by p.code limit ${filter.limit + 1}`,
    ),
    reader.one<{ total: number }>(sql`select count(*)::int as total from ar.products p where ${and(mine, conditions)}`),
  ])
  return { ...cutPage(rows, filter.limit, (row) => [row.code]), total }
}

/** For choosing while typing: active products whose code begins so come first. No count, so that it answers at once. */
export async function suggestProducts(reader: Reader, q: string, limit: number): Promise<Product[]> {
  const mine = sql`p.tenant_id = ${reader.caller.tenantId} and p.status = 'active'`
  const [byCode, byName] = await Promise.all([
    reader.all<Product>(sql`select ${columns} from ar.products p where ${mine} and ${codeBegins(q)} order by p.code limit ${limit}`),
    reader.all<Product>(
      sql`select ${columns} from ar.products p where ${mine} and p.name ilike ${likeAnywhere(q)} order by p.name, p.id limit ${limit}`,
    ),
  ])
  const seen = new Set(byCode.map(({ id }) => id))
  return [...byCode, ...byName.filter(({ id }) => !seen.has(id))].slice(0, limit)
}

export function productsById(reader: Reader, ids: readonly string[]): Promise<Product[]> {
  return reader.all<Product>(
    sql`select ${columns} from ar.products p where p.tenant_id = ${reader.caller.tenantId} and p.id = any(${ids}::uuid[])`,
  )
}

/** For imports: by code. */
export function productsByCode(reader: Reader, codes: readonly string[]): Promise<Product[]> {
  return reader.all<Product>(
    sql`select ${columns} from ar.products p where p.tenant_id = ${reader.caller.tenantId} and p.code = any(${codes}::text[])`,
  )
}

/** The categories in use, for the filter. */
export async function productCategories(reader: Reader): Promise<string[]> {
  const rows = await reader.all<{ category: string }>(
    sql`select distinct p.category from ar.products p where p.tenant_id = ${reader.caller.tenantId} and p.category is not null order by 1 limit 200`,
  )
  return rows.map(({ category }) => category)
}

function matches(q: string): Sql {
  return sql`(${codeBegins(q)} or p.name ilike ${likeAnywhere(q)})`
}

function codeBegins(q: string): Sql {
  return sql`lower(p.code) like ${`${escapeLike(q.toLowerCase())}%`}`
}

function likeAnywhere(q: string): string {
  return `%${escapeLike(q)}%`
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
