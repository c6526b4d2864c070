import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { uuid } from '../../src/kernel/uuid.ts'
import type { Route } from '../../src/platform/contract.ts'
import { startTestApp, type TestApp } from '../harness/app.ts'
import { fingerprint } from '../harness/fingerprint.ts'
import { idsByTable, tableOf } from '../harness/ids.ts'
import { allRoutes, nameOf, pathOf, probe } from '../harness/probe.ts'
import { type IdFor, sample } from '../harness/sample.ts'
import { type Story, storyCompany } from '../harness/story.ts'

let app: TestApp
let story: Story
let writes: readonly Route[]
let ids: Record<string, string>
const failures: object[] = []
beforeAll(async () => {
  app = await startTestApp(undefined, { onError: (fields) => failures.push(fields) })
  story = await storyCompany(app, 'STORY')
  ids = await idsByTable(app, story.company.tenantId)
  writes = allRoutes(app).filter((route) => route.method !== 'GET' && route.kind === 'json')
}, 120_000)
beforeEach(() => void failures.splice(0))
afterAll(() => app.close())

const own =
  (route: Route): IdFor =>
  (where) =>
    ids[tableOf(route, where) ?? ''] ?? uuid()

/** Sends a text as it is: what a JSON library would never write. */
async function raw(
  path: string,
  payload: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: { code?: string; params?: { reason?: string } } }> {
  const answer = await app.server.inject({
    method: 'POST',
    url: path,
    payload,
    headers: {
      'content-type': 'application/json',
      'x-huikuan': 'test',
      'x-test-caller': story.company.people.administrator.caller.actorId,
      'idempotency-key': uuid(),
      ...headers,
    },
  })
  return { status: answer.statusCode, body: answer.json() }
}

describe('T49: JSON that two readers would read differently is refused', () => {
  const receipt = (inner: string) => `{"receipts":[{"amount":"10.00","receivedOn":"2026-11-20",${inner}}]}`
  test.each<[string, string, string | undefined]>([
    ['the same key twice', '{"name":"a","name":"b"}', 'duplicateKey'],
    ['the same key twice, once escaped', '{"name":"a","n\\u0061me":"b"}', 'duplicateKey'],
    ['__proto__', '{"name":"a","__proto__":{"isAdmin":true}}', 'forbiddenKey'],
    ['__proto__ escaped', '{"name":"a","\\u005f_proto__":{"isAdmin":true}}', 'forbiddenKey'],
    ['an integer that a double cannot hold', '{"name":9007199254740993}', 'numberTooLarge'],
    ['1e999', '{"name":1e999}', 'numberTooLarge'],
    ['a hundred thousand brackets', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'tooDeep'],
    ['a comment', '{"name":"a"/* b */}', 'syntax'],
    ['a comma at the end', '{"name":"a",}', 'syntax'],
    ['single quotes', "{'name':'a'}", 'syntax'],
    ['NaN', '{"name":NaN}', 'syntax'],
    ['a byte order mark', '\ufeff{"name":"a"}', 'byteOrderMark'],
    ['half an object', '{"name":"a"', 'syntax'],
    ['an array for the object', '[]', undefined],
    ['a text for the object', '"name"', undefined],
    ['null', 'null', undefined],
    ['a number for a text', '{"name":1}', undefined],
    ['an array for a text', '{"name":["a"]}', undefined],
    ['an object for a text', '{"name":{"toString":"a"}}', undefined],
    ['half a character', '{"name":"\\ud800"}', 'halfCharacter'],
    ['half a character as a key', '{"name":"a","\\udc00":1}', 'halfCharacter'],
    ['constructor', '{"name":"a","constructor":{"prototype":{"isAdmin":true}}}', undefined],
  ])('%s', async (_, payload, reason) => {
    const { status, body } = await raw('/api/teams', payload)
    expect([status, body.params?.reason]).toEqual([400, reason])
    expect(failures).toEqual([])
  })
  test.each([
    '10',
    '"1e3"',
    '"１０.００"',
    '"10,00"',
    '"1 000.00"',
    '" 10.00"',
    '"10.00 "',
    '"+10.00"',
    '"0x10"',
    '"10."',
    '".5"',
    '"Infinity"',
    '"NaN"',
    '"٣"',
    '"-10.00"',
    '""',
    'null',
    'true',
    '["10.00"]',
    '{"amount":"10.00"}',
    '"10.0000001"',
    '"99999999999999999"',
  ])('amount %s', async (amount) => {
    const { status } = await raw('/api/receipts', `{"receipts":[{"amount":${amount},"receivedOn":"2026-11-20"}]}`)
    expect(status).toBe(400)
  })
  test.each([
    '"2026-02-31"',
    '"2026-11-20T00:00:00Z"',
    '"20261120"',
    '"2026-1-2"',
    '"２０２６-11-20"',
    '"0000-01-01"',
    '"10000-01-01"',
    '20261120',
    '"2026-13-01"',
    '"-2026-01-01"',
    '"2026-11-20\\u0000"',
  ])('day %s', async (day) => {
    const { status } = await raw('/api/receipts', `{"receipts":[{"amount":"1.00","receivedOn":${day}}]}`)
    expect(status).toBe(400)
  })
  test('control characters in a line of text', async () => {
    for (const character of ['\\u0000', '\\u0007', '\\u001b', '\\n', '\\r', '\\u007f'])
      expect((await raw('/api/receipts', receipt(`"payerName":"a${character}b"`))).status, character).toBe(400)
  })
})

describe('T48: prototypes', () => {
  test('are not reached through body, query, headers, path or settings', async () => {
    const { administrator } = story.company.people
    const before = Object.getOwnPropertyNames(Object.prototype)
    const attempts = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'valueOf']
    for (const name of attempts) {
      await administrator.get(`/api/customers?${name}[polluted]=1&${name}=1`)
      await administrator.get(`/api/settings/${name}`)
      await administrator.send('PUT', `/api/settings/${name}`, { value: { polluted: true }, version: 0 })
      await raw('/api/saved-views', `{"page":"receivables","name":"${name}","query":{"constructor":"x","prototype":"polluted"}}`)
      await raw('/api/teams', '{"name":"p"}', { [name.toLowerCase()]: 'polluted' })
      await administrator.get(`/api/ageing?scheme=${name}`)
      await administrator.get(`/api/files?entity=${name}&entityId=${uuid()}`)
      await administrator.get(`/api/posting-rules?${name}=1`)
    }
    expect(failures).toEqual([])
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
  })
})

const MONEY = /amount|price|limit|fee|least|most|rate|quantity|tax|balance|prepaid|percent/i
const WRONG_MONEY = [
  '-1.00',
  '-0',
  '0.001',
  '1000000000000000000',
  '1e15',
  '1e3',
  'NaN',
  '１００',
  '1,000.00',
  ' ',
  '0x1',
  '--1',
  '1.2.3',
  'CNY 5',
  '1000000000000000.0000001',
  5,
  0.1,
  null,
  [],
  {},
  true,
]

/** The ways to every text in a body that stands for money. */
function moneyPlaces(value: unknown, where: readonly string[] = []): (readonly string[])[] {
  if (typeof value === 'string') return MONEY.test(where.findLast((part) => !/^\d+$/.test(part)) ?? '') && /^\d/.test(value) ? [where] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => moneyPlaces(inner, [...where, key]))
}
function withValue(body: unknown, where: readonly string[], value: unknown): unknown {
  const copy = structuredClone(body) as Record<string, unknown>
  const parent = where.slice(0, -1).reduce((inner, key) => inner[key] as Record<string, unknown>, copy)
  parent[where.at(-1)!] = value
  return copy
}

/** Prices, quantities, rates and shares have more decimals than money, and questions round what they are asked. */
const isMoreThanMoney = (route: Route, field: string) => /price|quantity|rate|percent/i.test(field) || QUESTIONS.includes(nameOf(route))
const QUESTIONS = ['POST /api/orders/check', 'POST /api/receipt-checks', 'POST /api/credit/check']

describe('T59: money that is none, in every money field of every route', () => {
  test('is refused, and nothing is written', async () => {
    const before = await fingerprint(app)
    const wrong: string[] = []
    let probed = 0
    for (const route of writes.filter((one) => one.permission !== 'public')) {
      const body = sample(route.body, own(route), true)
      for (const where of moneyPlaces(body))
        for (const value of WRONG_MONEY) {
          if (value === '0.001' && isMoreThanMoney(route, where.at(-1)!)) continue
          if (value === null && /price|limit/i.test(where.at(-1)!)) continue // no price yet; no limit
          probed += 1
          const { status, body: said } = await probe(app, story.company.people.administrator, route, own(route), {
            body: withValue(body, where, value),
          })
          if (status < 400 || status >= 500)
            wrong.push(`${nameOf(route)} ${where.join('.')} = ${JSON.stringify(value)}: ${status} ${JSON.stringify(said).slice(0, 160)}`)
        }
    }
    expect(probed).toBeGreaterThan(500)
    expect(wrong).toEqual([])
    expect(failures).toEqual([])
    expect(await fingerprint(app)).toEqual(before)
  }, 60_000)

  const receivable = { issuedOn: '2026-11-01', dueOn: '2026-12-01' }
  const cases: [string, string, () => object][] = [
    ['half a yen', '/api/receivables', () => ({ receivables: [{ ...receivable, customerId: story.customers.plain, currency: 'JPY', rate: '0.05', amount: '10.5' }] })],
    ['a thousandth of a fen', '/api/receivables', () => ({ receivables: [{ ...receivable, customerId: story.customers.plain, amount: '0.001' }] })],
    ['nothing', '/api/receivables', () => ({ receivables: [{ ...receivable, customerId: story.customers.plain, amount: '0.00' }] })],
    ['an unknown currency', '/api/receivables', () => ({ receivables: [{ ...receivable, customerId: story.customers.plain, currency: 'XXQ', rate: '1', amount: '1.00' }] })],
    ['lower-case currency', '/api/receivables', () => ({ receivables: [{ ...receivable, customerId: story.customers.plain, currency: 'cny', amount: '1.00' }] })],
    ['half a yen received', '/api/receipts', () => ({ receipts: [{ currency: 'JPY', rate: '0.05', amount: '10.5', receivedOn: '2026-11-20' }] })],
    ['a fee above the receipt', '/api/receipts', () => ({ receipts: [{ amount: '10.00', fee: '10.01', receivedOn: '2026-11-20' }] })],
    ['a negative fee', '/api/receipts', () => ({ receipts: [{ amount: '10.00', fee: '-0.01', receivedOn: '2026-11-20' }] })],
    ['a receipt of nothing', '/api/receipts', () => ({ receipts: [{ amount: '0.00', receivedOn: '2026-11-20' }] })],
    ['more decimals than the fen allocated', '/api/allocations', () => ({ lines: [{ receiptId: story.receipts.prepaid, receivableId: story.receivables.manual, amount: '1.001' }] })],
    ['more than the receipt', '/api/allocations', () => ({ lines: [{ receiptId: story.receipts.prepaid, receivableId: story.receivables.manual, amount: '2000.01' }] })],
    ['all there is in the world', '/api/receipts', () => ({ receipts: [{ amount: '9999999999999999', receivedOn: '2026-11-20' }] })],
    ['an order of nothing but discount', '/api/orders', () => ({ customerId: story.customers.child, lines: [{ productId: story.products.pump, quantity: '1', unitPrice: '10', discount: { amount: '10.01' } }] })],
    ['a discount above the whole', '/api/orders', () => ({ customerId: story.customers.child, lines: [{ productId: story.products.pump, quantity: '1', unitPrice: '10', discount: { percent: '100.01' } }] })],
    ['an order in foreign currency without a rate', '/api/orders', () => ({ customerId: story.customers.child, currency: 'USD', lines: [{ productId: story.products.pump, quantity: '1', unitPrice: '10' }] })],
    ['an order beyond any amount', '/api/orders', () => ({ customerId: story.customers.child, lines: [{ productId: story.products.pump, quantity: '999999999999', unitPrice: '999999999999' }] })],
  ] // biome-ignore format: a table of cases
  test.each(cases)('%s', async (_, path, body) => {
    const before = await fingerprint(app)
    const { status, body: said } = await story.company.people.administrator.post(path, body())
    expect([400, 409, 422], JSON.stringify(said)).toContain(status)
    expect(failures).toEqual([])
    expect(await fingerprint(app)).toEqual(before)
  })
})

describe('the same element twice in every list of every body', () => {
  test('is one, or is refused; it is never a failure of ours', async () => {
    const wrong: string[] = []
    let probed = 0
    for (const route of writes.filter((one) => one.permission !== 'public')) {
      const body = sample(route.body, own(route), true)
      for (const where of listsIn(body)) {
        probed += 1
        const list = where.reduce((inner, key) => (inner as Record<string, unknown>)[key], body) as unknown[]
        const { status, body: said } = await probe(app, story.company.people.administrator, route, own(route), {
          body: withValue(body, where, [...list, ...list]),
        })
        if (status >= 500) wrong.push(`${nameOf(route)} ${where.join('.')}: ${status} ${JSON.stringify(said).slice(0, 160)}`)
      }
    }
    expect(probed).toBeGreaterThan(30)
    expect(wrong).toEqual([])
    expect(failures).toEqual([])
  }, 60_000)
  function listsIn(value: unknown, where: readonly string[] = []): (readonly string[])[] {
    if (typeof value !== 'object' || value === null) return []
    const inner = Object.entries(value).flatMap(([key, one]) => listsIn(one, [...where, key]))
    return Array.isArray(value) ? [where, ...inner] : inner
  }
})

describe('T34: pieces of anything in every text that is written', () => {
  test('are kept or refused, never run', async () => {
    const texts = ["'; drop table ar.customers; --", "x' || pg_sleep(5) || '", '\u0000', '\ud800', '\u202e', '{{7*7}}', '=1+1']
    let turn = 0
    const wrong: string[] = []
    for (const route of writes.filter((one) => one.permission !== 'public')) {
      const body = sample(route.body, own(route), true)
      for (const where of textPlaces(body))
        for (const text of [texts[turn++ % texts.length]!, '\ud800']) {
          const { status, body: said } = await probe(app, story.company.people.administrator, route, own(route), {
            body: withValue(body, where, text),
          })
          if (status >= 500)
            wrong.push(`${nameOf(route)} ${where.join('.')} = ${JSON.stringify(text)}: ${status} ${JSON.stringify(said).slice(0, 160)}`)
        }
    }
    expect(wrong).toEqual([])
    expect(failures).toEqual([])
    expect((await story.company.people.administrator.get('/api/customers')).body.total).toBeGreaterThan(3)
  }, 60_000)
  function textPlaces(value: unknown, where: readonly string[] = []): (readonly string[])[] {
    if (typeof value === 'string') return /^[0-9a-f-]{36}$/.test(value) ? [] : [where]
    return typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => textPlaces(inner, [...where, key]))
      : []
  }
  test('and in every id of a path', async () => {
    for (const route of writes.filter((one) => /:\w*[iI]d\b/.test(one.path) && one.permission !== 'public'))
      for (const text of ["'", '..%2f..%2fetc%2fpasswd', '%00', '1 or 1=1', "1';--"]) {
        const path = pathOf(route, uuid()).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, encodeURIComponent(text))
        const { status } = await story.company.people.administrator.send(route.method as 'POST', path, sample(route.body, uuid(), true))
        expect([400, 403, 404], `${nameOf(route)} ${text}`).toContain(status)
      }
    expect(failures).toEqual([])
  }, 60_000)
})
