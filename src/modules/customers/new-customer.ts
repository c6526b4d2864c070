import type { Issue } from '../../kernel/problem.ts'
import { checkTaxId } from './tax-id.ts'

/** A customer to be created: what a form or one row of a file says. Absent is the same as null, except where a default is named. */
export type NewCustomer = {
  /** Given by importers that refer to the row before it exists (a parent of later rows); made otherwise. */
  readonly id?: string | undefined
  /** Absent: by the company's code scheme. */
  readonly code?: string | undefined
  readonly name: string
  readonly shortName?: string | null | undefined
  readonly parentId?: string | null | undefined
  readonly salespersonId?: string | null | undefined
  readonly regionId?: string | null | undefined
  readonly termsId?: string | null | undefined
  readonly customerType?: string | null | undefined
  readonly industry?: string | null | undefined
  readonly class?: string | null | undefined
  readonly tags?: readonly string[] | undefined
  /** The company's base currency unless said. */
  readonly currency?: string | undefined
  readonly language?: string | undefined
  readonly country?: string | null | undefined
  readonly address?: string | null | undefined
  readonly phone?: string | null | undefined
  readonly email?: string | null | undefined
  readonly website?: string | null | undefined
  readonly taxId?: string | null | undefined
  readonly invoiceTitle?: string | null | undefined
  readonly invoiceAddress?: string | null | undefined
  readonly invoicePhone?: string | null | undefined
  readonly bankName?: string | null | undefined
  readonly bankBranch?: string | null | undefined
  readonly bankAccount?: string | null | undefined
  readonly bankAccountName?: string | null | undefined
  readonly bankCode?: string | null | undefined
  readonly buyerScale?: string | null | undefined
  readonly keyAccount?: boolean | undefined
  readonly remark?: string | undefined
  /** The row's key in the system it comes from. */
  readonly sourceNo?: string | null | undefined
}

/** What is wrong with one row (`refused`: it cannot be saved) or worth a second look (`similar`: saved only if the caller says so). `row` counts from 0. */
export type CustomerFinding = Issue & { readonly row: number; readonly severity: 'refused' | 'similar' }

/** What a row says wrong by itself or about its neighbours in the same list, without asking the database. */
export function findingsWithin(rows: readonly NewCustomer[]): CustomerFinding[] {
  const firstWithCode = new Map<string, number>()
  return rows.flatMap((row, index) => {
    const found: CustomerFinding[] = []
    const refuse = (path: string, code: string, params = {}) => found.push({ row: index, severity: 'refused', path, code, params })
    if (row.name.trim() === '') refuse('name', 'platform.required')
    if (row.code !== undefined) {
      const first = firstWithCode.get(row.code)
      if (first === undefined) firstWithCode.set(row.code, index)
      else refuse('code', 'customers.codeTwiceInList', { code: row.code, line: first + 1 })
    }
    const taxId = row.taxId ? checkTaxId(row.taxId, row.country ?? null) : undefined
    if (taxId?.refused) refuse('taxId', taxId.refused, { taxId: taxId.taxId })
    return found
  })
}
