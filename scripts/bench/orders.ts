import { uuid } from '../../src/kernel/uuid.ts'
import { createOrders } from '../../src/modules/orders/save-orders.command.ts'
import { createProducts } from '../../src/modules/products/save-products.command.ts'
import { sql } from '../../src/platform/sql.ts'
import { driveHttp } from './drive-http.ts'
import { loadedWorld } from './facts.ts'
import { print } from './measure.ts'
import { bareTransactions } from './receipts.ts'
import type { World } from './world.ts'

const SECONDS = 5
const DRAFTS = 6_000

/**
 * Submits one order a call through HTTP: checked for completeness and credit under locks, approved by rule, its receivable, entry, lines, voucher, numbers, audit and idempotency
 * rows in one durable transaction (14-16 rows). Many customers, then one hot customer.
 */
export async function orders(size: string): Promise<void> {
  const world = await loadedWorld(size)
  const server = await world.serve()
  for (const [clients, spread] of [
    [1, 'many customers'],
    [8, 'many customers'],
    [8, 'one hot customer'],
  ] as const) {
    const drafts = await draftOrders(world, clients === 1 ? DRAFTS / 2 : DRAFTS, spread === 'one hot customer')
    const measured = await driveHttp(world, {
      port: server.port,
      key: server.keyOf(world.maker),
      clients,
      seconds: SECONDS,
      calls: drafts.map((id) => ({ path: '/api/orders/submissions', body: JSON.stringify({ orders: [{ id, version: 1 }] }) })),
      expected: '"approved"',
    })
    const limit = await bareTransactions(world, clients)
    print({
      what: `order submitted, checked, approved and posted through HTTP, ${clients} clients, ${spread}`,
      size,
      ...measured,
      limitPerSecond: limit,
      ratioToLimit: measured.perSecond / limit,
    })
  }
  await server.close()
  await world.close()
}

export async function draftOrders(world: World, count: number, hot: boolean): Promise<string[]> {
  const customers = await customersOfFewOrders(world, hot ? 1 : 1_000)
  const [productId] = await world.db.transaction(world.maker, (tx) =>
    createProducts(tx, [
      { code: uuid(), name: '轴承', unit: '套', price: '10', currency: 'CNY', priceIncludesTax: true, vatRate: '0.13', category: null },
    ]),
  )
  const { id: termsId } = await world.db.read(world.maker, (reader) =>
    reader.one<{ id: string }>(sql`select t.id from ar.payment_terms t where t.tenant_id = 1 order by t.code desc limit 1`),
  )
  const ids: string[] = []
  for (let from = 0; from < count; from += 500) {
    const drafts = Array.from({ length: 500 }, (_, index) => ({
      customerId: customers[(from + index) % customers.length]!,
      deliveryOn: '2026-12-01' as never,
      termsId,
      lines: [{ productId: productId!, quantity: '2' }],
    }))
    ids.push(...(await world.db.transaction(world.checker, (tx) => createOrders(tx, drafts))))
  }
  return ids
}

/** Those who have ordered least: orders of earlier runs must not add up to a large order, which somebody would have to approve. */
async function customersOfFewOrders(world: World, count: number): Promise<string[]> {
  const rows = await world.db.read(world.maker, (reader) =>
    reader.all<{ id: string }>(sql`select c.id from ar.customers c where c.tenant_id = 1
      order by (select count(*) from ar.orders o where o.tenant_id = 1 and o.customer_id = c.id), md5(c.id::text) limit ${count}`),
  )
  return rows.map((row) => row.id)
}
