import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { browser, signedInBrowser } from '../harness/browser.ts'

/** The secret of the test app's sessions, as if it had leaked. */
const LEAKED = 'a secret for tests, of thirty-two characters'

let app: TestApp
let company: TestCompany
let name: string
let token: string
let signature: string
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  const { actorId, tenantId } = company.people.administrator.caller
  const { cookie } = await signedInBrowser(app, actorId, `administrator@${tenantId}.example.com`, tenantId)
  const [own, value] = cookie
    .split('; ')
    .find((pair) => pair.includes('session_token='))!
    .split(/=(.*)/s) as [string, string]
  name = own
  ;[token, signature] = decodeURIComponent(value).split('.') as [string, string]
})
afterAll(() => app.close())

const statusWith = async (value: string): Promise<number> =>
  (await browser(app, '127.0.0.1', `${name}=${value}`).get('/api/session')).status
const signed = (secret: string, text: string): string =>
  encodeURIComponent(`${text}.${createHmac('sha256', secret).update(text).digest('base64')}`)

describe('T29: a session that was forged', () => {
  test('control: the true one is let in, and signing as the program does gives the same cookie', async () => {
    expect(signed(LEAKED, token)).toBe(encodeURIComponent(`${token}.${signature}`))
    expect(await statusWith(encodeURIComponent(`${token}.${signature}`))).toBe(200)
  })

  test('200 changed cookies: 401 each', async () => {
    const whole = `${token}.${signature}`
    const changed = Array.from({ length: 200 }, (_, index) => {
      const at = (index * 7) % whole.length
      return whole.slice(0, at) + String.fromCharCode(33 + ((whole.charCodeAt(at) - 33 + 1 + (index % 90)) % 94)) + whole.slice(at + 1)
    }).filter((one) => one !== whole && !one.includes('%'))
    expect(changed.length).toBeGreaterThan(180)
    const let_in: string[] = []
    for (const one of changed) if ((await statusWith(encodeURIComponent(one))) !== 401) let_in.push(one)
    expect(let_in).toEqual([])
  }, 60_000)

  test.each([
    ['unsigned', () => token],
    ['with an empty signature', () => `${token}.`],
    ['signed with nothing', () => signed('', token)],
    ['signed with another secret', () => signed('another secret of thirty-two characters', token)],
    ['a token of another form, not signed', () => 'eyJhbGciOiJub25lIn0.eyJyb2xlIjoiYWRtaW5pc3RyYXRvciJ9.'],
    ['an object instead of a token', () => signed(LEAKED, '{"__proto__":{"role":"administrator"}}')],
  ])('%s: 401', async (_, value) => {
    expect(await statusWith(value())).toBe(401)
  })
})

describe('T33: the secret has leaked', () => {
  test('whoever signs with it still needs a session that the database holds: made-up ones are nobody', async () => {
    for (const made of ['A'.repeat(token.length), token.slice(1), `${token}x`, company.people.administrator.caller.actorId, '1', ''])
      expect([made, await statusWith(signed(LEAKED, made))]).toEqual([made, 401])
  })
})
