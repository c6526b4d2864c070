import { sql } from '../../src/platform/sql.ts'
import type { Reply, TestApp, TestCompany } from './app.ts'
import { received } from './receipts.ts'

type Line = { receiptId: string; receivableId: string; amount: string }

/** Allocates by hand, as the accountant. */
export function allocate(company: TestCompany, lines: readonly Line[], more: object = {}): Promise<Reply> {
  return company.people.arAccountant.post('/api/allocations', { lines, ...more })
}

/** Allocates by a rule, as the accountant. */
export function allocateByRule(company: TestCompany, rule: string, receiptIds: readonly string[], more: object = {}): Promise<Reply> {
  return company.people.arAccountant.post('/api/allocations/by-rule', { rule, receiptIds, ...more })
}

/** Undoes allocations, as the accountant. */
export function undoAllocations(company: TestCompany, what: object): Promise<Reply> {
  return company.people.arAccountant.post('/api/allocations/reversals', { reason: '错', ...what })
}

/** Confirmed money of the customer; returns the id. */
export function paid(company: TestCompany, customerId: string, amount: string, more: object = {}): Promise<string> {
  return received(company, { customerId, amount, ...more })
}

/** What the credit account of the customer counts as owed, in minor units. */
export async function owedBy(app: TestApp, company: TestCompany, customerId: string): Promise<number> {
  const { base } = await app.db.read(company.system, (reader) =>
    reader.one<{ base: bigint }>(
      sql`select a.receivables_base as base from ar.credit_accounts a where a.tenant_id = ${company.tenantId} and a.customer_id = ${customerId}`,
    ),
  )
  return Number(base)
}
