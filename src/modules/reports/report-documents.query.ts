import { formatMinor } from '../../kernel/money.ts'
import { Problem } from '../../kernel/problem.ts'
import { isUuid } from '../../kernel/uuid.ts'
import type { Reader } from '../../platform/db.ts'
import { cutPage, readCursor } from '../../platform/paging.ts'
import { sql } from '../../platform/sql.ts'
import type { ReportDefinition, ReportDocument, ReportQuestion } from './report-definition.query.ts'
import { narrowed } from './report-dimensions.query.ts'

type Wanted = { readonly column: string; readonly row?: string | undefined; readonly limit: number; readonly cursor?: string | undefined }
type Found = ReportDocument & { no: string | null; customerCode: string | null; customerName: string | null; total: number; sum: bigint }

/** The documents behind a figure, newest first, with the count and sum of all of them: the sum is the figure. Throws reports.opensNothing for a figure that is none of documents. */
export async function reportDocuments(
  reader: Reader,
  definition: ReportDefinition,
  asked: ReportQuestion,
  { column, row, limit, cursor }: Wanted,
) {
  const found = definition.columns(asked).find(({ key }) => key === column)
  if (!found?.opens || definition.documents === undefined)
    throw new Problem('reports.opensNothing', { column }, { kind: 'invalid', path: 'column' })
  const question = row === undefined ? asked : narrowed(asked, row)
  const facts = await definition.documents(reader, question, column)
  const { tenantId, baseCurrency } = reader.caller
  const after = cursor === undefined ? undefined : place(cursor)
  const rows = await reader.report<
    Found & { id: string | null }
  >(sql`with g as materialized (select * from (${facts}) f where f.figure <> 0),
    t as (select count(*)::int as total, coalesce(ar.total(g.figure), 0) as sum from g),
    p as (select * from g where ${after ? sql`(g.on_day, g.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql`true`} order by g.on_day desc, g.id desc limit ${limit + 1})
    select t.total, t.sum, p.*, n.series || '-' || ar.no_text(n.no) as no, c.code as customer_code, coalesce(c.short_name, c.name) as customer_name
    from t left join p on true left join ar.document_numbers n on n.tenant_id = ${tenantId} and n.document_id = p.id
      left join ar.customers c on c.tenant_id = ${tenantId} and c.id = p.customer_id
    order by p.on_day desc, p.id desc`)
  const { total, sum } = rows[0]!
  const { items, nextCursor } = cutPage(
    rows.filter(({ id }) => id !== null),
    limit,
    (one) => [one.onDay, one.id],
  )
  const currency = question.currency ?? baseCurrency
  const figureIs = found.kind === 'count' ? ('count' as const) : ('money' as const)
  const figure = (value: bigint): string => (figureIs === 'count' ? String(value) : formatMinor(value, currency))
  return {
    items: items.map(({ kind, id, no, onDay, customerId, customerCode, customerName, currency: own, ...one }) => ({
      kind, id, no, onDay, customerId, customerCode, customerName, currency: own, own: formatMinor(one.own, own), figure: figure(one.figure),
    })), // biome-ignore format: one line a group of fields
    nextCursor,
    total,
    currency,
    figureIs,
    sum: figure(sum),
  }
}

function place(cursor: string): string[] {
  const [day, id] = readCursor(cursor, 2)
  if (!/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(String(day)) || !isUuid(String(id)))
    throw new Problem('platform.badCursor', {}, { kind: 'invalid', path: 'cursor' })
  return [String(day), String(id)]
}
