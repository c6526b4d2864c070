import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { type CreditWorld, creditWorld } from '../../../test/harness/credit.ts'
import type { Problem } from '../../kernel/problem.ts'
import { sql } from '../../platform/sql.ts'
import { creditCounterBreaks } from './credit-proof.query.ts'

let app: TestApp
let company: TestCompany
let world: CreditWorld
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  world = creditWorld(app, company)
})
afterAll(() => app.close())

const counters = (id: string) =>
  app.db.read(company.system, (r) =>
    r.one(
      sql`select a.orders_base, a.receivables_base, cardinality(a.ancestors) as levels from ar.credit_accounts a where a.tenant_id = ${company.tenantId} and a.customer_id = ${id}`,
    ),
  )
const noBreaks = async () => expect(await app.db.read(company.system, creditCounterBreaks)).toEqual([])

describe('hold and release', () => {
  test('a held customer gets no new order until it is released, with reasons on the record', async () => {
    const id = await world.create('冻结客户')
    const hold = (what: string, reason: string, who = company.people.financeManager) => who.post(`/api/credit/${id}/${what}`, { reason })
    expect((await hold('hold', '恶意拖欠', company.people.arAccountant)).status).toBe(403)
    expect((await hold('hold', '')).status).toBe(400)
    expect((await hold('hold', '恶意拖欠')).status).toBe(201)
    expect((await hold('hold', '再来')).status).toBe(409)
    expect((await world.check(id, '1.00')).body).toMatchObject({
      result: 'hold',
      position: { hold: { onHold: true, reason: '恶意拖欠', placedBy: 'financeManager' } },
    })
    expect((await hold('release', '已付清')).status).toBe(201)
    expect((await hold('release', '已付清')).status).toBe(409)
    expect((await world.check(id, '1.00')).body.result).toBe('pass')
  })
})

describe('groups', () => {
  test('moving a customer moves its counters and those below it, up to every group above', async () => {
    const [g1, g2] = [await world.create('集团甲'), await world.create('集团乙')]
    const mid = await world.create('中层', { parentId: g1 })
    const leaf = await world.create('末级', { parentId: mid })
    await world.order(leaf, 700n)
    await world.receivable(mid, 300n, '2026-12-31')
    expect(await counters(g1)).toEqual({ ordersBase: 700n, receivablesBase: 300n, levels: 1 })
    const move = (id: string, parentId: string | null, version: number) =>
      company.people.arAccountant.send('PATCH', `/api/customers/${id}`, { version, changes: { parentId } })
    expect((await move(mid, g2, 1)).status).toBe(200)
    expect([await counters(g1), await counters(g2), await counters(leaf)]).toEqual([
      { ordersBase: 0n, receivablesBase: 0n, levels: 1 },
      { ordersBase: 700n, receivablesBase: 300n, levels: 1 },
      { ordersBase: 700n, receivablesBase: 0n, levels: 3 },
    ])
    expect((await move(g2, leaf, 1)).body).toMatchObject({ code: 'customers.groupCycle' })
    expect((await move(leaf, g2, 1)).status).toBe(200)
    expect(await counters(mid)).toEqual({ ordersBase: 0n, receivablesBase: 300n, levels: 2 })
    expect((await move(mid, null, 2)).status).toBe(200)
    expect(await counters(g2)).toEqual({ ordersBase: 700n, receivablesBase: 0n, levels: 1 })
    await noBreaks()
  })
  test('six levels are refused', async () => {
    let parentId: string | undefined
    for (let level = 1; level <= 5; level += 1) parentId = await world.create(`第 ${level} 级`, parentId ? { parentId } : {})
    expect((await company.people.arAccountant.post('/api/customers', { name: '第 6 级', parentId })).body.code).toBe(
      'customers.groupTooDeep',
    )
  })
  test('two moves at once that together would make a circle: one is refused', async () => {
    const [a, b] = [await world.create('环甲'), await world.create('环乙')]
    const move = (id: string, parentId: string) =>
      company.people.arAccountant.send('PATCH', `/api/customers/${id}`, { version: 1, changes: { parentId } })
    const answers = await Promise.all([move(a, b), move(b, a)])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 422])
    await noBreaks()
  })
  test('orders and moves at once leave the counters true', async () => {
    const groups = [await world.create('并发集团一'), await world.create('并发集团二')]
    const id = await world.create('游移客户', { parentId: groups[0] })
    const moves = async () => {
      for (let i = 1; i <= 6; i += 1)
        await company.people.arAccountant.send('PATCH', `/api/customers/${id}`, { version: i, changes: { parentId: groups[i % 2] } })
    }
    // five attempts may all meet a move: what is refused so has saved nothing, and is asked again
    const ordered = (): Promise<unknown> =>
      world.order(id, 10n).catch((error: unknown) => {
        if ((error as Problem).code !== 'platform.conflict') throw error
        return ordered()
      })
    await Promise.all([moves(), ...Array.from({ length: 20 }, ordered)])
    await noBreaks()
    expect(await counters(id)).toMatchObject({ ordersBase: 200n })
  })
})

test('the proof fires on its own break', async () => {
  const id = await world.create('被改坏')
  await app.database.pool.query('update ar.credit_accounts set orders_base = orders_base + 1 where customer_id = $1', [id])
  expect(await app.db.read(company.system, creditCounterBreaks)).toEqual([{ customerId: id, counter: 'orders', stored: 1n, computed: 0n }])
})
