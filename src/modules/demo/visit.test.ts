import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../../test/harness/app.ts'
import { type Browser, browser } from '../../../test/harness/browser.ts'
import { callerOf } from '../../../test/harness/callers.ts'
import { uuid } from '../../kernel/uuid.ts'
import { issueSetupToken } from '../../platform/setup-token.ts'
import { insideTenant } from '../../platform/system-caller.ts'
import { company } from '../company/company.query.ts'
import { setSending } from '../company/edit-company.command.ts'
import { insertDemoRun } from './demo-run.store.ts'
import { makeDemo } from './make-demo.command.ts'

const DEMO = 900_010
let app: TestApp
let administrator: Browser
let salesperson: Browser

/** A demo of a month stands before there is a company; then the company is founded as at any first visit. */
beforeAll(async () => {
  app = await startTestApp()
  await makeDemo(app.db, { tenantId: DEMO, seed: 3, months: 1, said: () => undefined })
  administrator = browser(app)
  const given = {
    companyName: '江南纺织',
    baseCurrency: 'CNY',
    timeZone: 'Asia/Shanghai',
    language: 'zh-CN',
    name: '陈伟',
    email: 'chen@example.com',
  }
  const token = await issueSetupToken(app.database.ownerUrl)
  expect(await administrator.post('/api/setup', { ...given, password: 'tin lamp river 7', token })).toMatchObject({ status: 201 })
  const { body } = await administrator.post('/api/people', {
    name: '李伟',
    email: 'li@example.com',
    phone: null,
    language: 'zh-CN',
    role: 'salesperson',
    dataScope: 'own',
    teamId: null,
  })
  salesperson = browser(app)
  const token2 = new URL(body.link).pathname.split('/').at(-1)
  await salesperson.post(`/api/invitations/${token2}/acceptance`, { name: '李伟', password: 'copper kite 93 lane', language: 'zh-CN' })
  await salesperson.post('/api/sign-in', { email: 'li@example.com', password: 'copper kite 93 lane' })
}, 300_000)
afterAll(() => app?.close())

async function companyOf(of: Browser): Promise<{ name: string; isDemo: boolean }> {
  return (await of.get('/api/session')).body.company
}

describe('looking into the demo company', () => {
  it('is not there until a demo was asked for, and for administrators only', async () => {
    expect(await administrator.get('/api/demo')).toMatchObject({ status: 200, body: { status: 'none' } })
    expect((await administrator.post('/api/demo/visit', {})).status).toBe(404)
    expect((await salesperson.get('/api/demo')).status).toBe(403)
    await app.db.transaction(insideTenant(1), async (tx) =>
      insertDemoRun(tx, { id: uuid(), status: 'done' }, { seed: 3, demoTenantId: DEMO }),
    )
    expect(await administrator.get('/api/demo')).toMatchObject({ body: { status: 'ready', seed: 3 } })
    expect((await salesperson.post('/api/demo/visit', {})).status).toBe(403)
    expect((await salesperson.send('DELETE', '/api/demo')).status).toBe(403)
  })

  it('goes in as the administrator, as anybody else, and out again, in one session', async () => {
    expect(await administrator.post('/api/demo/visit', {})).toMatchObject({ status: 200 })
    expect(await companyOf(administrator)).toMatchObject({ isDemo: true })
    expect((await administrator.get('/api/customers')).body.total).toBeGreaterThanOrEqual(300)
    const { body } = await administrator.get('/api/demo/visit')
    expect(body.mayLeave).toBe(true)
    const seller = body.people.find(({ role }: { role: string }) => role === 'salesperson')
    await administrator.post('/api/demo/visit', { personId: seller.id })
    expect((await administrator.get('/api/session')).body).toMatchObject({ person: { id: seller.id, role: 'salesperson' }, scope: 'own' })
    expect((await administrator.get('/api/customers')).body.total).toBeLessThan(300)
    expect((await administrator.send('DELETE', '/api/demo/visit')).status).toBe(200)
    expect(await companyOf(administrator)).toMatchObject({ name: '江南纺织', isDemo: false })
    expect((await administrator.get('/api/customers')).body.total).toBe(0)
    expect((await administrator.send('DELETE', '/api/demo/visit')).status).toBe(404)
  })

  it('touches neither the own password from inside, nor a person of the own company', async () => {
    await administrator.post('/api/demo/visit', {})
    expect((await administrator.post('/api/password', { current: 'tin lamp river 7', next: 'another good one 5' })).status).toBe(403)
    expect((await administrator.post('/api/demo/visit', { personId: '00000000-0000-7000-8000-000000000009' })).status).toBe(404)
    expect((await administrator.post('/api/demo', {})).body.code).toBe('demo.insideDemo')
    expect((await administrator.send('DELETE', '/api/demo')).body.code).toBe('demo.insideDemo')
    await administrator.send('DELETE', '/api/demo/visit')
  })

  it('a tab that still shows the demo, or the own company, does nothing in the other one', async () => {
    const as = async () => ({ 'x-huikuan-as': (await administrator.get('/api/session')).body.person.id })
    const atHome = await as()
    await administrator.post('/api/demo/visit', {})
    const inDemo = await as()
    const customer = { name: '别处的客户', acceptSimilar: true }
    for (const [where, stale] of [
      ['demo', atHome],
      ['own', inDemo],
    ] as const) {
      expect([where, (await administrator.send('GET', '/api/customers', undefined, stale)).body.code]).toEqual([
        where,
        'platform.otherPerson',
      ])
      expect(await administrator.send('POST', '/api/customers', customer, stale)).toMatchObject({
        status: 409,
        body: { code: 'platform.otherPerson' },
      })
      expect((await administrator.get(`/api/customers?q=${encodeURIComponent(customer.name)}`)).body.total).toBe(0)
      expect((await administrator.send('GET', '/api/customers', undefined, await as())).status).toBe(200)
      if (where === 'demo') await administrator.send('DELETE', '/api/demo/visit')
    }
  })

  it('no session can be pointed at a real company', async () => {
    const { rows } = await app.database.pool.query<{ id: string }>('select s.id from auth.sessions s limit 1')
    await expect(app.auth.visit(rows[0]!.id, { tenantId: 1, personId: '00000000-0000-7000-8000-000000000009' })).rejects.toThrow(
      'visits_tenant_id_check',
    )
  })

  it('sending cannot be switched on in it', async () => {
    const inside = callerOf(DEMO, { actorKind: 'system' })
    const { version } = await app.db.read(inside, company)
    await expect(app.db.transaction(inside, (tx) => setSending(tx, true, version))).rejects.toMatchObject({
      code: 'company.demoStaysSilent',
    })
  })

  it('a second one is not begun beside the first; removing ends the visits too', async () => {
    expect((await administrator.post('/api/demo', { seed: 4 })).status).toBe(201)
    expect(await administrator.post('/api/demo', { seed: 5 })).toMatchObject({ status: 409, body: { code: 'demo.beingMade' } })
    await app.database.pool.query(`update ar.runs set status = 'failed' where kind = 'demo' and status = 'waiting'`)
    expect((await administrator.send('DELETE', '/api/demo')).status).toBe(200)
    expect((await administrator.get('/api/demo')).body.status).toBe('none')
    expect((await app.database.pool.query('select from ar.tenants t where t.is_demo')).rowCount).toBe(0)
    expect((await app.database.pool.query('select from ar.tenants t where t.tenant_id = 1')).rowCount).toBe(1)
  }, 120_000)
})
