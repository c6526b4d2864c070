import { uuid } from '../../kernel/uuid.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { nameKeys } from '../customers/name-keys.ts'
import type { PaymentTerms } from '../terms/payment-terms.ts'
import type { ImportContext } from './import-handler.query.ts'
import type { ImportOptions, NamedField } from './import-options.ts'
import { matchTerms, type NamedTerms } from './match-terms.ts'
import type { Finding, ReadRow } from './read-row.ts'

/**
 * Ids by the words that stand in the rows. What the person has decided for a word goes before what we find; a word that two things fit is `ambiguous`; `read` says what
 * was made of a word that is not the thing's own name.
 */
export type FoundNames = {
  readonly field: NamedField
  readonly ids: ReadonlyMap<string, string>
  readonly ambiguous: ReadonlySet<string>
  readonly blank: ReadonlySet<string>
  readonly read: ReadonlyMap<string, string>
}
type Match = { readonly id: string; readonly label?: string } | 'ambiguous' | undefined

const PEOPLE_MOST = 5_000
const TERMS_MOST = 1_000

/** Salespeople by name (however it is typed, a number in brackets aside) or e-mail address. */
export async function findSalespeople(reader: Reader, rows: readonly ReadRow[], { options }: ImportContext): Promise<FoundNames> {
  const names = valuesOf(rows, 'salesperson')
  if (names.length === 0) return nobody('salesperson')
  const people = await reader.all<{ id: string; name: string; email: string }>(
    sql`select p.id, p.name, p.email from ar.people p where p.tenant_id = ${reader.caller.tenantId} and p.status <> 'disabled' order by p.id limit ${PEOPLE_MOST}`,
  )
  const byKey = Map.groupBy(people, (one) => nameKeys(one.name).exactKey)
  const byEmail = new Map(people.map((one) => [one.email.toLowerCase(), one]))
  return found('salesperson', names, options, (name) => {
    const same =
      byKey.get(nameKeys(name).exactKey) ?? byKey.get(nameKeys(withoutBrackets(name)).exactKey) ?? byEmail.get(name.trim().toLowerCase())
    if (Array.isArray(same)) return same.length === 1 ? { id: same[0]!.id } : 'ambiguous'
    return same && { id: same.id }
  })
}

/** Payment terms by name, code or meaning. */
export async function findTerms(reader: Reader, rows: readonly ReadRow[], { options }: ImportContext): Promise<FoundNames> {
  const names = valuesOf(rows, 'terms')
  if (names.length === 0) return nobody('terms')
  const all = await reader.all<NamedTerms>(
    sql`select p.id, p.code, p.name, p.definition from ar.payment_terms p where p.tenant_id = ${reader.caller.tenantId} and p.status = 'active' order by p.code limit ${TERMS_MOST}`,
  )
  return found('terms', names, options, (name) => {
    const match = matchTerms(name, all)
    return match && { id: match.terms.id, ...(match.surely ? {} : { label: match.terms.name }) }
  })
}

/** Regions that are there, and with `createRegions` those the file brings along under ids of their own. */
export async function findRegions(reader: Reader, rows: readonly ReadRow[], { options, newRegions }: ImportContext): Promise<FoundNames> {
  const names = valuesOf(rows, 'region')
  if (names.length === 0) return nobody('region')
  const there = await reader.all<{ name: string; id: string }>(
    sql`select r.name, r.id from ar.regions r where r.tenant_id = ${reader.caller.tenantId} and r.name = any(${names}::text[])`,
  )
  const ids = new Map(there.map((one) => [one.name, one.id]))
  return found('region', names, options, (name) => {
    const id = ids.get(name)
    if (id !== undefined) {
      newRegions.delete(name)
      return { id }
    }
    if (!options.createRegions) return undefined
    if (!newRegions.has(name)) newRegions.set(name, uuid())
    return { id: newRegions.get(name)! }
  })
}

/** What the row's own page of findings says about a word: nothing when it is plain, a remark when something was made of it, a warning when it will be left empty. */
export function nameFindings({ field, ids, ambiguous, blank, read }: FoundNames, { values }: ReadRow): Finding[] {
  const value = values[field]
  if (value === undefined) return []
  const label = read.get(value)
  if (label !== undefined) return [{ severity: 'noted', field, code: 'imports.nameRead', params: { field, value, label } }]
  if (blank.has(value)) return [{ severity: 'noted', field, code: 'imports.nameLeftBlank', params: { field, value } }]
  if (ids.has(value)) return []
  const code = field === 'salesperson' && ambiguous.has(value) ? 'imports.salespersonAmbiguous' : `imports.${field}Unknown`
  return [{ severity: 'warned', field, code, params: { field, value }, fix: 'chooseName' }]
}

/** What was chosen as the payment terms of customers that are created, to count their due days. */
export async function newCustomersTerms(reader: Reader, { newTermsId }: ImportOptions): Promise<PaymentTerms | null> {
  if (!newTermsId) return null
  const found = await reader.maybe<{ definition: PaymentTerms }>(
    sql`select p.definition from ar.payment_terms p where p.tenant_id = ${reader.caller.tenantId} and p.id = ${newTermsId}`,
  )
  return found?.definition ?? null
}

/** What the words of a field may be set to: for the page's choice. */
export async function nameCandidates(reader: Reader, field: NamedField): Promise<{ id: string; label: string }[]> {
  const t = reader.caller.tenantId
  if (field === 'salesperson')
    return reader.all(
      sql`select p.id, p.name as label from ar.people p where p.tenant_id = ${t} and p.status <> 'disabled' order by p.name, p.id limit ${PEOPLE_MOST}`,
    )
  if (field === 'terms')
    return reader.all(
      sql`select p.id, p.name as label from ar.payment_terms p where p.tenant_id = ${t} and p.status = 'active' order by p.code limit ${TERMS_MOST}`,
    )
  return reader.all(sql`select r.id, r.name as label from ar.regions r where r.tenant_id = ${t} order by r.name, r.id limit ${TERMS_MOST}`)
}

function found(field: NamedField, names: readonly string[], { names: chosen }: ImportOptions, match: (name: string) => Match): FoundNames {
  const decided = new Map(chosen.filter((one) => one.field === field).map((one) => [one.value, one.id]))
  const ids = new Map<string, string>()
  const ambiguous = new Set<string>()
  const blank = new Set<string>()
  const read = new Map<string, string>()
  for (const name of names) {
    const own = decided.get(name)
    if (own === null) blank.add(name)
    const hit: Match = own === undefined ? match(name) : own === null ? undefined : { id: own }
    if (hit === 'ambiguous') ambiguous.add(name)
    else if (hit !== undefined) {
      ids.set(name, hit.id)
      if (hit.label !== undefined) read.set(name, hit.label)
    }
  }
  return { field, ids, ambiguous, blank, read }
}

function nobody(field: NamedField): FoundNames {
  return { field, ids: new Map(), ambiguous: new Set(), blank: new Set(), read: new Map() }
}

/** '张三(S001)' as '张三'. */
function withoutBrackets(name: string): string {
  return name.normalize('NFKC').replace(/[([{【][^)\]}】]{0,40}[)\]}】]/g, '')
}

function valuesOf(rows: readonly ReadRow[], field: string): string[] {
  return [...new Set(rows.map((row) => row.values[field]).filter((value) => value !== undefined))]
}
