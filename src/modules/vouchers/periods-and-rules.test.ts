import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { opened } from '../../../test/harness/receivables.ts'
import { companyWith, look } from '../../../test/harness/vouchers.ts'
import { day } from '../../kernel/day.ts'
import { sql } from '../../platform/sql.ts'
import { enterReceivables } from '../receivables/enter-receivables.command.ts'
import { foundAccounts } from './edit-accounts.command.ts'
import { openPeriods } from './open-periods.command.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
}, 60_000)
afterAll(() => app.close())

const manager = (company: TestCompany) => company.people.financeManager

describe('periods', () => {
  const close = (company: TestCompany, period: number, version = 1, reason = '') =>
    manager(company).post(`/api/periods/${period}/closing`, { version, reason })
  test('T66: closed: nothing is posted into it, reopened with a reason it takes postings again', async () => {
    const { company, customerId } = await companyWith(app, [['2026-09-10', '10.00']])
    expect((await close(company, 202_611)).body.code).toBe('vouchers.periodNotOver')
    expect((await close(company, 202_610)).body.code).toBe('vouchers.earlierPeriodOpen')
    expect((await close(company, 202_609)).status).toBe(201)
    expect((await close(company, 202_609, 2)).body.code).toBe('vouchers.periodClosed')
    const late = await company.people.arAccountant.post('/api/receivables', {
      receivables: [{ customerId, amount: '1.00', issuedOn: '2026-09-30', dueOn: '2026-10-31' }],
    })
    expect(late.body.issues).toMatchObject([{ path: 'receivables.0.issuedOn', code: 'receivables.periodClosed' }])
    await expect(app.db.transaction(company.system, (tx) => openPeriods(tx, [day('2026-09-30')]))).rejects.toMatchObject({
      code: 'vouchers.periodClosed',
    })
    expect((await manager(company).post('/api/periods/202609/reopening', { version: 2 })).body.code).toBe('vouchers.reasonMissing')
    expect((await manager(company).post('/api/periods/202609/reopening', { version: 2, reason: 'a late invoice' })).status).toBe(201)
    await opened(company.people.arAccountant, customerId, { issuedOn: '2026-09-30' })
    expect((await look(company, '/api/periods?year=2026')).items.find((row: { period: number }) => row.period === 202_609)).toMatchObject({
      status: 'open',
      vouchers: 2,
      total: '123.00',
      version: 3,
    })
    expect((await company.people.arAccountant.post('/api/periods/202609/closing', { version: 3 })).status).toBe(403)
    await expectBooksTrue(app, company)
  })
  test('T66: a month before a closed one takes nothing more, though it was never closed itself because it was empty', async () => {
    const { company } = await companyWith(app, [['2026-10-10', '10.00']])
    expect((await close(company, 202_610)).status).toBe(201)
    await expect(app.db.transaction(company.system, (tx) => openPeriods(tx, [day('2026-08-15')]))).rejects.toMatchObject({
      code: 'vouchers.periodClosed',
    })
  })
  test.each(['2026-08-15', '2011-08-15'])(
    'S12, T67: a closing waits for a posting under way into an earlier month (%s), and then sees it',
    async (on) => {
      const { company, customerId } = await companyWith(app, [['2026-10-10', '10.00']])
      const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
      const posting = app.db.transaction(company.system, async (tx) => {
        await enterReceivables(tx, [{ kind: 'manual', customerId, amount: '1.00', issuedOn: day(on), dueOn: day('2026-10-31') }])
        await tx.flush()
        ask()
        await new Promise((resolve) => setTimeout(resolve, 100))
      })
      await asked
      const closed = close(company, 202_610)
      await posting
      expect((await closed).body.code).toBe('vouchers.earlierPeriodOpen')
      await expectBooksTrue(app, company)
    },
  )
  test('are reopened from the last one only', async () => {
    const { company } = await companyWith(app, [['2026-09-10', '10.00']])
    for (const period of [202_609, 202_610]) expect((await close(company, period)).status).toBe(201)
    expect((await manager(company).post('/api/periods/202609/reopening', { version: 2, reason: 'x' })).body.code).toBe(
      'vouchers.laterPeriodClosed',
    )
  })
  test('are refused while the books do not balance or the account differs from the ledger', async () => {
    const { company } = await companyWith(app, [['2026-09-10', '10.00']])
    const change = (by: number, account: string) =>
      app.database.pool.query('update ar.voucher_lines set debit_base = debit_base + $2 where tenant_id = $1 and account = $3', [
        company.tenantId,
        by,
        account,
      ])
    await change(1, '1122')
    expect((await close(company, 202_609)).body.code).toBe('vouchers.unbalanced')
    await app.database.pool.query('update ar.voucher_lines set credit_base = credit_base + 1 where tenant_id = $1 and account = $2', [
      company.tenantId,
      '6001',
    ])
    expect((await close(company, 202_609)).body.code).toBe('vouchers.notTied')
  })
  test('S12, T67: a hundred postings against a closing: all before it or refused, none after', async () => {
    const { company, customerId } = await companyWith(app, [['2026-09-10', '10.00']])
    const posted = Array.from({ length: 100 }, () =>
      company.people.arAccountant.post('/api/receivables', {
        receivables: [{ customerId, amount: '1.00', issuedOn: '2026-09-30', dueOn: '2026-10-31' }],
      }),
    )
    await new Promise((resolve) => setTimeout(resolve, 30))
    const closed = await close(company, 202_609)
    const replies = await Promise.all(posted)
    expect(closed.status).toBe(201)
    const codes = new Set(replies.filter((reply) => reply.status !== 201).map((reply) => reply.body.issues?.[0]?.code ?? reply.body.code))
    expect([...codes].filter((code) => !['receivables.periodClosed', 'vouchers.periodClosed'].includes(code))).toEqual([])
    const won = replies.filter((reply) => reply.status === 201).length
    expect((await look(company, '/api/vouchers?from=2026-09-01&until=2026-09-30')).total).toBe(won + 1)
    await expectBooksTrue(app, company)
  }, 60_000)
  test('a month without a period gets one, not before a closed month, not years ahead', async () => {
    const { company } = await companyWith(app, [])
    const open = (on: string) => app.db.transaction(company.system, (tx) => openPeriods(tx, [day(on)]))
    await Promise.all([open('2011-05-01'), open('2011-05-20'), open('2011-05-31')])
    const count = await app.db.read(company.system, (reader) =>
      reader.one(sql`select count(*)::int as count from ar.periods p where p.tenant_id = ${company.tenantId} and p.period = 201105`),
    )
    expect(count).toEqual({ count: 1 })
    await expect(open('2031-01-01')).rejects.toMatchObject({ code: 'vouchers.tooFarAhead' })
    expect((await close(company, 201_201)).status).toBe(201)
    await expect(open('2010-01-01')).rejects.toMatchObject({ code: 'vouchers.periodClosed' })
  })
})

describe('chart of accounts and posting rules', () => {
  test('a company without rows has the defaults; accounts are added, renamed, disabled', async () => {
    const company = await app.company()
    const accounts = async () =>
      (await look(company, '/api/accounts')).items as { code: string; version: number; status: string; name: Record<string, string> }[]
    expect((await accounts()).find((one) => one.code === '1122')).toMatchObject({ version: 0, name: { 'zh-CN': '应收账款' } })
    const name = { 'zh-CN': '应收账款—境外', 'zh-TW': '', en: '' }
    expect((await manager(company).post('/api/accounts', { code: '112201', kind: 'asset', name })).status).toBe(201)
    expect((await manager(company).post('/api/accounts', { code: '112201', kind: 'asset', name })).body.code).toBe('vouchers.accountExists')
    expect((await manager(company).send('PUT', '/api/accounts/1122', { name, status: 'disabled', version: 0 })).body.code).toBe(
      'vouchers.accountInRules',
    )
    expect((await manager(company).send('PUT', '/api/accounts/1123', { name, status: 'disabled', version: 0 })).status).toBe(200)
    expect((await manager(company).send('PUT', '/api/accounts/1123', { name, status: 'active', version: 0 })).body.code).toBe(
      'platform.staleVersion',
    )
    expect((await accounts()).find((one) => one.code === '1123')).toMatchObject({ status: 'disabled', version: 1 })
    expect((await company.people.arAccountant.post('/api/accounts', { code: '9999', kind: 'asset', name })).status).toBe(403)
  })
  test('the founding writes the chart', async () => {
    const company = await app.company()
    await app.db.transaction(company.system, (tx) => foundAccounts(tx))
    expect((await look(company, '/api/accounts')).items.every((one: { version: number }) => one.version === 1)).toBe(true)
  })
  const rule = [
    { side: 'debit', account: 'receivables', component: 'gross', ofCustomer: true },
    { side: 'credit', account: 'otherIncome', component: 'net' },
    { side: 'credit', account: 'outputTaxPending', component: 'tax' },
  ]
  test('a new version holds from now on, the old vouchers and their mirrors keep theirs', async () => {
    const { company, customerId, ids } = await companyWith(app, [['2026-10-10', '20.00']])
    const edited = await manager(company).send('PUT', '/api/posting-rules/receivableOpened', {
      version: 0,
      lines: rule,
      reason: 'services',
    })
    expect(edited.status).toBe(200)
    expect((await manager(company).send('PUT', '/api/posting-rules/receivableOpened', { version: 0, lines: rule })).body.code).toBe(
      'platform.staleVersion',
    )
    await opened(company.people.arAccountant, customerId)
    await company.people.arAccountant.post(`/api/receivables/${ids[0]}/voiding`, { version: 1, reason: 'x' })
    const trial = await look(company, '/api/vouchers/trial-balance?from=2026-01-01&until=2026-12-31')
    expect(trial.accounts.map((row: Record<string, string>) => [row['code'], row['closing']])).toEqual([
      ['1122', '113.00'],
      ['222102', '-13.00'],
      ['6001', '0.00'],
      ['6051', '-100.00'],
    ])
    await expectBooksTrue(app, company)
  })
  test.each<[string, unknown[], string]>([
    ['unbalanced', [rule[0], rule[1]], 'vouchers.ruleUnbalanced'],
    ['an amount that the event has not', [rule[0], { ...rule[1], component: 'fee' }], 'vouchers.componentUnknown'],
    ['without the receivables account', [{ ...rule[0], account: 'bank' }, rule[1], rule[2]], 'vouchers.ruleLosesReceivables'],
    ['receivables without the customer', [{ ...rule[0], ofCustomer: undefined }, rule[1], rule[2]], 'vouchers.lineNeedsCustomer'],
  ])('a rule that is refused: %s', async (_, lines, code) => {
    const company = await app.company()
    const { status, body } = await manager(company).send('PUT', '/api/posting-rules/receivableOpened', { version: 0, lines })
    expect([status, body.issues.map((issue: { code: string }) => issue.code)]).toEqual([422, [code]])
  })
  test('another receivables account: the tie-out knows both, and no other key may share it', async () => {
    const { company, customerId } = await companyWith(app, [['2026-10-10', '20.00']])
    await manager(company).post('/api/accounts', { code: '112201', kind: 'asset', name: { 'zh-CN': '应收账款—货款', 'zh-TW': '', en: '' } })
    const codes = [{ key: 'receivables', code: '112201' }]
    expect(
      (await manager(company).send('PUT', '/api/posting-accounts', { version: 0, codes: [...codes, { key: 'revenue', code: '112201' }] }))
        .body.issues[0].code,
    ).toBe('vouchers.receivablesAccountShared')
    expect(
      (await manager(company).send('PUT', '/api/posting-accounts', { version: 0, codes: [{ key: 'revenue', code: '7777' }] })).body
        .issues[0].code,
    ).toBe('vouchers.accountUnknown')
    expect((await manager(company).send('PUT', '/api/posting-accounts', { version: 0, codes })).status).toBe(200)
    await opened(company.people.arAccountant, customerId)
    expect(await look(company, '/api/vouchers/tie-out')).toMatchObject({
      account: '133.00',
      ledger: '133.00',
      tied: true,
      accounts: expect.arrayContaining(['1122', '112201']),
    })
    await expectBooksTrue(app, company)
  })
})
