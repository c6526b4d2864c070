import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { excelRows } from '../../../test/harness/excel-rows.ts'
import { received } from '../../../test/harness/receipts.ts'
import { newCustomers, opened } from '../../../test/harness/receivables.ts'
import { companyWith, look } from '../../../test/harness/vouchers.ts'
import { day } from '../../kernel/day.ts'
import { uuid } from '../../kernel/uuid.ts'
import { postVouchers } from './post-vouchers.command.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
}, 60_000)
afterAll(() => app.close())

describe('vouchers', () => {
  test('are listed by day, account, customer and number; a reversal points at its original', async () => {
    const { company, customerId, ids } = await companyWith(app, [
      ['2026-09-10', '10.00'],
      ['2026-10-10', '20.00'],
    ])
    await company.people.arAccountant.post(`/api/receivables/${ids[0]}/voiding`, { version: 1, reason: 'wrong' })
    const all = await look(company, '/api/vouchers')
    expect(all).toMatchObject({
      total: 3,
      sum: '40.00',
      items: [
        { voucherOn: '2026-11-21', reversed: false },
        { voucherOn: '2026-10-10' },
        { voucherOn: '2026-09-10', reversed: true, no: 'V-2609-0001', sourceNo: 'AR-2609-0001' },
      ],
    })
    expect((await look(company, `/api/vouchers?from=2026-10-01&until=2026-10-31&customerId=${customerId}`)).total).toBe(1)
    expect((await look(company, '/api/vouchers?account=2221')).total).toBe(3)
    expect((await look(company, '/api/vouchers?account=1002')).total).toBe(0)
    expect((await look(company, '/api/vouchers?search=V-2609-0001')).total).toBe(1)
    expect((await look(company, '/api/vouchers?search=AR-2609-0001')).total).toBe(2)
    const mirror = await look(company, `/api/vouchers/${all.items[0].id}`)
    expect(mirror).toMatchObject({
      reverses: { id: all.items[2].id, no: 'V-2609-0001' },
      summary: `冲销 V-2609-0001：应收立账 AR-2609-0001 · customer ${customerId}`,
      lines: [
        { account: '1122', credit: '10.00' },
        { account: '6001', debit: '7.00' },
        { account: '222102', debit: '3.00' },
      ],
    })
    expect(await look(company, `/api/vouchers/${all.items[2].id}`)).toMatchObject({
      reversed: true,
      reversedBy: [{ id: all.items[0].id, no: 'V-2611-0001' }],
    })
    const next = await look(company, `/api/vouchers?limit=2&cursor=${(await look(company, '/api/vouchers?limit=2')).nextCursor}`)
    expect(next.items.map((row: { no: string }) => row.no)).toEqual(['V-2609-0001'])
    await expectBooksTrue(app, company)
  })
  test('say in words what they are, in the reader’s language, and lead to their documents; what is undone says by what', async () => {
    const company = await app.company()
    const [customerId] = await newCustomers(app, company, 1)
    const accountant = company.people.arAccountant
    const receivables = [
      await opened(accountant, customerId!, { kind: 'opening', tax: undefined, amount: '60.00' }),
      await opened(accountant, customerId!, { amount: '40.00', tax: '0.00' }),
    ]
    const receiptId = await received(company, { customerId: customerId!, amount: '100.00', reference: 'ICBC 7' })
    const lines = receivables.map((receivableId, index) => ({ receiptId, receivableId, amount: index === 0 ? '60.00' : '40.00' }))
    await accountant.post('/api/allocations', { lines })
    const { allocations } = await look(company, `/api/receivables/${receivables[1]}`)
    expect((await accountant.post('/api/allocations/reversals', { allocationIds: [allocations[0].id], reason: 'wrong one' })).status).toBe(
      201,
    )
    const { items } = await look(company, '/api/vouchers')
    const name = `customer ${customerId}`
    expect(items.map((row: { no: string; summary: string }) => [row.no, row.summary])).toEqual([
      ['V-2611-0003', `反核销（冲销 V-2611-0002）：收款核销 RC-2611-0001 → AR-2610-0002 · ${name}`],
      ['V-2611-0002', `收款核销 RC-2611-0001 → AR-2610-0001 等 2 张应收单 · ${name}`],
      ['V-2611-0001', `收款 RC-2611-0001 · ${name} · ICBC 7`],
      ['V-2610-0002', `应收立账 AR-2610-0002 · ${name}`],
      ['V-2610-0001', `期初应收 AR-2610-0001 · ${name}`],
    ])
    expect(items[0]).toMatchObject({ receiptId, reverses: { id: items[1].id, no: 'V-2611-0002' }, reversedBy: [], reversed: false })
    expect(items[1]).toMatchObject({ receiptId, reverses: null, reversedBy: [{ id: items[0].id, no: 'V-2611-0003' }], reversed: false })
    await accountant.post('/api/allocations/reversals', { receiptId, reason: 'all of it' })
    expect(await look(company, `/api/vouchers/${items[1].id}`)).toMatchObject({
      reversed: true,
      reversedBy: [{ no: 'V-2611-0003' }, { no: 'V-2611-0004' }],
    })
    expect((await look(company, '/api/vouchers?search=RC-2611-0001')).total).toBe(4)
    expect((await look(company, '/api/vouchers?search=AR-2610-0001')).total).toBe(3)
    await expectBooksTrue(app, company)
  })
  test('name who made them and who was the second person; what takes back names who did that', async () => {
    const { company, customerId, ids } = await companyWith(app, [['2026-09-10', '10.00']])
    const { arAccountant, secondAccountant } = company.people
    const [receiptId] = (await arAccountant.post('/api/receipts', { receipts: [{ customerId, amount: '10.00', currency: 'CNY', receivedOn: '2026-11-20' }] })).body.ids // biome-ignore format: one call
    await secondAccountant.post('/api/receipts/confirmations', { receipts: [{ id: receiptId, version: 1 }] })
    const version = async (path: string) => (await look(company, path)).version
    await secondAccountant.post('/api/allocations/by-rule', { receiptIds: [receiptId], rule: 'oldest' })
    await arAccountant.post('/api/allocations/reversals', { receiptId, reason: 'not theirs' })
    await arAccountant.post(`/api/receipts/${receiptId}/reversal`, {
      version: await version(`/api/receipts/${receiptId}`),
      reason: 'bounced',
    })
    await secondAccountant.post(`/api/receivables/${ids[0]}/voiding`, {
      version: await version(`/api/receivables/${ids[0]}`),
      reason: 'wrong',
    })
    const { items } = await look(company, '/api/vouchers')
    const named = items.map((row: Record<string, string | null>) => [
      row['sourceKind'],
      row['reverses'] !== null,
      row['makerName'],
      row['checkerName'],
    ])
    expect(named.toSorted()).toEqual(
      [
        ['receivable', false, 'arAccountant', null],
        ['receipt', false, 'arAccountant', 'secondAccountant'],
        ['allocationBatch', false, 'secondAccountant', null],
        ['allocationBatch', true, 'arAccountant', null],
        ['receipt', true, 'arAccountant', null],
        ['receivable', true, 'secondAccountant', null],
      ].toSorted(),
    )
    expect(await look(company, `/api/vouchers/${items[0].id}`)).toMatchObject({ makerName: items[0].makerName })
    const rows = await excelRows((await company.people.auditor.get('/api/vouchers.xlsx')).raw)
    expect(rows[0]!.slice(-2)).toEqual(['制单', '审核'])
    expect(rows.some((cells) => cells[8] === 'arAccountant' && cells[9] === 'secondAccountant')).toBe(true)
  })

  test('a salesperson sees none, and another company’s voucher is not there', async () => {
    const { company } = await companyWith(app, [['2026-10-10', '20.00']])
    const other = await app.company()
    const { items } = await look(company, '/api/vouchers')
    expect((await company.people.salesperson.get('/api/vouchers')).status).toBe(403)
    expect((await other.people.auditor.get(`/api/vouchers/${items[0].id}`)).status).toBe(404)
  })
  test('a source has one voucher, and a voucher one mirror', async () => {
    const { company, ids } = await companyWith(app, [['2026-10-10', '20.00']])
    const line = { account: '1122', currency: 'CNY', debit: 1n, credit: 0n, debitBase: 1n, creditBase: 0n }
    const lines = [line, { ...line, account: '6001', debit: 0n, credit: 1n, debitBase: 0n, creditBase: 1n }]
    const again = {
      id: uuid(),
      voucherOn: day('2026-10-10'),
      sourceKind: 'receivable' as const,
      sourceId: ids[0]!,
      reversesId: null,
      summary: '',
      lines,
    }
    await expect(app.db.transaction(company.system, (tx) => postVouchers(tx, [again]))).rejects.toMatchObject({
      code: 'platform.duplicate',
    })
    await expect(app.db.transaction(company.system, (tx) => postVouchers(tx, [{ ...again, lines: [line] }]))).rejects.toThrow(
      'broken invariant',
    )
  })
})
