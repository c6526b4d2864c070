import { expect } from 'vitest'
import { verifyBooks } from '../../src/modules/reports/verify-books.query.ts'
import { sealAudit } from '../../src/platform/seal.ts'
import type { TestApp, TestCompany } from './app.ts'

/**
 * After whatever happened: every invariant of the books holds. A failure names the sentence and the rows. Tests run without the sealing writer, so its turn is now.
 * `without`: invariants of documents that the test has put there by itself instead of through their module.
 */
export async function expectBooksTrue(
  app: TestApp,
  company: Pick<TestCompany, 'system'>,
  { without = [] }: { without?: readonly string[] } = {},
): Promise<void> {
  while ((await sealAudit(app.db, company.system)) > 0);
  const { invariants } = await verifyBooks(app.db, company.system)
  expect(
    invariants
      .filter(({ id, holds }) => !holds && !without.includes(id))
      .map(({ id, sentence, count, rows }) => ({ id, sentence, count, rows })),
  ).toEqual([])
}
