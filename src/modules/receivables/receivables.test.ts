import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { newCustomers } from '../../../test/harness/receivables.ts'
import { day } from '../../kernel/day.ts'
import { openReceivables } from './open-receivables.command.ts'

let app: TestApp
let company: TestCompany
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
}, 60_000)
afterAll(() => app.close())

test('opened: receivable, line, entry, voucher, number, exposure, one audit entry', async () => {
  const [customerId] = await newCustomers(app, company, 1)
  const issuedOn = day('2026-11-01')
  const [id] = await app.db.transaction(company.system, (tx) =>
    openReceivables(tx, [
      {
        kind: 'manual',
        entityId: company.entityId,
        customerId: customerId!,
        orderId: null,
        partNo: null,
        partName: null,
        salespersonId: null,
        regionId: null,
        currency: 'CNY',
        amountBase: 11_300n,
        taxBase: 1_300n,
        lines: [{ productId: null, net: 10_000n, tax: 1_300n }],
        issuedOn,
        dueOn: day('2026-12-01'),
        contractDueOn: day('2026-12-01'),
        entryOn: issuedOn,
        reference: null,
        sourceNo: null,
        disputed: false,
        remark: '',
        terms: null,
      },
    ]),
  )
  expect(id).toBeTypeOf('string')
  await expectBooksTrue(app, company)
})
