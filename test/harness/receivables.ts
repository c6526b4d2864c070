import { uuid } from '../../src/kernel/uuid.ts'
import type { TestApp, TestCompany } from './app.ts'

/** Customers with their credit accounts, for tests that begin at the receivable. They belong to `salespersonId`. */
export async function newCustomers(
  app: TestApp,
  company: TestCompany,
  count: number,
  more: { salespersonId?: string; currency?: string } = {},
): Promise<string[]> {
  const ids = Array.from({ length: count }, () => uuid())
  await app.db.transaction(company.system, async (tx) => {
    tx.insert(
      'customers',
      ids.map((id) => ({
        id,
        code: `C-${id.slice(9, 13)}${id.slice(-8)}`,
        name: `customer ${id}`,
        exactKey: id,
        looseKey: id,
        salespersonId: null,
        currency: 'CNY',
        ...more,
      })),
    )
    tx.insert(
      'credit_accounts',
      ids.map((id) => ({ customerId: id, ancestors: [id] })),
    )
  })
  return ids
}
