import type { Day } from '../../kernel/day.ts'
import { parseMinor } from '../../kernel/money.ts'
import { uuid } from '../../kernel/uuid.ts'
import { may } from '../../platform/caller.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { word } from '../../platform/words.ts'
import { type ApprovalRule, neededSteps } from '../approvals/approval-rule.ts'
import { activeRules } from '../approvals/approval-rules.query.ts'
import type { ContactFields } from '../customers/keep-contacts.command.ts'
import { nameKeys } from '../customers/name-keys.ts'
import type { CustomerFinding, NewCustomer } from '../customers/new-customer.ts'
import { validateCustomers } from '../customers/validate-customers.query.ts'
import { undoneCustomers } from './find-customers.query.ts'
import { type FoundNames, findRegions, findSalespeople, findTerms, nameFindings } from './find-names.query.ts'
import { type ImportContext, seenBefore } from './import-handler.query.ts'
import { isRefused, type JudgedRow } from './judged-row.ts'
import type { Finding, ReadRow } from './read-row.ts'

/** What is saved of one row. `revived`: the version of the customer that an undone import had made of the same code. */
export type CustomerInput = {
  readonly customer: NewCustomer & { readonly id: string }
  readonly contacts: readonly (ContactFields & { readonly name: string })[]
  readonly limit?: { readonly limitBase: bigint; readonly until: Day | null; readonly reason: string }
  readonly revived?: number
}
/** A row that only brings one more contact of the customer above it. */
export const FURTHER_CONTACT = Symbol('further contact')

type Names = {
  readonly people: FoundNames
  readonly regions: FoundNames
  readonly terms: FoundNames
  readonly parents: ReadonlyMap<string, string>
}

export async function judgeCustomerRows(reader: Reader, rows: readonly ReadRow[], context: ImportContext): Promise<JudgedRow[]> {
  const [people, regions, terms, parents, rules] = await Promise.all([
    findSalespeople(reader, rows, context),
    findRegions(reader, rows, context),
    findTerms(reader, rows, context),
    findParents(reader, rows),
    activeRules(reader, ['creditLimit']),
  ])
  const names = { people, regions, terms, parents }
  const heads = headsOf(rows)
  const customers = rows.map((row) => customerOf(row, names))
  const own = [...new Set(heads)]
  const [revived, wrong] = await Promise.all([undoneBefore(reader, rows), wrongCustomers(reader, own.map((at) => customers[at]!), context)]) // biome-ignore format: one flight
  const byHead = new Map(
    own.map((at, place) => {
      const row = rows[at]!
      const back = revived.get(row.values['code'] ?? '') ?? revived.get(row.values['sourceNo'] ?? '')
      const found = (wrong.get(place) ?? []).map(asFinding).filter((one) => back === undefined || one.severity !== 'already')
      const judged = [...row.findings, ...found, ...ownFindings(row, names, context, reader)]
      const limit = limitOf(row, reader)
      const waits = limit !== undefined && !isRefused({ findings: judged }) && waitsForApproval(reader, rules, limit.limitBase, row.values['class'])
      const findings: Finding[] = waits ? [...judged, { severity: 'noted', field: 'creditLimit', code: 'imports.limitWaits' }] : judged
      const contacts = rows.filter((_, index) => heads[index] === at).flatMap(contactsOf)
      const customer = back === undefined ? customers[at]! : { ...customers[at]!, id: back.id }
      const input: CustomerInput = { customer, contacts, ...(limit === undefined ? {} : { limit }), ...(back === undefined ? {} : { revived: back.version }) }
      return [at, { line: row.line, title: row.values['name'] ?? '', findings, ...(isRefused({ findings }) ? {} : { input }) } as JudgedRow]
    }),
  ) // biome-ignore format: one line a step
  return rows.map((row, index) => (heads[index] === index ? byHead.get(index)! : furtherContact(row, byHead.get(heads[index]!)!)))
}

/** By row the place of the row that its customer begins on: the row above, when that is the same customer and this one brings a contact and nothing else of its own. */
function headsOf(rows: readonly ReadRow[]): number[] {
  const heads: number[] = []
  rows.forEach(({ values }, index) => {
    const head = index === 0 ? undefined : heads[index - 1]!
    const above = head === undefined ? undefined : rows[head]!.values
    const isSame =
      above !== undefined &&
      values['code'] === above['code'] &&
      (values['code'] !== undefined || values['name'] === above['name']) &&
      Object.entries(values).every(([field, value]) => field.startsWith('contact') || above[field] === value)
    heads.push(isSame && values['contact'] !== undefined && values['contact'] !== above['contact'] ? head! : index)
  })
  return heads
}

function furtherContact({ line, values, findings: read }: ReadRow, head: JudgedRow): JudgedRow {
  const title = values['name'] ?? ''
  const isThere = !head.findings.some((one) => one.severity === 'refused')
  const beside: Finding = isThere
    ? { ...head.findings.find((one) => one.severity === 'already')!, field: 'contact' }
    : { severity: 'refused', field: 'name', code: 'imports.customerRowRefused', params: { line: head.line }, fix: 'fixCustomer' }
  const findings = [...read, ...(isRefused(head) ? [beside] : [])]
  if (isRefused({ findings })) return { line, title, findings }
  return { line, title, findings: [{ severity: 'noted', field: 'contact', code: 'imports.furtherContact', params: { line: head.line } }], input: FURTHER_CONTACT }
} // biome-ignore format: one line a step

function customerOf({ values }: ReadRow, { people, regions, terms, parents }: Names): NewCustomer & { readonly id: string } {
  return {
    id: uuid(), name: values['name'] ?? '', code: values['code'], shortName: values['shortName'], taxId: values['taxId'], parentId: parents.get(values['parent'] ?? ''), salespersonId: people.ids.get(values['salesperson'] ?? ''),
    regionId: regions.ids.get(values['region'] ?? ''), termsId: terms.ids.get(values['terms'] ?? ''), customerType: values['customerType'], industry: values['industry'], class: values['class'],
    tags: values['tags']?.split(/[,，;；、]/).map((tag) => tag.trim()).filter((tag) => tag !== ''), currency: values['currency'], country: values['country']?.toUpperCase(), address: values['address'], phone: values['phone'], email: values['email'],
    website: values['website'], invoiceTitle: values['invoiceTitle'], invoiceAddress: values['invoiceAddress'], invoicePhone: values['invoicePhone'], bankName: values['bankName'], bankAccount: values['bankAccount'], keyAccount: values['keyAccount'] === 'true',
    remark: values['remark'], sourceNo: values['sourceNo'],
  } // biome-ignore format: one line a group of fields
}

function contactsOf({ values }: ReadRow): (ContactFields & { readonly name: string })[] {
  return ['contact', 'contact2'].flatMap((key) => {
    const name = values[key]
    return name === undefined ? [] : [{ name, job: values[`${key}Job`], phone: values[`${key}Phone`], email: values[`${key}Email`] }]
  })
}

function limitOf({ values, line }: ReadRow, reader: Reader): CustomerInput['limit'] {
  const limitBase = values['creditLimit'] === undefined ? undefined : parseMinor(values['creditLimit'], reader.caller.baseCurrency)
  return limitBase === undefined
    ? undefined
    : {
        limitBase,
        until: (values['limitUntil'] as Day | undefined) ?? null,
        reason: word(reader.caller.language, 'imports.limitReason', { line })!,
      }
}

/** Is somebody asked before this limit holds? As requestLimits decides it. */
function waitsForApproval(
  { caller, today }: Reader,
  rules: readonly ApprovalRule[],
  limitBase: bigint,
  customerClass: string | undefined,
): boolean {
  const facts = { amountBase: limitBase, customerClass: customerClass ?? null, on: today }
  return !may(caller, 'credit.hold') || neededSteps(rules, facts, caller.baseCurrency).length > 0
}

/** The customers' own rules; regions that come with the file are as good as there. */
async function wrongCustomers(reader: Reader, customers: readonly NewCustomer[], { newRegions }: ImportContext) {
  const news = new Set(newRegions.values())
  const findings = await validateCustomers(
    reader,
    customers.map((one) => (one.regionId && news.has(one.regionId) ? { ...one, regionId: null } : one)),
  )
  return Map.groupBy(findings, (finding) => finding.row)
}

function ownFindings(row: ReadRow, { people, regions, terms, parents }: Names, context: ImportContext, reader: Reader): Finding[] {
  const { values, line } = row
  const { baseCurrency } = reader.caller
  const { creditLimit, limitCurrency, limitUntil, parent } = values
  const limit = creditLimit === undefined ? undefined : parseMinor(creditLimit, baseCurrency)
  const refuse = (field: string, code: string, params = {}, fix = 'fixAmount'): Finding => ({
    severity: 'refused',
    field,
    code,
    params,
    fix,
  })
  const contact = (key: string): Finding | false =>
    values[key] === undefined &&
    ['Job', 'Phone', 'Email'].some((part) => values[key + part] !== undefined) && {
      severity: 'warned',
      field: key,
      code: 'imports.contactNameless',
    }
  const found: (Finding | false)[] = [
    parent !== undefined && !parents.has(parent) && { severity: 'warned', field: 'parent', code: 'imports.parentUnknown', params: { value: parent } },
    creditLimit !== undefined && limit === undefined && refuse('creditLimit', 'platform.tooManyDecimals', { currency: baseCurrency }),
    limit !== undefined && limit < 0n && refuse('creditLimit', 'imports.limitNegative', { value: creditLimit! }),
    limitCurrency !== undefined && limitCurrency !== baseCurrency && refuse('limitCurrency', 'imports.limitCurrency', { currency: limitCurrency, base: baseCurrency }),
    limitUntil !== undefined && limitUntil < reader.today && refuse('limitUntil', 'imports.limitOver', { day: limitUntil }, 'fixDay'),
    limit !== undefined && !may(reader.caller, 'credit.request') && refuse('creditLimit', 'imports.mayNotSetLimits', {}, 'leaveLimit'),
    contact('contact'),
    contact('contact2'),
  ] // biome-ignore format: one line a rule
  return [
    ...found.filter((one) => one !== false),
    ...seenBefore(context, values['code'], line, 'code'),
    ...nameFindings(people, row),
    ...nameFindings(regions, row),
    ...nameFindings(terms, row),
  ]
}

const FIELDS: Readonly<Record<string, string>> = { salespersonId: 'salesperson', regionId: 'region', termsId: 'terms', parentId: 'parent' }

function asFinding({ severity, path, code, params }: CustomerFinding): Finding {
  const field = FIELDS[path] ?? path
  if (code === 'customers.codeTaken' || code === 'customers.alreadyImported') {
    const value = String(params?.['code'] ?? params?.['no'] ?? '')
    return { severity: 'already', field, code: 'imports.alreadyThere', params: { value }, fix: 'leaveOut' }
  }
  const fix = code === 'platform.required' ? 'fillIn' : 'fixCustomer'
  return { severity: severity === 'similar' ? 'warned' : 'refused', field, code, params: params ?? {}, fix }
}

/** Customers of these codes or numbers that an undone import left disabled, by code and by number. */
async function undoneBefore(reader: Reader, rows: readonly ReadRow[]): Promise<Map<string, { id: string; version: number }>> {
  const codes = rows.flatMap((row) => row.values['code'] ?? [])
  const numbers = rows.flatMap((row) => row.values['sourceNo'] ?? [])
  if (codes.length + numbers.length === 0) return new Map()
  const disabled = await reader.report<{ id: string; version: number; code: string; sourceNo: string | null }>(
    sql`select c.id, c.version, c.code, c.source_no from ar.customers c where c.tenant_id = ${reader.caller.tenantId} and c.status = 'disabled'
      and (c.code = any(${codes}::text[]) or c.source_no = any(${numbers}::text[]))`,
  )
  if (disabled.length === 0) return new Map()
  const undone = await undoneCustomers(reader, disabled.map((one) => one.id)) // biome-ignore format: short
  return new Map(
    disabled.filter(({ id }) => undone.has(id)).flatMap((one) => [[one.code, one] as const, ...(one.sourceNo === null ? [] : [[one.sourceNo, one] as const])]),
  ) // biome-ignore format: short
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
