import { uuid } from '../../kernel/uuid.ts'
import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { type NameKeys, nameKeys } from '../customers/name-keys.ts'
import type { NewCustomer } from '../customers/new-customer.ts'
import { validateCustomers } from '../customers/validate-customers.query.ts'
import type { ImportContext } from './import-handler.query.ts'
import type { Finding, ReadRow } from './read-row.ts'

type Known = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly exactKey: string
  readonly looseKey: string
  readonly taxId: string | null
  readonly sourceNo: string | null
  readonly currency: string
  readonly status: string
  readonly version: number
}
export type FoundCustomer = { readonly id: string; readonly currency: string | undefined; readonly isNew: boolean }
export type CustomerAnswer = { readonly customer?: FoundCustomer; readonly findings: readonly Finding[] }

/**
 * Whose row is it? By tax id, then code (or the old system's key), then name however it is typed. One statement for all rows. A customer that is not there is refused
 * with the nearest name, or created with the row when the options say so: its id is given here, so that everything else can be judged.
 */
export async function findCustomers(
  reader: Reader,
  rows: readonly ReadRow[],
  context: ImportContext,
  newCustomer: (row: ReadRow) => Omit<NewCustomer, 'id' | 'name' | 'code' | 'taxId'> = () => ({}),
): Promise<CustomerAnswer[]> {
  const keys = new Map<string, NameKeys>()
  for (const { values } of rows)
    if (values['customer'] !== undefined && !keys.has(values['customer'])) keys.set(values['customer'], nameKeys(values['customer']))
  const there = await knownCustomers(reader, rows, [...keys.values()])
  if (context.options.createCustomers) await revive(reader, there, context)
  const known = indexed(there)
  const answers = rows.map((row) => answer(row, keys, known, context))
  if (!context.options.createCustomers) return answers
  const missing = rows.flatMap((row, index) => (answers[index]!.missing === undefined ? [] : [{ row, key: answers[index]!.missing! }]))
  const refused = await bringIn(reader, missing, context, newCustomer)
  return answers.map(({ missing: key, ...found }, index) => {
    const created = key === undefined ? undefined : context.newCustomers.get(key)
    if (created === undefined) {
      const { customer } = found
      return customer !== undefined && context.revived.has(customer.id) ? { ...found, customer: { ...customer, isNew: true } } : found
    }
    const wrong = refused.get(key!)
    if (wrong !== undefined) return { findings: wrong }
    return {
      customer: { id: created.id, currency: created.currency ?? undefined, isNew: true },
      findings: likeAnother(created.name, key!, rows[index]!.line, known, context),
    }
  })
}

function knownCustomers(reader: Reader, rows: readonly ReadRow[], keys: readonly NameKeys[]): Promise<Known[]> {
  const t = reader.caller.tenantId
  const given = (field: string) => [...new Set(rows.map((row) => row.values[field]).filter((value) => value !== undefined))]
  const columns = sql`c.id, c.code, c.name, c.exact_key, c.loose_key, c.tax_id, c.source_no, c.currency, c.status, c.version`
  const live = sql`c.tenant_id = ${t} and c.status <> 'merged'`
  const codes = given('customerCode')
  return reader.report<Known>(sql`select ${columns} from ar.customers c where ${live} and c.exact_key = any(${keys.map((key) => key.exactKey)}::text[])
    union select ${columns} from ar.customers c where ${live} and c.loose_key = any(${keys.map((key) => key.looseKey)}::text[])
    union select ${columns} from ar.customers c where ${live} and c.code = any(${codes}::text[])
    union select ${columns} from ar.customers c where ${live} and c.source_no = any(${codes}::text[])
    union select ${columns} from ar.customers c where ${live} and c.tax_id = any(${given('taxId').map((id) => id.toUpperCase())}::text[])`)
}

/** Customers that an undone import left disabled and unused are as good as new. */
async function revive(reader: Reader, known: readonly Known[], { revived }: ImportContext): Promise<void> {
  for (const { id, status } of known) if (status !== 'disabled') revived.delete(id)
  const disabled = known.filter((one) => one.status === 'disabled')
  if (disabled.length === 0) return
  const undone = await undoneCustomers(
    reader,
    disabled.map((one) => one.id),
  )
  for (const { id, version } of disabled) if (undone.has(id)) revived.set(id, version)
}

/** Which of these disabled customers were made by an import that has been taken back. */
export async function undoneCustomers(reader: Reader, ids: readonly string[]): Promise<Set<string>> {
  const t = reader.caller.tenantId
  const found = await reader.all<{ id: string }>(sql`select x.id from unnest(${ids}::uuid[]) x(id) where exists (
    select from ar.import_chunks m where m.tenant_id = ${t} and m.undone_at is not null and m.customers @> array[x.id])`)
  return new Set(found.map((one) => one.id))
}

/** A customer to be created that is written like one of the company or an earlier one of the file: said once, on its first row, by the key of 疑似重复客户. */
function likeAnother(value: string, key: string, line: number, known: Index, { looksLike }: ImportContext): Finding[] {
  const { looseKey } = nameKeys(value)
  const first = looksLike.get(looseKey) ?? { key, name: value, lines: new Map<string, number>() }
  looksLike.set(looseKey, first)
  if (!first.lines.has(key)) first.lines.set(key, line)
  const name = known.loose.get(looseKey)?.[0]?.name ?? (first.key === key ? undefined : first.name)
  if (name === undefined || first.lines.get(key) !== line) return []
  return [{ severity: 'warned', field: 'customer', code: 'imports.customerLooksLike', params: { value, name }, fix: 'sameName' }]
}

type Index = {
  readonly exact: Map<string, Known[]>
  readonly loose: Map<string, Known[]>
  readonly codes: Map<string, Known>
  readonly taxIds: Map<string, Known[]>
}

function indexed(known: readonly Known[]): Index {
  const codes = new Map(known.flatMap((one) => (one.sourceNo === null ? [] : [[one.sourceNo, one] as const])))
  for (const one of known) codes.set(one.code, one)
  return {
    exact: Map.groupBy(known, (one) => one.exactKey),
    loose: Map.groupBy(known, (one) => one.looseKey),
    codes,
    taxIds: Map.groupBy(
      known.filter((one) => one.taxId !== null),
      (one) => one.taxId!,
    ),
  }
}

function answer(
  { values, findings: read }: ReadRow,
  keys: ReadonlyMap<string, NameKeys>,
  known: Index,
  { options, newCustomers }: ImportContext,
): CustomerAnswer & { readonly missing?: string } {
  const { customer: name, customerCode: code, taxId } = values
  if (name === undefined && code === undefined && taxId === undefined)
    return {
      findings: read.some((one) => one.field === 'customer' || one.field === 'customerCode')
        ? []
        : [{ severity: 'refused', field: 'customer', code: 'imports.customerEmpty', fix: 'fillCustomer' }],
    }
  const byName = name === undefined ? [] : (known.exact.get(keys.get(name)!.exactKey) ?? [])
  const byTaxId = taxId === undefined ? [] : (known.taxIds.get(taxId.toUpperCase()) ?? [])
  const found =
    (byTaxId.length === 1 ? byTaxId[0] : undefined) ??
    (code === undefined ? undefined : known.codes.get(code)) ??
    (byName.length === 1 ? byName[0] : undefined)
  if (found !== undefined)
    return {
      customer: { id: found.id, currency: found.currency, isNew: false },
      findings: name === undefined ? [] : otherName(name, keys.get(name)!, found),
    }
  if (byName.length > 1) return { findings: [ambiguous(name!, byName.length)] }
  const key = code ?? (name === undefined ? taxId! : keys.get(name)!.exactKey)
  if (options.createCustomers || newCustomers.has(key)) return { findings: [], missing: key }
  return { findings: [unknown(name ?? code ?? taxId!, name === undefined ? undefined : known.loose.get(keys.get(name)!.looseKey)?.[0])] }
}

function ambiguous(value: string, count: number): Finding {
  return { severity: 'refused', field: 'customer', code: 'imports.customerAmbiguous', params: { value, count }, fix: 'giveCode' }
}

function unknown(value: string, similar: Known | undefined): Finding {
  const refused = { severity: 'refused', field: 'customer', fix: 'chooseOrCreate' } as const
  return similar === undefined
    ? { ...refused, code: 'imports.customerUnknown', params: { value } }
    : { ...refused, code: 'imports.customerUnknownSimilar', params: { value, similar: similar.name, code: similar.code } }
}

/** Code or tax id say one customer, the name another: the number is believed, and somebody is to look. */
function otherName(value: string, keys: NameKeys, { name, code, exactKey, looseKey }: Known): Finding[] {
  if (keys.exactKey === exactKey || keys.looseKey === looseKey) return []
  return [{ severity: 'warned', field: 'customer', code: 'imports.customerNameDiffers', params: { value, name, code }, fix: 'fixCustomer' }]
}

/** Gives new customers their ids, once a file, and asks the customers' own rules about them. Returns what is wrong, by key. */
async function bringIn(
  reader: Reader,
  missing: readonly { row: ReadRow; key: string }[],
  context: ImportContext,
  more: (row: ReadRow) => Omit<NewCustomer, 'id' | 'name' | 'code' | 'taxId'>,
): Promise<Map<string, Finding[]>> {
  const firsts = [...new Map(missing.toReversed().map((one) => [one.key, one])).values()].reverse()
  for (const { row, key } of firsts) {
    if (context.newCustomers.has(key)) continue
    const { customer, customerCode, taxId } = row.values
    context.newCustomers.set(key, {
      id: uuid(),
      name: customer ?? customerCode ?? taxId!,
      code: customerCode,
      taxId,
      termsId: context.options.newTermsId,
      ...more(row),
    })
  }
  const wanted = firsts.map(({ key }) => ({ key, customer: context.newCustomers.get(key)! }))
  const regions = new Set(context.newRegions.values())
  const findings = await validateCustomers(
    reader,
    wanted.map(({ customer }) => (customer.regionId && regions.has(customer.regionId) ? { ...customer, regionId: null } : customer)),
  )
  const wrong = new Map<string, Finding[]>()
  for (const { row, severity, path, code, params } of findings) {
    if (severity !== 'refused') continue
    const { key } = wanted[row]!
    wrong.set(key, [
      ...(wrong.get(key) ?? []),
      { severity: 'refused', field: FIELDS[path] ?? 'customer', code, ...(params ? { params } : {}), fix: 'fixCustomer' },
    ])
  }
  return wrong
}

const FIELDS: Readonly<Record<string, string>> = {
  code: 'customerCode',
  taxId: 'taxId',
  salespersonId: 'salesperson',
  regionId: 'region',
  name: 'customer',
}
