import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { day } from '../../src/kernel/day.ts'
import { reverseAllocations } from '../../src/modules/allocations/reverse-allocations.command.ts'
import { mergeCustomer } from '../../src/modules/customers/merge-customers.command.ts'
import { voidReceivables } from '../../src/modules/receivables/void-receivables.command.ts'
import { type Reply, startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'
import { openOf, owe, received, record } from '../harness/receipts.ts'
import { newCustomers } from '../harness/receivables.ts'

let app: TestApp
let company: TestCompany

beforeAll(async () => {
  app = await startTestApp()
}, 120_000)
afterAll(() => app.close())
beforeEach(async () => {
  company = await app.company()
})
afterEach(() => expectBooksTrue(app, company))

/** What somebody does while the customer is being merged: the merge has its locks and has written, and commits a moment later. */
async function whileMerging<T>(fromId: string, intoId: string, act: () => Promise<T>): Promise<T> {
  const { caller, get } = company.people.arAccountant
  const { version } = (await get(`/api/customers/${fromId}`)).body
  const { promise: isMerged, resolve: merged } = Promise.withResolvers<void>()
  const { promise: gate, resolve: go } = Promise.withResolvers<void>()
  const merging = app.db.transaction(caller, async (tx) => {
    await mergeCustomer(tx, { fromId, fromVersion: version, intoId, reason: 'one company' })
    await tx.flush()
    merged()
    await gate
  })
  await isMerged
  const acting = act()
  await new Promise((resolve) => setTimeout(resolve, 300))
  go()
  await merging
  return acting
}

test('an allocation is undone while its customer is being merged: both happen, one after the other', async () => {
  const { arAccountant } = company.people
  const [fromId, intoId] = (await newCustomers(app, company, 2)) as [string, string]
  const [item] = (await owe(app, company, fromId, [{ amount: '100' }])) as [string]
  const receiptId = await received(company, { customerId: fromId, amount: '40' })
  const allocated = await arAccountant.post('/api/allocations', { lines: [{ receiptId, receivableId: item, amount: '40' }] })
  expect(allocated.status).toBe(201)
  const listed = await arAccountant.get(`/api/receipts/${receiptId}`)
  const undone = await whileMerging(fromId, intoId, () =>
    arAccountant.post('/api/allocations/reversals', {
      allocationIds: listed.body.allocations.map((one: { id: string }) => one.id),
      reason: 'wrong receivable',
    }),
  )
  expect(undone.status).toBe(201)
  expect(await openOf(app, company, [item])).toEqual([10_000])
  expect((await arAccountant.get(`/api/receivables/${item}`)).body).toMatchObject({ open: '100.00', customerId: intoId })
}, 60_000)

test('what was settled at the merge and comes open again follows to the customer that stays, and goes back with the undo', async () => {
  const { arAccountant, auditor } = company.people
  const [first, second, last] = (await newCustomers(app, company, 3)) as [string, string, string]
  const [item] = (await owe(app, company, first, [{ amount: '40' }])) as [string]
  const receiptId = await received(company, { customerId: first, amount: '40' })
  await arAccountant.post('/api/allocations', { lines: [{ receiptId, receivableId: item, amount: '40' }] })
  const merge = async (fromId: string, intoId: string): Promise<string> => {
    const { version } = (await arAccountant.get(`/api/customers/${fromId}`)).body
    const merged = await arAccountant.post('/api/customers/merges', { fromId, fromVersion: version, intoId, reason: 'one company' })
    expect(merged.status).toBe(201)
    return merged.body.id
  }
  const places = async (): Promise<string[]> => [
    (await auditor.get(`/api/receivables/${item}`)).body.customerId,
    (await auditor.get(`/api/receipts/${receiptId}`)).body.customerId,
  ]
  const merges = [await merge(first, second), await merge(second, last)]
  expect(await places()).toEqual([first, first])
  const { allocations } = (await auditor.get(`/api/receipts/${receiptId}`)).body
  const undone = await arAccountant.post('/api/allocations/reversals', {
    allocationIds: allocations.map((one: { id: string }) => one.id),
    reason: 'wrong',
  })
  expect(undone.status).toBe(201)
  expect(await places()).toEqual([last, last])
  await expectBooksTrue(app, company)
  for (const [id, place] of [
    [merges[1], second],
    [merges[0], first],
  ] as const) {
    const { items } = (await arAccountant.get('/api/customers/merges')).body
    const { version } = items.find((one: { id: string }) => one.id === id)
    expect((await arAccountant.post(`/api/customers/merges/${id}/undo`, { version })).status).toBe(201)
    expect(await places()).toEqual([place, place])
  }
}, 60_000)

test('a receivable is voided while its customer is being merged: who looked at it before looks again, a worker takes it back from the customer that stays', async () => {
  const { arAccountant } = company.people
  const [fromId, intoId] = (await newCustomers(app, company, 2)) as [string, string]
  const [item, other, rest] = (await owe(app, company, fromId, [{ amount: '100' }, { amount: '30' }, { amount: '7' }])) as [
    string,
    string,
    string,
  ]
  const voiding = (version: number) => arAccountant.post(`/api/receivables/${item}/voiding`, { version, reason: 'twice' })
  const [byHand] = await whileMerging(fromId, intoId, () =>
    Promise.all([
      voiding(1),
      app.db.transaction(arAccountant.caller, (tx) => voidReceivables(tx, [{ id: other, voidedOn: day('2026-11-21'), reason: 'import' }])),
    ]),
  )
  expect(byHand).toMatchObject({ status: 409, body: { code: 'platform.staleVersion' } })
  expect((await voiding(2)).status).toBe(201)
  expect(await openOf(app, company, [item, other, rest])).toEqual([0, 0, 700])
}, 60_000)

describe('what somebody enters while its customer is being merged is refused, or goes along', () => {
  const entered: Readonly<Record<string, (customerId: string) => Promise<() => Promise<Reply>>>> = {
    'a receivable by hand': async (customerId) => () =>
      company.people.arAccountant.post('/api/receivables', {
        receivables: [{ customerId, amount: '100.00', issuedOn: '2026-11-01', dueOn: '2026-12-01' }],
      }),
    'money that is recorded': async (customerId) => () => record(company, { customerId, amount: '40' }),
    'money that is found to be theirs': async (customerId) => {
      const id = await received(company, { customerId: null, amount: '40' })
      const { version } = (await company.people.auditor.get(`/api/receipts/${id}`)).body
      return () => company.people.arAccountant.post(`/api/receipts/${id}/customer`, { version, customerId, reason: 'the bank says so' })
    },
  }
  test.each([
    ['a receivable by hand', 'receivables.invalid'],
    ['money that is recorded', 'receipts.invalid'],
    ['money that is found to be theirs', 'platform.notFound'],
  ])(
    '%s',
    async (what, code) => {
      const [fromId, intoId] = (await newCustomers(app, company, 2)) as [string, string]
      const enter = await entered[what]!(fromId)
      expect((await whileMerging(fromId, intoId, enter)).body.code).toBe(code)
    },
    60_000,
  )
})

test('whoever does not see the customer that stays cannot bring open again what was settled at the merge', async () => {
  const { arAccountant, salesperson, secondSalesperson } = company.people
  const [fromId] = (await newCustomers(app, company, 1, { salespersonId: salesperson.caller.actorId })) as [string]
  const [intoId] = (await newCustomers(app, company, 1, { salespersonId: secondSalesperson.caller.actorId })) as [string]
  const [item] = (await owe(app, company, fromId, [{ amount: '40' }])) as [string]
  const receiptId = await received(company, { customerId: fromId, amount: '40' })
  await arAccountant.post('/api/allocations', { lines: [{ receiptId, receivableId: item, amount: '40' }] })
  const { version } = (await arAccountant.get(`/api/customers/${fromId}`)).body
  await arAccountant.post('/api/customers/merges', { fromId, fromVersion: version, intoId, reason: 'one company' })
  const seesOnePart = { ...arAccountant.caller, scope: salesperson.caller.scope }
  const undoing = app.db.transaction(seesOnePart, (tx) => reverseAllocations(tx, { receiptId, reason: 'wrong' }))
  await expect(undoing).rejects.toMatchObject({ code: 'platform.outOfScope', kind: 'forbidden' })
  expect(await openOf(app, company, [item])).toEqual([0])
}, 60_000)
