import { uuid } from '../../kernel/uuid.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { addRegions } from '../customers/add-regions.command.ts'
import { createCustomers } from '../customers/create-customers.command.ts'
import { nameKeys } from '../customers/name-keys.ts'
import type { NewCustomer } from '../customers/new-customer.ts'
import { validateCustomers } from '../customers/validate-customers.query.ts'
import { findRegions, findSalespeople } from './find-names.query.ts'
import { type ImportContext, type ImportHandler, isRefused, type JudgedRow, seenBefore } from './import-handler.query.ts'
import type { Finding, ReadRow } from './read-row.ts'

/** 客户: similar names are a warning here, because the file says that they are two; the duplicate finder shows them afterwards. */
export const customersImport: ImportHandler = {
  judge: judgeCustomerRows,
  save: async (tx, rows, context) => {
    const customers = rows.map((row) => row.input as NewCustomer)
    const used = new Set(customers.map((customer) => customer.regionId))
    const regions = [...context.newRegions].filter(([, id]) => used.has(id)).map(([name, id]) => ({ id, name }))
    addRegions(tx, regions)
    if (regions.length > 0) await tx.flush() // customers are judged by what the database holds
    await createCustomers(tx, customers, { acceptSimilar: true })
  },
}

async function judgeCustomerRows(reader: Reader, rows: readonly ReadRow[], context: ImportContext): Promise<JudgedRow[]> {
  const [people, regions, terms, parents] = await Promise.all([
    findSalespeople(reader, rows),
    findRegions(reader, rows, context),
    findTerms(reader, rows),
    findParents(reader, rows),
  ])
  const customers = rows.map(({ values }): NewCustomer => ({
    id: uuid(), name: values['name'] ?? '', code: values['code'], shortName: values['shortName'], taxId: values['taxId'], parentId: parents.get(values['parent'] ?? ''), salespersonId: people.ids.get(values['salesperson'] ?? ''),
    regionId: regions.ids.get(values['region'] ?? ''), termsId: terms.get(values['terms'] ?? ''), customerType: values['customerType'], industry: values['industry'], class: values['class'],
    tags: values['tags']?.split(/[,，;；、]/).map((tag) => tag.trim()).filter((tag) => tag !== ''), currency: values['currency'], country: values['country']?.toUpperCase(), address: values['address'], phone: values['phone'], email: values['email'],
    website: values['website'], invoiceTitle: values['invoiceTitle'], invoiceAddress: values['invoiceAddress'], invoicePhone: values['invoicePhone'], bankName: values['bankName'], bankAccount: values['bankAccount'], keyAccount: values['keyAccount'] === 'true',
    remark: values['remark'], sourceNo: values['sourceNo'],
  })) // biome-ignore format: one line a group of fields
  const news = new Set(context.newRegions.values())
  const findings = Map.groupBy(
    await validateCustomers(
      reader,
      customers.map((one) => (one.regionId && news.has(one.regionId) ? { ...one, regionId: null } : one)),
    ),
    (finding) => finding.row,
  )
  return rows.map((row, index) => {
    const { values, line } = row
    const warn = (field: string, known: boolean): Finding[] =>
      values[field] === undefined || known
        ? []
        : [{ severity: 'warned', field, code: `imports.${field}Unknown`, params: { value: values[field] } }]
    const all: Finding[] = [
      ...row.findings,
      ...(findings.get(index) ?? []).map(asFinding),
      ...seenBefore(context, values['code'], line, 'code'),
      ...warn('salesperson', people.ids.has(values['salesperson'] ?? '')),
      ...warn('region', regions.ids.has(values['region'] ?? '')),
      ...warn('terms', terms.has(values['terms'] ?? '')),
      ...warn('parent', parents.has(values['parent'] ?? '')),
    ]
    return { line, title: values['name'] ?? '', findings: all, ...(isRefused({ findings: all }) ? {} : { input: customers[index]! }) }
  })
}

const FIELDS: Readonly<Record<string, string>> = { salespersonId: 'salesperson', regionId: 'region', termsId: 'terms', parentId: 'parent' }

function asFinding({
  severity,
  path,
  code,
  params,
}: {
  readonly severity: 'refused' | 'similar'
  readonly path: string
  readonly code: string
  readonly params?: Record<string, string | number>
}): Finding {
  const isThere = code === 'customers.codeTaken' || code === 'customers.alreadyImported'
  const field = FIELDS[path] ?? path
  if (isThere)
    return {
      severity: 'already',
      field,
      code: 'imports.alreadyThere',
      params: { value: String(params?.['code'] ?? params?.['no'] ?? '') },
      fix: 'leaveOut',
    }
  return {
    severity: severity === 'similar' ? 'warned' : 'refused',
    field,
    code,
    params: params ?? {},
    fix: code === 'platform.required' ? 'fillIn' : 'fixCustomer',
  }
}

async function findTerms(reader: Reader, rows: readonly ReadRow[]): Promise<Map<string, string>> {
  const names = [...new Set(rows.map((row) => row.values['terms']).filter((name) => name !== undefined))]
  const found = await reader.all<{
    name: string
    id: string
  }>(sql`select x.name, (array_agg(p.id::text order by p.code))[1] as id from unnest(${names}::text[]) x(name) join ar.payment_terms p on p.tenant_id = ${reader.caller.tenantId}
    and p.status = 'active' and (p.name = x.name or p.code = x.name) group by x.name`)
  return new Map(found.map((one) => [one.name, one.id]))
}

/** Parents that are there already, by code or name; a group in the same file comes in first by itself. */
async function findParents(reader: Reader, rows: readonly ReadRow[]): Promise<Map<string, string>> {
  const names = [...new Set(rows.map((row) => row.values['parent']).filter((name) => name !== undefined))]
  const keys = names.map((name) => nameKeys(name).exactKey)
  const found = await reader.all<{
    name: string
    id: string
  }>(sql`select x.name, (array_agg(c.id::text order by c.code))[1] as id from unnest(${names}::text[], ${keys}::text[]) x(name, key)
    join ar.customers c on c.tenant_id = ${reader.caller.tenantId} and c.status = 'active' and (c.code = x.name or c.exact_key = x.key) group by x.name`)
  return new Map(found.map((one) => [one.name, one.id]))
}
