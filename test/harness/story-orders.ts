import type { Tell, Told } from './story-teller.ts'

/** Orders in every status: what was asked for, held, released by a second person, delivered in parts, completed, refused, given up. */
export async function takeOrders(tell: Tell, told: Told): Promise<void> {
  const { people, canary, post, decide } = tell
  const { salesperson, secondSalesperson, financeManager, arAccountant } = people
  const { child, plain, held } = told.customers
  const order = async (key: string, customerId: string, pumps: string, more: Record<string, unknown> = {}) => {
    const seller = customerId === plain ? secondSalesperson : salesperson
    const line = { productId: told.products.pump, quantity: pumps, description: `${canary} ${key}` }
    const draft = { customerId, deliveryOn: '2026-12-01', remark: `${canary} 备注`, customerReference: `PO-${key}`, lines: [line], ...more }
    told.orders[key] = (await post(seller, '/api/orders', draft)).id
  }
  await order('draft', child!, '2')
  await order('instalments', child!, '10', { termsId: told.terms.P361 })
  await order('discount', child!, '1', { termsId: told.terms.discount, deliveryOn: '2026-11-21' })
  await order('partly', child!, '8')
  await order('completed', child!, '1', { deliveryOn: '2026-11-21' })
  await order('cancelled', child!, '3')
  await order('released', plain!, '60')
  await order('rejected', plain!, '90')
  await order('waiting', held!, '1')
  for (const key of ['instalments', 'discount', 'partly', 'completed', 'cancelled']) await submit(tell, told, key, salesperson, 'approved')
  for (const key of ['released', 'rejected']) await submit(tell, told, key, secondSalesperson, 'submitted')
  await submit(tell, told, 'waiting', salesperson, 'submitted')
  await decide(financeManager, told.orders.released!, 'approved', `${canary} 已收到付款承诺`)
  await decide(financeManager, told.orders.rejected!, 'rejected', '超额太多')
  await deliver(tell, told, 'partly', [{ lineNo: 1, quantity: '3' }])
  await deliver(tell, told, 'completed')
  await post(salesperson, `${at(told, 'completed')}/completion`, {
    version: await tell.version(at(told, 'completed')),
    score: 5,
    feedback: `${canary} 很好`,
  })
  await post(arAccountant, `${at(told, 'cancelled')}/cancellation`, {
    version: await tell.version(at(told, 'cancelled')),
    reason: '客户取消',
  })
  told.orders.copied = (await post(salesperson, `${at(told, 'completed')}/copy`)).id
}

const at = (told: Told, key: string) => `/api/orders/${told.orders[key]}`

async function submit(
  { post, version }: Tell,
  told: Told,
  key: string,
  seller: Tell['people']['salesperson'],
  expected: string,
): Promise<void> {
  const { orders } = await post(seller, '/api/orders/submissions', {
    orders: [{ id: told.orders[key], version: await version(at(told, key)) }],
  })
  if (orders[0].status !== expected) throw new Error(`order ${key} should be ${expected}: ${JSON.stringify(orders)}`)
}

async function deliver({ people, post, version }: Tell, told: Told, key: string, lines?: object[]): Promise<void> {
  await post(people.arAccountant, `${at(told, key)}/deliveries`, {
    version: await version(at(told, key)),
    deliveredOn: '2026-11-21',
    ...(lines ? { lines } : {}),
  })
}
