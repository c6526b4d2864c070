import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routesWith } from '../../src/app.ts'
import { uuid } from '../../src/kernel/uuid.ts'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { type Browser, browser, signedInBrowser } from '../harness/browser.ts'
import { totpNow } from '../harness/totp.ts'

const PASSWORD = 'tin lamp river 7'
const ACCOUNT = { name: '基本户', bank: '工商银行', accountNo: '6222020200011112222' }
/** What lets money go elsewhere (also by what customers are told, T63), or somebody in or further in. */
const ASKING = [
  'DELETE /api/dunning/templates/:key/:language',
  'DELETE /api/people/:id/totp',
  'POST /api/api-keys',
  'POST /api/approval-delegations',
  'POST /api/approval-rules',
  'POST /api/bank-accounts',
  'POST /api/dunning/ladders/:id/publication',
  'POST /api/people',
  'POST /api/people/:id/link',
  'POST /api/totp/remove',
  'PUT /api/approval-rules/:id',
  'PUT /api/bank-accounts/:id',
  'PUT /api/company/four-eyes',
  'PUT /api/dunning/templates/:key/:language',
  'PUT /api/mail-settings',
  'PUT /api/mail-settings/sending',
  'PUT /api/people/:id',
  'PUT /api/people/:id/status',
]
let app: TestApp
let company: TestCompany
let here: Browser
let backupCodes: string[]
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  here = await signedInBrowser(app, company.people.administrator.caller.actorId, 'fresh@example.com', company.tenantId)
})
afterAll(() => app.close())

/** The session is as old as one that was left open over lunch. */
const grow = () =>
  app.database.pool.query(
    `update auth.sessions set created_at = now() - interval '16 minutes', confirmed_at = confirmed_at - interval '16 minutes'`,
  )
const confirmed = async (secret: string) => (await here.post('/api/session/confirmation', { secret })).body.code ?? 'confirmed'
const rows = async () => (await app.database.pool.query('select count(*)::int n from ar.bank_accounts')).rows[0].n

describe('T32: a step that moves money or opens doors', () => {
  test('is taken shortly after the sign-in; on an old session it asks again, and leaves nothing', async () => {
    expect((await here.post('/api/bank-accounts', ACCOUNT)).status).toBe(201)
    await grow()
    const before = await rows()
    expect(await here.post('/api/bank-accounts', { ...ACCOUNT, name: '一般户' })).toMatchObject({
      status: 403,
      body: { code: 'people.confirmAgain' },
    })
    expect(await rows()).toBe(before)
    expect((await here.get('/api/bank-accounts')).status).toBe(200)
  })

  test('these steps ask again, no others', () => {
    const asking = routesWith(app.auth, app.mail).filter(({ route }) => route.asksAgain)
    expect(asking.map(({ route }) => `${route.method} ${route.path}`).sort()).toEqual(ASKING)
  })

  test.each(ASKING)('%s', async (step) => {
    await grow()
    const [method, path] = step.split(' ') as ['POST', string]
    expect((await here.send(method, path.replace(':id', uuid()).replace(':key', 'formal').replace(':language', 'en'), {})).body.code).toBe(
      'people.confirmAgain',
    )
  })

  test('who may not take the step at all is told so, and not asked', async () => {
    const { actorId } = company.people.salesperson.caller
    const salesperson = await signedInBrowser(app, actorId, 'seller@example.com', company.tenantId)
    await grow()
    expect((await salesperson.post('/api/bank-accounts', ACCOUNT)).body.code).toBe('people.mayNot')
    expect((await browser(app).post('/api/bank-accounts', ACCOUNT)).body.code).toBe('people.signedOut')
  })

  test('the password shown again opens it for a quarter of an hour, in this session only; a wrong one does not', async () => {
    const other = browser(app)
    await other.post('/api/sign-in', { email: 'fresh@example.com', password: PASSWORD })
    await grow()
    expect(await confirmed('not the password')).toBe('people.wrongPassword')
    expect((await here.post('/api/api-keys', { name: 'a', scopes: ['orders.view'], expiresOn: null })).body.code).toBe(
      'people.confirmAgain',
    )
    expect(await confirmed(PASSWORD)).toBe('confirmed')
    expect((await here.post('/api/api-keys', { name: 'a', scopes: ['orders.view'], expiresOn: null })).status).toBe(201)
    expect((await other.post('/api/api-keys', { name: 'b', scopes: ['orders.view'], expiresOn: null })).body.code).toBe(
      'people.confirmAgain',
    )
    await grow()
    expect((await here.post('/api/api-keys', { name: 'c', scopes: ['orders.view'], expiresOn: null })).body.code).toBe(
      'people.confirmAgain',
    )
  })

  test('nobody guesses the password there: tries are counted as at the sign-in', async () => {
    const answers = []
    for (let index = 0; index < 8; index += 1)
      answers.push((await here.post('/api/session/confirmation', { secret: `guess ${index} guess` })).status)
    expect(answers).toContain(429)
    await app.database.pool.query('delete from auth.sign_in_attempts')
  })

  test('with a second factor it wants a code, once; the password is not enough (T31)', async () => {
    const enrolment = (await here.post('/api/totp/enrol', { password: PASSWORD })).body
    backupCodes = enrolment.backupCodes
    const secret = new URL(enrolment.uri).searchParams.get('secret')!
    expect((await here.post('/api/totp/confirm', { code: totpNow(secret, -1) })).status).toBe(200)
    await grow()
    expect((await here.post('/api/totp/remove', { password: PASSWORD })).body.code).toBe('people.confirmAgain')
    expect(await confirmed(PASSWORD)).toBe('people.wrongCode')
    const code = totpNow(secret, 0)
    expect(await confirmed(code)).toBe('confirmed')
    expect((await here.post('/api/bank-accounts', { ...ACCOUNT, name: '外币户', accountNo: '6222020200033334444' })).status).toBe(201)
    await grow()
    expect(await confirmed(code)).toBe('people.wrongCode')
    expect(await confirmed(backupCodes.shift()!)).toBe('confirmed')
  })

  test('no API key takes it, whatever its scopes (T31)', async () => {
    const { key } = (await here.post('/api/api-keys', { name: 'all', scopes: ['company.edit', 'people.edit'], expiresOn: null })).body
    const answer = await browser(app).send('POST', '/api/bank-accounts', ACCOUNT, { authorization: `Bearer ${key}` })
    expect(answer).toMatchObject({ status: 403, body: { code: 'people.keyMayNot' } })
  })

  test('is open to whoever looks into a demo company and shows the own code', async () => {
    const { pool } = app.database
    const personId = uuid()
    await pool.query(
      `insert into ar.tenants (tenant_id, name, base_currency, time_zone, language, is_demo) values (900001, '示例', 'CNY', 'Asia/Shanghai', 'zh-CN', true)`,
    )
    await pool.query(`insert into ar.people (tenant_id, id, name, email, role) values (900001, $1, '示例', 'demo@example.com', 'administrator')`, [personId]) // biome-ignore format: one row a line
    await pool.query(`insert into auth.visits (session_id, tenant_id, person_id) select s.id, 900001, $1 from auth.sessions s`, [personId])
    await grow()
    const key = { name: 'a', scopes: ['orders.view'], expiresOn: null }
    expect((await here.post('/api/api-keys', key)).body.code).toBe('people.confirmAgain')
    expect(await confirmed(backupCodes.pop()!)).toBe('confirmed')
    expect((await here.post('/api/api-keys', key)).status).toBe(201)
  })
})
