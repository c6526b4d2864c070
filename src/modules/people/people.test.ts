import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { browser, signedInBrowser } from '../../../test/harness/browser.ts'
import { permissions } from './roles.ts'

let app: TestApp
let company: TestCompany
const invitation = {
  name: '李娜',
  email: 'Li@example.com',
  role: 'arAccountant',
  dataScope: 'all',
  teamId: null,
  phone: null,
  language: 'zh-CN',
}
/** The longest that a caller is remembered, and a little. */
const REMEMBERED_MS = 600

beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
})
afterAll(() => app.close())

const administrator = () => company.people.administrator
const actions = async (entityId: string) =>
  (await app.database.pool.query(`select l.action from ar.audit_log l where l.entity_id = $1 order by l.id`, [entityId])).rows.map(
    (row: { action: string }) => row.action,
  )

describe('an invitation', () => {
  let id: string
  let token: string

  it('T28, T116: gives a link on the address that the installation has, whatever the request says', async () => {
    const answer = await administrator().send('POST', '/api/people', invitation, {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
    })
    expect(answer.status).toBe(201)
    expect(answer.body.link).toMatch(/^https:\/\/huikuan\.example\.com\/invitation\/\d+-[\w-]{43}$/)
    id = answer.body.id
    token = answer.body.link.split('/').at(-1)
    const { rows } = await app.database.pool.query(
      'select i.token_hash, i.expires_at - i.created_at as lasts from ar.invitations i where i.person_id = $1',
      [id],
    )
    expect(rows).toHaveLength(1)
    expect(JSON.stringify((await app.database.pool.query('select body::text from ar.idempotency_keys')).rows)).not.toContain(token)
  })

  it('says who invites whom, and works once', async () => {
    const anyone = browser(app)
    expect((await anyone.get(`/api/invitations/${token}`)).body).toMatchObject({
      companyName: 'company',
      name: '李娜',
      email: 'li@example.com',
      isNew: true,
      timeZone: 'Asia/Shanghai',
    })
    expect((await anyone.post(`/api/invitations/${token}/acceptance`, { name: '李娜', password: 'short', language: 'en' })).body.code).toBe(
      'people.passwordTooShort',
    )
    const both = await Promise.all(
      [1, 2].map((n) =>
        anyone.post(`/api/invitations/${token}/acceptance`, { name: '李娜', password: `wide green door ${n}`, language: 'en' }),
      ),
    )
    expect(both.map((answer) => answer.status).filter((status) => status === 201)).toHaveLength(1)
    expect(
      (await anyone.post(`/api/invitations/${token}/acceptance`, { name: '李娜', password: 'wide green door 3', language: 'en' })).status,
    ).toBe(404)
    expect((await anyone.get(`/api/invitations/${token}`)).status).toBe(404)
    const winner = both[0]!.status === 201 ? 1 : 2
    const person = browser(app)
    expect((await person.post('/api/sign-in', { email: 'li@example.com', password: `wide green door ${winner}` })).status).toBe(200)
    expect((await person.get('/api/session')).body).toMatchObject({ person: { id, role: 'arAccountant', language: 'en' } })
    expect(await actions(id)).toEqual(['people.invited', 'people.joined'])
  })

  it('T28: is void after seven days, and when another is made', async () => {
    const first = (await administrator().post('/api/people', { ...invitation, email: 'wang@example.com' })).body
    const second = (await administrator().post(`/api/people/${first.id}/link`, {})).body
    const [old, fresh] = [first.link, second.link].map((link: string) => link.split('/').at(-1)!)
    expect((await browser(app).get(`/api/invitations/${old}`)).status).toBe(404)
    expect((await browser(app).get(`/api/invitations/${fresh}`)).status).toBe(200)
    app.setNow('2026-11-28T02:00:01Z')
    expect((await browser(app).get(`/api/invitations/${fresh}`)).status).toBe(404)
    app.setNow('2026-11-21T02:00:00Z')
  })

  it.each(['1-short', 'nonsense', `999-${'a'.repeat(43)}`, `0-${'a'.repeat(43)}`, "1-'; drop table ar.people; --", '%00'])(
    '%s is no link',
    async (wrong) => {
      expect((await browser(app).get(`/api/invitations/${encodeURIComponent(wrong)}`)).status).toBe(404)
    },
  )

  it('T28: for somebody who is here is a new password: half an hour, once, and old sessions end', async () => {
    const known = await signedInBrowser(app, company.people.collector.caller.actorId, 'collector@example.com', company.tenantId)
    const { link, expiresAt } = (await administrator().post(`/api/people/${company.people.collector.caller.actorId}/link`, {})).body
    expect(Date.parse(expiresAt) - Date.parse('2026-11-21T02:00:00Z')).toBe(30 * 60_000)
    expect(
      (
        await browser(app).post(`/api/invitations/${link.split('/').at(-1)}/acceptance`, {
          name: 'collector',
          password: 'three blue boats',
          language: 'zh-CN',
        })
      ).status,
    ).toBe(201)
    await sleep(REMEMBERED_MS)
    expect((await known.get('/api/session')).status).toBe(401)
  })

  it('to an address that is known already is refused at its field', async () => {
    expect(await administrator().post('/api/people', { ...invitation, email: 'LI@example.com' })).toMatchObject({
      status: 409,
      body: { code: 'people.emailTaken', issues: [{ path: 'email' }] },
    })
  })
})

describe('roles', () => {
  it('are given by administrators only', async () => {
    const { id, version } = (await administrator().get('/api/people')).body.items.find((row: { name: string }) => row.name === 'collector')
    for (const [name, person] of Object.entries(company.people)) {
      if (name === 'administrator') continue
      const tried = [
        await person.post('/api/people', { ...invitation, email: 'x@example.com', role: 'administrator' }),
        await person.send('PUT', `/api/people/${id}`, {
          name: 'collector',
          role: 'administrator',
          dataScope: 'all',
          teamId: null,
          phone: null,
          language: 'en',
          version,
        }),
        await person.send('PUT', `/api/people/${person.caller.actorId}`, {
          name,
          role: 'administrator',
          dataScope: 'all',
          teamId: null,
          phone: null,
          language: 'en',
          version: 1,
        }),
        await person.post('/api/api-keys', { name: 'mine', scopes: ['people.edit'], expiresOn: null }),
        await person.send('PUT', `/api/people/${id}/status`, { status: 'disabled', version }),
        await person.post(`/api/people/${id}/link`, {}),
        await person.send('DELETE', `/api/people/${id}/totp`),
      ]
      expect([name, ...tried.map((answer) => answer.status)]).toEqual([name, ...tried.map(() => 403)])
    }
  })

  it('nobody changes their own role, scope or status, and fields that do not exist are refused', async () => {
    const own = (await administrator().get(`/api/people/${administrator().caller.actorId}`)).body
    const edit = {
      name: own.name,
      role: own.role,
      dataScope: own.dataScope,
      teamId: null,
      phone: null,
      language: own.language,
      version: own.version,
    }
    expect((await administrator().send('PUT', `/api/people/${own.id}`, { ...edit, role: 'auditor' })).body.code).toBe('people.ownRole')
    expect((await administrator().send('PUT', `/api/people/${own.id}`, { ...edit, dataScope: 'own' })).body.code).toBe('people.ownRole')
    expect(
      (await administrator().send('PUT', `/api/people/${own.id}/status`, { status: 'disabled', version: own.version })).body.code,
    ).toBe('people.ownStatus')
    for (const field of ['status', 'userId', 'tenantId', 'email'])
      expect((await administrator().send('PUT', `/api/people/${own.id}`, { ...edit, [field]: 'x' })).body.issues[0].code).toBe(
        'platform.unknownField',
      )
  })

  it('one administrator always remains, also when two demote each other at once', async () => {
    const second = (
      await administrator().post('/api/people', { ...invitation, name: 'second', email: 'second@example.com', role: 'administrator' })
    ).body
    await browser(app).post(`/api/invitations/${second.link.split('/').at(-1)}/acceptance`, {
      name: 'second',
      password: 'three blue boats',
      language: 'en',
    })
    const other = browser(app)
    await other.post('/api/sign-in', { email: 'second@example.com', password: 'three blue boats' })
    const first = administrator().caller.actorId
    const versions = await Promise.all([first, second.id].map(async (id) => (await administrator().get(`/api/people/${id}`)).body.version))
    const auditor = { name: 'was one', role: 'auditor', dataScope: 'all', teamId: null, phone: null, language: 'en' }
    await other.get('/api/session') // known for a moment: both calls begin as administrators
    const answers = await Promise.all([
      administrator().send('PUT', `/api/people/${second.id}`, { ...auditor, version: versions[1] }),
      other.send('PUT', `/api/people/${first}`, { ...auditor, version: versions[0] }),
    ])
    expect(answers.map((answer) => [answer.status, answer.body.code])).toEqual(
      expect.arrayContaining([
        [200, undefined],
        [422, 'people.lastAdministrator'],
      ]),
    )
    const { rows } = await app.database.pool.query(
      `select p.id from ar.people p where p.tenant_id = $1 and p.role = 'administrator' and p.status = 'active'`,
      [company.tenantId],
    )
    expect(rows).toHaveLength(1)
    await app.database.pool.query(
      `update ar.people set role = case id when $1 then 'administrator' else 'auditor' end where id = any($2)`,
      [administrator().caller.actorId, [administrator().caller.actorId, second.id]],
    )
  })

  it('an edit on an old version is refused, and one entry is left by one that is not', async () => {
    const { id, ...row } = (await administrator().get(`/api/people/${company.people.auditor.caller.actorId}`)).body
    const edit = {
      name: '赵敏',
      role: row.role,
      dataScope: 'all',
      teamId: null,
      phone: '138 0000 0000',
      language: 'zh-CN',
      version: row.version,
    }
    expect((await administrator().send('PUT', `/api/people/${id}`, edit)).status).toBe(200)
    expect(await administrator().send('PUT', `/api/people/${id}`, edit)).toMatchObject({
      status: 409,
      body: { code: 'platform.staleVersion' },
    })
    expect(await actions(id)).toEqual(['people.edited'])
    const { rows } = await app.database.pool.query('select l.body::text from ar.audit_log l where l.entity_id = $1', [id])
    expect(rows[0].body).not.toContain('138 0000 0000')
  })
})

describe('a disabled person', () => {
  it('is out at once: session, key and sign-in; and enabling brings no old session back', async () => {
    const { actorId } = company.people.financeManager.caller
    const person = await signedInBrowser(app, actorId, 'finance@example.com', company.tenantId)
    expect((await person.get('/api/session')).status).toBe(200)
    await app.database.pool.query(
      `insert into ar.api_keys (tenant_id, id, name, prefix, key_hash, scopes, person_id, created_by) values ($1, gen_random_uuid(), 'k', 'hk', sha256($2), '{customers.view}', $3, $3)`,
      [company.tenantId, Buffer.from(`hk_${company.tenantId}_${'k'.repeat(43)}`), actorId],
    )
    const withKey = () =>
      browser(app).send('GET', '/api/session', undefined, { authorization: `Bearer hk_${company.tenantId}_${'k'.repeat(43)}` })
    expect((await withKey()).status).toBe(200)
    const { version } = (await administrator().get(`/api/people/${actorId}`)).body
    expect((await administrator().send('PUT', `/api/people/${actorId}/status`, { status: 'disabled', version })).status).toBe(200)
    await sleep(REMEMBERED_MS)
    expect((await person.get('/api/session')).status).toBe(401)
    expect((await withKey()).status).toBe(401)
    expect(await browser(app).post('/api/sign-in', { email: 'finance@example.com', password: 'tin lamp river 7' })).toMatchObject({
      status: 401,
      body: { code: 'people.wrongCredentials' },
    })
    expect((await administrator().send('PUT', `/api/people/${actorId}/status`, { status: 'active', version: version + 1 })).body).toEqual({
      ok: true,
    })
    await sleep(REMEMBERED_MS)
    expect((await person.get('/api/session')).status).toBe(401)
    expect((await withKey()).status).toBe(401)
    expect(await actions(actorId)).toEqual(['people.disabled', 'people.enabled'])
  })
})

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
      expect(await collector.post('/api/saved-views', now)).toMatchObject({ status: 403, body: { code: 'people.mayNot' } })
      const { id: both } = (await arAccountant.post('/api/saved-views', now)).body
      expect(await entries(both)).toEqual(['people.viewShared'])
      expect((await financeManager.post('/api/saved-views', now)).body.code).toBe('people.viewNameTaken')
      await arAccountant.send('DELETE', `/api/saved-views/${both}`)
      const own = await make(collector, '我的')
      expect(await put(collector, own, { name: '我的', shared: true, version: 1 })).toMatchObject({
        status: 403,
        body: { code: 'people.mayNot' },
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
})
