import { Problem, type ProblemKind } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Reader, Tx } from '../../platform/db.ts'
import { emit } from '../../platform/events.ts'
import { sql } from '../../platform/sql.ts'
import type { Row } from '../../platform/write-set.ts'
import { company } from '../company/company.query.ts'
import { insertCustomers, noteCustomerNumbers, takeCustomerNumbers } from './customer.store.ts'
import { customerCode } from './customer-code.ts'
import type { CustomerEvent } from './customer-events.ts'
import { readCustomerSettings } from './customer-settings.query.ts'
import { nameKeys } from './name-keys.ts'
import type { CustomerFinding, NewCustomer } from './new-customer.ts'
import { checkTaxId } from './tax-id.ts'
import { validateCustomers } from './validate-customers.query.ts'

/** Rounds of looking for free numbers among codes that people have typed by hand. */
const CODE_ROUNDS_MOST = 20

/**
 * Creates customers, their credit accounts and their first terms (by flow.ts). Returns their ids in the order of the rows. Throws Problem with every wrong field
 * (`path` is `<row>.<field>`, for one row `<field>`); customers of the same name or tax id are refused unless `acceptSimilar`.
 * `firstLimitBase` asks for a credit limit of that amount for each. Importers call validateCustomers first and leave out the rows it refuses. One audit entry: of the document, or of the chunk.
 */
export async function createCustomers(
  tx: Tx,
  rows: readonly NewCustomer[],
  options: { readonly acceptSimilar?: boolean; readonly firstLimitBase?: bigint } = {},
): Promise<string[]> {
  if (rows.length === 0) return []
  refuse(await validateCustomers(tx, rows), rows.length, options.acceptSimilar ?? false)
  const ids = rows.map((row) => row.id ?? uuid())
  const codes = await codesFor(tx, rows, ids)
  const { language } = await company(tx)
  const stored = rows.map((row, index) => storedRow(tx, { ...row, language: row.language ?? language }, ids[index]!, codes[index]!))
  insertCustomers(tx, stored)
  if (stored.length === 1)
    tx.audit({
      action: 'customers.created',
      entity: 'customer',
      entityId: stored[0]!.id,
      after: { code: stored[0]!.code, name: stored[0]!.name },
    })
  else tx.audit({ action: 'customers.created', entity: 'customer', detail: { count: stored.length, ids: stored.map((row) => row.id) } })
  await emit<CustomerEvent>(tx, {
    type: 'customers.created',
    customers: stored.map(({ id, parentId, termsId }) => ({
      id,
      parentId,
      termsId,
      ...(options.firstLimitBase === undefined ? {} : { firstLimitBase: options.firstLimitBase }),
    })),
  })
  return stored.map((row) => row.id)
}

function refuse(findings: readonly CustomerFinding[], count: number, acceptSimilar: boolean): void {
  const stopping = findings.filter((finding) => finding.severity === 'refused' || !acceptSimilar)
  if (stopping.length === 0) return
  const issues = stopping.map(({ row, path, code, params }) => ({
    path: count === 1 ? path : `${row}.${path}`,
    code,
    ...(params ? { params } : {}),
  }))
  const [first] = issues
  const kind: ProblemKind = stopping.every((finding) => finding.severity === 'similar') ? 'conflict' : 'refused'
  throw new Problem(first!.code, first!.params ?? {}, { kind, issues: issues.slice(0, 100) })
}

type StoredRow = Row & {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly parentId: string | null
  readonly termsId: string | null
}

function storedRow(tx: Tx, row: NewCustomer & { language: string }, id: string, code: string): StoredRow {
  const { caller } = tx
  const taxId = row.taxId ? checkTaxId(row.taxId, row.country ?? null).taxId : null
  return {
    id, code, name: row.name, shortName: row.shortName ?? null, ...nameKeys(row.name), parentId: row.parentId ?? null,
    salespersonId: row.salespersonId ?? (caller.scope.kind === 'all' ? null : caller.actorId), regionId: row.regionId ?? null, termsId: row.termsId ?? null,
    customerType: row.customerType ?? null, industry: row.industry ?? null, class: row.class ?? null, tags: [...new Set(row.tags ?? [])],
    currency: row.currency ?? caller.baseCurrency, language: row.language, country: row.country ?? null,
    address: row.address ?? null, phone: row.phone ?? null, email: row.email ?? null, website: row.website ?? null, taxId,
    invoiceTitle: row.invoiceTitle ?? null, invoiceAddress: row.invoiceAddress ?? null, invoicePhone: row.invoicePhone ?? null,
    bankName: row.bankName ?? null, bankBranch: row.bankBranch ?? null, bankAccount: row.bankAccount ?? null, bankAccountName: row.bankAccountName ?? null, bankCode: row.bankCode ?? null,
    buyerScale: row.buyerScale ?? null, keyAccount: row.keyAccount ?? false, remark: row.remark ?? '', verifiedOn: tx.today, sourceNo: row.sourceNo ?? null, createdBy: caller.actorId,
    createdAt: tx.at,
  } // biome-ignore format: one line a group of fields
}

/** The codes of all rows: the given ones, and numbers of the series for the rest. A number whose code somebody typed earlier is passed over, on the record. */
async function codesFor(tx: Tx, rows: readonly NewCustomer[], ids: readonly string[]): Promise<string[]> {
  const unnamed = ids.filter((_, index) => rows[index]!.code === undefined)
  if (unnamed.length === 0) return rows.map((row) => row.code!)
  const { codeScheme } = await readCustomerSettings(tx)
  if (!codeScheme.automatic) throw new Problem('customers.codeRequired', {}, { kind: 'invalid', path: 'code' })
  const taken = new Set(rows.flatMap((row) => (row.code === undefined ? [] : [row.code])))
  const given = new Map<string, string>()
  for (let round = 0; given.size < unnamed.length; round += 1) {
    if (round >= CODE_ROUNDS_MOST) throw new Problem('customers.noFreeCode', { prefix: codeScheme.prefix })
    const count = unnamed.length - given.size
    const first = await takeCustomerNumbers(tx, count)
    const numbered = Array.from({ length: count }, (_, i) => ({ no: first + BigInt(i), code: customerCode(codeScheme, first + BigInt(i)) }))
    for (const code of await codesInUse(
      tx,
      numbered.map((one) => one.code),
    ))
      taken.add(code)
    const notes = numbered.map(({ no, code }) => {
      const documentId = taken.has(code) ? uuid() : unnamed[given.size]!
      if (!taken.has(code)) given.set(documentId, code)
      return { no, documentId }
    })
    noteCustomerNumbers(tx, notes)
  }
  return rows.map((row, index) => row.code ?? given.get(ids[index]!)!)
}

async function codesInUse(reader: Reader, codes: readonly string[]): Promise<string[]> {
  const rows = await reader.all<{ code: string }>(sql`select code from ar.customer_codes_in_use(${codes}::text[]) code`)
  return rows.map((row) => row.code)
}
