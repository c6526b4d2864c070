import { formatMinor } from '../../kernel/money.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { afterBeginning, searchText } from './search-text.ts'

export type Found = { path: string; title: string; detail?: string; amount?: string }

const CUSTOMERS_MOST = 10
const OF_ONE_KIND_MOST = 5

/** What the search box finds: each part is one probe of an index, and only what the caller may see. */
export async function search(reader: Reader, typed: string): Promise<Found[]> {
  const meant = searchText(typed, reader.caller.baseCurrency)
  const found = await Promise.all([
    meant.number ? byNumber(reader, meant.number.series, meant.number.no) : [],
    meant.codeFrom ? customersBy(reader, 'code', meant.codeFrom) : [],
    meant.nameFrom ? customersBy(reader, 'exact_key', meant.nameFrom) : [],
    meant.amount ? byAmount(reader, meant.amount) : [],
  ])
  const seen = new Set<string>()
  return found
    .flat()
    .filter(({ path }) => !seen.has(path) && seen.add(path))
    .slice(0, 20)
}

async function customersBy(reader: Reader, column: 'code' | 'exact_key', beginning: string): Promise<Found[]> {
  const rows = await reader.all<{ id: string; code: string; name: string }>(sql`select c.id, c.code, c.name from ar.customers c
    where c.tenant_id = ${reader.caller.tenantId} and c.${sql.ref(column)} collate "C" >= ${beginning} and c.${sql.ref(column)} collate "C" < ${afterBeginning(beginning)} and c.status <> 'merged'
    order by c.${sql.ref(column)} collate "C", c.id limit ${CUSTOMERS_MOST}`)
  return rows.map(({ id, code, name }) => ({ path: `/customers/${id}`, title: name, detail: code }))
}

type Document = { page: string; id: string; no: string | null; customer: string | null; amount: bigint; currency: string }
const documentColumns = (page: string) =>
  sql`${page}::text as page, x.id, n.series || '-' || ar.no_text(n.no) as no, c.name as customer, x.amount, x.currency`
const withNumberAndCustomer = sql`left join ar.document_numbers n on n.tenant_id = x.tenant_id and n.document_id = x.id left join ar.customers c on c.tenant_id = x.tenant_id and c.id = x.customer_id`
/** Tables of documents and the pages that show them. */
const documents = [
  ['orders', 'orders'],
  ['receivables', 'receivables'],
  ['receipts', 'receipts'],
] as const

async function byNumber(reader: Reader, series: string, no: bigint): Promise<Found[]> {
  const { tenantId } = reader.caller
  const asked = sql`(select d.document_id from ar.document_numbers d where d.tenant_id = ${tenantId} and d.series = ${series} and d.no = ${no})`
  const parts = documents.map(
    ([table, page]) =>
      sql`select ${documentColumns(page)} from ar.${sql.ref(table)} x ${withNumberAndCustomer} where x.tenant_id = ${tenantId} and x.id = ${asked}`,
  )
  return shown(await reader.all<Document>(sql`${sql.join(parts, sql` union all `)} limit ${OF_ONE_KIND_MOST}`))
}

async function byAmount(reader: Reader, amount: bigint): Promise<Found[]> {
  const { tenantId } = reader.caller
  const parts = documents.map(
    ([table, page]) =>
      sql`select ${documentColumns(page)} from (select * from ar.${sql.ref(table)} y where y.tenant_id = ${tenantId} and y.amount = ${amount} order by y.id desc limit ${OF_ONE_KIND_MOST}) x ${withNumberAndCustomer}`,
  )
  return shown(await reader.all<Document>(sql`${sql.join(parts, sql` union all `)}`))
}

function shown(rows: readonly Document[]): Found[] {
  return rows.map(({ page, id, no, customer, amount, currency }) => ({
    path: `/${page}/${id}`,
    title: no ?? customer ?? '',
    ...(customer && no ? { detail: customer } : {}),
    amount: formatMinor(amount, currency),
  }))
}
