import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { type OrderWorld, orderWorld } from '../../../test/harness/orders.ts'
import { sql } from '../../platform/sql.ts'
import { type OrderStatus, orderStatuses } from './order-status.ts'

let app: TestApp
let company: TestCompany
let world: OrderWorld
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  world = await orderWorld(app, company)
})
afterAll(() => app.close())

/** An order brought into a status by the ways that exist, as they would be walked. */
async function orderIn(status: OrderStatus): Promise<{ id: string; version: number }> {
  const { salesperson, financeManager, auditor } = company.people
  const held = status === 'submitted' || status === 'rejected'
  const customerId = await world.customer(held ? { limit: 1 } : {})
  const id = await world.order(salesperson, customerId, 100, { lines: [{ productId: world.productId, quantity: '2' }] })
  const version = async (): Promise<number> => (await auditor.get(`/api/orders/${id}`)).body.version
  const go = async (path: string, body: object = {}): Promise<void> => {
    const answer = await salesperson.post(`/api/orders/${id}/${path}`, { version: await version(), ...body })
    expect(answer.body).not.toHaveProperty('code')
  }
  if (status === 'cancelled') await go('cancellation', { reason: 'x' })
  if (status === 'draft' || status === 'cancelled') return { id, version: await version() }
  await world.submit(salesperson, id)
  if (status === 'rejected') {
    const request = (await auditor.get(`/api/orders/${id}`)).body.pendingRequest
    await financeManager.post('/api/approvals/decisions', {
      decisions: [{ id: request.id, version: 1, decision: 'rejected', reason: 'no' }],
    })
  }
  if (status === 'partlyDelivered') await go('deliveries', { deliveredOn: '2026-11-21', lines: [{ lineNo: 1, quantity: '1' }] })
  if (status === 'delivered' || status === 'completed') await go('deliveries', { deliveredOn: '2026-11-21' })
  if (status === 'completed') await go('completion')
  return { id, version: await version() }
}

/** Which call may be made in which status; all others must be refused. */
const calls: { readonly [name: string]: { readonly from: readonly OrderStatus[]; readonly path: string; readonly body?: object } } = {
  submit: { from: ['draft'], path: 'submissions' },
  withdraw: { from: ['submitted'], path: 'withdrawal' },
  deliver: { from: ['approved', 'partlyDelivered'], path: 'deliveries', body: { deliveredOn: '2026-11-21' } },
  undoDelivery: { from: ['partlyDelivered', 'delivered'], path: 'deliveries/undo', body: { reason: 'x' } },
  complete: { from: ['delivered'], path: 'completion', body: { score: 5 } },
  cancel: { from: ['draft', 'submitted', 'rejected', 'approved'], path: 'cancellation', body: { reason: 'x' } },
  reopen: { from: ['approved'], path: 'reopening', body: { reason: 'x' } },
  edit: { from: ['draft', 'submitted', 'rejected'], path: '' },
}

async function call(name: string, { id, version }: { id: string; version: number }) {
  const { salesperson, auditor } = company.people
  const { path, body } = calls[name]!
  if (name === 'submit') return salesperson.post('/api/orders/submissions', { orders: [{ id, version }] })
  if (name !== 'edit') return salesperson.post(`/api/orders/${id}/${path}`, { version, ...body })
  const { customerId } = (await auditor.get(`/api/orders/${id}`)).body
  return salesperson.send('PUT', `/api/orders/${id}`, {
    version,
    draft: { customerId, deliveryOn: '2026-11-28', lines: [{ productId: world.productId, quantity: '1' }] },
  })
}

/** Everything that is known of an order: what a refused call must leave untouched. */
const traces = (id: string) =>
  app.db.read(company.system, (reader) =>
    reader.all(sql`select to_jsonb(o)::text as o, (select count(*) from ar.audit_log l where l.tenant_id = o.tenant_id and l.entity_id = o.id)::int as audits,
      (select count(*) from ar.order_events e where e.tenant_id = o.tenant_id and e.order_id = o.id)::int as events, (select jsonb_agg(to_jsonb(l) order by l.line_no)::text from ar.order_lines l where l.tenant_id = o.tenant_id and l.order_id = o.id) as lines,
      (select to_jsonb(a)::text from ar.credit_accounts a where a.tenant_id = o.tenant_id and a.customer_id = o.customer_id) as account
      from ar.orders o where o.tenant_id = ${company.tenantId} and o.id = ${id}`),
  )

describe('every step that a status does not allow is refused and leaves nothing behind (T18)', () => {
  test.each(orderStatuses)('%s', async (status) => {
    const order = await orderIn(status)
    expect((await company.people.auditor.get(`/api/orders/${order.id}`)).body.status).toBe(status)
    for (const name of Object.keys(calls).filter((candidate) => !calls[candidate]!.from.includes(status))) {
      const before = await traces(order.id)
      const answer = await call(name, order)
      expect([name, answer.status, answer.body.code]).toEqual([name, 409, 'orders.notInThisStatus'])
      expect(await traces(order.id)).toEqual(before)
    }
  })
  test.each(Object.entries(calls).flatMap(([name, { from }]) => from.map((status) => [name, status] as const)))(
    'and %s is possible in %s, with one audit entry',
    async (name, status) => {
      const order = await orderIn(status)
      const audits = async (): Promise<number> => ((await traces(order.id)) as { audits: number }[])[0]!.audits
      const before = await audits()
      expect((await call(name, order)).status).toBeLessThan(300)
      expect(await audits()).toBe(before + 1)
    },
  )
})

test('no column of the table can be set from outside (T15)', async () => {
  const customerId = await world.customer()
  const columns = await app.db.read(company.system, (reader) =>
    reader.all<{ name: string }>(
      sql`select a.attname as name from pg_attribute a where a.attrelid = 'ar.orders'::regclass and a.attnum > 0 and not a.attisdropped`,
    ),
  )
  const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const mayBeGiven = new Set([
    'entityId',
    'customerId',
    'salespersonId',
    'regionId',
    'currency',
    'rate',
    'orderedOn',
    'deliveryOn',
    'termsId',
    'paymentMethodId',
    'customerReference',
    'remark',
    'pricesIncludeTax',
    'discount',
    'lines',
  ])
  const forbidden = [...new Set(columns.flatMap(({ name }) => [name, camel(name)]))].filter((name) => !mayBeGiven.has(name))
  expect(forbidden.length).toBeGreaterThan(50)
  for (const field of forbidden) {
    const answer = await company.people.administrator.post('/api/orders', { customerId, lines: [], [field]: 'approved' })
    expect([field, answer.status, answer.body.issues?.[0]?.path]).toEqual([field, 400, field])
  }
  const line = { productId: world.productId, quantity: '1' }
  for (const field of ['net', 'tax', 'amount', 'delivered', 'lineNo'])
    expect((await company.people.administrator.post('/api/orders', { customerId, lines: [{ ...line, [field]: '1' }] })).status).toBe(400)
  expect((await company.people.administrator.get(`/api/orders?customerId=${customerId}`)).body.total).toBe(0)
})

describe('figures that are none are refused with their field (T59)', () => {
  const cases: [string, object, string][] = [
    ['a negative quantity', { quantity: '-1' }, 'lines.0.quantity'],
    ['a quantity of 0', { quantity: '0' }, 'lines.0.quantity'],
    ['0.0000000', { quantity: '0.0000000' }, 'lines.0.quantity'],
    ['minus zero', { quantity: '-0' }, 'lines.0.quantity'],
    ['an exponent', { quantity: '1e3' }, 'lines.0.quantity'],
    ['seven decimals', { quantity: '1.1234567' }, 'lines.0.quantity'],
    ['a number instead of text', { quantity: 1 }, 'lines.0.quantity'],
    ['Infinity', { quantity: 'Infinity' }, 'lines.0.quantity'],
    ['full-width digits', { quantity: '１' }, 'lines.0.quantity'],
    ['a thousands separator', { quantity: '1,000' }, 'lines.0.quantity'],
    ['a negative price', { unitPrice: '-5' }, 'lines.0.unitPrice'],
    ['a price of minus zero', { unitPrice: '-0' }, 'lines.0.unitPrice'],
    ['hexadecimal', { unitPrice: '0x10' }, 'lines.0.unitPrice'],
    ['a sum above the largest', { quantity: '999999999999', unitPrice: '999999999999' }, 'lines.0.quantity'],
    ['100 % VAT', { vatRate: '1' }, 'lines.0.vatRate'],
    ['negative VAT', { vatRate: '-0.13' }, 'lines.0.vatRate'],
    ['more than 100 % discount', { discount: { percent: '100.1' } }, 'lines.0.discount'],
    ['a discount above the line', { discount: { amount: '100.01' } }, 'lines.0.discount'],
    ['a discount of a tenth of a cent', { discount: { amount: '0.001' } }, 'lines.0.discount'],
    ['a negative discount', { discount: { amount: '-1' } }, 'lines.0.discount.amount'],
  ]
  test.each(cases)('%s', async (_, line, path) => {
    const answer = await company.people.arAccountant.post('/api/orders', {
      customerId: await world.customer(),
      lines: [{ productId: world.productId, quantity: '1', ...line }],
    })
    expect([400, 422]).toContain(answer.status)
    expect(answer.body.issues[0].path.startsWith(path)).toBe(true)
  })
  test('yen have no cents', async () => {
    const answer = await company.people.arAccountant.post('/api/orders', {
      customerId: await world.customer(),
      currency: 'JPY',
      rate: '0.048',
      lines: [{ productId: world.productId, quantity: '1', unitPrice: '100', discount: { amount: '0.5' } }],
    })
    expect(answer.body.issues[0].path).toBe('lines.0.discount')
  })
  test.each(['0', '-1', '1e9', 'x'])('a rate of %s', async (rate) => {
    const answer = await company.people.arAccountant.post('/api/orders', {
      customerId: await world.customer(),
      currency: 'USD',
      rate,
      lines: [],
    })
    expect(answer.body.issues[0].path).toBe('rate')
  })
})
