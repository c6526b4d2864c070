import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuid } from '../../src/kernel/uuid.ts'
import { permissions } from '../../src/modules/people/roles.ts'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { type Browser, browser, signedInBrowser } from '../harness/browser.ts'

const PASSWORD = 'tin lamp river 7'
let app: TestApp
let company: TestCompany
let here: Browser
const failures: object[] = []
beforeAll(async () => {
  app = await startTestApp(undefined, { onError: (fields) => failures.push(fields) })
  company = await app.company('one')
  here = await signedInBrowser(app, company.people.administrator.caller.actorId, 'a@example.com', company.tenantId)
}, 60_000)
afterAll(() => app.close())

describe('T27: whoever sits at a screen that was left open', () => {
  test.each([
    ['/api/password', (password: string) => ({ current: password, next: 'wide green door 5' })],
    ['/api/totp/enrol', (password: string) => ({ password })],
    ['/api/totp/remove', (password: string) => ({ password })],
  ])('cannot guess the password at %s: after five tries there is a pause, also for the right one', async (url, body) => {
    await app.database.pool.query('delete from auth.sign_in_attempts')
    const tries = []
    for (let index = 0; index < 8; index += 1) tries.push((await here.post(url, body(`wrong wrong ${index}`))).status)
    expect(tries.filter((status) => status === 422)).toHaveLength(5)
    expect(tries.slice(5)).toEqual([429, 429, 429])
    expect((await here.post(url, body(PASSWORD))).body.code).toBe('people.tooManyTries')
    await app.database.pool.query('delete from auth.sign_in_attempts')
  })
})

describe('cookies that are no cookies', () => {
  test.each([
    'huikuan.two_factor=%E0%A4%A',
    'huikuan.two_factor=%',
    '__Secure-huikuan.two_factor=%zz.a',
    '__Secure-huikuan.session_token=%E0%A4%A',
    'huikuan.session_token=a.b.c; huikuan.two_factor=.',
  ])('%s is nobody, and no failure of ours', async (cookie) => {
    const stranger = () => browser(app, '127.0.0.1', cookie)
    expect((await stranger().post('/api/sign-in/totp', { code: '123456' })).status).toBe(401)
    expect((await stranger().get('/api/session')).status).toBe(401)
    expect((await stranger().post('/api/password', { current: PASSWORD, next: 'wide green door 5' })).status).toBe(401)
    expect(failures.splice(0)).toEqual([])
  })
})

describe('T22: an API key, whatever its scopes', () => {
  test('opens no way in that its scopes do not: no invitation, no link, no role, no second factor taken off', async () => {
    const { administrator, collector } = company.people
    const made = await here.post('/api/api-keys', { name: 'all', scopes: permissions, expiresOn: null })
    const call = (method: 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown) =>
      browser(app).send(method, url, body, { authorization: `Bearer ${made.body.key}` })
    const id = collector.caller.actorId
    const { version, name, dataScope, teamId, phone, language } = (await administrator.get(`/api/people/${id}`)).body
    const details = { name, dataScope, teamId, phone, language }
    const invitation = { ...details, email: 'thief@example.com', role: 'administrator' }
    const tries = [
      await call('POST', '/api/people', invitation),
      await call('POST', `/api/people/${id}/link`),
      await call('POST', `/api/people/${administrator.caller.actorId}/link`),
      await call('PUT', `/api/people/${id}`, { ...details, role: 'administrator', version }),
      await call('DELETE', `/api/people/${id}/totp`),
    ]
    expect(tries.map(({ status, body }) => [status, body.code])).toEqual(tries.map(() => [403, 'people.keyMayNot']))
    expect((await administrator.get(`/api/people/${id}`)).body).toMatchObject({ role: 'collector', version })
  })
})

describe('T110: what a person does to the own secrets', () => {
  const told = async () =>
    (
      await app.database.pool.query<{ action: string; at: Date; actor_id: string; ip: string; request_id: string }>(
        `select l.action, l.at, l.actor_id, host(l.ip::inet) ip, l.request_id from ar.audit_log l where l.actor_id = $1 order by l.id desc limit 1`,
        [company.people.financeManager.caller.actorId],
      )
    ).rows[0]
  test('leaves one audit entry each: password and sessions (the second factor stands in sign-in.test.ts); a refusal leaves none', async () => {
    const { actorId } = company.people.financeManager.caller
    const finance = await signedInBrowser(app, actorId, 'f@example.com', company.tenantId)
    const there = browser(app)
    await there.post('/api/sign-in', { email: 'f@example.com', password: PASSWORD })
    await sleep(600)
    expect((await finance.post('/api/password', { current: 'wrong wrong', next: 'wide green door 5' })).status).toBe(422)
    expect(await told()).toBeUndefined()
    const steps: [string, () => ReturnType<Browser['post']>][] = [
      [
        'people.sessionEnded',
        async () => {
          const { items } = (await finance.get('/api/sessions')).body
          return finance.send('DELETE', `/api/sessions/${items.find((row: { isThis: boolean }) => !row.isThis).id}`)
        },
      ],
      ['people.passwordChanged', () => finance.post('/api/password', { current: PASSWORD, next: 'wide green door 5' })],
    ]
    for (const [action, step] of steps) {
      const answer = await step()
      expect([action, answer.status < 300]).toEqual([action, true])
      expect(await told()).toMatchObject({ action, actor_id: actorId, request_id: answer.headers['x-request-id'] })
    }
    const { rows } = await app.database.pool.query('select l.body::text from ar.audit_log l where l.tenant_id = $1', [company.tenantId])
    expect(JSON.stringify(rows)).not.toMatch(/green door|tin lamp|otpauth/)
  })
})

test('a stranger’s id of a session is nobody’s', async () => {
  expect((await here.send('DELETE', `/api/sessions/${uuid()}`)).status).toBe(404)
})
