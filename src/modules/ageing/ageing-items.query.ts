import type { Day } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { cutPage } from '../../platform/paging.ts'
import { sql } from '../../platform/sql.ts'
import { overdueDays } from '../receivables/overdue-days.ts'
import type { BucketRange } from './ageing-bucket.ts'
import { openFacts } from './ageing-facts.query.ts'
import type { AgeingQuestion } from './ageing-filters.query.ts'
import { inRange } from './ageing-groups.query.ts'
import { startOf } from './month-ends.query.ts'
import { typedCursor } from './typed-cursor.query.ts'

/** One document behind a figure. `open`: what was open on the day in the report's amounts; `amount`: the document's own, in its currency. Minor units. */
export type AgeingItem = {
  readonly id: string
  readonly no: string | null
  readonly customerId: string
  readonly customerCode: string
  readonly customerName: string
  readonly salespersonName: string | null
  readonly productName: string | null
  readonly currency: string
  readonly amount: bigint
  readonly issuedOn: Day
  readonly dueOn: Day
  readonly overdueDays: number
  readonly disputed: boolean
  readonly reference: string | null
  readonly open: bigint
}
type Place = { readonly limit: number; readonly cursor?: string | undefined; readonly range?: BucketRange | undefined }

/** The documents of a cell, oldest due day first, with the sum and count of all of them: the sum is the figure of the cell. */
export async function ageingItems(
  reader: Reader,
  question: AgeingQuestion,
  { limit, cursor, range }: Place,
): Promise<{ items: AgeingItem[]; nextCursor: string | null; total: number; sum: bigint }> {
  const t = reader.caller.tenantId
  const byProduct = question.filters.product !== undefined
  const keys = byProduct ? (['item', 'customer', 'salesperson', 'product'] as const) : (['item', 'customer', 'salesperson'] as const)
  const facts = openFacts(reader, question, { keys: [...keys], start: await startOf(reader, question) })
  const group = sql.join(keys.map((key) => sql.ref(`f.k_${key}`)))
  const day = question.basis === 'due' ? sql`f.due_on` : sql`f.issued_on`
  const after = cursor === undefined ? undefined : typedCursor(cursor, ['date', 'uuid', 'uuid'])
  const product = byProduct ? sql`coalesce(g.k_product, ${NO_ID}::uuid)` : sql`${NO_ID}::uuid`
  const rows = await reader.report<
    Omit<AgeingItem, 'overdueDays'> & { total: number; sum: bigint; product: string; id: string | null }
  >(sql`with g as materialized (
      select ${group}, f.due_on, f.issued_on, sum(f.a)::bigint as open from (${facts}) f where ${inRange(day, range ?? {})} group by ${group}, f.due_on, f.issued_on having sum(f.a) <> 0),
    t as (select count(*)::int as total, coalesce(sum(g.open), 0)::bigint as sum from g),
    p as (select * from g where ${after ? sql`(g.due_on, g.k_item, ${product}) > (${after[0]}::date, ${after[1]}::uuid, ${after[2]}::uuid)` : sql`true`}
      order by g.due_on, g.k_item, ${product} limit ${limit + 1})
    select t.total, t.sum, r.id, n.series || '-' || ar.no_text(n.no) as no, g.k_customer as customer_id, c.code as customer_code, coalesce(c.short_name, c.name) as customer_name, s.name as salesperson_name,
      ${byProduct ? sql`d.name` : sql`null::text`} as product_name, ${product} as product, r.currency, r.amount, g.issued_on, g.due_on, r.disputed, coalesce(r.reference, r.source_no) as reference, g.open
    from t left join p g on true left join ar.receivables r on r.tenant_id = ${t} and r.id = g.k_item left join ar.document_numbers n on n.tenant_id = ${t} and n.document_id = r.id
      left join ar.customers c on c.tenant_id = ${t} and c.id = g.k_customer left join ar.people s on s.tenant_id = ${t} and s.id = g.k_salesperson
      ${byProduct ? sql`left join ar.products d on d.tenant_id = ${t} and d.id = g.k_product` : sql``}
    order by g.due_on, g.k_item, ${product}`)
  const { total, sum } = rows[0]!
  const found = rows.filter((row) => row.id !== null)
  const { items, nextCursor } = cutPage(found, limit, (row) => [row.dueOn, row.id, row.product])
  return {
    items: items.map(({ total: _total, sum: _sum, product: _product, ...item }) => ({
      ...item,
      overdueDays: overdueDays(item.dueOn, question.asOf),
    })),
    nextCursor,
    total,
    sum,
  }
}

const NO_ID = '00000000-0000-0000-0000-000000000000'
