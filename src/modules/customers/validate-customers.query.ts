import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { nameKeys } from './name-keys.ts'
import { type CustomerFinding, findingsWithin, type NewCustomer } from './new-customer.ts'
import { checkTaxId } from './tax-id.ts'

type Found = {
  readonly codes: readonly string[]
  readonly people: readonly string[]
  readonly regions: readonly string[]
  readonly terms: readonly string[]
  readonly parents: readonly string[]
  readonly sourceNos: readonly string[]
}
type Similar = { readonly exactKey: string; readonly taxId: string | null; readonly code: string; readonly name: string }

/** Everything that is wrong with these rows, before anything is written: set-based, three statements however many rows. An empty list means that they can be created. */
export async function validateCustomers(reader: Reader, rows: readonly NewCustomer[]): Promise<CustomerFinding[]> {
  const [found, similar] = await Promise.all([findReferences(reader, rows), findSimilar(reader, rows)])
  return [...findingsWithin(rows), ...referenceFindings(reader, rows, found), ...similarFindings(rows, similar)].sort(
    (a, b) => a.row - b.row,
  )
}

async function findReferences(reader: Reader, rows: readonly NewCustomer[]): Promise<Found> {
  const t = reader.caller.tenantId
  const given = (field: keyof NewCustomer) => [...new Set(rows.map((row) => row[field]).filter((value) => typeof value === 'string'))]
  return reader.one<Found>(sql`select
    coalesce((select array_agg(code) from ar.customer_codes_in_use(${given('code')}::text[]) code), '{}') as codes,
    coalesce((select array_agg(p.id::text) from ar.people p where p.tenant_id = ${t} and p.status <> 'disabled' and p.id = any(${given('salespersonId')}::uuid[])), '{}') as people,
    coalesce((select array_agg(r.id::text) from ar.regions r where r.tenant_id = ${t} and r.id = any(${given('regionId')}::uuid[])), '{}') as regions,
    coalesce((select array_agg(p.id::text) from ar.payment_terms p where p.tenant_id = ${t} and p.status = 'active' and p.id = any(${given('termsId')}::uuid[])), '{}') as terms,
    coalesce((select array_agg(c.id::text) from ar.customers c where c.tenant_id = ${t} and c.status <> 'merged' and c.id = any(${given('parentId')}::uuid[])), '{}') as parents,
    coalesce((select array_agg(c.source_no) from ar.customers c where c.tenant_id = ${t} and c.source_no = any(${given('sourceNo')}::text[])), '{}') as source_nos`)
}

async function findSimilar(reader: Reader, rows: readonly NewCustomer[]): Promise<Similar[]> {
  const keys = [...new Set(rows.map((row) => nameKeys(row.name).exactKey))]
  const taxIds = [...new Set(rows.flatMap((row) => (row.taxId ? [checkTaxId(row.taxId, row.country ?? null).taxId] : [])))]
  const t = reader.caller.tenantId
  return reader.report<Similar>(sql`select c.exact_key, c.tax_id, c.code, c.name from ar.customers c where c.tenant_id = ${t} and c.status <> 'merged' and c.exact_key = any(${keys}::text[])
    union select c.exact_key, c.tax_id, c.code, c.name from ar.customers c where c.tenant_id = ${t} and c.status <> 'merged' and c.tax_id = any(${taxIds}::text[])`)
}

function referenceFindings(reader: Reader, rows: readonly NewCustomer[], found: Found): CustomerFinding[] {
  const { scope } = reader.caller
  const inList = new Set(rows.flatMap((row) => (row.id ? [row.id] : [])))
  const sets = {
    codes: new Set(found.codes),
    people: new Set(found.people),
    regions: new Set(found.regions),
    terms: new Set(found.terms),
    parents: new Set(found.parents),
    sourceNos: new Set(found.sourceNos),
  }
  return rows.flatMap((row, index) => {
    const wrong: CustomerFinding[] = []
    const refuse = (path: string, code: string, params = {}) => wrong.push({ row: index, severity: 'refused', path, code, params })
    if (row.code !== undefined && sets.codes.has(row.code)) refuse('code', 'customers.codeTaken', { code: row.code })
    if (row.sourceNo && sets.sourceNos.has(row.sourceNo)) refuse('sourceNo', 'customers.alreadyImported', { no: row.sourceNo })
    if (row.salespersonId && !sets.people.has(row.salespersonId)) refuse('salespersonId', 'customers.unknownSalesperson')
    else if (scope.kind !== 'all' && !scope.salespeople.includes(row.salespersonId ?? reader.caller.actorId))
      refuse('salespersonId', 'customers.salespersonOutOfScope')
    if (row.regionId && !sets.regions.has(row.regionId)) refuse('regionId', 'customers.unknownRegion')
    if (row.termsId && !sets.terms.has(row.termsId)) refuse('termsId', 'customers.unknownTerms')
    if (row.parentId && !sets.parents.has(row.parentId) && !inList.has(row.parentId)) refuse('parentId', 'customers.unknownParent')
    return wrong
  })
}

function similarFindings(rows: readonly NewCustomer[], similar: readonly Similar[]): CustomerFinding[] {
  const byKey = new Map(similar.map((one) => [one.exactKey, one]))
  const byTaxId = new Map(similar.filter((one) => one.taxId !== null).map((one) => [one.taxId, one]))
  const seen = new Map<string, number>()
  return rows.flatMap((row, index): CustomerFinding[] => {
    const { exactKey } = nameKeys(row.name)
    const earlier = seen.get(exactKey)
    seen.set(exactKey, earlier ?? index)
    const sameName = byKey.get(exactKey)
    const sameTaxId = row.taxId ? byTaxId.get(checkTaxId(row.taxId, row.country ?? null).taxId) : undefined
    const note = (path: string, code: string, params: Record<string, string | number>): CustomerFinding => ({
      row: index,
      severity: 'similar',
      path,
      code,
      params,
    })
    return [
      ...(sameName ? [note('name', 'customers.sameName', { code: sameName.code, name: sameName.name })] : []),
      ...(!sameName && earlier !== undefined ? [note('name', 'customers.sameNameInList', { line: earlier + 1 })] : []),
      ...(sameTaxId ? [note('taxId', 'customers.sameTaxId', { code: sameTaxId.code, name: sameTaxId.name })] : []),
    ]
  })
}
