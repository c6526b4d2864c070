import { expect } from 'vitest'
import { uuid } from '../../src/kernel/uuid.ts'
import type { Person, TestApp, TestCompany } from './app.ts'

/** Customers with their credit accounts, for tests that begin at the receivable. */
export async function newCustomers(
  app: TestApp,
  company: TestCompany,
  count: number,
  more: { salespersonId?: string; currency?: string; status?: string } = {},
): Promise<string[]> {
  const ids = Array.from({ length: count }, () => uuid())
  await app.db.transaction(company.system, async (tx) => {
    const row = (id: string) => ({
      id,
      code: `C-${id}`,
      name: `customer ${id}`,
      exactKey: id,
      looseKey: id,
      salespersonId: null,
      currency: 'CNY',
      status: 'active',
    })
    tx.insert(
      'customers',
      ids.map((id) => ({ ...row(id), ...more })),
    )
    tx.insert(
      'credit_accounts',
      ids.map((id) => ({ customerId: id, ancestors: [id] })),
    )
  })
  return ids
}

/** Opens one receivable by hand through the API, issued 2026-10-01, due 2026-10-31; gives its id. */
export async function opened(person: Person, customerId: string, more: Record<string, unknown> = {}): Promise<string> {
  const reply = await person.post('/api/receivables', {
    receivables: [{ customerId, amount: '113.00', tax: '13.00', issuedOn: '2026-10-01', dueOn: '2026-10-31', ...more }],
  })
  expect(reply.body).toMatchObject({ ids: [expect.any(String)] })
  return reply.body.ids[0]
}
