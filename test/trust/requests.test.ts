import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuid } from '../../src/kernel/uuid.ts'
import { createLog } from '../../src/platform/log.ts'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { newCustomers } from '../harness/receivables.ts'

let app: TestApp
let company: TestCompany
let other: TestCompany
let customerId: string
const failures: object[] = []
beforeAll(async () => {
  app = await startTestApp(undefined, { onError: (fields) => failures.push(fields) })
  company = await app.company('one')
  other = await app.company('two')
  customerId = (await newCustomers(app, company, 1))[0]!
}, 60_000)
afterAll(() => app.close())

const receipts = async () =>
  (await app.database.pool.query<{ count: number }>('select count(*)::int as count from ar.receipts')).rows[0]!.count
const body = (amount = '10.00') => ({ receipts: [{ amount, receivedOn: '2026-11-20', remark: 'same' }], acceptDuplicates: true })

describe('T80: the same Idempotency-Key', () => {
  test('sequentially: one effect, the same answer', async () => {
    const key = { 'idempotency-key': uuid() }
    const before = await receipts()
    const answers = []
    for (let i = 0; i < 5; i += 1) answers.push(await company.people.arAccountant.send('POST', '/api/receipts', body(), key))
    expect(new Set(answers.map((answer) => `${answer.status} ${JSON.stringify(answer.body)}`)).size).toBe(1)
    expect(answers[0]!.status).toBe(201)
    expect(await receipts()).toBe(before + 1)
  })
  test('64 at once: one effect, the same answer for all', async () => {
    const key = { 'idempotency-key': uuid() }
    const before = await receipts()
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => company.people.arAccountant.send('POST', '/api/receipts', body(), key)),
    )
    const said = new Map<string, number>()
    for (const answer of answers)
      said.set(`${answer.status} ${JSON.stringify(answer.body)}`, (said.get(`${answer.status} ${JSON.stringify(answer.body)}`) ?? 0) + 1)
    expect([...said.values()], JSON.stringify([...said])).toEqual([64])
    expect(answers[0]!.status).toBe(201)
    expect(await receipts()).toBe(before + 1)
  })
  test('with another body, or on another route: refused, nothing done', async () => {
    const key = { 'idempotency-key': uuid() }
    expect((await company.people.administrator.send('POST', '/api/receipts', body(), key)).status).toBe(201)
    const before = await receipts()
    const otherBody = await company.people.administrator.send('POST', '/api/receipts', body('11.00'), key)
    expect([otherBody.status, otherBody.body.code]).toEqual([422, 'platform.idempotencyKeyReused'])
    const otherRoute = await company.people.administrator.send('POST', '/api/teams', { name: 'x' }, key)
    expect([otherRoute.status, otherRoute.body.code]).toEqual([422, 'platform.idempotencyKeyReused'])
    expect(await receipts()).toBe(before)
  })
  test('of another person, or of another company: a call of its own', async () => {
    const key = { 'idempotency-key': uuid() }
    const before = await receipts()
    const ids = []
    for (const person of [company.people.arAccountant, company.people.secondAccountant, other.people.arAccountant])
      ids.push((await person.send('POST', '/api/receipts', body(), key)).body.ids[0])
    expect(new Set(ids).size).toBe(3)
    expect(await receipts()).toBe(before + 3)
  })
  test('after a refusal: tried anew', async () => {
    const key = { 'idempotency-key': uuid() }
    expect((await company.people.arAccountant.send('POST', '/api/receipts', body('0.001'), key)).status).toBe(422)
    expect((await company.people.arAccountant.send('POST', '/api/receipts', body('1.00'), key)).status).toBe(201)
  })
  test.each([[''], ['short'], ['a b c d e f g h'], ['键键键键键键键键'], ['x'.repeat(201)]])('%j is none', async (key) => {
    const answer = await company.people.arAccountant.send('POST', '/api/receipts', body(), { 'idempotency-key': key })
    expect(answer.status).toBe(400)
    expect(answer.body.code).toMatch(/^platform\.idempotencyKey(Missing|Bad)$/)
  })
  test('a second confirmation with another key finds the work done', async () => {
    const { ids } = (
      await company.people.arAccountant.post('/api/receipts', {
        receipts: [{ customerId, amount: '5.00', receivedOn: '2026-11-20' }],
        acceptDuplicates: true,
      })
    ).body
    const confirm = () => company.people.secondAccountant.post('/api/receipts/confirmations', { receipts: [{ id: ids[0], version: 1 }] })
    const statuses = (await Promise.all([confirm(), confirm(), confirm()])).map((answer) => answer.status).sort()
    expect(statuses).toEqual([201, 409, 409])
  })
})

const inject = (
  headers: Record<string, string>,
  payload: string | Buffer = '{"name":"x"}',
  url = '/api/teams',
  method: 'POST' | 'GET' | 'OPTIONS' = 'POST',
) => app.server.inject({ method, url, headers, ...(method === 'POST' ? { payload } : {}) })
const signedIn = () => ({
  'x-test-caller': company.people.administrator.caller.actorId,
  'content-type': 'application/json',
  'idempotency-key': uuid(),
})

describe('T30: other sites', () => {
  test.each([
    ['https://evil.example'],
    ['null'],
    ['http://localhost:80.evil.example'],
    ['https://huikuan.example.com.evil.example'],
    ['file://'],
  ])('a write with Origin %s is refused', async (origin) => {
    const answer = await inject({ ...signedIn(), origin, host: 'huikuan.example.com' })
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'platform.foreignSite'])
  })
  test('a write with a cookie but without our header is refused; with both, it is looked at', async () => {
    const without = await inject({ ...signedIn(), cookie: 'a=b' })
    expect([without.statusCode, without.json().code]).toEqual([403, 'platform.csrfHeaderMissing'])
    expect((await inject({ ...signedIn(), cookie: 'a=b', 'x-huikuan': '1' })).statusCode).toBe(201)
  })
  test('no site is allowed to read answers (CORS), and no preflight is granted', async () => {
    for (const origin of ['https://evil.example', 'null']) {
      const read = await app.server.inject({ url: '/api/company', headers: { ...signedIn(), origin } })
      expect(Object.keys(read.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
      const preflight = await inject({ origin, 'access-control-request-method': 'POST' }, '', '/api/teams', 'OPTIONS')
      expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
      expect(preflight.statusCode).toBeGreaterThanOrEqual(400)
    }
  })
  test('forms of a browser (other content types) are refused before anything is read', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/xml',
      'application/json-patch+json',
      'image/svg+xml',
      'x'.repeat(300),
    ]) {
      const answer = await inject({ ...signedIn(), 'content-type': type, 'x-huikuan': '1' })
      expect([400, 415], `${type} ${answer.payload}`).toContain(answer.statusCode)
    }
  })
})

describe('T108: headers of every answer', () => {
  test.each(['/api/company', '/api/nothing', '/healthz', '/api/openapi.json', '/api/reference', '/nothing'])('%s', async (url) => {
    const { headers } = await app.server.inject({ url, headers: signedIn() })
    expect(headers['content-security-policy']).toMatch(/default-src 'self'/)
    expect(headers['content-security-policy']).toMatch(/frame-ancestors 'none'/)
    expect(headers['content-security-policy']).toMatch(/script-src 'self'(;|$)/)
    expect(headers['content-security-policy']).toMatch(/object-src 'none'/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['x-frame-options']).toBeDefined()
    expect(headers['referrer-policy']).toBe('same-origin')
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers['x-powered-by']).toBeUndefined()
    expect(headers['server']).toBeUndefined()
  })
  test('answers with data are not kept by anybody', async () => {
    expect((await company.people.administrator.get('/api/customers')).headers['cache-control']).toBe('no-store')
  })
  test('a request id of the caller is not taken over', async () => {
    const { headers } = await app.server.inject({ url: '/api/company', headers: { ...signedIn(), 'x-request-id': 'mine\u0007' } })
    expect(headers['x-request-id']).not.toContain('mine')
  })
  test('metrics are for this machine only, whatever X-Forwarded-For says', async () => {
    expect(
      (await app.server.inject({ url: '/metrics', remoteAddress: '203.0.113.9', headers: { 'x-forwarded-for': '127.0.0.1' } })).statusCode,
    ).toBe(404)
  })
  test.each([['x-forwarded-for'], ['forwarded'], ['x-real-ip'], ['via'], ['x-forwarded-host']])(
    'and not for those who come through a proxy on this machine, told by %s',
    async (header) => {
      expect((await app.server.inject({ url: '/metrics' })).statusCode).toBe(200)
      expect((await app.server.inject({ url: '/metrics', headers: { [header]: '203.0.113.9' } })).statusCode).toBe(404)
    },
  )
})

describe('limits', () => {
  test('a body above 4 MB is refused with 413 and one sentence', async () => {
    const answer = await inject({ ...signedIn(), 'x-huikuan': '1' }, `{"name":"${'x'.repeat(4 * 1024 * 1024)}"}`)
    expect([answer.statusCode, answer.json().code]).toEqual([413, 'platform.bodyTooLarge'])
  })
  const upload = (name: string, content: Buffer, more: { parts?: number } = {}) => {
    const part = (n: number) =>
      Buffer.concat([
        Buffer.from(
          `--b\r\ncontent-disposition: form-data; name="file${n || ''}"; filename="${name}"\r\ncontent-type: application/pdf\r\n\r\n`,
        ),
        content,
        Buffer.from('\r\n'),
      ])
    const payload = Buffer.concat([...Array.from({ length: more.parts ?? 1 }, (_, n) => part(n)), Buffer.from('--b--\r\n')])
    return inject(
      { ...signedIn(), 'content-type': 'multipart/form-data; boundary=b', 'x-huikuan': '1' },
      payload,
      `/api/files?entity=customer&entityId=${customerId}`,
    )
  }
  test('an attachment above 10 MB, of a program, of HTML or SVG is refused', async () => {
    expect((await upload('big.pdf', Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(10 * 1024 * 1024)]))).statusCode).toBe(413)
    for (const [name, content] of [
      ['a.pdf', 'MZ\x90\x00'],
      ['a.html', '<html><script>1</script>'],
      ['a.svg', '<svg onload="1"/>'],
      ['a.exe', '%!PS'],
      ['a.txt', 'a\u0000b'],
    ] as const)
      expect([400, 422], name).toContain((await upload(name, Buffer.from(content))).statusCode)
    expect(failures).toEqual([])
  })
  test('T44: a file name is words, never a place', async () => {
    for (const name of [
      '../../../etc/passwd.txt',
      '..\\..\\windows\\win.ini.txt',
      '/etc/passwd.txt',
      'C:\\x.txt',
      'a\u202Etxt.exe.txt',
      '.htaccess.txt',
      'a%2f..%2fb.txt',
      'con.txt',
      `${'长'.repeat(400)}.txt`,
    ]) {
      const answer = await upload(name, Buffer.from('hello'))
      expect(answer.statusCode, `${name} ${answer.payload}`).toBe(201)
      const { id, name: kept } = answer.json()
      expect(kept).not.toMatch(/[/\\\u202e]|^\./)
      const file = await company.people.administrator.get(`/api/files/${id}`)
      expect(String(file.headers['content-disposition'])).toMatch(/^attachment; filename\*=UTF-8''[\w%.~()'!*-]+$/)
      expect(file.raw.toString()).toBe('hello')
    }
  })
  test('too many requests: 429 with Retry-After, for that caller only', async () => {
    const busy = await startTestApp(undefined, { requestsPerMinute: 20 })
    try {
      const answers = []
      for (let i = 0; i < 30; i += 1) answers.push(await busy.server.inject({ url: '/api/company' }))
      const refused = answers.filter(({ statusCode }) => statusCode === 429)
      expect(refused.length).toBe(10)
      expect(refused[0]!.json().code).toBe('platform.tooManyRequests')
      expect(Number(refused[0]!.headers['retry-after'])).toBeGreaterThan(0)
      expect((await busy.server.inject({ url: '/api/company', remoteAddress: '203.0.113.9' })).statusCode).toBe(401)
    } finally {
      await busy.close()
    }
  })
})

describe('T50: logs', () => {
  test('hold no line of their own making, no secret and no personal data', () => {
    const lines: string[] = []
    const log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } })
    const secrets = {
      password: 'S3cret!pass',
      authorization: 'Bearer hk_live_abcdef',
      cookie: 'session=abc',
      phone: '13812345678',
      nested: { bankAccount: '6222020200011112222', email: 'wang@example.com' },
    }
    log.info(
      { ...secrets, remark: 'line\n{"level":"error","forged":true}\u001b[31m\u202e' },
      'signed in wang@example.com 13812345678\r\nforged',
    )
    log.error({ err: new Error('postgres://huikuan:pa55@host/db failed for 6222020200011112222') }, 'x')
    expect(lines).toHaveLength(2)
    for (const line of lines) {
      expect(line.trimEnd().split('\n')).toHaveLength(1)
      expect(() => JSON.parse(line) as unknown).not.toThrow()
      for (const word of [
        'S3cret!pass',
        'hk_live_abcdef',
        'session=abc',
        '13812345678',
        '6222020200011112222',
        'wang@example.com',
        'pa55',
        '\u001b',
        '\u202e',
      ])
        expect(line).not.toContain(word)
      expect((JSON.parse(line) as { forged?: boolean }).forged).toBeUndefined()
    }
  })
  test('an answer about our own failure shows no statement, stack or path', async () => {
    const { body: said } = await company.people.administrator.get('/api/nothing')
    expect(JSON.stringify(said)).not.toMatch(/select |\/src\/|node_modules|at Object/)
  })
})
