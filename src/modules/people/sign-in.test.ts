import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../../test/harness/app.ts'
import { type Browser, browser } from '../../../test/harness/browser.ts'
import { totpNow } from '../../../test/harness/totp.ts'
import { issueSetupToken } from '../../platform/setup-token.ts'

let app: TestApp
let administrator: Browser
const PASSWORD = 'tin lamp river 7'

beforeAll(async () => {
  app = await startTestApp()
  administrator = browser(app)
})
afterAll(() => app.close())

describe('the first visit', () => {
  const given = {
    companyName: '江南纺织',
    baseCurrency: 'CNY',
    timeZone: 'Asia/Shanghai',
    language: 'zh-CN',
    name: '陈伟',
    email: 'Chen@example.com',
    password: PASSWORD,
  }

  it('asks for the token that was printed, and says so', async () => {
    expect(await administrator.get('/api/setup')).toMatchObject({ status: 200, body: { waiting: true } })
    expect(await administrator.post('/api/setup', { ...given, token: 'guessed' })).toMatchObject({
      status: 403,
      body: { code: 'people.wrongSetupToken' },
    })
    expect(await app.db.tenants()).toEqual([])
  })

  it.each([
    [{ password: 'password123' }, 'people.passwordCommon', 'password'],
    [{ password: 'short' }, 'people.passwordTooShort', 'password'],
    [{ timeZone: 'Asia/Peking' }, 'company.unknownTimeZone', 'timeZone'],
    [{ baseCurrency: 'RMB' }, 'platform.unknownCurrency', 'baseCurrency'],
  ])('refuses %o: %s', async (wrong, code, path) => {
    const answer = await administrator.post('/api/setup', { ...given, token: 'any', ...wrong })
    expect(answer.body.issues).toEqual([expect.objectContaining({ code, path })])
  })

  it('founds the company with its entity, months and administrator, signed in at once; of two at the same time one wins', async () => {
    const tokens = [await issueSetupToken(app.database.ownerUrl), await issueSetupToken(app.database.ownerUrl)]
    const other = browser(app)
    const answers = await Promise.all([
      administrator.post('/api/setup', { ...given, token: tokens[0] }),
      other.post('/api/setup', { ...given, email: 'li@example.com', token: tokens[1] }),
    ])
    expect(answers.map((answer) => answer.status).sort()).not.toEqual([201, 201])
    expect(answers.some((answer) => answer.status === 201)).toBe(true)
    if (answers[1]!.status === 201) administrator = other
    expect(await app.db.tenants()).toEqual([1])
    const { rows } =
      await app.database.pool.query(`select (select count(*)::int from ar.people) people, (select count(*)::int from auth.users) users, (select count(*)::int from ar.entities where code = 'MAIN') entities,
      (select count(*)::int from ar.periods where status = 'open') periods, (select array_agg(action) from ar.audit_log) actions`)
    expect(rows[0]).toMatchObject({ people: 1, users: 1, entities: 1, periods: 61 })
    expect(rows[0].actions).toContain('companies.founded')
    const session = await administrator.get('/api/session')
    expect(session.body).toMatchObject({
      person: { role: 'administrator' },
      company: { name: '江南纺织', baseCurrency: 'CNY', today: '2026-11-21', fourEyes: true, testMode: true },
      scope: 'all',
    })
    expect(session.body.permissions).toContain('people.edit')
  })

  it('is gone afterwards', async () => {
    expect(await issueSetupToken(app.database.ownerUrl)).toBeUndefined()
    expect(await administrator.get('/api/setup')).toMatchObject({ status: 200, body: { waiting: false } })
    expect((await administrator.post('/api/setup', { ...given, token: 'x' })).status).toBe(404)
  })
})

describe('signing in', () => {
  it('T30: sets a cookie of a new session: HttpOnly, SameSite=Lax, Secure behind https', async () => {
    const email = await emailOf(administrator)
    const first = browser(app)
    await first.post('/api/sign-in', { email, password: PASSWORD })
    const before = first.cookie
    const answer = await first.post('/api/sign-in', { email: email.toUpperCase(), password: PASSWORD })
    expect(first.cookie).not.toBe(before)
    const line = [answer.headers['set-cookie']].flat().find((text) => String(text).includes('session_token'))
    expect(line).toMatch(/^__Secure-huikuan\.session_token=/)
    for (const flag of ['HttpOnly', 'SameSite=Lax', 'Secure', 'Path=/']) expect(line).toContain(flag)
  })

  it('T27: answers a wrong password and an unknown address alike, in words and in time', async () => {
    const email = await emailOf(administrator)
    const times: Record<string, number[]> = { known: [], unknown: [] }
    for (let round = 0; round < 4; round += 1) {
      for (const [kind, address] of [
        ['known', email],
        ['unknown', `nobody${round}@example.com`],
      ] as const) {
        const from = performance.now()
        const answer = await browser(app, `10.1.0.${round}`).post('/api/sign-in', { email: address, password: 'wrong wrong wrong' })
        times[kind]!.push(performance.now() - from)
        expect(answer).toMatchObject({ status: 401, body: { code: 'people.wrongCredentials', params: {} } })
      }
    }
    // both pay for a password hash, which takes most of the time; an answer without one comes some twenty times sooner
    expect(Math.min(...times['unknown']!)).toBeGreaterThan(Math.min(...times['known']!) / 4)
    expect((await administrator.post('/api/sign-in', { email, password: PASSWORD })).status).toBe(200)
  })

  it('T27: pauses after five wrong tries of one account, whoever tries and however many at once, and longer each time', async () => {
    const email = 'nobody@example.com'
    const tries = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        browser(app, `10.2.0.${index}`).post('/api/sign-in', { email, password: 'wrong wrong wrong' }),
      ),
    )
    expect(tries.filter((answer) => answer.status === 401)).toHaveLength(5)
    const refused = tries.filter((answer) => answer.status === 429)
    expect(refused[0]!.body).toMatchObject({ code: 'people.tooManyTries', params: { seconds: expect.any(Number) } })
    const pauses: number[] = []
    for (let round = 0; round < 4; round += 1) {
      await app.database.pool.query('update auth.sign_in_attempts set blocked_until = now()')
      await browser(app).post('/api/sign-in', { email, password: 'wrong wrong wrong' })
      pauses.push((await browser(app).post('/api/sign-in', { email, password: 'wrong wrong wrong' })).body.params.seconds)
    }
    for (const [index, longest] of [10, 20, 40, 80].entries()) {
      expect(pauses[index]).toBeLessThanOrEqual(longest)
      expect(pauses[index]).toBeGreaterThan(longest / 2)
    }
    const { rows } = await app.database.pool.query(`select count(*)::int n from ar.security_events where kind = 'signInRefused'`)
    expect(rows[0].n).toBeGreaterThan(5)
  })

  it('ends: the session is gone on the server, and other sessions can be ended from afar', async () => {
    const email = await emailOf(administrator)
    const [here, there] = [browser(app), browser(app)]
    for (const one of [here, there]) await one.post('/api/sign-in', { email, password: PASSWORD })
    const { items } = (await here.get('/api/sessions')).body
    expect(items.filter((row: { isThis: boolean }) => row.isThis)).toHaveLength(1)
    const kept = there.cookie
    const theirs = (await there.get('/api/sessions')).body.items.find((row: { isThis: boolean }) => row.isThis)
    expect((await here.send('DELETE', `/api/sessions/${theirs.id}`)).status).toBe(200)
    await sleep(600)
    expect((await there.get('/api/session')).status).toBe(401)
    const mine = here.cookie
    expect((await here.post('/api/sign-out')).status).toBe(200)
    await sleep(600)
    expect((await browser(app, undefined, mine).get('/api/session')).status).toBe(401)
    expect((await browser(app, undefined, kept).get('/api/session')).status).toBe(401)
  })

  it('a new password needs the old one and ends every other session', async () => {
    const email = await emailOf(administrator)
    const [here, there] = [browser(app), browser(app)]
    for (const one of [here, there]) await one.post('/api/sign-in', { email, password: PASSWORD })
    expect(await here.post('/api/password', { current: 'wrong wrong wrong', next: 'wide green door 5' })).toMatchObject({
      status: 422,
      body: { code: 'people.wrongPassword' },
    })
    expect(await here.post('/api/password', { current: PASSWORD, next: 'qwertyuiop' })).toMatchObject({
      status: 400,
      body: { code: 'people.passwordCommon' },
    })
    expect((await here.post('/api/password', { current: PASSWORD, next: 'wide green door 5' })).status).toBe(200)
    await sleep(600)
    expect((await here.get('/api/session')).status).toBe(200)
    expect((await there.get('/api/session')).status).toBe(401)
    expect((await there.post('/api/sign-in', { email, password: PASSWORD })).status).toBe(401)
    expect((await here.post('/api/password', { current: 'wide green door 5', next: PASSWORD })).status).toBe(200)
    administrator = here
  })

  it('T30: refuses writes without our header and from another site (cookies travel by themselves)', async () => {
    const cookie = administrator.cookie
    const post = (headers: Record<string, string>) =>
      app.server.inject({ method: 'POST', url: '/api/sign-out', headers: { cookie, host: 'huikuan.example.com', ...headers }, payload: {} })
    expect((await post({})).json().code).toBe('platform.csrfHeaderMissing')
    expect((await post({ 'x-huikuan': 'web', origin: 'https://evil.example' })).json().code).toBe('platform.foreignSite')
    expect((await administrator.get('/api/session')).status).toBe(200)
  })
})

describe('the second factor', () => {
  let secret: string
  let backupCodes: string[]

  it('is enrolled with the password and switched on by its first code', async () => {
    expect((await administrator.post('/api/totp/enrol', { password: 'wrong wrong wrong' })).body.code).toBe('people.wrongPassword')
    const enrolled = await administrator.post('/api/totp/enrol', { password: PASSWORD })
    secret = new URL(enrolled.body.uri).searchParams.get('secret')!
    backupCodes = enrolled.body.backupCodes
    expect(backupCodes.length).toBeGreaterThanOrEqual(8)
    expect(await administrator.post('/api/totp/confirm', { code: '000000' })).toMatchObject({
      status: 422,
      body: { code: 'people.wrongCode' },
    })
    expect((await administrator.post('/api/totp/confirm', { code: totpNow(secret, -1) })).status).toBe(200)
    expect((await administrator.get('/api/account')).body.totp).toBe(true)
    const { rows } = await app.database.pool.query('select secret, backup_codes from auth.two_factors')
    expect(JSON.stringify(rows)).not.toContain(backupCodes[0])
  })

  it('T31: is asked for: no session before the code, one step of the clock is forgiven, two are not, and a code is good once', async () => {
    const email = await emailOf(administrator)
    const phone = browser(app)
    expect((await phone.post('/api/sign-in', { email, password: PASSWORD })).body).toEqual({ codeWanted: true })
    expect((await phone.get('/api/session')).status).toBe(401)
    expect((await phone.post('/api/sign-in/totp', { code: totpNow(secret, -3) })).status).toBe(401)
    const code = totpNow(secret, 0)
    expect((await phone.post('/api/sign-in/totp', { code })).status).toBe(200)
    expect((await phone.get('/api/session')).status).toBe(200)
    const thief = browser(app)
    await thief.post('/api/sign-in', { email, password: PASSWORD })
    expect(await thief.post('/api/sign-in/totp', { code })).toMatchObject({ status: 401, body: { code: 'people.wrongCode' } })
    expect((await thief.post('/api/sign-in/totp', { code: totpNow(secret, 1) })).status).toBe(200)
  })

  it('T27: lets nobody guess: after five codes the step is over', async () => {
    const email = await emailOf(administrator)
    const thief = browser(app)
    await thief.post('/api/sign-in', { email, password: PASSWORD })
    const tries = []
    for (let index = 0; index < 8; index += 1) tries.push((await thief.post('/api/sign-in/totp', { code: String(100_000 + index) })).status)
    expect(tries.slice(0, 5)).toEqual([401, 401, 401, 401, 401])
    expect(tries.slice(5).every((status) => status === 429 || status === 401)).toBe(true)
    expect(tries).toContain(429)
    await app.database.pool.query(
      'delete from auth.sign_in_attempts; update auth.two_factors set failed_verification_count = 0, locked_until = null',
    )
  })

  it('has backup codes, each good once', async () => {
    const email = await emailOf(administrator)
    for (const status of [200, 401]) {
      const one = browser(app)
      await one.post('/api/sign-in', { email, password: PASSWORD })
      expect((await one.post('/api/sign-in/totp', { code: backupCodes[0] })).status).toBe(status)
    }
  })

  it('goes with the password only', async () => {
    expect((await administrator.post('/api/totp/remove', { password: 'wrong wrong wrong' })).status).toBe(422)
    expect((await administrator.post('/api/totp/remove', { password: PASSWORD })).status).toBe(200)
    expect((await browser(app).post('/api/sign-in', { email: await emailOf(administrator), password: PASSWORD })).body).toEqual({
      codeWanted: false,
    })
  })

  it('leaves one audit entry when it is switched on and one when it is switched off', async () => {
    const { rows } = await app.database.pool.query(`select l.action from ar.audit_log l where l.action like 'people.totp%' order by l.id`)
    expect(rows.map((row) => row.action)).toEqual(['people.totpOn', 'people.totpOff'])
  })
})

it('T12: without a session every route but a few answers 401', async () => {
  const document = (await app.server.inject({ url: '/api/openapi.json' })).json() as {
    paths: Record<string, Record<string, { 'x-permission': string }>>
  }
  const open: string[] = []
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const url = path.replace(/\{\w+\}/g, '01890000-0000-7000-8000-000000000000')
      const answer = await app.server.inject({
        method: method.toUpperCase() as 'GET',
        url,
        headers: { 'idempotency-key': 'without-session' },
        ...(method === 'get' ? {} : { payload: {} }),
      })
      if (operation['x-permission'] === 'public') open.push(`${method} ${path}`)
      else expect([`${method} ${path}`, answer.statusCode]).toEqual([`${method} ${path}`, 401])
    }
  }
  expect(open.sort()).toEqual([
    'get /api/invitations/{token}',
    'get /api/setup',
    'post /api/invitations/{token}/acceptance',
    'post /api/setup',
    'post /api/sign-in',
    'post /api/sign-in/totp',
  ])
})

async function emailOf(person: Browser): Promise<string> {
  return (await person.get('/api/session')).body.person.email
}
