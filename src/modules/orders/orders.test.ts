import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { addTerms, type OrderWorld, orderWorld } from '../../../test/harness/orders.ts'
import { retentionPart, termsPresets } from '../terms/terms-presets.ts'

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
    const order = await world.read(answer.body.id)
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
    expect(await world.read(id)).toMatchObject({ amount: '100.00', amountBase: '718.36' })
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
    expect((await world.read(id)).lines.map(({ amount }: { amount: string }) => amount)).toEqual(['1.00', '2.00', '3.00'])
    expect((await edit(2, line('9'))).status).toBe(200)
    expect((await world.read(id)).lines.map(({ amount }: { amount: string }) => amount)).toEqual(['9.00'])
    expect((await edit(2, line('8'))).body.code).toBe('platform.staleVersion')
  })
  test('is copied from an order, and from the customer’s last one', async () => {
    const customerId = await world.customer()
    await world.order(people().salesperson, customerId, 1, { orderedOn: '2026-01-01', deliveryOn: null })
    const last = await world.order(people().salesperson, customerId, 321, { customerReference: 'PO-1' })
    const copy = await people().salesperson.post('/api/orders/copy-of-last', { customerId })
    expect(await world.read(copy.body.id)).toMatchObject({ amount: '321.00', status: 'draft', customerReference: null, deliveryOn: null })
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
    expect((await world.read(body.id)).status).toBe('draft')
  })
  test('of an order that passes and needs nobody is approved by rule and opens its receivable', async () => {
    const customerId = await world.customer({ limit: 1_000 })
    const id = await world.order(people().salesperson, customerId, 800)
    expect((await world.submit(people().salesperson, id)).body.orders).toEqual([{ id, creditResult: 'pass', status: 'approved' }])
    expect(await world.read(id)).toMatchObject({
      status: 'approved',
      approvedHow: 'rule',
      receivables: [{ amount: '800.00', open: '800.00' }],
      received: '0.00',
    })
    expect(await world.account(customerId)).toEqual({ ordersBase: 0n, receivablesBase: 80_000n })
  })
  test('over the limit holds: no credit is taken until a second person releases it with a reason', async () => {
    const customerId = await world.customer({ limit: 1_000 })
    const id = await world.order(people().salesperson, customerId, 1_207)
    expect((await world.submit(people().salesperson, id)).body.orders).toEqual([{ id, creditResult: 'hold', status: 'submitted' }])
    expect(await world.account(customerId)).toEqual({ ordersBase: 0n, receivablesBase: 0n })
    expect((await world.decide(people().salesperson, id)).status).toBe(403)
    expect((await world.decide(people().financeManager, id, 'approved', '')).body.code).toBe('approvals.reasonMissing')
    expect((await world.decide(people().financeManager, id, 'approved', 'long-standing customer')).status).toBe(201)
    expect(await world.read(id)).toMatchObject({
      status: 'approved',
      approvedHow: 'person',
      approvedByName: 'financeManager',
      override: { over: '207.00', reason: 'long-standing customer', byName: 'financeManager' },
    })
    expect(await world.account(customerId)).toEqual({ ordersBase: 0n, receivablesBase: 120_700n })
  })
  test('of a group: the root’s limit holds too', async () => {
    const root = await world.customer({ limit: 1_000 })
    const child = await world.customer({ limit: 5_000, parent: root, ancestors: [root] })
    const id = await world.order(people().salesperson, child, 1_500)
    expect((await world.submit(people().salesperson, id)).body.orders[0].creditResult).toBe('hold')
    expect((await world.read(id)).creditRules).toContainEqual(
      expect.objectContaining({ rule: 'groupLimit', result: 'hold', over: '500.00' }),
    )
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
    const request = (await world.read(id)).pendingRequest
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
    expect(await world.read(id)).toMatchObject({ status: 'draft', amount: '5000.00' })
  })
  test('rejected with a reason, withdrawn, and withdrawn from the inbox', async () => {
    const customerId = await world.customer({ limit: 1 })
    const [a, b, c] = await Promise.all([1, 2, 3].map(() => world.order(people().salesperson, customerId, 50)))
    for (const id of [a!, b!, c!]) await world.submit(people().salesperson, id)
    expect((await world.decide(people().financeManager, a!, 'rejected', 'pay first')).status).toBe(201)
    expect(await world.read(a!)).toMatchObject({ status: 'rejected', statusReason: 'pay first' })
    expect((await people().salesperson.post(`/api/orders/${b}/withdrawal`, { version: 2 })).status).toBe(201)
    expect(await world.read(b!)).toMatchObject({ status: 'draft', pendingRequest: null })
    const request = (await world.read(c!)).pendingRequest
    expect((await people().salesperson.post(`/api/approvals/${request.id}/withdrawal`, { version: request.version })).status).toBe(201)
    expect((await world.read(c!)).status).toBe('draft')
  })
  test('the maker of an order never approves it, even when somebody else submitted it', async () => {
    const customerId = await world.customer({ limit: 1 })
    const id = await world.order(people().financeManager, customerId, 50)
    await world.submit(people().salesperson, id)
    expect((await world.decide(people().financeManager, id)).body.code).toBe('approvals.makerDecides')
    expect((await world.decide(people().administrator, id)).status).toBe(201)
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
    expect((await world.read(theirs)).status).toBe('draft')
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

test('the limit of a group stands in a column of its own: what it uses, its limit, what passes it', async () => {
  const parent = await world.customer({ limit: 500 })
  const customerId = await world.customer({ limit: 1_000, parent, ancestors: [parent] })
  const draft = { customerId, lines: [{ productId: world.productId, quantity: '1', unitPrice: '680' }] }
  const { body } = await people().salesperson.post('/api/orders/check', { draft })
  expect(body.credit).toMatchObject({ limit: '1000.00', overOwn: '0.00', over: '180.00', exposure: '0.00', added: '680.00' })
  expect(body.credit.groups).toMatchObject([{ used: '680.00', limit: '500.00', over: '180.00' }])
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
    credit: {
      result: 'hold',
      over: '280.00',
      overOwn: '280.00',
      groups: [],
      limit: '1000.00',
      notDue: '600.00',
      overdue: '0.00',
      orders: '0.00',
      exposure: '600.00',
    },
    due: [{ amount: '680.00', baseOn: '2026-11-28', contractDue: '2026-12-28', dueOn: '2026-12-28' }],
    opensReceivables: 'approved',
  })
  expect(body.warnings[0]).toMatchObject({ path: 'customerReference', code: 'orders.sameCustomerReference' })
  expect(body.credit.waysOut.map(({ kind }: { kind: string }) => kind)).toEqual(['payOldest', 'prepayMore', 'release'])
  const empty = await people().salesperson.post('/api/orders/check', { draft: { customerId, lines: [] } })
  expect(empty.body.missing.map(({ path }: { path: string }) => path)).toContain('lines')
})
