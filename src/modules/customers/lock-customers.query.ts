import type { Day } from '../../kernel/day.ts'
import { missing, Problem } from '../../kernel/problem.ts'
import type { Reader, Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'

/** A customer as stored. */
export type StoredCustomer = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly shortName: string | null
  readonly parentId: string | null
  readonly salespersonId: string | null
  readonly regionId: string | null
  readonly termsId: string | null
  readonly customerType: string | null
  readonly industry: string | null
  readonly class: string | null
  readonly tags: readonly string[]
  readonly currency: string
  readonly language: string
  readonly country: string | null
  readonly address: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly website: string | null
  readonly taxId: string | null
  readonly invoiceTitle: string | null
  readonly invoiceAddress: string | null
  readonly invoicePhone: string | null
  readonly bankName: string | null
  readonly bankBranch: string | null
  readonly bankAccount: string | null
  readonly bankAccountName: string | null
  readonly bankCode: string | null
  readonly buyerScale: 'large' | 'medium' | 'small' | 'micro' | 'publicBody' | null
  readonly keyAccount: boolean
  readonly status: 'active' | 'disabled' | 'merged'
  readonly mergedIntoId: string | null
  readonly remark: string
  readonly verifiedOn: Day | null
  readonly version: number
  readonly createdAt: Date
}

const columns = sql`c.id, c.code, c.name, c.short_name, c.parent_id, c.salesperson_id, c.region_id, c.terms_id, c.customer_type, c.industry, c.class, c.tags, c.currency, c.language,
  c.country, c.address, c.phone, c.email, c.website, c.tax_id, c.invoice_title, c.invoice_address, c.invoice_phone, c.bank_name, c.bank_branch, c.bank_account, c.bank_account_name, c.bank_code,
  c.buyer_scale, c.key_account, c.status, c.merged_into_id, c.remark, c.verified_on, c.version, c.created_at`

/** These customers, locked in the order of their ids. Throws the 404 unless every one is there and in the caller's scope. */
export async function lockCustomers(tx: Tx, ids: readonly string[]): Promise<Map<string, StoredCustomer>> {
  const rows = await tx.all<StoredCustomer>(
    sql`select ${columns} from ar.customers c where c.tenant_id = ${tx.caller.tenantId} and c.id = any(${[...new Set(ids)]}::uuid[]) order by c.id for no key update`,
  )
  return allOf(rows, ids)
}

/** The same without a lock. */
export async function readCustomers(reader: Reader, ids: readonly string[]): Promise<Map<string, StoredCustomer>> {
  const rows = await reader.all<StoredCustomer>(
    sql`select ${columns} from ar.customers c where c.tenant_id = ${reader.caller.tenantId} and c.id = any(${[...new Set(ids)]}::uuid[])`,
  )
  return allOf(rows, ids)
}

/** Throws the 409 unless the version is the one that the caller saw. */
export function requireVersion(stored: { readonly version: number }, seen: number): void {
  if (stored.version !== seen) throw new Problem('platform.staleVersion', { version: stored.version }, { kind: 'conflict' })
}

function allOf(rows: readonly StoredCustomer[], ids: readonly string[]): Map<string, StoredCustomer> {
  const found = new Map(rows.map((row) => [row.id, row]))
  if (ids.some((id) => !found.has(id))) throw missing('customer')
  return found
}
