import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { uuid } from '../../src/kernel/uuid.ts'
import type { Route } from '../../src/platform/contract.ts'
import { startTestApp, type TestApp } from '../harness/app.ts'
import { fingerprint } from '../harness/fingerprint.ts'
import { idsByTable, tableOf } from '../harness/ids.ts'
import { allRoutes, nameOf, probe } from '../harness/probe.ts'
import { type IdFor, sample } from '../harness/sample.ts'
import { type Story, storyCompany } from '../harness/story.ts'

const CANARY = 'CANARY-7f3a'
/** Sent by POST, but nothing is written: what is not ours may simply count for nothing. */
const QUESTIONS = ['POST /api/orders/check', 'POST /api/receipt-checks']
/** Marks what is the caller's own and counts it: of another's ids, none. */
const COUNTS_OWN = 'POST /api/notifications/read'
let app: TestApp
let own: Story
let other: Story
let routes: readonly Route[]
let ownIds: Record<string, string>
let otherIds: Record<string, string>
let listsBefore: Record<string, unknown>
let listsAfter: Record<string, unknown>
beforeAll(async () => {
  app = await startTestApp()
  routes = allRoutes(app).filter((route) => route.permission !== 'public' && route.kind !== 'upload')
  own = await storyCompany(app, 'OWN')
  listsBefore = await allLists()
  other = await storyCompany(app, CANARY)
  listsAfter = await allLists()
  ownIds = await idsByTable(app, own.company.tenantId)
  otherIds = await idsByTable(app, other.company.tenantId)
}, 120_000)
afterAll(() => app.close())

/** What our administrator sees through every list, count, total, suggestion and search that needs no id. */
async function allLists(): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {}
  for (const route of routes.filter((one) => one.method === 'GET' && one.kind === 'json' && !one.path.includes(':'))) {
    const required = sample(route.query, ownIds?.customers ?? uuid()) as Record<string, unknown>
    const query = `?${new URLSearchParams(Object.entries(required).map(([key, value]) => [key, String(value)]))}`
    const { status, body } = await probe(app, own.company.people.administrator, route, uuid(), { query })
    // how long a proof took, and the request's own id, are of the request
    seen[nameOf(route)] = {
      status,
      body: JSON.parse(JSON.stringify(body), (key, value) => (['requestId', 'seconds'].includes(key) ? undefined : value)),
    }
  }
  return seen
}

/** Ids of ours where the name of a field tells what is wanted, anywhere else one that nobody has. */
const ownId =
  (route: Route): IdFor =>
  (where) =>
    ownIds[tableOf(route, where) ?? ''] ?? uuid()

/** Collects the places of ids in a request. */
function noted(places: (readonly string[])[], where: readonly string[]): string {
  places.push(where)
  return uuid()
}

describe('what belongs to another company', () => {
  test('T03: is answered under every path like what exists nowhere, and stays as it is', async () => {
    const before = await fingerprint(app, other.company.tenantId)
    const wrong: string[] = []
    for (const route of routes) {
      const ids = route.path.includes(':') ? other.ids : [otherIds[tableOf(route, []) ?? ''] ?? other.customers.child!]
      await probe(app, own.company.people.administrator, route, uuid())
      const nobodys = await probe(app, own.company.people.administrator, route, uuid())
      for (const id of ids) {
        const { status, body, raw } = await probe(app, own.company.people.administrator, route, id)
        const isOther = status !== nobodys.status || body?.code !== nobodys.body?.code || (/:\w*[iI]d\b/.test(route.path) && status < 400)
        if (isOther || status >= 500 || raw.includes(CANARY)) wrong.push(`${nameOf(route)}: ${status} ${raw.toString().slice(0, 200)}`)
      }
    }
    expect(wrong).toEqual([])
    expect(await fingerprint(app, other.company.tenantId)).toEqual(before)
  }, 240_000)

  test('T03: asks the database neither more nor less than what exists nowhere does, so time tells nothing', async () => {
    const bind = vi.spyOn(
      (pg as unknown as { Connection: { prototype: { bind(message: { statement: string }): void } } }).Connection.prototype,
      'bind',
    )
    const asked = async (path: string) => {
      bind.mockClear()
      await own.company.people.administrator.get(path)
      return bind.mock.calls.map(([message]) => message.statement)
    }
    await asked(`/api/customers/${uuid()}`)
    const nobodys = await asked(`/api/customers/${uuid()}`)
    expect(nobodys.length).toBeGreaterThan(0)
    expect(await asked(`/api/customers/${other.customers.child!}`)).toEqual(nobodys)
    bind.mockRestore()
  })

  test('T04: is refused wherever a request of ours names it, one field at a time, and nothing is written', async () => {
    const wrong: string[] = []
    const probed: string[] = []
    const before = { own: await fingerprint(app, own.company.tenantId), other: await fingerprint(app, other.company.tenantId) }
    for (const route of routes.filter((one) => one.method !== 'GET' && nameOf(one) !== COUNTS_OWN)) {
      const places: (readonly string[])[] = []
      sample(route.body, (where) => noted(places, where), true)
      for (const place of places) {
        const table = tableOf(route, place)
        if (table === undefined || otherIds[table] === undefined) continue
        const id: IdFor = (where) => (where.join() === place.join() ? otherIds[table]! : ownId(route)(where))
        const { status, raw } = await probe(app, own.company.people.administrator, route, id)
        probed.push(`${nameOf(route)} ${place.join('.')}`)
        const isRefused = QUESTIONS.includes(nameOf(route)) ? status < 500 : status >= 400 && status < 500
        if (!isRefused || raw.includes(CANARY)) wrong.push(`${nameOf(route)} ${place.join('.')}: ${status} ${raw.toString().slice(0, 300)}`)
      }
    }
    expect(wrong).toEqual([])
    expect(probed.length).toBeGreaterThan(60)
    expect({ own: await fingerprint(app, own.company.tenantId), other: await fingerprint(app, other.company.tenantId) }).toEqual(before)
  }, 60_000)

  test("T04: another's notifications are not marked as read", async () => {
    const answer = await own.company.people.administrator.post('/api/notifications/read', { ids: [otherIds.notifications, uuid()] })
    expect([answer.status, answer.body]).toEqual([201, { count: 0 }])
  })

  test('T04: is nothing to every filter', async () => {
    const wrong: string[] = []
    for (const route of routes.filter((one) => one.method === 'GET' && !one.path.includes(':'))) {
      const places: (readonly string[])[] = []
      sample(route.query, (where) => noted(places, where), true)
      for (const place of places) {
        const key = place[0]!
        const id = otherIds[tableOf(route, place) ?? ''] ?? other.customers.child!
        const required = sample(route.query, id) as Record<string, unknown>
        const query = `?${new URLSearchParams({ ...(required as Record<string, string>), [key]: id })}`
        const { status, body, raw } = await probe(app, own.company.people.administrator, route, uuid(), { query })
        // money on account is no product's: the ageing shows it beside, whatever product is asked for
        const found = Array.isArray(body?.items) && key !== 'product' ? body.items.length : 0
        if (status >= 500 || found > 0 || raw.includes(CANARY))
          wrong.push(`${nameOf(route)} ${key}: ${status} ${raw.toString().slice(0, 300)}`)
      }
    }
    expect(wrong).toEqual([])
  }, 60_000)
})

describe('T05: one foreign id among many of ours refuses the whole call', () => {
  test.each<[string, (s: Story) => Promise<{ path: string; own: object[]; foreign: object; key: string; more?: object }>]>([
    ['rescheduling', async (s) => ({ path: '/api/receivables/reschedulings', key: 'receivables', own: await versions(s, 'receivables', "t.voided_on is null and t.open > 0", { dueOn: '2027-01-31', reason: 'x' }), foreign: { id: other.receivables.late, version: 2, dueOn: '2027-01-31', reason: 'x' } })],
    ['disputing', async (s) => ({ path: '/api/receivables/disputes', key: 'receivables', own: await versions(s, 'receivables', 't.voided_on is null and t.open > 0 and not t.disputed', { disputed: true, reason: 'x' }), foreign: { id: other.receivables.late, version: 2, disputed: true, reason: 'x' } })],
    ['reassigning', async (s) => ({ path: '/api/receivables/reassignments', key: 'receivables', own: await versions(s, 'receivables', 't.voided_on is null and t.open > 0', { regionId: null, reason: 'x' }), foreign: { id: other.receivables.late, version: 2, regionId: null, reason: 'x' } })],
    ['confirming receipts', async (s) => ({ path: '/api/receipts/confirmations', key: 'receipts', own: await versions(s, 'receipts', "t.status = 'draft'"), foreign: { id: other.receipts.draft, version: 1 } })],
    ['cancelling receipts', async (s) => ({ path: '/api/receipts/cancellations', key: 'receipts', own: await versions(s, 'receipts', "t.status = 'draft'"), foreign: { id: other.receipts.draft, version: 1 } })],
    ['submitting orders', async (s) => ({ path: '/api/orders/submissions', key: 'orders', own: (await versions(s, 'orders', "t.status = 'draft' and t.delivery_on is not null")).slice(0, 1), foreign: { id: other.orders.draft, version: 1 } })],
    ['handing customers over', async (s) => ({ path: '/api/customers/hand-over', key: 'customers', own: await versions(s, 'customers', "t.status = 'active'"), foreign: { id: other.customers.plain, version: 1 }, more: { salespersonId: s.company.people.secondSalesperson.caller.actorId, moveReceivables: true, reason: 'x' } })],
    ['deciding', async (s) => ({ path: '/api/approvals/decisions', key: 'decisions', own: await versions(s, 'approval_requests', "t.status = 'pending'", { decision: 'approved', reason: 'x' }), foreign: { id: otherIds.approval_requests, version: 1, decision: 'approved', reason: 'x' } })],
  ])('%s', async (_, make) => {
    const { path, key, own: mine, foreign, more } = await make(own)
    expect(mine.length).toBeGreaterThan(0)
    const before = { own: await fingerprint(app, own.company.tenantId), other: await fingerprint(app, other.company.tenantId) }
    for (const list of [[...mine, foreign], [foreign, ...mine]]) {
      const { status, body } = await own.company.people.administrator.post(path, { [key]: list, ...more })
      expect([404, 422], JSON.stringify(body)).toContain(status)
    }
    expect({ own: await fingerprint(app, own.company.tenantId), other: await fingerprint(app, other.company.tenantId) }).toEqual(before)
  }) // biome-ignore format: a table of cases

  test('allocating by rule and by hand', async () => {
    const before = await fingerprint(app)
    const { arAccountant } = own.company.people
    const byRule = await arAccountant.post('/api/allocations/by-rule', {
      receiptIds: [own.receipts.prepaid, other.receipts.stray],
      rule: 'oldest',
    })
    expect(byRule.status).toBe(404)
    const line = { receiptId: own.receipts.prepaid, receivableId: own.receivables.manual, amount: '1.00' }
    for (const foreign of [
      { ...line, receivableId: other.receivables.manual },
      { ...line, receiptId: other.receipts.prepaid },
    ])
      expect((await arAccountant.post('/api/allocations', { lines: [line, foreign] })).status).toBe(404)
    expect(await fingerprint(app)).toEqual(before)
  })
})

/** Ours, each with its present version. */
async function versions(story: Story, table: string, where: string, more: object = {}): Promise<object[]> {
  const { rows } = await app.database.pool.query<{ id: string; version: number }>(
    `select t.id, t.version from ar.${table} t where t.tenant_id = $1 and ${where} order by t.id limit 49`,
    [story.company.tenantId],
  )
  return rows.map((row) => ({ ...row, ...more }))
}

describe('T01: a company named in a header', () => {
  test.each(['organization-id', 'x-tenant-id', 'x-workspace', 'x-company-id', 'tenant', 'x-huikuan-tenant'])(
    '%s is ignored',
    async (header) => {
      for (const route of routes.filter((one) => one.method === 'GET' && !one.path.includes(':'))) {
        const { raw, status } = await probe(app, own.company.people.administrator, route, uuid(), {
          headers: { [header]: String(other.company.tenantId) },
        })
        expect(raw.includes(CANARY), nameOf(route)).toBe(false)
        expect(status, nameOf(route)).toBeLessThan(500)
      }
    },
  )
})

describe('T09: what another company does shows nowhere', () => {
  test('no list, count, total, suggestion or search of ours has changed', () => {
    for (const [name, before] of Object.entries(listsBefore)) expect(listsAfter[name], name).toEqual(before)
    expect(Object.keys(listsAfter).length).toBeGreaterThan(35)
  })
  test('nor does a search for its names, nor a number that it has used up', async () => {
    const { administrator } = own.company.people
    for (const path of ['/api/search?q=', '/api/customers?q=', '/api/customers/choices?q=', '/api/receivables?search=', '/api/receipts?search=', '/api/orders?q=', '/api/products/suggestions?q=', '/api/vouchers?search=', '/api/people?q=']) {
      const { status, raw } = await administrator.get(path + CANARY)
      expect(status, path).toBe(200)
      expect(raw.toString(), path).not.toContain(CANARY)
    } // biome-ignore format: one line
    const first = await app.database.pool.query<{ count: string }>(
      `select count(*) from ar.document_numbers a join ar.document_numbers b on b.series = a.series and b.no = a.no where a.tenant_id = $1 and b.tenant_id = $2 and a.no = 1`,
      [own.company.tenantId, other.company.tenantId],
    )
    expect(Number(first.rows[0]!.count)).toBeGreaterThan(3)
  })
  test('nor is a name, code or tax number refused because another company has it', async () => {
    const { arAccountant } = own.company.people
    const theirs = (await other.company.people.administrator.get(`/api/customers/${other.customers.plain}`)).body
    const made = await arAccountant.post('/api/customers', { name: theirs.name, code: theirs.code.replace(/\d+$/, '99999') })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
  })
})
