import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { uuid } from '../../kernel/uuid.ts'
import { changeExposure } from '../credit/change-exposure.command.ts'
import { lockCreditAccounts } from '../credit/credit-accounts.query.ts'

let app: TestApp
let company: TestCompany
beforeAll(async () => {
  app = await startTestApp('2026-11-21T02:00:00Z')
  company = await app.company()
})
afterAll(() => app.close())

test('the method by which most of the money came, and the last receipt in the list', async () => {
  const { arAccountant } = company.people
  const id = (await arAccountant.post('/api/customers', { name: '付款方式客户' })).body.id
  const [transfer, cash] = [uuid(), uuid()]
  await app.db.transaction(company.system, async (tx) => {
    tx.insert('payment_methods', [
      { id: transfer, code: 'transfer', name: '银行转账' },
      { id: cash, code: 'cash', name: '现金' },
    ])
    const receipt = (methodId: string, amount: bigint, receivedOn: string) => ({
      id: uuid(), entityId: company.entityId, customerId: id, methodId, amount, amountBase: amount, receivedOn,
      currency: 'CNY', status: 'confirmed', confirmedHow: 'rule', opening: false, createdBy: company.system.actorId,
    }) // biome-ignore format: one line a group of fields
    tx.insert('receipts', [
      receipt(transfer, 900n, '2026-10-01'),
      receipt(cash, 400n, '2026-11-01'),
      receipt(cash, 450n, '2026-11-02'),
      receipt(cash, 9_000n, '2025-01-01'),
      { ...receipt(cash, 9_000n, '2026-11-10'), opening: true },
    ])
    tx.insert('receivables', [
      {
        id: uuid(), kind: 'manual', entityId: company.entityId, customerId: id, currency: 'CNY', issuedOn: '2026-01-01',
        amount: 100n, amountBase: 100n, open: 0n, openBase: 0n, dueOn: '2026-10-01', contractDueOn: '2026-10-01', settledOn: '2026-10-01',
      }, // biome-ignore format: one line a group of fields
    ])
  })
  expect((await arAccountant.get(`/api/customers/${id}/overview`)).body.habit.usualMethod).toBe('银行转账')
  const listed = (await arAccountant.get(`/api/customers?q=${encodeURIComponent('付款方式客户')}`)).body.items
  expect(listed).toMatchObject([{ id, lastReceivedOn: '2026-11-02' }])
})

test('the figures of a customer: strip, position, habit and counts agree', async () => {
  const { arAccountant, secondSalesperson } = company.people
  const id = (await arAccountant.post('/api/customers', { name: '全景客户', salespersonId: company.people.salesperson.caller.actorId }))
    .body.id
  const base = { kind: 'manual', entityId: company.entityId, customerId: id, currency: 'CNY', issuedOn: '2026-01-01' }
  const open = [
    ['2026-11-21', 100n],
    ['2026-11-20', 200n],
    ['2026-10-22', 300n],
    ['2026-10-21', 400n],
    ['2026-05-25', 500n],
    ['2026-05-24', 600n],
  ] as const
  const paid = [
    ['2026-10-01', '2026-10-11', 1_000n],
    ['2026-09-01', '2026-09-01', 3_000n],
  ] as const
  await app.db.transaction(company.system, async (tx) => {
    const accounts = await lockCreditAccounts(tx, [id])
    tx.insert(
      'receivables',
      open.map(([dueOn, amount]) => ({
        ...base,
        id: uuid(),
        amount,
        amountBase: amount,
        open: amount,
        openBase: amount,
        dueOn,
        contractDueOn: dueOn,
        settledOn: null,
      })),
    )
    tx.insert(
      'receivables',
      paid.map(([dueOn, settledOn, amount]) => ({
        ...base,
        id: uuid(),
        amount,
        amountBase: amount,
        open: 0n,
        openBase: 0n,
        dueOn,
        contractDueOn: dueOn,
        settledOn,
      })),
    )
    changeExposure(tx, accounts, [{ customerId: id, receivablesBase: 2_100n }])
  })
  const { body } = await arAccountant.get(`/api/customers/${id}/overview`)
  expect(body.ageing.map((bucket: { amount: string }) => bucket.amount)).toEqual(['1.00', '5.00', '4.00', '0.00', '5.00', '6.00'])
  expect(body).toMatchObject({
    open: '21.00',
    overdue: '20.00',
    credit: { exposure: '21.00', components: { overdue: '20.00', notDue: '1.00' } },
    counts: { openItems: 6, receivables: 8, orders: 0 },
    expectedNext: { on: '2026-05-24', basis: 'due', passedDays: 181, amount: '6.00' }, // two documents are no habit
  })
  expect(body.habit).toMatchObject({
    count: 2,
    onTime: 1,
    averageDaysLate: 2.5,
    usualDaysLate: null,
    months: [
      { month: '2026-09', daysLate: 0 },
      { month: '2026-10', daysLate: 10 },
    ],
  })
  expect((await secondSalesperson.get(`/api/customers/${id}/overview`)).status).toBe(404)
  expect((await company.people.salesperson.get(`/api/customers/${id}/overview`)).body.open).toBe('21.00')
})
