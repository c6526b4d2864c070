import { assert } from '../../kernel/assert.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { type Product, productsById } from '../products/products.query.ts'
import type { PaymentTerms } from '../terms/payment-terms.ts'
import type { OrderDraft } from './order-draft.ts'

export type OrderCustomer = {
  readonly id: string
  readonly name: string
  readonly salespersonId: string | null
  readonly regionId: string | null
  readonly currency: string
  readonly termsId: string | null
  readonly class: string | null
  readonly status: 'active' | 'disabled' | 'merged'
}
/** Everything that drafts refer to and take their defaults from. */
export type DraftSources = {
  readonly customers: ReadonlyMap<string, OrderCustomer>
  readonly products: ReadonlyMap<string, Product>
  readonly terms: ReadonlyMap<string, PaymentTerms>
  readonly entityId: string
  readonly entities: ReadonlySet<string>
  readonly people: ReadonlySet<string>
  readonly paymentMethods: ReadonlySet<string>
  readonly regions: ReadonlySet<string>
}

/** In one flight, whatever the number of drafts. What is not found is simply not in the maps. */
export async function draftSources(
  reader: Reader,
  drafts: readonly Pick<OrderDraft, 'customerId' | 'lines' | 'salespersonId' | 'paymentMethodId' | 'regionId'>[],
): Promise<DraftSources> {
  const { tenantId } = reader.caller
  const unique = (ids: readonly (string | null | undefined)[]): string[] => [...new Set(ids.filter((id) => typeof id === 'string'))]
  const [customers, products, terms, entities, people, methods, regions] = await Promise.all([
    orderCustomers(reader, unique(drafts.map(({ customerId }) => customerId))),
    productsById(reader, unique(drafts.flatMap(({ lines }) => lines.map(({ productId }) => productId)))),
    reader.all<{ id: string; definition: PaymentTerms }>(
      sql`select t.id, t.definition from ar.payment_terms t where t.tenant_id = ${tenantId}`,
    ),
    reader.all<{ id: string }>(sql`select e.id from ar.entities e where e.tenant_id = ${tenantId} and e.status = 'active' order by e.code`),
    reader.all<{ id: string }>(
      sql`select p.id from ar.people p where p.tenant_id = ${tenantId} and p.id = any(${unique(drafts.map(({ salespersonId }) => salespersonId))}::uuid[])`,
    ),
    reader.all<{ id: string }>(
      sql`select m.id from ar.payment_methods m where m.tenant_id = ${tenantId} and m.id = any(${unique(drafts.map(({ paymentMethodId }) => paymentMethodId))}::uuid[])`,
    ),
    reader.all<{ id: string }>(
      sql`select g.id from ar.regions g where g.tenant_id = ${tenantId} and g.id = any(${unique(drafts.map(({ regionId }) => regionId))}::uuid[])`,
    ),
  ])
  const [entity] = entities
  assert(entity !== undefined, 'a company has a legal entity')
  const ids = (rows: readonly { id: string }[]): Set<string> => new Set(rows.map(({ id }) => id))
  return {
    customers: new Map(customers.map((customer) => [customer.id, customer])),
    products: new Map(products.map((product) => [product.id, product])),
    terms: new Map(terms.map(({ id, definition }) => [id, definition])),
    entityId: entity.id,
    entities: ids(entities),
    people: ids(people),
    paymentMethods: ids(methods),
    regions: ids(regions),
  }
}

/** Customers as an order needs them; their terms are those in force today. */
export function orderCustomers(reader: Reader, ids: readonly string[]): Promise<OrderCustomer[]> {
  return reader.all<OrderCustomer>(sql`select c.id, c.name, c.salesperson_id, c.region_id, c.currency, c.class, c.status,
    coalesce((select d.terms_id from ar.customer_terms d where d.tenant_id = c.tenant_id and d.customer_id = c.id and d.effective_from <= ${reader.today} order by d.effective_from desc limit 1), c.terms_id) as terms_id
    from ar.customers c where c.tenant_id = ${reader.caller.tenantId} and c.id = any(${ids}::uuid[])`)
}

/** Other live orders of the same customer that carry the same customer reference: key `customerId reference`, value order id and number. */
export async function ordersWithReferences(
  reader: Reader,
  wanted: readonly { id?: string | undefined; customerId: string; customerReference?: string | null | undefined }[],
): Promise<Map<string, { id: string; no: string }[]>> {
  const asked = wanted.filter(({ customerReference }) => customerReference)
  if (asked.length === 0) return new Map()
  const rows = await reader.all<{ id: string; no: string; customerId: string; customerReference: string }>(sql`
    select o.id, n.series || '-' || ar.no_text(n.no) as no, o.customer_id, o.customer_reference from ar.orders o
    join unnest(${asked.map(({ customerId }) => customerId)}::uuid[], ${asked.map(({ customerReference }) => customerReference)}::text[]) w(customer_id, reference) on w.customer_id = o.customer_id and w.reference = o.customer_reference
    left join ar.document_numbers n on n.tenant_id = o.tenant_id and n.document_id = o.id
    where o.tenant_id = ${reader.caller.tenantId} and o.status not in ('cancelled', 'rejected') order by o.id limit 1000`)
  return Map.groupBy(rows, (row) => `${row.customerId} ${row.customerReference}`)
}
