import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { expectBooksTrue } from '../harness/books.ts'
import { newCustomers } from '../harness/receivables.ts'

const SECRET = 'CANARY-beside-the-web-folder'

let app: TestApp
let company: TestCompany
let folder: string
let port: number
const failures: object[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huikuan-door-'))
  mkdirSync(join(folder, 'web/assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.key'), SECRET)
  writeFileSync(join(folder, 'web/.env'), SECRET)
  writeFileSync(join(folder, 'web/index.html'), '<title>page</title>')
  writeFileSync(join(folder, 'web/assets/index-1.js'), 'let a')
  app = await startTestApp(undefined, {
    onError: (fields) => failures.push(fields),
    webFolder: join(folder, 'web'),
    trustProxy: ['127.0.0.1', '10.0.0.0/8'],
    requestsPerMinute: 400,
  })
  company = await app.company('door')
  await app.server.listen({ port: 0, host: '127.0.0.1' })
  port = (app.server.server.address() as AddressInfo).port
}, 60_000)
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What comes back for these bytes, as they are: clients tidy addresses up before they send them. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => (answer += chunk.toString()))
  socket.on('error', () => undefined)
  socket.setTimeout(5_000, () => socket.destroy())
  socket.write(bytes)
  await once(socket, 'close')
  return answer
}
const get = (path: string) => raw(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`)

describe('T44, T107: the web folder', () => {
  test.each([
    '/../secret.key',
    '/..%2fsecret.key',
    '/%2e%2e/secret.key',
    '/assets/../../secret.key',
    '/assets/..%2f..%2fsecret.key',
    '/assets/..\\..\\secret.key',
    '/assets/%2e%2e%5c%2e%2e%5csecret.key',
    '/....//secret.key',
    '//secret.key',
    '/assets/%00/../../secret.key',
    '/.env',
    '/.git/config',
    '/package.json',
    '/assets/index-1.js.map',
    '/src/main.ts',
    '/data/secret.key',
    'file:///etc/passwd',
    'http://169.254.169.254/latest/meta-data',
  ])('gives out nothing for %s', async (path) => {
    const answer = await get(path)
    expect(answer).not.toContain(SECRET)
    expect(answer).toMatch(/^HTTP\/1\.1 (400|404|200)/)
    if (answer.startsWith('HTTP/1.1 200')) expect(answer).toContain('<title>page</title>')
  })
  test('gives out what it is for: files for ever, the page never from a cache', async () => {
    expect(await get('/assets/index-1.js')).toMatch(/^HTTP\/1\.1 200[\s\S]*immutable[\s\S]*let a/)
    expect(await get('/customers/1')).toMatch(/^HTTP\/1\.1 200[\s\S]*no-cache[\s\S]*<title>page/i)
  })
})

describe('T91: connections that want to wear us out', () => {
  test.each([
    [
      'both lengths',
      'POST /api/teams HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n',
    ],
    ['a line break in a header', 'GET /healthz HTTP/1.1\r\nhost: a\r\nx: a\nset-cookie: b\u0000\r\n\r\n'],
    ['no host', 'GET /healthz HTTP/1.1\r\n\r\n'],
    ['no HTTP at all', '\u0016\u0003\u0001\u0000\u00ffhello\r\n\r\n'],
  ])('%s: refused with 400, and nothing of it is answered twice', async (_what, bytes) => {
    const answer = await raw(bytes)
    expect(answer.match(/HTTP\/1\.1 /g) ?? []).toHaveLength(1)
    expect(answer).toMatch(/^HTTP\/1\.1 400/)
  })
  test('headers of 20 kB: refused with 431', async () => {
    expect(await raw(`GET /healthz HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431/)
  })
  test('300 that say nothing, and half a request each of 50: others are answered at once; each is cut within bounds', async () => {
    const idle: Socket[] = []
    for (let at = 0; at < 350; at += 1) {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => undefined)
      if (at >= 300) socket.write('POST /api/teams HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{')
      idle.push(socket)
    }
    expect(await get('/healthz')).toMatch(/^HTTP\/1\.1 200/)
    for (const socket of idle) socket.destroy()
    const { headersTimeout, requestTimeout, keepAliveTimeout } = app.server.server
    for (const [limit, most] of [
      [headersTimeout, 60_000],
      [requestTimeout, 120_000],
      [keepAliveTimeout, 65_000],
    ] as const) {
      expect(limit).toBeGreaterThan(0)
      expect(limit).toBeLessThanOrEqual(most)
    }
  })
})

describe('T27: whose address counts behind a proxy', () => {
  const ask = async (remoteAddress: string, forwarded: string | undefined) =>
    (
      await app.server.inject({
        url: '/api/company',
        remoteAddress,
        headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
      })
    ).statusCode
  const refusedOf = async (times: number, call: (n: number) => Promise<number>) => {
    let refused = 0
    for (let n = 0; n < times; n += 1) if ((await call(n)) === 429) refused += 1
    return refused
  }
  test('each client behind a trusted proxy has its own allowance', async () => {
    expect(await refusedOf(450, () => ask('10.1.2.3', '198.51.100.7'))).toBe(50)
    expect(await ask('10.1.2.3', '198.51.100.8')).toBe(401)
  }, 60_000)
  test('a client that writes addresses in front of its own gains nothing', async () => {
    expect(await refusedOf(450, (n) => ask('10.1.2.3', `192.0.2.${n % 250}, 198.51.100.9`))).toBe(50)
  }, 60_000)
  test('and who is no trusted proxy is counted as itself, whatever it says', async () => {
    expect(await refusedOf(450, (n) => ask('203.0.113.50', `192.0.2.${n % 250}`))).toBe(50)
  }, 60_000)
})

describe('T109: a clock that goes backwards', () => {
  test('work goes on, the audit log stays in its order, and the books are true', async () => {
    const { administrator } = company.people
    app.setNow('2026-11-21T04:00:00Z')
    await newCustomers(app, company, 1)
    app.setNow('2026-11-20T23:00:00Z')
    await newCustomers(app, company, 2)
    const later = await administrator.send('POST', '/api/teams', { name: 'after the clock went back' })
    expect(later.status, JSON.stringify(later.body)).toBe(201)
    const [newest] = (await administrator.get('/api/audit?limit=1')).body.items
    expect(newest).toMatchObject({ entity: 'team', at: '2026-11-20T23:00:00.000Z' })
    await expectBooksTrue(app, company)
  }, 60_000)
})

test('none of it was an unexpected failure', () => {
  expect(failures).toEqual([])
})
