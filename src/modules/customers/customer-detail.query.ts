import { addMonths, dayIn } from '../../kernel/day.ts'
import { may } from '../../platform/caller.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { searchOf } from './customer-list.query.ts'
import { readCustomerSettings } from './customer-settings.query.ts'
import { readCustomers } from './lock-customers.query.ts'
import { masked } from './mask.ts'
import { profileCompleteness } from './profile-completeness.ts'

const CHOICES_MOST = 20

type Names = {
  parentName: string | null
  salespersonName: string | null
  regionName: string | null
  termsName: string | null
  termsNowId: string | null
  mergedIntoName: string | null
  path: { id: string; name: string }[] | null
  children: number
}

/** The customer as its page and its form show it. Telephone, e-mail and bank account are shortened for who may not see them. */
export async function readCustomer(reader: Reader, id: string) {
  const [customers, names, settings] = await Promise.all([readCustomers(reader, [id]), namesOf(reader, id), readCustomerSettings(reader)])
  const { createdAt, parentId, salespersonId, regionId, termsId: _terms, mergedIntoId, ...stored } = customers.get(id)!
  const shown = may(reader.caller, 'customers.viewSensitive')
  const hide = (text: string | null) => (shown ? text : masked(text))
  const ref = (refId: string | null, name: string | null) => (refId ? { id: refId, name: name ?? '' } : null)
  return {
    ...stored, tags: [...stored.tags], phone: hide(stored.phone), email: hide(stored.email), invoicePhone: hide(stored.invoicePhone), bankAccount: hide(stored.bankAccount),
    parent: ref(parentId, names?.parentName ?? null), salesperson: ref(salespersonId, names?.salespersonName ?? null), region: ref(regionId, names?.regionName ?? null),
    terms: ref(names?.termsNowId ?? null, names?.termsName ?? null), mergedInto: ref(mergedIntoId, names?.mergedIntoName ?? null), path: names?.path ?? [], children: names?.children ?? 0,
    reviewDueOn: settings.reviewMonths > 0 && stored.verifiedOn ? addMonths(stored.verifiedOn, settings.reviewMonths) : null,
    createdOn: dayIn(reader.caller.timeZone, createdAt), sensitiveShown: shown, completeness: mutable(profileCompleteness(stored)),
  } // biome-ignore format: one line a group of fields
}

function namesOf(reader: Reader, id: string): Promise<Names | undefined> {
  const t = reader.caller.tenantId
  return reader.maybe<Names>(sql`select u.name as parent_name, p.name as salesperson_name, g.name as region_name, q.name as terms_name, q.id as terms_now_id, m.name as merged_into_name,
      (select json_agg(json_build_object('id', x.id, 'name', x.name) order by n.place) from ar.credit_accounts a, unnest(a.ancestors) with ordinality n(id, place)
        join ar.customers x on x.tenant_id = ${t} and x.id = n.id where a.tenant_id = ${t} and a.customer_id = c.id and n.id <> c.id) as path,
      (select count(*)::int from ar.customers k where k.tenant_id = ${t} and k.parent_id = c.id) as children
    from ar.customers c
    left join ar.customers u on u.tenant_id = ${t} and u.id = c.parent_id
    left join ar.customers m on m.tenant_id = ${t} and m.id = c.merged_into_id
    left join ar.people p on p.tenant_id = ${t} and p.id = c.salesperson_id
    left join ar.regions g on g.tenant_id = ${t} and g.id = c.region_id
    left join lateral (select d.terms_id from ar.customer_terms d where d.tenant_id = ${t} and d.customer_id = c.id and d.effective_from <= ${reader.today} order by d.effective_from desc limit 1) d on true
    left join ar.payment_terms q on q.tenant_id = ${t} and q.id = coalesce(d.terms_id, c.terms_id)
    where c.tenant_id = ${t} and c.id = ${id}`)
}

/** A few customers for a choice box, the best matches first; the chosen one by its id. Merged and disabled ones are no choice. */
export async function findCustomers(reader: Reader, { q, id }: { q: string; id?: string | undefined }) {
  const t = reader.caller.tenantId
  const where = id ? sql`c.id = ${id}` : q === '' ? sql`c.status = 'active'` : sql`c.status = 'active' and ${searchOf(q)}`
  const items = await reader.all<{
    id: string
    code: string
    name: string
    currency: string
    salespersonId: string | null
    regionId: string | null
    termsId: string | null
  }>(
    sql`select c.id, c.code, c.name, c.currency, c.salesperson_id, c.region_id, coalesce((select d.terms_id from ar.customer_terms d where d.tenant_id = ${t} and d.customer_id = c.id
      and d.effective_from <= ${reader.today} order by d.effective_from desc limit 1), c.terms_id) as terms_id
      from ar.customers c where c.tenant_id = ${t} and ${where} order by (c.code = ${q}) desc, c.code, c.id limit ${CHOICES_MOST}`,
  )
  return { items }
}

/** The words in use, for filters and forms. */
export async function customerFacets(reader: Reader) {
  const t = reader.caller.tenantId
  const words = (column: string) =>
    sql`coalesce((select array_agg(w order by w) from (select distinct c.${sql.ref(column)} as w from ar.customers c where c.tenant_id = ${t} and c.${sql.ref(column)} is not null limit 200) x), '{}')`
  return reader.one<{
    classes: string[]
    industries: string[]
    types: string[]
    tags: string[]
  }>(sql`select ${words('class')} as classes, ${words('industry')} as industries, ${words('customer_type')} as types,
    coalesce((select array_agg(w order by w) from (select distinct unnest(c.tags) as w from ar.customers c where c.tenant_id = ${t} limit 200) x), '{}') as tags`)
}

export async function listRegions(reader: Reader) {
  const t = reader.caller.tenantId
  const items = await reader.all<{
    id: string
    name: string
    customers: number
    version: number
  }>(sql`select g.id, g.name, coalesce(n.customers, 0) as customers, g.version from ar.regions g
    left join (select c.region_id, count(*)::int as customers from ar.customers c where c.tenant_id = ${t} and c.status <> 'merged' group by c.region_id) n on n.region_id = g.id
    where g.tenant_id = ${t} order by g.name, g.id limit 1000`)
  return { items }
}

type ContactRow = {
  id: string
  name: string
  job: string | null
  phone: string | null
  email: string | null
  purpose: string[]
  isPrimary: boolean
  status: string
  remark: string
  version: number
}

export async function listContacts(reader: Reader, customerId: string) {
  const [, rows] = await Promise.all([
    readCustomers(reader, [customerId]),
    reader.all<ContactRow>(sql`select k.id, k.name, k.job, k.phone, k.email, k.purpose, k.is_primary, k.status, k.remark, k.version from ar.customer_contacts k
      where k.tenant_id = ${reader.caller.tenantId} and k.customer_id = ${customerId} order by k.status, k.is_primary desc, k.name, k.id limit 500`),
  ])
  const shown = may(reader.caller, 'customers.viewSensitive')
  return { items: shown ? rows : rows.map((row) => ({ ...row, phone: masked(row.phone), email: masked(row.email) })) }
}

function mutable<T extends { missing: readonly string[]; warnings: readonly string[] }>(found: T) {
  return { ...found, missing: [...found.missing], warnings: [...found.warnings] }
}
