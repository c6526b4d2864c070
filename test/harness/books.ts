import { expect } from 'vitest'
import { receivableProofs, violationsOf } from '../../src/modules/receivables/receivables-proof.query.ts'
import { voucherProofs } from '../../src/modules/vouchers/vouchers-proof.query.ts'
import type { TestApp, TestCompany } from './app.ts'

/** After whatever happened: every invariant of the books holds. A failure names the sentence and the rows. */
export async function expectBooksTrue(app: TestApp, company: TestCompany): Promise<void> {
  const found = await app.db.read(company.system, (reader) => violationsOf(reader, [...receivableProofs, ...voucherProofs]))
  expect(found).toEqual([])
}
