import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { browser, signedInBrowser } from '../../../test/harness/browser.ts'
import { invitation, REMEMBERED_MS } from '../../../test/harness/people.ts'

let app: TestApp
let company: TestCompany

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

  it('what a person has changed of themselves meanwhile is not written over', async () => {
    const { auditor } = company.people
    const { id, version, role } = (await administrator().get(`/api/people/${auditor.caller.actorId}`)).body
    expect((await auditor.send('PUT', '/api/account', { name: '赵敏敏', phone: null, language: 'en' })).status).toBe(200)
    const seenBefore = { name: '赵敏', role, dataScope: 'all', teamId: null, phone: null, language: 'zh-CN', version }
    expect((await administrator().send('PUT', `/api/people/${id}`, seenBefore)).body.code).toBe('platform.staleVersion')
    expect((await administrator().get(`/api/people/${id}`)).body).toMatchObject({ name: '赵敏敏', language: 'en' })
  })

  it('a team that is not there is not found', async () => {
    expect((await administrator().send('PUT', `/api/teams/${crypto.randomUUID()}`, { name: '没有', version: 1 })).status).toBe(404)
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
