import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { newCustomers, opened } from '../../../test/harness/receivables.ts'
import { uuid } from '../../kernel/uuid.ts'
import { sql } from '../../platform/sql.ts'

let app: TestApp
let company: TestCompany
let customerId: string
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  customerId = (await newCustomers(app, company, 1))[0]!
}, 60_000)
afterAll(() => app.close())

const count = (text: ReturnType<typeof sql>) =>
  app.db.read(company.system, (reader) => reader.one<{ count: number }>(text)).then((row) => row.count)

describe('opening by hand', () => {
  test('gives the receivable, its line, entry, balanced voucher, number, exposure, and one audit entry', async () => {
    const id = await opened(company.people.arAccountant, customerId, { reference: 'PO-1', remark: 'first' })
    const { body } = await company.people.auditor.get(`/api/receivables/${id}`)
    expect(body).toMatchObject({
      no: 'AR-2610-0001',
      kind: 'manual',
      amount: '113.00',
      open: '113.00',
      status: 'overdue',
      overdueDays: 21,
      progress: 0,
      reference: 'PO-1',
      remark: 'first',
      expectedOn: '2026-10-31',
      expectedPassedDays: 21,
      expectedBasis: 'due',
      lines: [{ lineNo: 1, productId: null, net: '100.00', tax: '13.00', amount: '113.00', openBase: '113.00' }],
      entries: [{ kind: 'opened', entryOn: '2026-10-01', amount: '113.00', voucherNo: 'V-2610-0001' }],
      events: [{ action: 'receivables.opened', byName: 'arAccountant' }],
    })
    const voucher = await company.people.auditor.get(`/api/vouchers/${body.entries[0].voucherId}`)
    expect(
      voucher.body.lines.map((line: { account: string; debit: string; credit: string }) => [line.account, line.debit, line.credit]),
    ).toEqual([
      ['1122', '113.00', '0.00'],
      ['6001', '0.00', '100.00'],
      ['222102', '0.00', '13.00'],
    ])
    const { receivablesBase } = await app.db.read(company.system, (reader) =>
      reader.one<{ receivablesBase: bigint }>(
        sql`select a.receivables_base from ar.credit_accounts a where a.tenant_id = ${company.tenantId} and a.customer_id = ${customerId}`,
      ),
    )
    expect(receivablesBase).toBe(11_300n)
    expect(
      await count(sql`select count(*)::int as count from ar.audit_log a where a.tenant_id = ${company.tenantId} and a.entity_id = ${id}`),
    ).toBe(1)
    await expectBooksTrue(app, company)
  })
  test('an opening balance stands against its own account and says what it once was', async () => {
    const id = await opened(company.people.financeManager, customerId, {
      kind: 'opening',
      amount: '40.00',
      tax: undefined,
      originalAmount: '100.00',
      issuedOn: '2025-03-01',
      dueOn: '2025-04-30',
      sourceNo: 'OLD-7',
    })
    const { body } = await company.people.auditor.get(`/api/receivables/${id}`)
    expect(body).toMatchObject({
      kind: 'opening',
      amount: '40.00',
      open: '40.00',
      originalAmount: '100.00',
      receivedBefore: '60.00',
      progress: 0,
      sourceNo: 'OLD-7',
    })
    const { body: voucher } = await company.people.auditor.get(`/api/vouchers/${body.entries[0].voucherId}`)
    expect(voucher.lines.map((line: { account: string }) => line.account)).toEqual(['1122', '4104'])
  })
  test('an old item can be brought into the books later than it was issued', async () => {
    const id = await opened(company.people.financeManager, customerId, {
      issuedOn: '2024-01-10',
      dueOn: '2024-02-10',
      entryOn: '2026-11-01',
    })
    const { body } = await company.people.auditor.get(`/api/receivables/${id}`)
    expect(body).toMatchObject({ no: expect.stringMatching(/^AR-2401-/), entries: [{ entryOn: '2026-11-01' }] })
  })
  test('another currency needs a rate, and its base amount is rounded once (yen have no decimals)', async () => {
    const id = await opened(company.people.arAccountant, customerId, { currency: 'JPY', rate: '0.047315', amount: '100001', tax: '9091' })
    const { body } = await company.people.auditor.get(`/api/receivables/${id}`)
    expect(body).toMatchObject({ amount: '100001', amountBase: '4731.55', open: '100001', openBase: '4731.55' })
    await expectBooksTrue(app, company)
  })
  test('lines with products add up and tax goes with them', async () => {
    const productId = uuid()
    await app.db.transaction(company.system, async (tx) => tx.insert('products', [{ id: productId, code: 'P-1', name: 'pump' }]))
    const lines = [
      { productId, amount: '100.00', tax: '11.50' },
      { productId, amount: '13.00' },
    ]
    const id = await opened(company.people.arAccountant, customerId, { tax: undefined, lines })
    const { body } = await company.people.auditor.get(`/api/receivables/${id}`)
    expect(body.lines).toMatchObject([
      { productName: 'pump', net: '88.50', tax: '11.50' },
      { net: '13.00', tax: '0.00' },
    ])
    const found = await company.people.auditor.get(`/api/receivables?productId=${productId}`)
    expect(found.body.total).toBe(1)
  })
})

describe('what is refused names the field and leaves nothing behind', () => {
  const wanted = { amount: '10.00', issuedOn: '2026-10-01', dueOn: '2026-10-31' }
  test.each<[string, Record<string, unknown>, string, string]>([
    ['a negative amount', { amount: '-1.00' }, 'amount', 'receivables.amountNotPositive'],
    ['nothing', { amount: '0.00' }, 'amount', 'receivables.amountNotPositive'],
    ['minus nothing', { amount: '-0' }, 'amount', 'receivables.amountNotPositive'],
    ['a tenth of a cent', { amount: '0.001' }, 'amount', 'platform.tooManyDecimals'],
    ['half a yen', { amount: '10.5', currency: 'JPY', rate: '0.05' }, 'amount', 'platform.tooManyDecimals'],
    ['more than any document may carry', { amount: '9999999999999999' }, 'amount', 'platform.numberTooLarge'],
    ['more tax than amount', { tax: '10.01' }, 'tax', 'receivables.taxOutOfRange'],
    ['negative tax', { tax: '-1' }, 'tax', 'receivables.taxOutOfRange'],
    ['a foreign currency without a rate', { currency: 'USD' }, 'rate', 'receivables.rateMissing'],
    ['a rate of nothing', { currency: 'USD', rate: '0' }, 'rate', 'receivables.rateMissing'],
    ['a rate on the base currency', { rate: '7.1' }, 'rate', 'receivables.rateNotOne'],
    ['due before issue', { dueOn: '2026-09-30' }, 'dueOn', 'receivables.dueBeforeIssue'],
    ['no due day and no terms', { dueOn: undefined }, 'dueOn', 'receivables.dueOnMissing'],
    ['a day in the future', { issuedOn: '2026-11-22', dueOn: '2026-12-22' }, 'issuedOn', 'receivables.inFuture'],
    ['booked before it was issued', { entryOn: '2026-09-30' }, 'entryOn', 'receivables.beforeIssue'],
    ['an unknown customer', { customerId: uuid() }, 'customerId', 'receivables.customerUnknown'],
    ['an unknown entity', { entityId: uuid() }, 'entityId', 'receivables.entityUnknown'],
    ['an unknown salesperson', { salespersonId: uuid() }, 'salespersonId', 'receivables.salespersonUnknown'],
    ['an unknown region', { regionId: uuid() }, 'regionId', 'receivables.regionUnknown'],
    ['an unknown product', { lines: [{ productId: uuid(), amount: '10.00' }] }, 'lines.0.productId', 'receivables.productUnknown'],
    ['an original amount below what is open', { originalAmount: '9.99' }, 'originalAmount', 'receivables.originalBelowOpen'],
  ])('%s', async (_, more, path, code) => {
    const before = await count(sql`select count(*)::int as count from ar.receivables r where r.tenant_id = ${company.tenantId}`)
    const { status, body } = await company.people.arAccountant.post('/api/receivables', {
      receivables: [
        { customerId, ...wanted },
        { customerId, ...wanted, ...more },
      ],
    })
    expect(status).toBe(422)
    expect(body.issues).toMatchObject([{ path: `receivables.1.${path}`, code }])
    expect(body.issues[0].message).not.toContain('receivables.')
    expect(await count(sql`select count(*)::int as count from ar.receivables r where r.tenant_id = ${company.tenantId}`)).toBe(before)
  })
  test('lines that do not add up', async () => {
    const productId = uuid()
    await app.db.transaction(company.system, async (tx) => tx.insert('products', [{ id: productId, code: 'P-2', name: 'valve' }]))
    const { body } = await company.people.arAccountant.post('/api/receivables', {
      receivables: [{ customerId, ...wanted, lines: [{ productId, amount: '9.99' }] }],
    })
    expect(body.issues).toMatchObject([{ path: 'receivables.0.lines', code: 'receivables.linesDoNotAddUp' }])
  })
  test('a source number twice in one list, or once more later', async () => {
    const twice = await company.people.arAccountant.post('/api/receivables', {
      receivables: [
        { customerId, ...wanted, sourceNo: 'S-1' },
        { customerId, ...wanted, sourceNo: 'S-1' },
      ],
    })
    expect(twice.body.issues).toMatchObject([{ path: 'receivables.1.sourceNo', code: 'receivables.sourceNoTwice' }])
    await opened(company.people.arAccountant, customerId, { ...wanted, tax: '0.00', sourceNo: 'S-1' })
    const again = await company.people.arAccountant.post('/api/receivables', { receivables: [{ customerId, ...wanted, sourceNo: 'S-1' }] })
    expect(again.body.issues).toMatchObject([{ path: 'receivables.0.sourceNo', code: 'receivables.sourceNoTaken' }])
    const other = await company.people.arAccountant.post('/api/receivables', {
      receivables: [{ customerId, ...wanted, amount: '0.07', sourceNo: 'S-1' }],
    })
    expect(other.body.issues).toMatchObject([{ path: 'receivables.0.sourceNo', code: 'receivables.sourceNoOfAnother' }])
  })
  test('a disabled customer, and a customer of another company', async () => {
    const [disabled] = await newCustomers(app, company, 1, { status: 'disabled' })
    const [foreign] = await newCustomers(app, await app.company('other'), 1)
    for (const [id, code] of [
      [disabled, 'receivables.customerNotActive'],
      [foreign, 'receivables.customerUnknown'],
    ]) {
      const { body } = await company.people.arAccountant.post('/api/receivables', { receivables: [{ customerId: id, ...wanted }] })
      expect(body.issues).toMatchObject([{ path: 'receivables.0.customerId', code }])
    }
  })
  test('a salesperson may not open, and an unknown key is refused', async () => {
    expect((await company.people.salesperson.post('/api/receivables', { receivables: [{ customerId, ...wanted }] })).status).toBe(403)
    expect(
      (await company.people.arAccountant.post('/api/receivables', { receivables: [{ customerId, ...wanted, open: '0' }] })).status,
    ).toBe(400)
  })
})

test('without a due day the terms of the customer say when it is due, moved off a holiday', async () => {
  const [id] = await newCustomers(app, company, 1)
  const definition = {
    parts: [
      { name: 'all', share: { percent: '100' }, rule: { baseDate: 'invoice', countFrom: 'baseDate', period: { count: 30, unit: 'day' } } },
    ],
    roll: 'next',
    calendar: 'cn',
    transitDays: 0,
  }
  const termsId = uuid()
  await app.db.transaction(company.system, async (tx) => {
    tx.insert('payment_terms', [{ id: termsId, code: 'N30', name: 'net 30', definition }])
    tx.update('customers', [{ id, termsId }], { set: ['termsId'] })
  })
  const receivable = await opened(company.people.arAccountant, id!, { issuedOn: '2026-09-01', dueOn: undefined })
  const { body } = await company.people.auditor.get(`/api/receivables/${receivable}`)
  expect(body).toMatchObject({ contractDueOn: '2026-10-01', dueOn: '2026-10-08' })
})

test('two hundred at once: every number once, no gap', async () => {
  const customers = await newCustomers(app, company, 20)
  const replies = await Promise.all(
    Array.from({ length: 200 }, (_, i) =>
      company.people.arAccountant.post('/api/receivables', {
        receivables: [{ customerId: customers[i % 20], amount: '1.00', issuedOn: '2026-08-01', dueOn: '2026-08-31' }],
      }),
    ),
  )
  expect(replies.filter((reply) => reply.status === 201)).toHaveLength(200)
  const numbers = await app.db.read(company.system, (reader) =>
    reader.all<{ no: bigint }>(
      sql`select n.no from ar.document_numbers n where n.tenant_id = ${company.tenantId} and n.series = 'AR-2608' order by n.no`,
    ),
  )
  expect(numbers.map(({ no }) => Number(no))).toEqual(Array.from({ length: 200 }, (_, i) => i + 1))
  await expectBooksTrue(app, company)
}, 60_000)
