import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { type OrderWorld, orderWorld } from '../../../test/harness/orders.ts'
import { sql } from '../../platform/sql.ts'
import { createRules } from '../approvals/edit-rules.command.ts'
import { saveSettings } from '../company/save-settings.command.ts'
import { moveOrdersBack, moveOrdersToMergedCustomer } from './move-orders.command.ts'

let app: TestApp
let company: TestCompany
let world: OrderWorld
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  world = await orderWorld(app, company)
})
afterAll(() => app.close())

const people = () => company.people

describe('approval', () => {
  test('checks again: when the room has gone meanwhile, only who may release it can, with a reason', async () => {
    const company2 = await app.company('second')
    const world2 = await orderWorld(app, company2)
    await app.db.transaction(company2.people.financeManager.caller, (tx) =>
      createRules(tx, [{ kind: 'order', name: 'all', conditions: { amountFrom: '600' }, steps: [{ role: 'salesManager' }] }]),
    )
    const { salesperson, salesManager, auditor } = company2.people
    const customerId = await world2.customer({ limit: 1_000 })
    const big = await world2.order(salesperson, customerId, 700)
    const small = await world2.order(salesperson, customerId, 500)
    expect((await world2.submit(salesperson, big)).body.orders[0]).toEqual({ id: big, creditResult: 'pass', status: 'submitted' })
    expect((await world2.submit(salesperson, small)).body.orders[0].status).toBe('approved')
    const request = (await auditor.get(`/api/orders/${big}`)).body.pendingRequest
    const answer = await salesManager.post('/api/approvals/decisions', {
      decisions: [{ id: request.id, version: 1, decision: 'approved', reason: 'ok' }],
    })
    expect(answer.body.code).toBe('orders.creditHoldNow')
    expect((await auditor.get(`/api/orders/${big}`)).body.status).toBe('submitted')
    const { financeManager } = company2.people
    const other = await world2.customer({ limit: 1_000 })
    const third = await world2.order(salesperson, other, 700)
    await world2.submit(salesperson, third)
    expect((await financeManager.post(`/api/credit/${other}/hold`, { reason: '对账不符' })).status).toBe(201)
    const asked = (await auditor.get(`/api/orders/${third}`)).body.pendingRequest
    const held = await salesManager.post('/api/approvals/decisions', {
      decisions: [{ id: asked.id, version: 1, decision: 'approved', reason: 'ok' }],
    })
    expect(held.body).toMatchObject({ code: 'orders.creditHoldNow', params: { reasons: expect.stringContaining('对账不符') } })
    expect(held.body.message).toContain('对账不符')
    expect(held.body.message).not.toContain('0.00')
  })
  test('ten orders split under the threshold are one: the cumulative rule asks (T20)', async () => {
    const company2 = await app.company('split')
    const world2 = await orderWorld(app, company2)
    await app.db.transaction(company2.people.financeManager.caller, (tx) =>
      createRules(tx, [
        { kind: 'order', name: 'large', conditions: { amountFrom: '10000', withinDays: 7 }, steps: [{ role: 'salesManager' }] },
      ]),
    )
    const { salesperson } = company2.people
    const customerId = await world2.customer()
    const results: string[] = []
    for (let i = 0; i < 3; i++)
      results.push((await world2.submit(salesperson, await world2.order(salesperson, customerId, 9_999))).body.orders[0].status)
    expect(results).toEqual(['approved', 'submitted', 'submitted'])
    const together = await Promise.all(Array.from({ length: 3 }, () => world2.order(salesperson, customerId, 1)))
    const fresh = await world2.customer()
    const four = await Promise.all(Array.from({ length: 4 }, () => world2.order(salesperson, fresh, 4_000)))
    expect(
      (await salesperson.post('/api/orders/submissions', { orders: four.map((id) => ({ id, version: 1 })) })).body.orders.map(
        ({ status }: { status: string }) => status,
      ),
    ).toEqual(['approved', 'approved', 'submitted', 'submitted'])
    expect(together).toHaveLength(3)
  })
  test('taken back, an order is changed and checked anew; its receivable is taken back (T57)', async () => {
    const customerId = await world.customer({ limit: 1_000 })
    const id = await world.order(people().salesperson, customerId, 900)
    await world.submit(people().salesperson, id)
    expect((await people().salesperson.send('PUT', `/api/orders/${id}`, { version: 2, draft: { customerId, lines: [] } })).body.code).toBe(
      'orders.notInThisStatus',
    )
    expect((await people().salesperson.post(`/api/orders/${id}/reopening`, { version: 2, reason: 'more wanted' })).status).toBe(201)
    expect(await world.account(customerId)).toEqual({ ordersBase: 0n, receivablesBase: 0n })
    await people().salesperson.send('PUT', `/api/orders/${id}`, {
      version: 3,
      draft: { customerId, deliveryOn: '2026-11-28', lines: [{ productId: world.productId, quantity: '2', unitPrice: '900' }] },
    })
    expect((await world.submit(people().salesperson, id, 4)).body.orders[0]).toMatchObject({ creditResult: 'hold', status: 'submitted' })
  })
})

describe('delivery', () => {
  test('partly, then the rest; late until then; completed with what the customer said', async () => {
    const customerId = await world.customer()
    const { body } = await people().salesperson.post('/api/orders', {
      customerId,
      orderedOn: '2026-11-01',
      deliveryOn: '2026-11-10',
      lines: [
        { productId: world.productId, quantity: '3', unitPrice: '33.33' },
        { productId: world.productId, quantity: '10.5' },
      ],
    })
    await world.submit(people().salesperson, body.id)
    expect(await world.read(body.id)).toMatchObject({ status: 'approved', lateDays: 11 })
    expect((await people().salesperson.get('/api/orders?late=true')).body.items.map(({ id }: { id: string }) => id)).toContain(body.id)
    const deliver = (version: number, more: object) =>
      people().salesperson.post(`/api/orders/${body.id}/deliveries`, { version, deliveredOn: '2026-11-20', ...more })
    expect(
      (
        await deliver(2, {
          lines: [
            { lineNo: 1, quantity: '4' },
            { lineNo: 9, quantity: '1' },
          ],
        })
      ).body.issues.map(({ path }: { path: string }) => path),
    ).toEqual(['lines.0.quantity', 'lines.1.lineNo'])
    expect((await deliver(2, { deliveredOn: '2026-11-22' })).body.code).toBe('orders.deliveredInFuture')
    expect(
      (
        await deliver(2, {
          lines: [
            { lineNo: 1, quantity: '1' },
            { lineNo: 2, quantity: '10' },
          ],
        })
      ).status,
    ).toBe(201)
    expect(await world.read(body.id)).toMatchObject({ status: 'partlyDelivered', lines: [{ delivered: '1' }, { delivered: '10' }] })
    expect((await deliver(3, {})).status).toBe(201)
    expect(await world.read(body.id)).toMatchObject({
      status: 'delivered',
      deliveredOn: '2026-11-20',
      lateDays: 0,
      lines: [{ delivered: '3' }, { delivered: '10.5' }],
    })
    expect((await people().salesperson.post(`/api/orders/${body.id}/completion`, { version: 4, score: 6 })).status).toBe(400)
    expect(
      (await people().salesperson.post(`/api/orders/${body.id}/completion`, { version: 4, score: 4, feedback: '包装可以更好' })).status,
    ).toBe(201)
    const order = await world.read(body.id)
    expect(order).toMatchObject({ status: 'completed', feedbackScore: 4, feedback: '包装可以更好' })
    expect(order.events.map(({ kind }: { kind: string }) => kind)).toEqual(['completed', 'delivered', 'delivered', 'approved'])
  })
  test('what opened at approval by the planned day is due from the real day of delivery, unless somebody has agreed another', async () => {
    const customerId = await world.customer()
    const sold = async () => {
      const { body } = await people().salesperson.post('/api/orders', {
        customerId,
        orderedOn: '2026-11-01',
        deliveryOn: '2026-11-28',
        lines: [{ productId: world.productId, quantity: '2', unitPrice: '50' }],
      })
      await world.submit(people().salesperson, body.id)
      return body.id as string
    }
    const deliver = (id: string, version: number, deliveredOn: string, more: object = {}) =>
      people().salesperson.post(`/api/orders/${id}/deliveries`, { version, deliveredOn, ...more })
    const due = async (id: string) => {
      const receivable = (await people().auditor.get(`/api/receivables/${(await world.read(id)).receivables[0].id}`)).body
      return [receivable.contractDueOn, receivable.dueOn]
    }
    const id = await sold()
    expect(await due(id)).toEqual(['2026-12-28', '2026-12-28'])
    expect((await deliver(id, 2, '2026-11-16', { lines: [{ lineNo: 1, quantity: '1' }] })).status).toBe(201)
    expect(await due(id)).toEqual(['2026-12-28', '2026-12-28'])
    expect((await deliver(id, 3, '2026-11-20')).status).toBe(201)
    expect(await due(id)).toEqual(['2026-12-20', '2026-12-21'])
    expect((await people().financeManager.post(`/api/orders/${id}/deliveries/undo`, { version: 4, reason: '录错' })).status).toBe(201)
    expect((await deliver(id, 5, '2026-11-16')).status).toBe(201)
    expect(await due(id)).toEqual(['2026-12-16', '2026-12-16'])

    const other = await sold()
    const [{ id: receivableId }] = (await world.read(other)).receivables
    const { version } = (await people().auditor.get(`/api/receivables/${receivableId}`)).body
    const agreed = { receivables: [{ id: receivableId, version, dueOn: '2027-03-01', reason: '客户申请延期' }] }
    expect((await people().financeManager.post('/api/receivables/reschedulings', agreed)).status).toBeLessThan(300)
    expect((await deliver(other, 2, '2026-11-20')).status).toBe(201)
    expect(await due(other)).toEqual(['2026-12-28', '2027-03-01'])
    await expectBooksTrue(app, company)
  })
  test('where receivables open at delivery, credit is reserved at approval and moves share by share, to the cent', async () => {
    const other = await app.company('delivered')
    const world2 = await orderWorld(app, other)
    await app.db.transaction(other.people.administrator.caller, (tx) => saveSettings(tx, 'receivables', { openOn: 'delivered' }, 0))
    const customerId = await world2.customer({ limit: 1_000 })
    const { salesperson, auditor } = other.people
    const counters = () =>
      app.db.read(other.system, (reader) =>
        reader.one<object>(
          sql`select a.orders_base, a.receivables_base from ar.credit_accounts a where a.tenant_id = ${other.tenantId} and a.customer_id = ${customerId}`,
        ),
      )
    const { body } = await salesperson.post('/api/orders', {
      customerId,
      deliveryOn: '2026-11-28',
      lines: [{ productId: world2.productId, quantity: '3', unitPrice: '33.333333' }],
    })
    expect((await auditor.get(`/api/orders/${body.id}`)).body.opensReceivables).toBe('delivered')
    await world2.submit(salesperson, body.id)
    expect(await counters()).toEqual({ ordersBase: 10_000n, receivablesBase: 0n })
    const deliver = (version: number) =>
      salesperson.post(`/api/orders/${body.id}/deliveries`, {
        version,
        deliveredOn: '2026-11-21',
        ...(version < 4 ? { lines: [{ lineNo: 1, quantity: '1' }] } : {}),
      })
    for (const version of [2, 3, 4]) expect((await deliver(version)).status).toBe(201)
    expect(await counters()).toEqual({ ordersBase: 0n, receivablesBase: 10_000n })
    expect((await auditor.get(`/api/orders/${body.id}`)).body.receivables.map(({ amount }: { amount: string }) => amount)).toEqual([
      '33.33',
      '33.34',
      '33.33',
    ])
    expect((await salesperson.post(`/api/orders/${body.id}/deliveries/undo`, { version: 5, reason: 'wrong order' })).status).toBe(201)
    expect(await counters()).toEqual({ ordersBase: 10_000n, receivablesBase: 0n })
    expect((await salesperson.post(`/api/orders/${body.id}/cancellation`, { version: 6, reason: 'not wanted' })).status).toBe(201)
    expect(await counters()).toEqual({ ordersBase: 0n, receivablesBase: 0n })
  })
})

test('the due day of the check follows the delivery day, off a holiday that the law fixes, and is the one of the receivable', async () => {
  const customerId = await world.customer()
  const draft = { customerId, lines: [{ productId: world.productId, quantity: '1', unitPrice: '680' }] }
  const dueOf = async (deliveryOn: string) =>
    (await people().salesperson.post('/api/orders/check', { draft: { ...draft, deliveryOn } })).body.due[0]
  expect(await dueOf('2026-11-28')).toMatchObject({ contractDue: '2026-12-28', dueOn: '2026-12-28', unpublishedYear: null })
  const due = await dueOf('2026-12-02')
  expect(due).toMatchObject({ contractDue: '2027-01-01', dueOn: '2027-01-04', estimated: true, unpublishedYear: 2027 })
  const id = await world.order(people().salesperson, customerId, 680, { deliveryOn: '2026-12-02' })
  await world.submit(people().salesperson, id)
  const { receivables } = (await people().salesperson.get(`/api/orders/${id}`)).body
  expect(receivables.map(({ dueOn }: { dueOn: string }) => dueOn)).toEqual([due.dueOn])
})

test('orders under way go along when their customer is merged into another, with the reserved credit, and come back', async () => {
  const other = await app.company('merged')
  const world2 = await orderWorld(app, other)
  await app.db.transaction(other.people.administrator.caller, (tx) => saveSettings(tx, 'receivables', { openOn: 'delivered' }, 0))
  const [from, into] = [await world2.customer(), await world2.customer()]
  const id = await world2.order(other.people.salesperson, from, 70)
  await world2.submit(other.people.salesperson, id)
  const ordersBase = (customerId: string) =>
    app.db.read(other.system, (reader) =>
      reader.one<{ ordersBase: bigint }>(
        sql`select a.orders_base from ar.credit_accounts a where a.tenant_id = ${other.tenantId} and a.customer_id = ${customerId}`,
      ),
    )
  const moved: { orders?: readonly string[] } = {}
  const event = { mergeId: id, fromId: from, intoId: into }
  await app.db.transaction(other.people.financeManager.caller, (tx) =>
    moveOrdersToMergedCustomer(tx, { type: 'customers.merged', ...event, moved }),
  )
  expect(moved.orders).toEqual([id])
  expect([await ordersBase(from), await ordersBase(into)]).toEqual([{ ordersBase: 0n }, { ordersBase: 7_000n }])
  await app.db.transaction(other.people.financeManager.caller, (tx) => moveOrdersBack(tx, { type: 'customers.unmerged', ...event, moved }))
  expect([await ordersBase(from), await ordersBase(into)]).toEqual([{ ordersBase: 7_000n }, { ordersBase: 0n }])
})
