import type { TestApp, TestCompany } from './app.ts'
import { newCustomers, opened } from './receivables.ts'

/** A company of its own with a customer that owes these amounts (decimal text, 3.00 of each is tax). */
export async function companyWith(
  app: TestApp,
  amounts: readonly [issuedOn: string, amount: string][],
): Promise<{ company: TestCompany; customerId: string; ids: string[] }> {
  const company = await app.company()
  const [customerId] = await newCustomers(app, company, 1)
  const ids: string[] = []
  for (const [issuedOn, amount] of amounts)
    ids.push(await opened(company.people.arAccountant, customerId!, { issuedOn, dueOn: '2027-01-31', amount, tax: '3.00' }))
  return { company, customerId: customerId!, ids }
}

/** What the auditor reads at an address. */
// biome-ignore lint/suspicious/noExplicitAny: answers are read freely in tests
export async function look(company: TestCompany, path: string): Promise<any> {
  return (await company.people.auditor.get(path)).body
}
