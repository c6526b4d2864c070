import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { browser, signedInBrowser } from '../../../test/harness/browser.ts'
import { invitation, REMEMBERED_MS } from '../../../test/harness/people.ts'
import { permissions } from './roles.ts'

let app: TestApp
let company: TestCompany

beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
})
afterAll(() => app.close())

const administrator = () => company.people.administrator

describe('an API key', () => {
  const create = async (scopes: readonly string[], expiresOn: string | null = null) => {
    const here = await signedInBrowser(app, administrator().caller.actorId, 'administrator@example.com', company.tenantId)
    return (await here.post('/api/api-keys', { name: 'books', scopes, expiresOn })).body as { id: string; key: string }
  }
  const call = (key: string, method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown) =>
    browser(app).send(method, url, body, { authorization: `Bearer ${key}` })

  it('may what its scopes say and no more; its secret is kept nowhere', async () => {
    const { id, key } = await create(['people.view'])
    expect(key).toMatch(new RegExp(`^hk_${company.tenantId}_[\\w-]{43}$`))
    expect((await call(key, 'GET', '/api/people')).status).toBe(200)
    expect((await call(key, 'GET', '/api/audit')).status).toBe(403)
    expect((await call(key, 'POST', '/api/people', { ...invitation, email: 'key@example.com' })).status).toBe(403)
    const listed = (await administrator().get('/api/api-keys')).body.items.find((row: { id: string }) => row.id === id)
    expect(listed).toMatchObject({ name: 'books', scopes: ['people.view'], status: 'active', lastUsedOn: '2026-11-21' })
    expect(key.startsWith(listed.prefix)).toBe(true)
    expect(listed.prefix.length).toBeLessThan(key.length - 30)
    for (const table of ['ar.api_keys', 'ar.audit_log', 'ar.idempotency_keys'])
      expect(JSON.stringify((await app.database.pool.query(`select t::text from ${table} t`)).rows)).not.toContain(key.slice(-43))
  })

  it('makes no key, touches no password and no session, even with every scope', async () => {
    const { key } = await create(permissions)
    expect((await call(key, 'POST', '/api/api-keys', { name: 'child', scopes: ['people.view'], expiresOn: null })).body.code).toBe(
      'people.keyMayNot',
    )
    expect((await call(key, 'POST', '/api/password', { current: 'tin lamp river 7', next: 'three blue boats' })).status).toBe(403)
    expect((await call(key, 'GET', '/api/sessions')).status).toBe(403)
    expect((await call(key, 'POST', '/api/totp/remove', { password: 'tin lamp river 7' })).status).toBe(403)
  })

  it('loses what its person loses', async () => {
    const { key } = await create(['people.view', 'orders.view'])
    await app.database.pool.query(`update ar.people set role = 'collector' where id = $1`, [administrator().caller.actorId])
    await sleep(REMEMBERED_MS)
    expect((await call(key, 'GET', '/api/people')).status).toBe(403)
    await app.database.pool.query(`update ar.people set role = 'administrator' where id = $1`, [administrator().caller.actorId])
  })

  it('ends when it is revoked, and on its day', async () => {
    const { id, key } = await create(['people.view'])
    expect((await call(key, 'GET', '/api/people')).status).toBe(200)
    expect((await administrator().send('DELETE', `/api/api-keys/${id}`)).status).toBe(200)
    await sleep(REMEMBERED_MS)
    expect(await call(key, 'GET', '/api/people')).toMatchObject({ status: 401, body: { code: 'people.badApiKey' } })
    expect((await administrator().send('DELETE', `/api/api-keys/${id}`)).status).toBe(404)
    const dated = await create(['people.view'], '2026-11-30')
    expect((await call(dated.key, 'GET', '/api/people')).status).toBe(200)
    app.setNow('2026-12-02T00:00:00Z')
    await sleep(REMEMBERED_MS)
    expect((await call(dated.key, 'GET', '/api/people')).status).toBe(401)
    app.setNow('2026-11-21T02:00:00Z')
  })

  it('is answered in the language that the request names, else in that of its person', async () => {
    const { key } = await create(['vouchers.view'])
    const named = async (language?: string) => {
      const headers = { authorization: `Bearer ${key}`, ...(language === undefined ? {} : { 'accept-language': language }) }
      return (await browser(app).send('GET', '/api/people', undefined, headers)).body.message as string
    }
    const own = await named()
    expect(await named('zh-CN')).toBe(own)
    expect(await named('de,fr;q=0.5')).toBe(own)
    const [english, taiwanese] = [await named('en'), await named('zh-TW')]
    expect(english).toMatch(/^[A-Z][a-z ]+/)
    expect(new Set([own, english, taiwanese]).size).toBe(3)
  })

  it('T29, T89: of another company, mutated or malformed is nobody', async () => {
    const { key } = await create(['people.view'])
    const [, , secret] = key.split('_') as [string, string, string]
    const wrong = [
      `hk_${company.tenantId + 1}_${secret}`,
      `hk_1_${secret}`,
      key.slice(0, -1),
      `${key}x`,
      `hk_${company.tenantId}_${'A'.repeat(43)}`,
      'hk__',
      secret,
      '',
    ]
    for (const one of wrong) expect([one, (await call(one, 'GET', '/api/people')).status]).toEqual([one, 401])
  })
})

describe('the own account', () => {
  it('reads and marks only what is one’s own', async () => {
    const [mine, theirs] = [company.people.salesperson, company.people.secondSalesperson]
    const insert = `insert into ar.notifications (tenant_id, id, person_id, kind) values ($1, gen_random_uuid(), $2, 'receipts.confirmed') returning id`
    const [own, other] = await Promise.all(
      [mine, theirs].map(
        async (person) => (await app.database.pool.query(insert, [company.tenantId, person.caller.actorId])).rows[0].id as string,
      ),
    )
    expect((await mine.get('/api/notifications')).body).toMatchObject({ total: 1, items: [{ id: own, readAt: null }] })
    expect((await mine.post('/api/notifications/read', { ids: [own, other] })).body).toEqual({ count: 1 })
    expect((await theirs.get('/api/notifications?unread=true')).body.total).toBe(1)
  })

  it('keeps views by person and page', async () => {
    const { arAccountant, collector } = company.people
    const view = { page: 'receivables', name: '逾期 30 天', query: { status: ['overdue'], q: '江南' } }
    const { id } = (await arAccountant.post('/api/saved-views', view)).body
    expect((await arAccountant.post('/api/saved-views', { ...view, query: { q: 'x' } })).body.id).toBe(id)
    expect((await arAccountant.get('/api/saved-views?page=receivables')).body.items).toEqual([
      {
        id,
        page: 'receivables',
        name: '逾期 30 天',
        query: { q: 'x' },
        shared: false,
        mine: true,
        madeBy: expect.any(String),
        version: expect.any(Number),
      },
    ])
    expect((await collector.get('/api/saved-views?page=receivables')).body.items).toEqual([])
    expect((await collector.send('DELETE', `/api/saved-views/${id}`)).status).toBe(404)
    expect((await arAccountant.send('DELETE', `/api/saved-views/${id}`)).status).toBe(200)
  })

  describe('a view shared with the company', () => {
    const page = 'report.receipts'
    const views = async (person: Person) => (await person.get(`/api/saved-views?page=${page}`)).body.items
    const make = async (person: Person, name: string) =>
      (await person.post('/api/saved-views', { page, name, query: { by: 'month' } })).body.id as string
    const put = (person: Person, id: string, body: object) => person.send('PUT', `/api/saved-views/${id}`, body)
    const entries = async (id: string) =>
      (
        await app.database.pool.query('select action from ar.audit_log where tenant_id = $1 and entity_id = $2 order by id', [
          company.tenantId,
          id,
        ])
      ).rows.map((row) => row.action)

    it('is seen by everybody with its maker; who has no right to share shares nothing', async () => {
      const { arAccountant, collector, financeManager, salesperson } = company.people
      const id = await make(arAccountant, '周一回款')
      expect(await views(collector)).toEqual([])
      expect((await put(arAccountant, id, { name: '周一回款', shared: true, version: 1 })).status).toBe(200)
      for (const person of [collector, salesperson, financeManager])
        expect(await views(person)).toMatchObject([
          { id, name: '周一回款', shared: true, mine: false, madeBy: expect.stringMatching(/./), query: { by: 'month' } },
        ])
      const now = { page, name: '一步共享', query: {}, shared: true }
      expect(await collector.post('/api/saved-views', now)).toMatchObject({ status: 403, body: { code: 'people.mayNotShare' } })
      const { id: both } = (await arAccountant.post('/api/saved-views', now)).body
      expect(await entries(both)).toEqual(['people.viewShared'])
      expect((await financeManager.post('/api/saved-views', now)).body.code).toBe('people.viewNameTaken')
      await arAccountant.send('DELETE', `/api/saved-views/${both}`)
      const own = await make(collector, '我的')
      expect(await put(collector, own, { name: '我的', shared: true, version: 1 })).toMatchObject({
        status: 403,
        body: { code: 'people.mayNotShare' },
      })
      expect((await views(collector)).map((view: { mine: boolean }) => view.mine)).toEqual([true, false])
      expect(await entries(own)).toEqual([])
    })

    it('is renamed, taken back and removed by its maker, or by the administrator; every change is on the record', async () => {
      const { administrator, collector, financeManager } = company.people
      const id = await make(financeManager, '季度')
      await put(financeManager, id, { name: '季度', shared: true, version: 1 })
      for (const change of [
        { name: '月度', shared: true, version: 2 },
        { name: '季度', shared: false, version: 2 },
      ])
        expect((await put(collector, id, change)).status).toBe(404)
      expect((await collector.send('DELETE', `/api/saved-views/${id}`)).status).toBe(404)
      expect((await put(financeManager, id, { name: '季度回款', shared: true, version: 1 })).status).toBe(409)
      expect((await put(administrator, id, { name: '季度回款', shared: true, version: 2 })).status).toBe(200)
      await financeManager.post('/api/saved-views', { page, name: '季度回款', query: { by: 'quarter' } })
      expect((await views(collector)).find((view: { id: string }) => view.id === id)).toMatchObject({
        name: '季度回款',
        query: { by: 'quarter' },
      })
      const { version } = (await views(financeManager)).find((view: { id: string }) => view.id === id)
      expect((await put(financeManager, id, { name: '季度回款', shared: false, version })).status).toBe(200)
      expect((await put(administrator, id, { name: '季度', shared: true, version: version + 1 })).status).toBe(404)
      await put(financeManager, id, { name: '季度回款', shared: true, version: version + 1 })
      expect((await administrator.send('DELETE', `/api/saved-views/${id}`)).status).toBe(200)
      expect(await entries(id)).toEqual([
        'people.viewShared',
        'people.viewChanged',
        'people.viewChanged',
        'people.viewUnshared',
        'people.viewShared',
        'people.viewRemoved',
      ])
    })

    it('has a name of its own on its page, also when two share one at once', async () => {
      const { arAccountant, financeManager } = company.people
      const [a, b] = [await make(arAccountant, '同名'), await make(financeManager, '同名')]
      const both = await Promise.all([
        put(arAccountant, a, { name: '同名', shared: true, version: 1 }),
        put(financeManager, b, { name: '同名', shared: true, version: 1 }),
      ])
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
      expect((await views(company.people.auditor)).filter((view: { name: string }) => view.name === '同名')).toHaveLength(1)
    })
  })

  it('finishes its own tasks once', async () => {
    const { salesperson, secondSalesperson } = company.people
    const { rows } = await app.database.pool.query(
      `insert into ar.tasks (tenant_id, id, kind, person_id, source_kind, source_id, due_on) values ($1, gen_random_uuid(), 'care', $2, 'receipt', gen_random_uuid(), '2026-11-20') returning id`,
      [company.tenantId, salesperson.caller.actorId],
    )
    expect((await salesperson.get('/api/tasks')).body).toMatchObject({ total: 1, items: [{ id: rows[0].id, dueOn: '2026-11-20' }] })
    expect((await secondSalesperson.post(`/api/tasks/${rows[0].id}/outcome`, { version: 1 })).status).toBe(404)
    expect((await salesperson.post(`/api/tasks/${rows[0].id}/outcome`, { outcome: '电话致谢', version: 1 })).status).toBe(201)
    expect((await salesperson.post(`/api/tasks/${rows[0].id}/outcome`, { version: 1 })).status).toBe(409)
    expect((await salesperson.get('/api/tasks')).body.total).toBe(0)
  })

  it('shows open tasks the next first and done ones the last first, page by page', async () => {
    const { actorId } = company.people.collector.caller
    for (const done of ['null', 'now()'])
      await app.database.pool.query(
        `insert into ar.tasks (tenant_id, id, kind, person_id, source_kind, source_id, due_on, done_at)
         select $1, gen_random_uuid(), 'care', $2, 'receipt', gen_random_uuid(), d::date, ${done} from unnest($3::text[]) d`,
        [company.tenantId, actorId, ['2026-11-03', '2026-11-01', '2026-11-02']],
      )
    const days = async (open: boolean) => {
      const first = (await company.people.collector.get(`/api/tasks?open=${open}&limit=2`)).body
      const second = (await company.people.collector.get(`/api/tasks?open=${open}&limit=2&cursor=${first.nextCursor}`)).body
      return [...first.items, ...second.items].map((task: { dueOn: string }) => task.dueOn)
    }
    expect(await days(true)).toEqual(['2026-11-01', '2026-11-02', '2026-11-03'])
    expect(await days(false)).toEqual(['2026-11-03', '2026-11-02', '2026-11-01'])
  })
})
