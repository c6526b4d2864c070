import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRules } from '../../src/modules/approvals/edit-rules.command.ts'
import { saveSettings } from '../../src/modules/company/save-settings.command.ts'
import { sql } from '../../src/platform/sql.ts'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { type OrderWorld, orderWorld } from '../harness/orders.ts'

const CLIENTS = 16
const ROUNDS = Number(process.env['HUIKUAN_RACE_ROUNDS'] ?? 100)

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

/** The room is exactly used, never passed without an override, and what the counters say is what the orders and receivables say (I-30, I-31). */
async function expectRoomUsed(company: TestCompany, customerIds: readonly string[], room: bigint): Promise<void> {
  const rows = await app.db.read(company.system, (reader) =>
    reader.all<{ customerId: string; exposure: bigint; limitBase: bigint | null; truth: bigint }>(sql`
      select a.customer_id, a.orders_base + a.receivables_base as exposure, a.limit_base,
        (select coalesce(sum(o.open_base), 0) from ar.orders o join ar.credit_accounts b on b.tenant_id = o.tenant_id and b.customer_id = o.customer_id where o.tenant_id = a.tenant_id and a.customer_id = any(b.ancestors))::bigint
        + (select coalesce(sum(r.open_base), 0) from ar.receivables r join ar.credit_accounts b on b.tenant_id = r.tenant_id and b.customer_id = r.customer_id where r.tenant_id = a.tenant_id and a.customer_id = any(b.ancestors))::bigint as truth
      from ar.credit_accounts a where a.tenant_id = ${company.tenantId} and a.customer_id = any(${customerIds}::uuid[])`),
  )
  expect(rows).toHaveLength(customerIds.length)
  for (const { exposure, truth, limitBase } of rows) {
    expect(exposure).toBe(truth)
    if (limitBase !== null) expect(exposure).toBe(room)
  }
}

describe.each([
  ['approved', ROUNDS],
  ['delivered', Math.ceil(ROUNDS / 3)],
] as const)('receivables open when %s', (openOn, rounds) => {
  let company: TestCompany
  let world: OrderWorld
  beforeAll(async () => {
    company = await app.company(openOn)
    world = await orderWorld(app, company)
    await app.db.transaction(company.people.administrator.caller, (tx) => saveSettings(tx, 'receivables', { openOn }, 0))
  })

  test(`S03, T56: ${CLIENTS} orders submitted at once: exactly those that fit pass, the others are held (${rounds} rounds)`, async () => {
    const { salesperson } = company.people
    for (let round = 0; round < rounds; round++) {
      const customerId = await world.customer({ limit: 1_000 })
      const ids = await Promise.all(Array.from({ length: CLIENTS }, () => world.order(salesperson, customerId, 200)))
      const answers = await Promise.all(ids.map((id) => world.submit(salesperson, id)))
      expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 201))
      const results = answers.map(({ body }) => body.orders[0].status)
      expect([round, results.filter((status) => status === 'approved').length]).toEqual([round, 5])
      await expectRoomUsed(company, [customerId], 100_000n)
    }
  }, 300_000)

  test('S03, T58: two orders that fit alone but not together, in a group of three levels: one is held, whichever limit is the tightest', async () => {
    const { salesperson } = company.people
    for (let round = 0; round < rounds / 4; round++) {
      const root = await world.customer({ limit: 1_000 })
      const middle = await world.customer({ parent: root, ancestors: [root] })
      const leaves = await Promise.all([1, 2].map(() => world.customer({ parent: middle, ancestors: [root, middle] })))
      const ids = await Promise.all([
        world.order(salesperson, leaves[0]!, 1_000),
        world.order(salesperson, leaves[1]!, 1_000),
        world.order(salesperson, middle, 1_000),
      ])
      const results = (await Promise.all(ids.map((id) => world.submit(salesperson, id)))).map(({ body }) => body.orders[0].creditResult)
      expect(results.filter((result) => result === 'hold')).toHaveLength(2)
      await expectRoomUsed(company, [root, middle, ...leaves], 100_000n)
    }
  }, 120_000)

  test('orders waiting for approval are approved at once by several people: the room is not passed', async () => {
    const manager = await app.company(`${openOn} approvals`)
    const own = await orderWorld(app, manager)
    await app.db.transaction(manager.people.administrator.caller, (tx) => saveSettings(tx, 'receivables', { openOn }, 0))
    await app.db.transaction(manager.people.financeManager.caller, (tx) =>
      createRules(tx, [{ kind: 'order', name: 'all', conditions: {}, steps: [{ role: 'salesManager' }] }]),
    )
    const { salesperson, salesManager, auditor } = manager.people
    for (let round = 0; round < rounds / 10; round++) {
      const customerId = await own.customer({ limit: 1_000 })
      const ids = await Promise.all(Array.from({ length: 8 }, () => own.order(salesperson, customerId, 250)))
      for (const id of ids) expect((await own.submit(salesperson, id)).body.orders[0].status).toBe('submitted')
      const requests = await Promise.all(ids.map(async (id) => (await auditor.get(`/api/orders/${id}`)).body.pendingRequest.id))
      const answers = await Promise.all(
        requests.map((id) =>
          salesManager.post('/api/approvals/decisions', { decisions: [{ id, version: 1, decision: 'approved', reason: '' }] }),
        ),
      )
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(4)
      for (const { body } of answers.filter(({ status }) => status !== 201)) expect(body.code).toBe('orders.creditHoldNow')
      await expectRoomUsed(manager, [customerId], 100_000n)
    }
  }, 120_000)

  test('approve beside edit, withdraw, cancel and a second approval: one of them wins, and what was approved is what exists (S04, I-32, I-33)', async () => {
    const { salesperson, financeManager, administrator, auditor } = company.people
    for (let round = 0; round < rounds / 5; round++) {
      const customerId = await world.customer({ limit: 1 })
      const id = await world.order(salesperson, customerId, 100)
      await world.submit(salesperson, id)
      const request = (await auditor.get(`/api/orders/${id}`)).body.pendingRequest.id
      const approve = (by: typeof financeManager) =>
        by.post('/api/approvals/decisions', { decisions: [{ id: request, version: 1, decision: 'approved', reason: 'ok' }] })
      const edit = () =>
        salesperson.send('PUT', `/api/orders/${id}`, {
          version: 2,
          draft: { customerId, deliveryOn: '2026-11-28', lines: [{ productId: world.productId, quantity: '1', unitPrice: '99999' }] },
        })
      const other = [
        edit,
        () => salesperson.post(`/api/orders/${id}/withdrawal`, { version: 2 }),
        () => salesperson.post(`/api/orders/${id}/cancellation`, { version: 2, reason: 'x' }),
      ][round % 3]!
      const answers = await Promise.all([approve(financeManager), other(), approve(administrator)])
      expect([round, answers.filter(({ status }) => status < 300).length, answers.map(({ status }) => status)]).toEqual([
        round,
        1,
        expect.anything(),
      ])
      for (const { status } of answers.filter(({ status: code }) => code >= 300)) expect(status).toBe(409)
    }
    const broken = await app.db.read(company.system, (reader) =>
      reader.all(
        sql`select o.id from ar.orders o where o.tenant_id = ${company.tenantId} and o.status = 'approved' and (o.approved_hash is distinct from o.content_hash or o.approved_by = o.created_by)`,
      ),
    )
    expect(broken).toEqual([])
  }, 120_000)
})
