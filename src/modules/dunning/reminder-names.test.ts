import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../../test/harness/app.ts'
import { newCustomers, opened } from '../../../test/harness/receivables.ts'
import { namesOfReceivables } from './reminder-parts.query.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
}, 60_000)
afterAll(() => app.close())

test('a customer is written the reference that it gave, else the number of the document that was brought in', async () => {
  const company = await app.company()
  const [customerId] = await newCustomers(app, company, 1)
  const { arAccountant } = company.people
  const opening = { kind: 'opening', tax: undefined, amount: '10.00' }
  const ids = [
    await opened(arAccountant, customerId!, { ...opening, sourceNo: 'HS2510062' }),
    await opened(arAccountant, customerId!, { ...opening, sourceNo: 'HS2510063', reference: 'PO 7' }),
    await opened(arAccountant, customerId!, opening),
  ]
  const names = await app.db.read(arAccountant.caller, (reader) => namesOfReceivables(reader, ids))
  expect(ids.map((id) => names.get(id)?.reference)).toEqual(['HS2510062', 'PO 7', null])
})
