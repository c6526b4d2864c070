import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { addTerms, type OrderWorld, orderWorld } from '../../../test/harness/orders.ts'
import { sql } from '../../platform/sql.ts'
import { createRules } from '../approvals/edit-rules.command.ts'
import { saveSettings } from '../company/save-settings.command.ts'
import { retentionPart, termsPresets } from '../terms/terms-presets.ts'
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
const read = async (id: string) => (await people().auditor.get(`/api/orders/${id}`)).body
const account = (id: string) =>
  app.db.read(company.system, (reader) =>
    reader.one<{ ordersBase: bigint; receivablesBase: bigint }>(
      sql`select a.orders_base, a.receivables_base from ar.credit_accounts a where a.tenant_id = ${company.tenantId} and a.customer_id = ${id}`,
    ),
  )
const pending = async (id: string) => (await read(id)).pendingRequest
const decide = async (by: (typeof company.people)['salesperson'], id: string, decision = 'approved', reason = 'ok') => {
  const request = await pending(id)
  return by.post('/api/approvals/decisions', { decisions: [{ id: request.id, version: request.version, decision, reason }] })
}

describe('a draft', () => {
  test('takes its defaults from customer and product, adds up, and has a number', async () => {
    const customerId = await world.customer()
    const answer = await people().salesperson.post('/api/orders', {
      customerId,
      lines: [
        { productId: world.productId, quantity: '40' },
        { productId: world.productId, quantity: '1', unitPrice: '60000', vatRate: '0.06', discount: { percent: '10' } },
      ],
    })
    const order = await read(answer.body.id)
    expect(order).toMatchObject({
      status: 'draft',
      currency: 'CNY',
      rate: '1',
      amount: '58000.00',
      net: '54483.22',
      tax: '3516.78',
      orderedOn: '2026-11-21',
      salespersonName: 'salesperson',
      termsId: world.termsId,
      version: 1,
    })
    expect(order.no).toMatch(/^SO-2611-\d{4}$/)
    expect(order.lines).toMatchObject([
      { unit: '台', unitPrice: '100', vatRate: '0.13', amount: '4000.00' },
      { vatRate: '0.06', amount: '54000.00' },
    ])
  })
  test('in a foreign currency needs a rate', async () => {
    const customerId = await world.customer()
    const lines = [{ productId: world.productId, quantity: '1', unitPrice: '100' }]
    const without = await people().salesperson.post('/api/orders', { customerId, currency: 'USD', lines })
    expect(without.body.issues).toMatchObject([{ path: 'rate', code: 'orders.rateMissing' }])
    const id = await world.order(people().salesperson, customerId, 100, { currency: 'USD', rate: '7.1836' })
    expect(await read(id)).toMatchObject({ amount: '100.00', amountBase: '718.36' })
    expect((await people().salesperson.post('/api/orders', { customerId, rate: '2', lines })).body.issues).toMatchObject([
      { path: 'rate', code: 'orders.rateOfBaseCurrency' },
    ])
  })
  test('is edited in place: lines come, change and go; an old version is refused', async () => {
    const customerId = await world.customer()
    const id = await world.order(people().salesperson, customerId, 100)
    const line = (unitPrice: string) => ({ productId: world.productId, quantity: '1', unitPrice })
    const edit = (version: number, ...lines: object[]) =>
      people().salesperson.send('PUT', `/api/orders/${id}`, { version, draft: { customerId, lines } })
    expect((await edit(1, line('1'), line('2'), line('3'))).status).toBe(200)
    expect((await read(id)).lines.map(({ amount }: { amount: string }) => amount)).toEqual(['1.00', '2.00', '3.00'])
    expect((await edit(2, line('9'))).status).toBe(200)
    expect((await read(id)).lines.map(({ amount }: { amount: string }) => amount)).toEqual(['9.00'])
    expect((await edit(2, line('8'))).body.code).toBe('platform.staleVersion')
  })
  test('is copied from an order, and from the customer’s last one', async () => {
    const customerId = await world.customer()
    await world.order(people().salesperson, customerId, 1, { orderedOn: '2026-01-01', deliveryOn: null })
    const last = await world.order(people().salesperson, customerId, 321, { customerReference: 'PO-1' })
    const copy = await people().salesperson.post('/api/orders/copy-of-last', { customerId })
    expect(await read(copy.body.id)).toMatchObject({ amount: '321.00', status: 'draft', customerReference: null, deliveryOn: null })
    expect((await people().salesperson.post(`/api/orders/${last}/copy`)).status).toBe(201)
    expect((await people().salesperson.post('/api/orders/copy-of-last', { customerId: await world.customer() })).body.code).toBe(
      'orders.nothingToCopy',
    )
  })
})

describe('submission', () => {
  test('names everything that is missing', async () => {
    const customerId = await world.customer({ salespersonId: null })
    const { body } = await people().arAccountant.post('/api/orders', { customerId, termsId: null, lines: [] })
    const answer = await world.submit(people().arAccountant, body.id)
    expect(answer.body.code).toBe('orders.incomplete')
    expect(answer.body.issues.map(({ path }: { path: string }) => path)).toEqual(['salespersonId', 'deliveryOn', 'terms', 'lines'])
    expect((await read(body.id)).status).toBe('draft')
  })
  test('of an order that passes and needs nobody is approved by rule and opens its receivable', async () => {
    const customerId = await world.customer({ limit: 1_000 })
    const id = await world.order(people().salesperson, customerId, 800)
    expect((await world.submit(people().salesperson, id)).body.orders).toEqual([{ id, creditResult: 'pass', status: 'approved' }])
    expect(await read(id)).toMatchObject({
      status: 'approved',
      approvedHow: 'rule',
      receivables: [{ amount: '800.00', open: '800.00' }],
      received: '0.00',
    })
    expect(await account(customerId)).toEqual({ ordersBase: 0n, receivablesBase: 80_000n })
  })
  test('over the limit holds: no credit is taken until a second person releases it with a reason', async () => {
    const customerId = await world.customer({ limit: 1_000 })
    const id = await world.order(people().salesperson, customerId, 1_207)
    expect((await world.submit(people().salesperson, id)).body.orders).toEqual([{ id, creditResult: 'hold', status: 'submitted' }])
    expect(await account(customerId)).toEqual({ ordersBase: 0n, receivablesBase: 0n })
    expect((await decide(people().salesperson, id)).status).toBe(403)
    expect((await decide(people().financeManager, id, 'approved', '')).body.code).toBe('approvals.reasonMissing')
    expect((await decide(people().financeManager, id, 'approved', 'long-standing customer')).status).toBe(201)
    expect(await read(id)).toMatchObject({
      status: 'approved',
      approvedHow: 'person',
      approvedByName: 'financeManager',
      override: { over: '207.00', reason: 'long-standing customer', byName: 'financeManager' },
    })
    expect(await account(customerId)).toEqual({ ordersBase: 0n, receivablesBase: 120_700n })
  })
  test('of a group: the root’s limit holds too', async () => {
    const root = await world.customer({ limit: 1_000 })
    const child = await world.customer({ limit: 5_000, parent: root, ancestors: [root] })
    const id = await world.order(people().salesperson, child, 1_500)
    expect((await world.submit(people().salesperson, id)).body.orders[0].creditResult).toBe('hold')
    expect((await read(id)).creditRules).toContainEqual(expect.objectContaining({ rule: 'groupLimit', result: 'hold', over: '500.00' }))
  })
  test('prepaid by its terms needs no credit for that part', async () => {
    const halfAhead = await addTerms(
      app,
      company,
      termsPresets.instalments([
        {
          name: '预付',
          share: { percent: '50' },
          rule: { baseDate: 'order', countFrom: 'baseDate', period: { count: 0, unit: 'day' }, beforeDelivery: true },
        },
        { ...retentionPart('尾款', '50', 3), retention: false },
      ]),
    )
    const customerId = await world.customer({ limit: 500, terms: halfAhead })
    const id = await world.order(people().salesperson, customerId, 1_000)
    expect((await world.submit(people().salesperson, id)).body.orders[0]).toMatchObject({ creditResult: 'warn', status: 'approved' })
  })
  test('edited after it, an order is a draft again and its approval is void', async () => {
    const customerId = await world.customer({ limit: 1 })
    const id = await world.order(people().salesperson, customerId, 50)
    await world.submit(people().salesperson, id)
    const request = await pending(id)
    const edited = await people().salesperson.send('PUT', `/api/orders/${id}`, {
      version: 2,
      draft: { customerId, deliveryOn: '2026-11-28', lines: [{ productId: world.productId, quantity: '1', unitPrice: '5000' }] },
    })
    expect(edited.status).toBe(200)
    expect((await people().auditor.get(`/api/approvals/${request.id}`)).body.status).toBe('void')
    const late = await people().financeManager.post('/api/approvals/decisions', {
      decisions: [{ id: request.id, version: request.version, decision: 'approved', reason: 'x' }],
    })
    expect(late.body.code).toBe('approvals.notPending')
    expect(await read(id)).toMatchObject({ status: 'draft', amount: '5000.00' })
  })
  test('rejected with a reason, withdrawn, and withdrawn from the inbox', async () => {
    const customerId = await world.customer({ limit: 1 })
    const [a, b, c] = await Promise.all([1, 2, 3].map(() => world.order(people().salesperson, customerId, 50)))
    for (const id of [a!, b!, c!]) await world.submit(people().salesperson, id)
    expect((await decide(people().financeManager, a!, 'rejected', 'pay first')).status).toBe(201)
    expect(await read(a!)).toMatchObject({ status: 'rejected', statusReason: 'pay first' })
    expect((await people().salesperson.post(`/api/orders/${b}/withdrawal`, { version: 2 })).status).toBe(201)
    expect(await read(b!)).toMatchObject({ status: 'draft', pendingRequest: null })
    const request = await pending(c!)
    expect((await people().salesperson.post(`/api/approvals/${request.id}/withdrawal`, { version: request.version })).status).toBe(201)
    expect((await read(c!)).status).toBe('draft')
  })
  test('the maker of an order never approves it, even when somebody else submitted it', async () => {
    const customerId = await world.customer({ limit: 1 })
    const id = await world.order(people().financeManager, customerId, 50)
    await world.submit(people().salesperson, id)
    expect((await decide(people().financeManager, id)).body.code).toBe('approvals.makerDecides')
    expect((await decide(people().administrator, id)).status).toBe(201)
  })
})

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
    expect(await account(customerId)).toEqual({ ordersBase: 0n, receivablesBase: 0n })
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
    expect(await read(body.id)).toMatchObject({ status: 'approved', lateDays: 11 })
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
    expect(await read(body.id)).toMatchObject({ status: 'partlyDelivered', lines: [{ delivered: '1' }, { delivered: '10' }] })
    expect((await deliver(3, {})).status).toBe(201)
    expect(await read(body.id)).toMatchObject({
      status: 'delivered',
      deliveredOn: '2026-11-20',
      lateDays: 0,
      lines: [{ delivered: '3' }, { delivered: '10.5' }],
    })
    expect((await people().salesperson.post(`/api/orders/${body.id}/completion`, { version: 4, score: 6 })).status).toBe(400)
    expect(
      (await people().salesperson.post(`/api/orders/${body.id}/completion`, { version: 4, score: 4, feedback: '包装可以更好' })).status,
    ).toBe(201)
    const order = await read(body.id)
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
      const receivable = (await people().auditor.get(`/api/receivables/${(await read(id)).receivables[0].id}`)).body
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
    const [{ id: receivableId }] = (await read(other)).receivables
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

describe('who sees what', () => {
  test('a salesperson sees the own customers’ orders only; another company sees none', async () => {
    const mine = await world.order(people().salesperson, await world.customer(), 10)
    const theirs = await world.order(
      people().arAccountant,
      await world.customer({ salespersonId: people().secondSalesperson.caller.actorId }),
      10,
    )
    expect((await people().salesperson.get(`/api/orders/${mine}`)).status).toBe(200)
    expect((await people().salesperson.get(`/api/orders/${theirs}`)).status).toBe(404)
    expect((await world.submit(people().salesperson, theirs)).status).toBe(404)
    expect((await people().salesperson.post(`/api/orders/${theirs}/cancellation`, { version: 1, reason: 'x' })).status).toBe(404)
    expect((await people().salesperson.get('/api/orders?limit=200')).body.items.map(({ id }: { id: string }) => id)).not.toContain(theirs)
    const other = await app.company('stranger')
    expect((await other.people.administrator.get(`/api/orders/${mine}`)).status).toBe(404)
    expect((await world.submit(other.people.administrator, mine)).status).toBe(404)
    expect((await read(theirs)).status).toBe('draft')
  })
  test('the list filters, sums and pages', async () => {
    const customerId = await world.customer()
    for (const yuan of [1, 2, 3]) await world.order(people().salesperson, customerId, yuan, { customerReference: `LIST-${yuan}` })
    const first = (await people().salesperson.get(`/api/orders?customerId=${customerId}&limit=2`)).body
    expect(first).toMatchObject({ total: 3, sumBase: '6.00', late: 0 })
    const second = (await people().salesperson.get(`/api/orders?customerId=${customerId}&limit=2&cursor=${first.nextCursor}`)).body
    expect([...first.items, ...second.items].map(({ amount }: { amount: string }) => amount)).toEqual(['3.00', '2.00', '1.00'])
    expect((await people().salesperson.get(`/api/orders?q=${first.items[0].no}`)).body.items).toHaveLength(1)
    expect((await people().salesperson.get('/api/orders?q=list-2')).body.items).toHaveLength(1)
    expect(
      (await people().salesperson.get('/api/orders?status=approved&status=rejected&credit=hold&from=2026-01-01&until=2026-12-31')).status,
    ).toBe(200)
  })
})

test('the live check answers like the submission: credit, ways out, due days, warnings', async () => {
  const customerId = await world.customer({ limit: 1_000 })
  await world.submit(people().salesperson, await world.order(people().salesperson, customerId, 600, { customerReference: 'PO-88213' }))
  const draft = {
    customerId,
    deliveryOn: '2026-11-28',
    customerReference: 'PO-88213',
    lines: [{ productId: world.productId, quantity: '1', unitPrice: '680' }],
  }
  const { body, status } = await people().salesperson.post('/api/orders/check', { draft })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    issues: [],
    missing: [],
    totals: { amount: '680.00' },
    asks: ['financeManager'],
    credit: { result: 'hold', over: '280.00', limit: '1000.00', notDue: '600.00', overdue: '0.00', orders: '0.00', exposure: '600.00' },
    due: [{ amount: '680.00', baseOn: '2026-11-28', contractDue: '2026-12-28', dueOn: '2026-12-28' }],
    opensReceivables: 'approved',
  })
  expect(body.warnings[0]).toMatchObject({ path: 'customerReference', code: 'orders.sameCustomerReference' })
  expect(body.credit.waysOut.map(({ kind }: { kind: string }) => kind)).toEqual(['payOldest', 'prepayMore', 'release'])
  const empty = await people().salesperson.post('/api/orders/check', { draft: { customerId, lines: [] } })
  expect(empty.body.missing.map(({ path }: { path: string }) => path)).toContain('lines')
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
