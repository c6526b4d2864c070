import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import type { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { changeExposure } from './change-exposure.command.ts'
import { checkCredit } from './check-credit.query.ts'
import { lockCreditAccounts } from './credit-accounts.query.ts'
import { creditCounterBreaks } from './credit-proof.query.ts'

let app: TestApp
let company: TestCompany
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
})
afterAll(() => app.close())

const create = async (name: string, more: object = {}): Promise<string> =>
  (await company.people.arAccountant.post('/api/customers', { name, acceptSimilar: true, ...more })).body.id
const position = async (id: string, who = company.people.arAccountant) => (await who.get(`/api/credit/${id}`)).body
const limitOf = (id: string, limit: string | null, more: object = {}, who = company.people.financeManager, version = 1) =>
  who.post(`/api/credit/${id}/limits`, { version, kind: 'standard', limit, effectiveFrom: '2026-11-21', reason: '年度额度', ...more })
const check = (id: string, amount: string, more: object = {}, who = company.people.arAccountant) =>
  who.post('/api/credit/check', { customerId: id, amount, ...more })
const inTx = <T>(body: (tx: Tx) => Promise<T>) => app.db.transaction(company.system, body)
/** An order that holds credit, as the orders module books it. */
const order = (customerId: string, openBase: bigint) =>
  inTx(async (tx) => {
    const accounts = await lockCreditAccounts(tx, [customerId])
    tx.insert('orders', [
      {
        id: uuid(),
        entityId: company.entityId,
        customerId,
        currency: 'CNY',
        net: openBase,
        tax: 0n,
        amount: openBase,
        amountBase: openBase,
        openBase,
        reservedBase: openBase,
        status: 'approved',
        orderedOn: '2026-11-01',
        terms: {},
        createdBy: uuid(),
        approvedHow: 'rule',
      },
    ])
    changeExposure(tx, accounts, [{ customerId, ordersBase: openBase }])
  })
const receivable = (customerId: string, base: bigint, dueOn: string) =>
  inTx(async (tx) => {
    const accounts = await lockCreditAccounts(tx, [customerId])
    tx.insert('receivables', [
      {
        id: uuid(),
        kind: 'manual',
        entityId: company.entityId,
        customerId,
        currency: 'CNY',
        amount: base,
        amountBase: base,
        open: base,
        openBase: base,
        issuedOn: '2026-01-01',
        dueOn,
        contractDueOn: dueOn,
      },
    ])
    changeExposure(tx, accounts, [{ customerId, receivablesBase: base }])
  })
const counters = (id: string) =>
  app.db.read(company.system, (r) =>
    r.one(
      sql`select a.orders_base, a.receivables_base, cardinality(a.ancestors) as levels from ar.credit_accounts a where a.tenant_id = ${company.tenantId} and a.customer_id = ${id}`,
    ),
  )
const noBreaks = async () => expect(await app.db.read(company.system, creditCounterBreaks)).toEqual([])

describe('limits', () => {
  test('a finance manager sets one at once where no rule asks anybody; a salesperson asks, and somebody else decides', async () => {
    const id = await create('额度客户', { salespersonId: company.people.salesperson.caller.actorId })
    expect((await limitOf(id, '1000.00')).body).toMatchObject({ waiting: false })
    expect(await position(id)).toMatchObject({
      limit: { kind: 'limited', amount: '1000.00', temporary: false },
      exposure: '0.00',
      available: '1000.00',
      version: 2,
    })
    const asked = await limitOf(id, '5000.00', {}, company.people.salesperson, 2)
    expect(asked.body.waiting).toBe(true)
    expect((await position(id)).limit.amount).toBe('1000.00')
    expect((await limitOf(id, '6000.00', {}, company.people.financeManager, 2)).body.code).toBe('credit.limitPending')
    const [limit] = (await company.people.financeManager.get(`/api/credit/${id}/limits`)).body.items
    expect(limit).toMatchObject({ status: 'pending', requestedBy: 'salesperson', limit: '5000.00' })
    const decide = (who: typeof company.people.salesperson) =>
      who.post('/api/approvals/decisions', { decisions: [{ id: limit.requestId, version: 1, decision: 'approved', reason: '' }] })
    expect((await decide(company.people.salesperson)).status).toBe(403)
    expect((await decide(company.people.financeManager)).status).toBe(201)
    expect((await position(id)).limit.amount).toBe('5000.00')
    expect((await company.people.financeManager.get(`/api/credit/${id}/limits`)).body.items[0]).toMatchObject({
      status: 'active',
      approvedBy: 'financeManager',
      approvedHow: 'person',
    })
  })
  test('what waits stands in the position: amount, who asked, who decides; and is gone when it is decided', async () => {
    const { arAccountant, financeManager, salesManager } = company.people
    const id = await create('等额度有限公司')
    const asked = await limitOf(id, '500000.00', {}, arAccountant)
    expect(asked.body.waiting).toBe(true)
    const { pending } = await position(id, financeManager)
    expect(pending).toEqual([
      {
        requestId: expect.any(String),
        kind: 'standard',
        limit: '500000.00',
        effectiveFrom: '2026-11-21',
        requestedBy: 'arAccountant',
        role: 'financeManager',
      },
    ])
    expect(await position(id, arAccountant)).toMatchObject({ pending })
    expect((await salesManager.get(`/api/credit/${id}`)).status).toBe(404)
    const decision = { decisions: [{ id: pending[0].requestId, version: 1, decision: 'approved', reason: '' }] }
    expect((await financeManager.post('/api/approvals/decisions', decision)).status).toBe(201)
    expect(await position(id)).toMatchObject({ pending: [], limit: { amount: '500000.00' } })
  })
  test('a new customer comes with its contact and the limit asked for it, or not at all', async () => {
    const { arAccountant, financeManager } = company.people
    const body = { name: '带额度的新客户', contact: { name: '吴芳', phone: '13800001111' }, askedLimit: '200000.00' }
    const made = await arAccountant.post('/api/customers', body)
    expect(made.status).toBe(201)
    const id = made.body.id
    expect((await position(id)).pending).toMatchObject([{ limit: '200000.00', requestedBy: 'arAccountant', role: 'financeManager' }])
    expect((await arAccountant.get(`/api/customers/${id}/contacts`)).body.items).toMatchObject([
      { name: '吴芳', phone: '13800001111', isPrimary: true },
    ])
    const direct = await financeManager.post('/api/customers', { name: '直接给额度', askedLimit: '100.00' })
    expect(await position(direct.body.id)).toMatchObject({ pending: [], limit: { kind: 'limited', amount: '100.00' } })
    const wrong = await arAccountant.post('/api/customers', { name: '额度写错', askedLimit: '1.234' })
    expect(wrong).toMatchObject({ status: 400, body: { issues: [{ path: 'askedLimit' }] } })
    expect((await arAccountant.get(`/api/customers?q=${encodeURIComponent('额度写错')}`)).body.total).toBe(0)
  })
  test('two changes at once: one wins, the other is told', async () => {
    const id = await create('并发额度')
    const answers = await Promise.all(['1.00', '2.00'].map((limit) => limitOf(id, limit)))
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409])
    expect((await company.people.financeManager.get(`/api/credit/${id}/limits`)).body.items).toHaveLength(1)
  })
  test.each([
    ['-1', {}, 400, 'platform.invalid'],
    ['0.001', {}, 400, 'platform.notAnAmount'],
    ['1e5', {}, 400, 'platform.invalid'],
    ['10000000000000000', {}, 400, 'platform.invalid'],
    ['5.00', { effectiveFrom: '2026-11-20' }, 422, 'credit.limitInPast'],
    ['5.00', { kind: 'temporary' }, 422, 'credit.limitDays'],
    ['5.00', { kind: 'temporary', effectiveUntil: '2026-11-20' }, 422, 'credit.limitDays'],
    [null, { kind: 'temporary', effectiveUntil: '2026-12-20' }, 422, 'credit.temporaryUnlimited'],
    ['5.00', { status: 'active' }, 400, 'platform.invalid'],
    ['5.00', { approvedBy: 'x' }, 400, 'platform.invalid'],
  ])('%s %o is refused', async (limit, more, status, code) => {
    const id = await create(`金额 ${limit} ${JSON.stringify(more)}`)
    expect(await limitOf(id, limit, more)).toMatchObject({ status, body: { code } })
    expect((await position(id)).limit.kind).toBe('none')
  })
  test('a temporary limit counts from its first to its last day; a scheduled one from its day, before the daily job and after it', async () => {
    const id = await create('日期额度')
    await limitOf(id, '100.00')
    await limitOf(id, '300.00', { kind: 'temporary', effectiveFrom: '2026-11-25', effectiveUntil: '2026-11-26' }, undefined, 2)
    await limitOf(id, '150.00', { effectiveFrom: '2026-12-01' }, undefined, 2)
    const seen: unknown[] = []
    const stored = async () =>
      (
        await app.db.read(company.system, (r) =>
          r.one<{ a: string }>(
            sql`select coalesce(a.temporary_limit_base, a.limit_base)::text as a from ar.credit_accounts a where a.tenant_id = ${company.tenantId} and a.customer_id = ${id}`,
          ),
        )
      ).a
    for (const day of ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-30', '2026-12-01']) {
      app.setNow(`${day}T02:00:00Z`)
      const lazily = (await position(id)).limit.amount
      await inTx(async (tx) => tx.job('credit.applyLimits', {}))
      await app.drain()
      seen.push([day, lazily, (await position(id)).limit.amount, await stored()])
    }
    app.setNow('2026-11-21T02:00:00Z')
    expect(seen).toEqual([
      ['2026-11-24', '100.00', '100.00', '10000'],
      ['2026-11-25', '300.00', '300.00', '30000'],
      ['2026-11-26', '300.00', '300.00', '30000'],
      ['2026-11-27', '100.00', '100.00', '10000'],
      ['2026-11-30', '100.00', '100.00', '10000'],
      ['2026-12-01', '150.00', '150.00', '15000'],
    ])
  })
})

describe('the check', () => {
  test('every rule, the position and the ways out', async () => {
    const id = await create('检查客户')
    await limitOf(id, '1000.00')
    await order(id, 30_000n)
    await receivable(id, 50_000n, '2026-06-01')
    const answer = await check(id, '500.00')
    expect(answer).toMatchObject({
      status: 200,
      body: {
        result: 'hold',
        over: '300.00',
        position: { exposure: '800.00', available: '200.00', components: { overdue: '500.00', openOrders: '300.00', notDue: '0.00' } },
      },
    })
    expect(Object.fromEntries(answer.body.rules.map((rule: { rule: string; result: string }) => [rule.rule, rule.result]))).toEqual({
      hold: 'pass',
      limit: 'hold',
      oldestOverdue: 'hold',
      overdueShare: 'warn',
    })
    expect(answer.body.waysOut.map((way: { kind: string; remains: string[] }) => [way.kind, way.remains])).toEqual([
      ['payOldest', []],
      ['prepayMore', ['oldestOverdue']],
      ['release', []],
    ])
    expect((await check(id, '500.00', { prepaid: '500.00' })).body.result).toBe('pass')
    await noBreaks()
  })
  test.each(['-1', '0', '1e3', '1.234', '99999999999999999'])('an amount of %s is refused', async (amount) => {
    expect((await check(uuid(), amount)).status).toBe(400)
  })
  test('a customer that is not mine is not there', async () => {
    const id = await create('别人的', { salespersonId: company.people.secondSalesperson.caller.actorId })
    expect((await check(id, '1.00', {}, company.people.salesperson)).status).toBe(404)
  })
  test('the group limit binds a salesperson who cannot see the group', async () => {
    const root = await create('看不见的集团')
    const id = await create('看得见的子公司', { parentId: root, salespersonId: company.people.salesperson.caller.actorId })
    await limitOf(root, '100.00')
    const answer = await check(id, '200.00', {}, company.people.salesperson)
    expect(answer.body).toMatchObject({ result: 'hold', over: '100.00' })
    expect((await company.people.salesperson.get(`/api/customers/${root}`)).status).toBe(404)
  })
  test('a parent’s overdue share is its own, for one who sees all and for one who does not see its companies', async () => {
    const parentId = await create('集团三', { salespersonId: company.people.salesperson.caller.actorId })
    const below = await create('集团三的子公司', { parentId })
    const deeper = await create('集团三的孙公司', { parentId: below })
    await receivable(parentId, 60_000n, '2026-11-01')
    await receivable(parentId, 40_000n, '2027-11-01')
    await receivable(below, 900_000n, '2027-11-01')
    await receivable(deeper, 900_000n, '2026-11-01')
    for (const who of [company.people.arAccountant, company.people.salesperson]) {
      const { rules } = (await check(parentId, '1.00', {}, who)).body
      expect(rules.find(({ rule }: { rule: string }) => rule === 'overdueShare').reason.params).toMatchObject({
        share: expect.stringContaining('60'),
      })
    }
  })
  test('of two drafts of one group the second sees the first', async () => {
    const root = await create('集团二')
    const [a, b] = [await create('甲', { parentId: root }), await create('乙', { parentId: root })]
    await limitOf(root, '100.00')
    const decisions = await app.db.read(company.system, (r) =>
      checkCredit(
        r,
        [a, b, a].map((customerId, i) => ({ customerId, amountBase: i === 2 ? 4_000n : 6_000n, prepaidBase: 0n })),
      ),
    )
    expect(decisions.map((decision) => decision.answer.result)).toEqual(['pass', 'hold', 'warn'])
    expect(decisions[0]!.guards).toEqual([{ customerId: root, limitBase: 10_000n }])
  })
  test('disputed items and unallocated money count as the settings say', async () => {
    const id = await create('设置客户')
    await limitOf(id, '100.00')
    await receivable(id, 9_000n, '2026-12-31')
    await inTx(async (tx) => {
      const [row] = await tx.all<{ id: string }>(
        sql`select r.id from ar.receivables r where r.tenant_id = ${company.tenantId} and r.customer_id = ${id}`,
      )
      tx.update('receivables', [{ id: row!.id, disputed: true }], { set: ['disputed'] })
    })
    expect((await check(id, '50.00')).body.result).toBe('hold')
    const { body } = await company.people.financeManager.get('/api/credit/settings')
    const saved = await company.people.financeManager.send('PUT', '/api/credit/settings', {
      ...body,
      exposure: { includeDisputed: false, deductUnallocated: true },
      orderHorizonDays: 30,
    })
    expect(saved.status).toBe(200)
    expect((await check(id, '50.00')).body).toMatchObject({ result: 'pass', position: { exposure: '0.00' } })
    const back = (await company.people.financeManager.get('/api/credit/settings')).body
    expect(
      (
        await company.people.financeManager.send('PUT', '/api/credit/settings', {
          ...back,
          thresholds: { ...back.thresholds, oldestOverdueWarnDays: 99 },
        })
      ).body.code,
    ).toBe('credit.warnAfterHold')
    expect((await company.people.salesManager.send('PUT', '/api/credit/settings', back)).status).toBe(403)
    await company.people.financeManager.send('PUT', '/api/credit/settings', { ...back, exposure: body.exposure, orderHorizonDays: null })
  })
})

describe('hold and release', () => {
  test('a held customer gets no new order until it is released, with reasons on the record', async () => {
    const id = await create('冻结客户')
    const hold = (what: string, reason: string, who = company.people.financeManager) => who.post(`/api/credit/${id}/${what}`, { reason })
    expect((await hold('hold', '恶意拖欠', company.people.arAccountant)).status).toBe(403)
    expect((await hold('hold', '')).status).toBe(400)
    expect((await hold('hold', '恶意拖欠')).status).toBe(201)
    expect((await hold('hold', '再来')).status).toBe(409)
    expect((await check(id, '1.00')).body).toMatchObject({
      result: 'hold',
      position: { hold: { onHold: true, reason: '恶意拖欠', placedBy: 'financeManager' } },
    })
    expect((await hold('release', '已付清')).status).toBe(201)
    expect((await hold('release', '已付清')).status).toBe(409)
    expect((await check(id, '1.00')).body.result).toBe('pass')
  })
})

describe('groups', () => {
  test('moving a customer moves its counters and those below it, up to every group above', async () => {
    const [g1, g2] = [await create('集团甲'), await create('集团乙')]
    const mid = await create('中层', { parentId: g1 })
    const leaf = await create('末级', { parentId: mid })
    await order(leaf, 700n)
    await receivable(mid, 300n, '2026-12-31')
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
    for (let level = 1; level <= 5; level += 1) parentId = await create(`第 ${level} 级`, parentId ? { parentId } : {})
    expect((await company.people.arAccountant.post('/api/customers', { name: '第 6 级', parentId })).body.code).toBe(
      'customers.groupTooDeep',
    )
  })
  test('two moves at once that together would make a circle: one is refused', async () => {
    const [a, b] = [await create('环甲'), await create('环乙')]
    const move = (id: string, parentId: string) =>
      company.people.arAccountant.send('PATCH', `/api/customers/${id}`, { version: 1, changes: { parentId } })
    const answers = await Promise.all([move(a, b), move(b, a)])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 422])
    await noBreaks()
  })
  test('orders and moves at once leave the counters true', async () => {
    const groups = [await create('并发集团一'), await create('并发集团二')]
    const id = await create('游移客户', { parentId: groups[0] })
    const moves = async () => {
      for (let i = 1; i <= 6; i += 1)
        await company.people.arAccountant.send('PATCH', `/api/customers/${id}`, { version: i, changes: { parentId: groups[i % 2] } })
    }
    // five attempts may all meet a move: what is refused so has saved nothing, and is asked again
    const ordered = (): Promise<unknown> =>
      order(id, 10n).catch((error: unknown) => {
        if ((error as Problem).code !== 'platform.conflict') throw error
        return ordered()
      })
    await Promise.all([moves(), ...Array.from({ length: 20 }, ordered)])
    await noBreaks()
    expect(await counters(id)).toMatchObject({ ordersBase: 200n })
  })
})

test('the proof fires on its own break', async () => {
  const id = await create('被改坏')
  await app.database.pool.query('update ar.credit_accounts set orders_base = orders_base + 1 where customer_id = $1', [id])
  expect(await app.db.read(company.system, creditCounterBreaks)).toEqual([{ customerId: id, counter: 'orders', stored: 1n, computed: 0n }])
})
