import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { browser, signedInBrowser } from '../../../test/harness/browser.ts'
import { uuid } from '../../kernel/uuid.ts'
import { verifyConsistency, verifyInclusion } from '../../platform/merkle.ts'
import { sealAudit } from '../../platform/seal.ts'

let app: TestApp
let company: TestCompany
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company('江南纺织')
})
afterAll(() => app.close())

const administrator = () => company.people.administrator
const current = async () => (await administrator().get('/api/company')).body

describe('the company', () => {
  it('is edited by administrators, on the version they read', async () => {
    const { version, name, baseCurrency, timeZone, language } = await current()
    const edit = { name: `${name}集团`, baseCurrency, timeZone, language, version }
    expect((await company.people.financeManager.send('PUT', '/api/company', edit)).status).toBe(403)
    expect((await administrator().send('PUT', '/api/company', edit)).status).toBe(200)
    expect((await administrator().send('PUT', '/api/company', edit)).body.code).toBe('platform.staleVersion')
    expect(
      (await administrator().send('PUT', '/api/company', { ...edit, version: version + 1, timeZone: 'Mars/Base' })).body.issues[0],
    ).toMatchObject({ path: 'timeZone', code: 'company.unknownTimeZone' })
    expect(await current()).toMatchObject({ name: '江南纺织集团', version: version + 1, currencyFixed: false })
  })

  it('keeps its base currency once something is booked', async () => {
    const { version, name, timeZone, language } = await current()
    const edit = { name, baseCurrency: 'EUR', timeZone, language, version }
    const customerId = uuid()
    await app.database.pool.query(
      `insert into ar.customers (tenant_id, id, code, name, exact_key, loose_key) values ($1, $2, 'C1', 'x', 'x', 'x')`,
      [company.tenantId, customerId],
    )
    await app.database.pool.query(
      `insert into ar.orders (tenant_id, id, entity_id, customer_id, currency, net, tax, amount, amount_base, status, ordered_on, terms, created_by) values ($1, gen_random_uuid(), $2, $3, 'CNY', 1, 0, 1, 1, 'draft', '2026-11-21', '{}', $4)`,
      [company.tenantId, company.entityId, customerId, administrator().caller.actorId],
    )
    expect(await administrator().send('PUT', '/api/company', edit)).toMatchObject({
      status: 422,
      body: { code: 'company.currencyFixed', issues: [{ path: 'baseCurrency' }] },
    })
  })

  it('keeps four eyes while somebody else could be the second pair', async () => {
    const { version, name } = await current()
    expect((await administrator().send('PUT', '/api/company/four-eyes', { fourEyes: false, confirmation: name, version })).body.code).toBe(
      'company.fourEyesNeeded',
    )
  })

  it('of one person may switch them off by typing its name, on the record; a second person switches them on', async () => {
    const small = await app.company('小店')
    await app.database.pool.query(`update ar.people set status = 'disabled' where tenant_id = $1 and role <> 'administrator'`, [
      small.tenantId,
    ])
    const put = (body: object) => small.people.administrator.send('PUT', '/api/company/four-eyes', body)
    expect((await put({ fourEyes: false, confirmation: 'yes', version: 1 })).body).toMatchObject({ code: 'company.nameNotTyped' })
    expect((await put({ fourEyes: false, confirmation: '小店', version: 1 })).status).toBe(200)
    expect((await small.people.administrator.get('/api/company')).body.fourEyes).toBe(false)
    const invited = await small.people.administrator.post('/api/people', {
      name: 'b',
      email: 'b@example.com',
      role: 'auditor',
      dataScope: 'all',
      teamId: null,
      phone: null,
      language: 'en',
    })
    expect(invited.body.fourEyesSwitchedOn).toBe(true)
    expect((await small.people.administrator.get('/api/company')).body.fourEyes).toBe(true)
    const { rows } = await app.database.pool.query(
      `select l.action from ar.audit_log l where l.tenant_id = $1 and l.entity = 'company' order by l.id`,
      [small.tenantId],
    )
    expect(rows.map((row) => row.action)).toEqual(['company.fourEyesOff', 'company.fourEyesOn'])
  })

  it('switches modules off: their routes say so to whoever may otherwise, and the session does not offer them', async () => {
    const { version } = await current()
    expect((await administrator().send('PUT', '/api/company/modules', { modulesOff: ['products'], version })).body).toMatchObject({
      code: 'company.moduleNeeded',
      params: { module: 'orders', needs: 'products' },
    })
    expect((await administrator().send('PUT', '/api/company/modules', { modulesOff: ['company'], version })).status).toBe(400)
    expect((await administrator().send('PUT', '/api/company/modules', { modulesOff: ['products', 'orders'], version })).status).toBe(200)
    const here = await signedInBrowser(app, administrator().caller.actorId, 'modules@example.com', company.tenantId)
    expect(await here.get('/api/products')).toMatchObject({ status: 403, body: { code: 'platform.moduleOff' } })
    expect((await here.get('/api/session')).body.permissions).not.toContain('products.view')
    expect((await administrator().send('PUT', '/api/company/modules', { modulesOff: [], version: version + 1 })).status).toBe(200)
  })

  it('has legal entities with codes of their own, at least one of them active', async () => {
    const { id } = (await administrator().post('/api/entities', { code: 'HK', name: '江南（香港）', taxId: null })).body
    expect((await administrator().post('/api/entities', { code: 'HK', name: 'x', taxId: null })).body.code).toBe('company.entityCodeTaken')
    const rename = (entityId: string, code: string, status: string) =>
      administrator().send('PUT', `/api/entities/${entityId}`, { code, name: code, taxId: null, status, version: 1 })
    expect((await rename(company.entityId, 'MAIN', 'inactive')).status).toBe(200)
    expect((await rename(id, 'HK', 'inactive')).body.code).toBe('company.lastEntity')
    const other = await app.company('other')
    expect(
      (
        await other.people.administrator.send('PUT', `/api/entities/${id}`, {
          code: 'X',
          name: 'X',
          taxId: null,
          status: 'active',
          version: 1,
        })
      ).status,
    ).toBe(404)
  })
})

describe('settings', () => {
  it('have standard values, are judged field by field, and need the right of their key', async () => {
    expect((await administrator().get('/api/settings/credit')).body).toMatchObject({
      value: { limitWarnBasisPoints: 9000, whenNoLimit: 'unlimited' },
      version: 0,
    })
    expect((await administrator().get('/api/settings/__proto__')).status).toBe(404)
    const put = (value: object, version = 0, by = administrator()) => by.send('PUT', '/api/settings/credit', { value, version })
    expect(
      (await put({ limitWarnBasisPoints: -1, colour: 'red' })).body.issues.map((issue: { path: string; code: string }) => [
        issue.path,
        issue.code,
      ]),
    ).toEqual([
      ['value.limitWarnBasisPoints', 'platform.tooSmall'],
      ['value.colour', 'platform.unknownField'],
    ])
    expect((await put({ whenNoLimit: 'none' }, 0, company.people.arAccountant)).status).toBe(403)
    expect((await put({ whenNoLimit: 'none' })).status).toBe(200)
    expect((await put({ whenNoLimit: 'none' })).body.code).toBe('platform.staleVersion')
    expect((await put({ whenNoLimit: 'unlimited' }, 1, company.people.financeManager)).status).toBe(200)
    expect((await administrator().get('/api/settings/credit')).body).toMatchObject({
      value: { whenNoLimit: 'unlimited', limitWarnBasisPoints: 9000 },
      version: 2,
    })
  })
  it('leave an entry when they are saved for the first time, and when a field goes back to its standard value', async () => {
    const put = (key: string, value: object, version: number) => administrator().send('PUT', `/api/settings/${key}`, { value, version })
    expect((await put('targets', { dsoDays: null }, 0)).status).toBe(200)
    expect((await administrator().get('/api/settings/targets')).body.version).toBe(1)
    expect((await put('reports', { yearDays: 360 }, 0)).status).toBe(200)
    expect((await put('reports', {}, 1)).status).toBe(200)
    expect((await administrator().get('/api/settings/reports')).body).toMatchObject({ value: { yearDays: 365 }, version: 2 })
    const { items } = (await administrator().get('/api/audit?action=company.settingsSaved&limit=3')).body
    expect(items).toMatchObject([
      { before: { yearDays: 360 }, detail: { key: 'reports' } },
      { after: { yearDays: 360 }, detail: { key: 'reports' } },
      { after: { dsoDays: null }, detail: { key: 'targets' } },
    ])
  })
})

describe('the audit log', () => {
  it('is searched by person, thing, action and day, page by page, and other companies’ entries are not there', async () => {
    const all = (await administrator().get('/api/audit?limit=200')).body
    expect(all.items.length).toBe(all.total)
    expect(all.items.every((row: { at: string }, index: number) => index === 0 || row.at <= all.items[index - 1].at)).toBe(true)
    const entities = (await administrator().get('/api/audit?entity=entity')).body
    expect(new Set(entities.items.map((row: { entity: string }) => row.entity))).toEqual(new Set(['entity']))
    expect(entities.items.at(-1)).toMatchObject({
      action: 'entities.added',
      actorName: 'administrator',
      after: { code: 'HK' },
      before: null,
    })
    const pages: string[] = []
    for (let cursor = ''; ; ) {
      const page = (await administrator().get(`/api/audit?limit=3${cursor && `&cursor=${cursor}`}`)).body
      pages.push(...page.items.map((row: { id: string }) => row.id))
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    expect(pages).toEqual(all.items.map((row: { id: string }) => row.id))
    expect((await administrator().get('/api/audit?from=2026-11-22')).body.total).toBe(0)
    expect((await administrator().get('/api/audit?from=2026-11-21&until=2026-11-21')).body.total).toBe(all.total)
    expect((await administrator().get(`/api/audit?actorId=${company.people.financeManager.caller.actorId}`)).body.items[0]).toMatchObject({
      action: 'company.settingsSaved',
      detail: { key: 'credit' },
    })
    expect((await administrator().get('/api/audit?until=31.02.2026')).status).toBe(400)
    expect((await company.people.collector.get('/api/audit')).status).toBe(403)
  })

  it('proves every entry against the newest root, and that the log only grew', async () => {
    await sealAudit(app.db, company.system)
    const before = (await administrator().get('/api/audit/roots')).body.items[0]
    await administrator().post('/api/teams', { name: '华东' })
    await administrator().post('/api/teams', { name: '华南' })
    await sealAudit(app.db, company.system)
    const entries = (await administrator().get('/api/audit?limit=200')).body.items
    for (const { id, sealed } of entries) {
      expect(sealed).toBe(true)
      const proof = (await administrator().get(`/api/audit/proof/${id}`)).body
      const hex = (text: string) => Buffer.from(text, 'hex')
      expect(proof.holds).toBe(true)
      expect(verifyInclusion(BigInt(proof.index), BigInt(proof.size), hex(proof.leaf), proof.path.map(hex), hex(proof.root))).toBe(true)
      expect(verifyInclusion(BigInt(proof.index), BigInt(proof.size), hex('00'.repeat(32)), proof.path.map(hex), hex(proof.root))).toBe(
        false,
      )
    }
    const after = (await administrator().get('/api/audit/roots')).body.items[0]
    const { consistency } = (await administrator().get(`/api/audit/roots?first=${before.size}&second=${after.size}`)).body
    expect(consistency.holds).toBe(true)
    const hex = (text: string) => Buffer.from(text, 'hex')
    expect(verifyConsistency(BigInt(before.size), BigInt(after.size), hex(before.root), hex(after.root), consistency.path.map(hex))).toBe(
      true,
    )
    expect((await administrator().get('/api/audit/proof/01890000-0000-7000-8000-000000000000')).status).toBe(404)
  })
})

it('a forbidden call changes nothing', async () => {
  const rows = async () =>
    (await app.database.pool.query(`select (select count(*)::int from ar.audit_log) log, (select max(version) from ar.tenants) version`))
      .rows[0]
  const before = await rows()
  await company.people.collector.send('PUT', '/api/company/modules', { modulesOff: [], version: 1 })
  await company.people.collector.post('/api/entities', { code: 'X', name: 'X', taxId: null })
  await browser(app).post('/api/entities', { code: 'X', name: 'X', taxId: null })
  expect(await rows()).toEqual(before)
})
