import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { uuid } from '../../src/kernel/uuid.ts'
import { sql } from '../../src/platform/sql.ts'
import { type Reply, startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'
import { openOf, owe, received } from '../harness/receipts.ts'
import { newCustomers } from '../harness/receivables.ts'

const CLIENTS = 64
let app: TestApp
let company: TestCompany
let customerId: string

beforeAll(async () => {
  app = await startTestApp()
}, 120_000)
afterAll(() => app.close())
beforeEach(async () => {
  company = await app.company()
  customerId = (await newCustomers(app, company, 1))[0]!
})
afterEach(() => expectBooksTrue(app, company))

const allocate = (receiptId: string, receivableId: string, amount: string, key: string = uuid()): Promise<Reply> =>
  company.people.arAccountant.send('POST', '/api/allocations', { lines: [{ receiptId, receivableId, amount }] }, { 'idempotency-key': key })
const statuses = (replies: readonly Reply[]): Record<number, number> =>
  Object.fromEntries([...Map.groupBy(replies, (reply) => reply.status)].map(([status, own]) => [status, own.length]))
const each = <T>(work: (index: number) => Promise<T>, clients = CLIENTS): Promise<T[]> =>
  Promise.all(Array.from({ length: clients }, (_, index) => work(index)))

test('S01, T54: 64 clients allocate one receipt to 64 receivables: as many win as there is money for, the others are told 409', async () => {
  const items = await owe(
    app,
    company,
    customerId,
    Array.from({ length: CLIENTS }, () => ({ amount: '30' })),
  )
  const receiptId = await received(company, { customerId, amount: '1000' })
  const replies = await each((index) => allocate(receiptId, items[index]!, '30'))
  expect(statuses(replies)).toEqual({ 201: 33, 409: 31 })
  const open = await openOf(app, company, items)
  expect(open.filter((minor) => minor === 0)).toHaveLength(33)
  expect((await company.people.auditor.get(`/api/receipts/${receiptId}`)).body).toMatchObject({ allocated: '990.00', unallocated: '10.00' })
}, 60_000)

test('S01, T55: one receivable from 64 receipts: never more than it was', async () => {
  const [item] = await owe(app, company, customerId, [{ amount: '1000' }])
  const receipts = await app.db.transaction({ ...company.people.financeManager.caller, fourEyes: false }, (tx) => recordAll(tx))
  const replies = await each((index) => allocate(receipts[index]!, item!, '30'))
  expect(statuses(replies)).toEqual({ 201: 33, 409: 31 })
  expect(await openOf(app, company, [item!])).toEqual([1_000])
}, 60_000)

async function recordAll(tx: Parameters<Parameters<TestApp['db']['transaction']>[1]>[0]): Promise<string[]> {
  const { recordReceipts } = await import('../../src/modules/receipts/record-receipts.command.ts')
  const { day } = await import('../../src/kernel/day.ts')
  const empty = {
    orderId: null,
    methodId: null,
    bankAccountId: null,
    payerName: null,
    payerAccount: null,
    reference: null,
    channel: null,
    channelTx: null,
    sourceNo: null,
  }
  const receipts = Array.from({ length: CLIENTS }, () => ({
    ...empty,
    customerId,
    amount: '30',
    fee: '0',
    receivedOn: day('2026-11-20'),
    remark: '',
  }))
  return recordReceipts(tx, receipts, { acceptDuplicates: true, confirmed: true })
}

test('S02: allocating and undoing at once: every unit is somewhere, nothing is undone twice', async () => {
  const [item] = await owe(app, company, customerId, [{ amount: '640' }])
  const receiptId = await received(company, { customerId, amount: '640' })
  for (let index = 0; index < 8; index += 1) expect(await allocate(receiptId, item!, '40')).toMatchObject({ status: 201 })
  const made: string[] = (await company.people.auditor.get(`/api/receipts/${receiptId}`)).body.allocations.map(
    (one: { id: string }) => one.id,
  )
  const replies = await each((index) =>
    index % 2 === 0
      ? allocate(receiptId, item!, '40')
      : company.people.arAccountant.post('/api/allocations/reversals', {
          allocationIds: [made[Math.floor(index / 2) % made.length]],
          reason: 'race',
        }),
  )
  const undone = replies.filter((reply, index) => index % 2 === 1 && reply.status === 201)
  const won = replies.filter((reply, index) => index % 2 === 0 && reply.status === 201)
  expect(undone).toHaveLength(made.length)
  expect(Object.keys(statuses(replies)).every((status) => ['201', '409'].includes(status))).toBe(true)
  expect(await openOf(app, company, [item!])).toEqual([64_000 - won.length * 4_000])
  expect((await company.people.auditor.get(`/api/receipts/${receiptId}`)).body.unallocated).toBe(`${640 - won.length * 40}.00`)
}, 60_000)

test('S05: the same key from 64 clients has one effect and one answer', async () => {
  const [item] = await owe(app, company, customerId, [{ amount: '1000' }])
  const receiptId = await received(company, { customerId, amount: '1000' })
  const key = uuid()
  const replies = await each(() => allocate(receiptId, item!, '10', key))
  expect(statuses(replies)).toEqual({ 201: CLIENTS })
  for (const reply of replies) expect(reply.body).toEqual(replies[0]!.body)
  expect(await openOf(app, company, [item!])).toEqual([99_000])
}, 60_000)

test('two confirm the same receipt at once: it is booked once', async () => {
  const { body } = await company.people.arAccountant.post('/api/receipts', {
    receipts: [{ customerId, amount: '10', receivedOn: '2026-11-20' }],
  })
  const by = [company.people.secondAccountant, company.people.financeManager]
  const replies = await each(
    (index) => by[index % 2]!.post('/api/receipts/confirmations', { receipts: [{ id: body.ids[0], version: 1 }] }),
    16,
  )
  expect(statuses(replies)).toEqual({ 201: 1, 409: 15 })
}, 60_000)

test('T112: control: without the locks the same race loses money, so the tests above can fail', async () => {
  const [item] = await owe(app, company, customerId, [{ amount: '1000' }])
  // read, think, write: what allocate would be without its locks and its guarded save, on a copy of the row
  await app.database.pool.query('create table if not exists public.careless (id uuid primary key, open bigint not null)')
  await app.database.pool.query('insert into public.careless values ($1, 100000)', [item])
  const careless = async (): Promise<boolean> => {
    const { rows } = await app.database.pool.query('select open from public.careless where id = $1', [item])
    if (rows[0].open < 3_000n) return false
    await app.database.pool.query('update public.careless set open = $2 where id = $1', [item, rows[0].open - 3_000n])
    return true
  }
  const won = (await each(careless)).filter(Boolean).length
  const { rows } = await app.database.pool.query('select open from public.careless where id = $1', [item])
  expect(100_000n - 3_000n * BigInt(won)).not.toBe(rows[0].open)
})

test('T112: the wall behind the locks: the database itself refuses more than there is', async () => {
  const receiptId = await received(company, { customerId, amount: '10' })
  const more = app.db.transaction(company.system, async (tx) => {
    await tx.all(sql`select 1`)
    tx.update('receipts', [{ id: receiptId, allocated: 1_001n, allocatedBase: 1_001n }], { add: ['allocated', 'allocatedBase'] })
  })
  await expect(more).rejects.toMatchObject({ code: 'platform.ruleBroken' })
})
