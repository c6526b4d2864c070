import { assert } from '../../kernel/assert.ts'
import { periodOf } from '../../kernel/day.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { opensReceivablesOn } from '../orders/order-settings.query.ts'
import { owedOf } from './missing-receivables.query.ts'
import { companyCalendars } from './order-facts.query.ts'
import type { CustomerFact, ReceivableFacts, WantedReceivable } from './wanted-receivable.ts'

/** One question a kind of thing that the list names, all in one flight. */
export async function receivableFacts(reader: Reader, wanted: readonly WantedReceivable[]): Promise<ReceivableFacts> {
  const t = reader.caller.tenantId
  const periods = [...new Set(wanted.map((one) => periodOf(one.entryOn ?? one.issuedOn)))]
  const salespeople = wanted.map((one) => one.salespersonId)
  const placed = wanted.map((one) => one.regionId)
  const lined = wanted.flatMap((one) => (one.lines ?? []).map((line) => line.productId))
  const [customers, entities, people, regions, products, sourceNos, orders, closed, calendarOf] = await Promise.all([
    reader.all<CustomerFact>(sql`select c.id, c.name, c.status, c.currency, c.salesperson_id, c.region_id, p.definition as terms,
        coalesce((select jsonb_agg(jsonb_build_object('from', d.effective_from, 'terms', q.definition) order by d.effective_from desc) from ar.customer_terms d
          join ar.payment_terms q on q.tenant_id = ${t} and q.id = d.terms_id where d.tenant_id = ${t} and d.customer_id = c.id), '[]') as later_terms
      from ar.customers c
      left join ar.payment_terms p on p.tenant_id = c.tenant_id and p.id = c.terms_id
      where c.tenant_id = ${t} and c.id = any(${named(wanted.map((one) => one.customerId))}::uuid[])`),
    reader.all<{ id: string }>(
      sql`select e.id from ar.entities e where e.tenant_id = ${t} and e.status = 'active' order by e.code = 'MAIN' desc, e.code`,
    ),
    idsOf(reader, 'people', salespeople),
    idsOf(reader, 'regions', placed),
    idsOf(reader, 'products', lined),
    reader.report<{ sourceNo: string; customerId: string; amount: bigint }>(
      sql`select r.source_no, r.customer_id, r.amount from ar.receivables r where r.tenant_id = ${t} and r.voided_on is null and r.source_no = any(${named(wanted.map((one) => one.sourceNo))}::text[])`,
    ),
    ordersOf(reader, named(wanted.map((one) => one.orderId))),
    reader.all<{ period: number }>(sql`select x.period from unnest(${periods}::int[]) x(period) where exists (
      select 1 from ar.periods p where p.tenant_id = ${t} and p.status = 'closed' and (p.period = x.period
        or (p.period > x.period and not exists (select 1 from ar.periods q where q.tenant_id = ${t} and q.period = x.period))))`),
    companyCalendars(reader),
  ])
  assert(entities.length > 0, 'a company has a legal entity')
  return {
    today: reader.today,
    baseCurrency: reader.caller.baseCurrency,
    customers: new Map(customers.map((one) => [one.id, one])),
    entities: entities.map((one) => one.id),
    people,
    regions,
    products,
    sourceNos: new Map(sourceNos.map((one) => [one.sourceNo, one])),
    orders: new Map(orders.map((one) => [one.id, one])),
    closedPeriods: new Set(closed.map((one) => one.period)),
    calendarOf,
  }
}

/** Approved orders, with what is owed of them and stands in no receivable. */
async function ordersOf(
  reader: Reader,
  ids: readonly string[],
): Promise<{ id: string; customerId: string; currency: string; left: bigint }[]> {
  if (ids.length === 0) return []
  const t = reader.caller.tenantId
  return reader.all(sql`select o.id, o.customer_id, o.currency, greatest(0, ${owedOf(t, await opensReceivablesOn(reader))}
      - (select coalesce(sum(r.amount), 0) from ar.receivables r where r.tenant_id = ${t} and r.order_id = o.id and r.voided_on is null))::bigint as left
    from ar.orders o where o.tenant_id = ${t} and o.id = any(${ids}::uuid[]) and o.status in ('approved', 'partlyDelivered', 'delivered', 'completed')`)
}

/** Which of these ids are people, regions or products of this company. */
export async function idsOf(
  reader: Reader,
  table: 'people' | 'regions' | 'products',
  ids: readonly (string | null | undefined)[],
): Promise<Set<string>> {
  const wanted = named(ids)
  if (wanted.length === 0) return new Set()
  const rows = await reader.all<{ id: string }>(
    sql`select x.id from ar.${sql.raw(table)} x where x.tenant_id = ${reader.caller.tenantId} and x.id = any(${wanted}::uuid[])`,
  )
  return new Set(rows.map((row) => row.id))
}

function named(values: readonly (string | null | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined && value !== null && value !== ''))] as string[]
}
