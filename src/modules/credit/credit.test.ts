import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { type CreditWorld, creditWorld } from '../../../test/harness/credit.ts'
import { uuid } from '../../kernel/uuid.ts'
import { sql } from '../../platform/sql.ts'
import { checkCredit } from './check-credit.query.ts'
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

const noBreaks = async () => expect(await app.db.read(company.system, creditCounterBreaks)).toEqual([])

describe('limits', () => {
  test('a finance manager sets one at once where no rule asks anybody; a salesperson asks, and somebody else decides', async () => {
    const id = await world.create('额度客户', { salespersonId: company.people.salesperson.caller.actorId })
    expect((await world.limitOf(id, '1000.00')).body).toMatchObject({ waiting: false })
    expect(await world.position(id)).toMatchObject({
      limit: { kind: 'limited', amount: '1000.00', temporary: false },
      exposure: '0.00',
      available: '1000.00',
      version: 2,
    })
    const asked = await world.limitOf(id, '5000.00', {}, company.people.salesperson, 2)
    expect(asked.body.waiting).toBe(true)
    expect((await world.position(id)).limit.amount).toBe('1000.00')
    expect((await world.limitOf(id, '6000.00', {}, company.people.financeManager, 2)).body.code).toBe('credit.limitPending')
    const [limit] = (await company.people.financeManager.get(`/api/credit/${id}/limits`)).body.items
    expect(limit).toMatchObject({ status: 'pending', requestedBy: 'salesperson', limit: '5000.00' })
    const decide = (who: typeof company.people.salesperson) =>
      who.post('/api/approvals/decisions', { decisions: [{ id: limit.requestId, version: 1, decision: 'approved', reason: '' }] })
    expect((await decide(company.people.salesperson)).status).toBe(403)
    expect((await decide(company.people.financeManager)).status).toBe(201)
    expect((await world.position(id)).limit.amount).toBe('5000.00')
    expect((await company.people.financeManager.get(`/api/credit/${id}/limits`)).body.items[0]).toMatchObject({
      status: 'active',
      approvedBy: 'financeManager',
      approvedHow: 'person',
    })
  })
  test('what waits stands in the position: amount, who asked, who decides; and is gone when it is decided', async () => {
    const { arAccountant, financeManager, salesManager } = company.people
    const id = await world.create('等额度有限公司')
    const asked = await world.limitOf(id, '500000.00', {}, arAccountant)
    expect(asked.body.waiting).toBe(true)
    const { pending } = await world.position(id, financeManager)
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
    expect(await world.position(id, arAccountant)).toMatchObject({ pending })
    expect((await salesManager.get(`/api/credit/${id}`)).status).toBe(404)
    const decision = { decisions: [{ id: pending[0].requestId, version: 1, decision: 'approved', reason: '' }] }
    expect((await financeManager.post('/api/approvals/decisions', decision)).status).toBe(201)
    expect(await world.position(id)).toMatchObject({ pending: [], limit: { amount: '500000.00' } })
  })
  test('a new customer comes with its contact and the limit asked for it, or not at all', async () => {
    const { arAccountant, financeManager } = company.people
    const body = { name: '带额度的新客户', contact: { name: '吴芳', phone: '13800001111' }, askedLimit: '200000.00' }
    const made = await arAccountant.post('/api/customers', body)
    expect(made.status).toBe(201)
    const id = made.body.id
    expect((await world.position(id)).pending).toMatchObject([{ limit: '200000.00', requestedBy: 'arAccountant', role: 'financeManager' }])
    expect((await arAccountant.get(`/api/customers/${id}/contacts`)).body.items).toMatchObject([
      { name: '吴芳', phone: '13800001111', isPrimary: true },
    ])
    const direct = await financeManager.post('/api/customers', { name: '直接给额度', askedLimit: '100.00' })
    expect(await world.position(direct.body.id)).toMatchObject({ pending: [], limit: { kind: 'limited', amount: '100.00' } })
    const wrong = await arAccountant.post('/api/customers', { name: '额度写错', askedLimit: '1.234' })
    expect(wrong).toMatchObject({ status: 400, body: { issues: [{ path: 'askedLimit' }] } })
    expect((await arAccountant.get(`/api/customers?q=${encodeURIComponent('额度写错')}`)).body.total).toBe(0)
  })
  test('two changes at once: one wins, the other is told', async () => {
    const id = await world.create('并发额度')
    const answers = await Promise.all(['1.00', '2.00'].map((limit) => world.limitOf(id, limit)))
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
    const id = await world.create(`金额 ${limit} ${JSON.stringify(more)}`)
    expect(await world.limitOf(id, limit, more)).toMatchObject({ status, body: { code } })
    expect((await world.position(id)).limit.kind).toBe('none')
  })
  test('a temporary limit counts from its first to its last day; a scheduled one from its day, before the daily job and after it', async () => {
    const id = await world.create('日期额度')
    await world.limitOf(id, '100.00')
    await world.limitOf(id, '300.00', { kind: 'temporary', effectiveFrom: '2026-11-25', effectiveUntil: '2026-11-26' }, undefined, 2)
    await world.limitOf(id, '150.00', { effectiveFrom: '2026-12-01' }, undefined, 2)
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
      const lazily = (await world.position(id)).limit.amount
      await world.inTx(async (tx) => tx.job('credit.applyLimits', {}))
      await app.drain()
      seen.push([day, lazily, (await world.position(id)).limit.amount, await stored()])
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
    const id = await world.create('检查客户')
    await world.limitOf(id, '1000.00')
    await world.order(id, 30_000n)
    await world.receivable(id, 50_000n, '2026-06-01')
    const answer = await world.check(id, '500.00')
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
    expect((await world.check(id, '500.00', { prepaid: '500.00' })).body.result).toBe('pass')
    await noBreaks()
  })
  test.each(['-1', '0', '1e3', '1.234', '99999999999999999'])('an amount of %s is refused', async (amount) => {
    expect((await world.check(uuid(), amount)).status).toBe(400)
  })
  test('a customer that is not mine is not there', async () => {
    const id = await world.create('别人的', { salespersonId: company.people.secondSalesperson.caller.actorId })
    expect((await world.check(id, '1.00', {}, company.people.salesperson)).status).toBe(404)
  })
  test('the group limit binds a salesperson who cannot see the group', async () => {
    const root = await world.create('看不见的集团')
    const id = await world.create('看得见的子公司', { parentId: root, salespersonId: company.people.salesperson.caller.actorId })
    await world.limitOf(root, '100.00')
    const answer = await world.check(id, '200.00', {}, company.people.salesperson)
    expect(answer.body).toMatchObject({ result: 'hold', over: '100.00' })
    expect((await company.people.salesperson.get(`/api/customers/${root}`)).status).toBe(404)
  })
  test('a parent’s overdue share is its own, for one who sees all and for one who does not see its companies', async () => {
    const parentId = await world.create('集团三', { salespersonId: company.people.salesperson.caller.actorId })
    const below = await world.create('集团三的子公司', { parentId })
    const deeper = await world.create('集团三的孙公司', { parentId: below })
    await world.receivable(parentId, 60_000n, '2026-11-01')
    await world.receivable(parentId, 40_000n, '2027-11-01')
    await world.receivable(below, 900_000n, '2027-11-01')
    await world.receivable(deeper, 900_000n, '2026-11-01')
    for (const who of [company.people.arAccountant, company.people.salesperson]) {
      const { rules } = (await world.check(parentId, '1.00', {}, who)).body
      expect(rules.find(({ rule }: { rule: string }) => rule === 'overdueShare').reason.params).toMatchObject({
        share: expect.stringContaining('60'),
      })
    }
  })
  test('of two drafts of one group the second sees the first', async () => {
    const root = await world.create('集团二')
    const [a, b] = [await world.create('甲', { parentId: root }), await world.create('乙', { parentId: root })]
    await world.limitOf(root, '100.00')
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
    const id = await world.create('设置客户')
    await world.limitOf(id, '100.00')
    await world.receivable(id, 9_000n, '2026-12-31')
    await world.inTx(async (tx) => {
      const [row] = await tx.all<{ id: string }>(
        sql`select r.id from ar.receivables r where r.tenant_id = ${company.tenantId} and r.customer_id = ${id}`,
      )
      tx.update('receivables', [{ id: row!.id, disputed: true }], { set: ['disputed'] })
    })
    expect((await world.check(id, '50.00')).body.result).toBe('hold')
    const { body } = await company.people.financeManager.get('/api/credit/settings')
    const saved = await company.people.financeManager.send('PUT', '/api/credit/settings', {
      ...body,
      exposure: { includeDisputed: false, deductUnallocated: true },
      orderHorizonDays: 30,
    })
    expect(saved.status).toBe(200)
    expect((await world.check(id, '50.00')).body).toMatchObject({ result: 'pass', position: { exposure: '0.00' } })
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
