import { formatMinor } from '../../kernel/money.ts'
import { may } from '../../platform/caller.ts'
import type { Reader } from '../../platform/db.ts'
import { type Sql, sql } from '../../platform/sql.ts'
import { afterBeginning, type SearchText, searchText } from './search-text.ts'

export type Found = { path: string; title: string; detail?: string; amount?: string }

const FOUND_MOST = 20
const CUSTOMERS_MOST = 10
const OF_ONE_KIND_MOST = 5

/** What the search box finds: each part is one probe of an index, and only what the caller may see. Exact numbers first. */
export async function search(reader: Reader, typed: string): Promise<Found[]> {
  const meant = searchText(typed)
  const found = await Promise.all([
    meant.number ? byNumber(reader, meant.number) : [],
    customersBy(reader, 'code', meant.codesFrom),
    customersBy(reader, 'exact_key', meant.nameFrom === undefined ? [] : [meant.nameFrom]),
    byReference(reader, meant.referencesFrom),
    byAmount(reader, meant.amounts),
  ])
  const seen = new Set<string>()
  return found
    .flat()
    .filter(({ path }) => !seen.has(path) && seen.add(path))
    .slice(0, FOUND_MOST)
}

async function customersBy(reader: Reader, column: 'code' | 'exact_key', beginnings: readonly string[]): Promise<Found[]> {
  const own = sql.ref(`c.${column}`)
  const found = await Promise.all(
    beginnings.map((from) =>
      reader.all<{ id: string; code: string; name: string }>(sql`select c.id, c.code, c.name from ar.customers c
        where c.tenant_id = ${reader.caller.tenantId} and ${begins(own, from)} and c.status <> 'merged' order by ${own} collate "C", c.id limit ${CUSTOMERS_MOST}`),
    ),
  )
  return found.flat().map(({ id, code, name }) => ({ path: `/customers/${id}`, title: name, detail: code }))
}

/** A range in collation "C", which the indexes of the search box are made for; one a statement, so that it is read in their order and stops. */
function begins(column: Sql, from: string): Sql {
  return sql`${column} collate "C" >= ${from} and ${column} collate "C" < ${afterBeginning(from)}`
}

type Document = {
  page: string
  id: string
  no: string | null
  customer: string | null
  reference: string | null
  amount: bigint
  currency: string
}
type Kind = {
  readonly table: string
  readonly permission: string
  /** What others call the document: its beginning is looked for, and it is shown. */
  readonly reference: Sql
  readonly sourceNo: Sql
  /** Which of them an amount is looked for in, and their order: what the index by amount holds. */
  readonly byAmount: Sql
  readonly newest: Sql
}

/** Tables of documents; the page of each has the table's name. */
const documents: readonly Kind[] = [
  { table: 'orders', permission: 'orders.view', reference: sql`y.customer_reference`, sourceNo: sql`y.source_no`, byAmount: sql`true`, newest: sql`y.id desc` },
  { table: 'receivables', permission: 'receivables.view', reference: sql`y.reference`, sourceNo: sql`y.source_no`, byAmount: sql`true`, newest: sql`y.id desc` },
  { table: 'receipts', permission: 'receipts.view', reference: sql`y.reference`, sourceNo: sql`y.source_no`, byAmount: sql`y.status in ('draft', 'confirmed')`, newest: sql`y.received_on desc` },
] // biome-ignore format: one line a kind

/** The documents that `chosen` finds of each kind that the caller may see; `y` is the document. */
async function documentsBy(reader: Reader, chosen: (kind: Kind, t: number) => Sql[]): Promise<Found[]> {
  const t = reader.caller.tenantId
  const parts = documents
    .filter(({ permission }) => may(reader.caller, permission))
    .flatMap((kind) => chosen(kind, t).map((own) => shownColumns(kind, own)))
  if (parts.length === 0) return []
  const rows = await reader.all<Document>(sql`${sql.join(parts, sql` union all `)}`)
  return rows.map(({ page, id, no, customer, reference, amount, currency }) => ({
    path: `/${page}/${id}`,
    title: no ?? reference ?? customer ?? '',
    detail: [customer, reference].filter((text) => text !== null && text !== '').join(' · '),
    amount: formatMinor(amount, currency),
  }))
}

function shownColumns({ table, reference, sourceNo }: Kind, own: Sql): Sql {
  return sql`select ${table}::text as page, y.id, n.series || '-' || ar.no_text(n.no) as no, c.name as customer, coalesce(${reference}, ${sourceNo}) as reference, y.amount, y.currency
    from (${own}) y left join ar.document_numbers n on n.tenant_id = y.tenant_id and n.document_id = y.id left join ar.customers c on c.tenant_id = y.tenant_id and c.id = y.customer_id`
}

async function byNumber(reader: Reader, { series, no }: NonNullable<SearchText['number']>): Promise<Found[]> {
  const { tenantId } = reader.caller
  const asked = sql`(select d.document_id from ar.document_numbers d where d.tenant_id = ${tenantId} and d.series = ${series} and d.no = ${no})`
  const [found, vouchers] = await Promise.all([
    documentsBy(reader, ({ table }, t) => [
      sql`select y.* from ${sql.table(`ar.${table}`)} y where y.tenant_id = ${t} and y.id = ${asked}`,
    ]),
    may(reader.caller, 'vouchers.view')
      ? reader.all<{ id: string; totalBase: bigint; voucherOn: string }>(
          sql`select v.id, v.total_base, v.voucher_on from ar.vouchers v where v.tenant_id = ${tenantId} and v.id = ${asked}`,
        )
      : [],
  ])
  const title = `${series}-${no.toString().padStart(4, '0')}`
  return [
    ...found,
    ...vouchers.map(({ id, totalBase, voucherOn }) => ({
      path: `/vouchers/${id}`,
      title,
      detail: voucherOn,
      amount: formatMinor(totalBase, reader.caller.baseCurrency),
    })),
  ]
}

/** The customer's order, invoice or contract number, the number in the system a document came from, the bank's reference. */
function byReference(reader: Reader, beginnings: readonly string[]): Promise<Found[]> {
  if (beginnings.length === 0) return Promise.resolve([])
  return documentsBy(reader, ({ table, reference, sourceNo }, t) => {
    const from = sql`from ${sql.table(`ar.${table}`)} y where y.tenant_id = ${t}`
    return [
      ...beginnings.map(
        (beginning) =>
          sql`select y.* ${from} and ${begins(reference, beginning)} order by ${reference} collate "C", y.id limit ${OF_ONE_KIND_MOST}`,
      ),
      sql`select y.* ${from} and ${sourceNo} = any(${beginnings}::text[]) limit ${OF_ONE_KIND_MOST}`,
    ]
  })
}

function byAmount(reader: Reader, amounts: SearchText['amounts']): Promise<Found[]> {
  if (amounts.length === 0) return Promise.resolve([])
  return documentsBy(reader, ({ table, byAmount: held, newest }, t) =>
    amounts.map(
      ({ minor, currencies }) =>
        sql`select y.* from ${sql.table(`ar.${table}`)} y where y.tenant_id = ${t} and y.amount = ${minor} and ${held} and y.currency = any(${currencies}::text[]) order by ${newest} limit ${OF_ONE_KIND_MOST}`,
    ),
  )
}
