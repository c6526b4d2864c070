import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { order } from '../../../test/harness/order-to-open.ts'
import { newCustomers } from '../../../test/harness/receivables.ts'
import { day } from '../../kernel/day.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { OrderForReceivables } from '../orders/order-events.ts'
import { openOrderReceivables, takeBackOrderReceivables } from './open-order-receivables.command.ts'

// Orders are put there by this test, which begins where they are approved.
const ORDERS_PLANTED = ['I-01-orders', 'I-33', 'I-44']
let app: TestApp
let company: TestCompany
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
}, 60_000)
afterAll(() => app.close())

describe('orders become receivables', () => {
  async function storedOrder(grosses: readonly bigint[]): Promise<OrderForReceivables> {
    const [customerId] = await newCustomers(app, company, 1)
    const wanted = order({ grosses, customerId: customerId!, entityId: company.entityId })
    await app.db.transaction(company.system, async (tx) => {
      tx.insert(
        'products',
        wanted.lines.map((line) => ({ id: line.productId, code: line.productId, name: 'part' })),
      )
      const { id, currency, net, tax, amount, amountBase, orderedOn, terms } = wanted
      tx.insert('orders', [
        {
          id,
          entityId: company.entityId,
          customerId,
          currency,
          net,
          tax,
          amount,
          amountBase,
          status: 'approved',
          approvedHow: 'rule',
          orderedOn,
          terms,
          createdBy: uuid(),
        },
      ])
    })
    return wanted
  }
  const ledger = async (orderId: string) =>
    (await company.people.auditor.get(`/api/receivables?orderId=${orderId}&status=open&status=voided`)).body

  test('approved: one receivable a part, in the ledger under its order', async () => {
    const wanted = await storedOrder([7_003n, 2_997n])
    await app.db.transaction(company.system, (tx) => openOrderReceivables(tx, { type: 'orders.approved', orders: [wanted] }))
    const { items, sums } = await ledger(wanted.id)
    expect(items.map((row: { amount: string; partName: string; reference: string }) => [row.amount, row.partName, row.reference])).toEqual([
      ['33.33', '一', 'PO 9'],
      ['33.33', '二', 'PO 9'],
      ['33.34', '三', 'PO 9'],
    ])
    expect(sums).toMatchObject([{ currency: 'CNY', count: 3, amount: '100.00' }])
    await expectBooksTrue(app, company, { without: ORDERS_PLANTED })
  })
  test('not when the company opens at delivery; then each delivery opens its share, and taking back voids all', async () => {
    const wanted = await storedOrder([10_000n])
    await app.db.transaction(company.system, (tx) =>
      openOrderReceivables(tx, { type: 'orders.approved', orders: [{ ...wanted, opensReceivables: false }] }),
    )
    expect((await ledger(wanted.id)).total).toBe(0)
    for (const [amount, on] of [
      [4_000n, '2026-11-10'],
      [6_000n, '2026-11-18'],
    ] as const) {
      const share = order({ ...wanted, grosses: [amount] })
      const lines = share.lines.map((line) => ({ ...line, productId: wanted.lines[0]!.productId }))
      const delivery = {
        ...wanted,
        ...share,
        id: wanted.id,
        lines,
        net: share.lines[0]!.net,
        tax: share.lines[0]!.tax,
        amount,
        amountBase: amount,
        taxBase: share.lines[0]!.tax,
        netBase: share.lines[0]!.net,
        deliveredOn: day(on),
        deliveryId: uuid(),
        complete: on > '2026-11-15',
        wholeAmount: 10_000n,
        lastPartNo: on > '2026-11-15' ? 3 : 0,
      }
      await app.db.transaction(company.system, (tx) => openOrderReceivables(tx, { type: 'orders.delivered', orders: [delivery] }))
    }
    const open = await ledger(wanted.id)
    expect(open.items).toHaveLength(6)
    expect(open.base).toMatchObject({ amount: '100.00', open: '100.00' })
    await app.db.transaction(company.system, (tx) =>
      takeBackOrderReceivables(tx, {
        type: 'orders.takenBack',
        orders: [{ id: wanted.id, customerId: wanted.customerId, takenBackOn: day('2026-11-21'), reason: 'cancelled' }],
      }),
    )
    const after = await ledger(wanted.id)
    expect(after.items.map((row: { status: string }) => row.status)).toEqual(Array(6).fill('voided'))
    expect(after.base.open).toBe('0.00')
    await expectBooksTrue(app, company, { without: ORDERS_PLANTED })
  })
  test('an order of nothing opens nothing', async () => {
    const wanted = await storedOrder([0n])
    await app.db.transaction(company.system, (tx) => openOrderReceivables(tx, { type: 'orders.approved', orders: [wanted] }))
    expect((await ledger(wanted.id)).total).toBe(0)
  })

  describe('what is missing', () => {
    const missing = async () => (await company.people.auditor.get('/api/receivables/missing?limit=200')).body
    const rowOf = async (orderId: string) => (await missing()).items.find((row: { orderId: string }) => row.orderId === orderId)
    const byHand = (wanted: OrderForReceivables, more: object) =>
      company.people.arAccountant.post('/api/receivables', {
        receivables: [{ customerId: wanted.customerId, orderId: wanted.id, issuedOn: '2026-11-01', dueOn: '2026-12-01', ...more }],
      })

    test('an approved order without its receivable is listed with what it lacks, until it is opened by hand under the order', async () => {
      const before = await missing()
      const wanted = await storedOrder([7_003n, 2_997n])
      expect(await rowOf(wanted.id)).toMatchObject({ status: 'approved', owed: '100.00', recorded: '0.00', missing: '100.00' })
      expect(await missing()).toMatchObject({ total: before.total + 1, sum: (Number(before.sum) + 100).toFixed(2) })
      await byHand(wanted, { amount: '60.00' })
      expect(await rowOf(wanted.id)).toMatchObject({ recorded: '60.00', missing: '40.00' })
      expect((await byHand(wanted, { amount: '40.01' })).body.issues).toMatchObject([
        { path: 'receivables.0.amount', code: 'receivables.exceedsOrder', params: { left: '40.00' } },
      ])
      await byHand(wanted, { amount: '40.00' })
      expect(await rowOf(wanted.id)).toBeUndefined()
      expect((await ledger(wanted.id)).items.map((row: { amount: string }) => row.amount).sort()).toEqual(['40.00', '60.00'])
      const { id, version } = (await ledger(wanted.id)).items[0]
      await company.people.arAccountant.post(`/api/receivables/${id}/voiding`, { version, reason: 'by mistake' })
      expect(await rowOf(wanted.id)).toMatchObject({ owed: '100.00' })
      await expectBooksTrue(app, company, { without: ORDERS_PLANTED })
    })
    test('where receivables follow deliveries, what is not delivered is not missing', async () => {
      const wanted = await storedOrder([7_003n, 2_997n])
      const set = (sets: string) => app.database.pool.query(`update ar.orders set ${sets} where id = $1`, [wanted.id])
      await set(`receivables_on = 'delivered'`)
      expect(await rowOf(wanted.id)).toBeUndefined()
      await app.database.pool.query(
        `insert into ar.order_lines (tenant_id, order_id, line_no, product_id, quantity, unit_price, vat_rate, net, tax, amount, delivered)
         select $1, $2, 1, p.id, 3, 33.33, 0, 9999, 0, 9999, 1 from ar.products p where p.tenant_id = $1 limit 1`,
        [company.tenantId, wanted.id],
      )
      await set(`status = 'partlyDelivered'`)
      expect(await rowOf(wanted.id)).toMatchObject({ owed: '33.32', missing: '33.32' })
      await set(`status = 'delivered'`)
      expect(await rowOf(wanted.id)).toMatchObject({ owed: '100.00', missing: '100.00' })
      await set(`status = 'cancelled', open_base = 0`)
      expect(await rowOf(wanted.id)).toBeUndefined()
    })
    test('what is not delivered yet cannot be opened by hand where receivables follow deliveries: the delivery will open it', async () => {
      const wanted = await storedOrder([10_000n])
      const set = (sets: string) => app.database.pool.query(`update ar.orders set ${sets} where id = $1`, [wanted.id])
      const left = async () => (await byHand(wanted, { amount: '100.01' })).body.issues[0].params.left
      await set(`receivables_on = 'delivered'`)
      expect(await left()).toBe('0.00')
      await app.database.pool.query(
        `insert into ar.order_lines (tenant_id, order_id, line_no, product_id, quantity, unit_price, vat_rate, net, tax, amount, delivered)
         select $1, $2, 1, p.id, 4, 25, 0, 10000, 0, 10000, 1 from ar.products p where p.tenant_id = $1 limit 1`,
        [company.tenantId, wanted.id],
      )
      await set(`status = 'partlyDelivered'`)
      expect(await left()).toBe('25.00')
      await set(`status = 'delivered'`)
      expect(await left()).toBe('100.00')
    })
    test('never more than the order, in one list or by two people at once', async () => {
      const wanted = await storedOrder([10_000n])
      const one = { customerId: wanted.customerId, orderId: wanted.id, issuedOn: '2026-11-01', dueOn: '2026-12-01', amount: '60.00' }
      const twice = await company.people.arAccountant.post('/api/receivables', { receivables: [one, one] })
      expect(twice.body.issues).toMatchObject([
        { path: 'receivables.1.amount', code: 'receivables.exceedsOrder', params: { left: '40.00' } },
      ])
      const replies = await Promise.all(Array.from({ length: 8 }, () => byHand(wanted, { amount: '60.00' })))
      expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(422)])
      expect((await ledger(wanted.id)).base).toMatchObject({ amount: '60.00' })
    })
    test('an order of another customer, of another company or not approved is refused', async () => {
      const [wanted, other] = [await storedOrder([1_000n]), await storedOrder([1_000n])]
      const code = async (orderId: string) => (await byHand({ ...wanted, id: orderId }, { amount: '1.00' })).body.issues[0].code
      expect(await code(other.id)).toBe('receivables.orderOfAnother')
      expect(await code(uuid())).toBe('receivables.orderUnknown')
      await app.database.pool.query(`update ar.orders set status = 'draft', approved_how = null where id = $1`, [wanted.id])
      expect(await code(wanted.id)).toBe('receivables.orderUnknown')
    })
  })
})
