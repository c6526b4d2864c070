import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { reverseAllocations } from '../../src/modules/allocations/reverse-allocations.command.ts'
import { mergeCustomer } from '../../src/modules/customers/merge-customers.command.ts'
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

test('an allocation is undone while its customer is being merged: both happen, one after the other', async () => {
  const { arAccountant } = company.people
  const [fromId, intoId] = (await newCustomers(app, company, 2)) as [string, string]
  const [item] = (await owe(app, company, fromId, [{ amount: '100' }])) as [string]
  const receiptId = await received(company, { customerId: fromId, amount: '40' })
  const allocated = await arAccountant.post('/api/allocations', { lines: [{ receiptId, receivableId: item, amount: '40' }] })
  expect(allocated.status).toBe(201)
  const listed = await arAccountant.get(`/api/receipts/${receiptId}`)
  const version = (await arAccountant.get(`/api/customers/${fromId}`)).body.version
  let go = (): void => undefined
  const gate = new Promise<void>((resolve) => {
    go = resolve
  })
  let merged = (): void => undefined
  const isMerged = new Promise<void>((resolve) => {
    merged = resolve
  })
  const merging = app.db.transaction(arAccountant.caller, async (tx) => {
    await mergeCustomer(tx, { fromId, fromVersion: version, intoId, reason: 'one company' })
    merged()
    await gate
  })
  await isMerged
  const undoing = arAccountant.post('/api/allocations/reversals', {
    allocationIds: listed.body.allocations.map((one: { id: string }) => one.id),
    reason: 'wrong receivable',
  })
  await new Promise((resolve) => setTimeout(resolve, 300))
  go()
  await merging
  expect((await undoing).status).toBe(201)
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
      const { arAccountant } = company.people
      const [fromId, intoId] = (await newCustomers(app, company, 2)) as [string, string]
      const version = (await arAccountant.get(`/api/customers/${fromId}`)).body.version
      const enter = await entered[what]!(fromId)
      const { promise: isMerged, resolve: merged } = Promise.withResolvers<void>()
      const { promise: gate, resolve: go } = Promise.withResolvers<void>()
      const merging = app.db.transaction(arAccountant.caller, async (tx) => {
        await mergeCustomer(tx, { fromId, fromVersion: version, intoId, reason: 'one company' })
        await tx.flush()
        merged()
        await gate
      })
      await isMerged
      const entering = enter()
      await new Promise((resolve) => setTimeout(resolve, 300))
      go()
      await merging
      expect((await entering).body.code).toBe(code)
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
