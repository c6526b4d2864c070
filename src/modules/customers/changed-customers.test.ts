import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { actionsOn, change, create, read } from '../../../test/harness/customers.ts'
import { sql } from '../../platform/sql.ts'

let app: TestApp
let company: TestCompany
let other: TestCompany
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  other = await app.company('other')
})
afterAll(() => app.close())

const auditOf = (id: string) => actionsOn(app, company, id)

describe('changing', () => {
  test('only what differs is saved and audited; the telephone number in short form', async () => {
    const id = await create(company, '变更客户')
    expect((await change(company, id, { phone: '13912345678', name: '变更客户' })).status).toBe(200)
    const log = (await company.people.arAccountant.get(`/api/customers/${id}/changes`)).body.items
    expect(log[0]).toMatchObject({ action: 'customers.changed', before: { phone: null }, after: { phone: '*******5678' } })
    expect((await change(company, id, { phone: '13912345678' })).status).toBe(200)
    expect((await auditOf(id)).length).toBe(2)
  })
  test('a stale version is a conflict, and nothing changes', async () => {
    const id = await create(company, '版本客户')
    await change(company, id, { industry: '机械' })
    const answer = await company.people.arAccountant.send('PATCH', `/api/customers/${id}`, { version: 1, changes: { industry: '电子' } })
    expect(answer).toMatchObject({ status: 409, body: { code: 'platform.staleVersion' } })
    expect((await read(company, id)).industry).toBe('机械')
  })
  test('two edits at once: one wins', async () => {
    const id = await create(company, '并发客户')
    const answers = await Promise.all(
      ['甲', '乙'].map((industry) =>
        company.people.arAccountant.send('PATCH', `/api/customers/${id}`, { version: 1, changes: { industry } }),
      ),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
  })
  test('telephone and e-mail are shortened for who may not see them', async () => {
    const id = await create(company, '隐私客户', {
      phone: '13912345678',
      email: 'zhang@example.com',
      bankAccount: '6222021234567890',
      salespersonId: company.people.salesperson.caller.actorId,
    })
    await company.people.arAccountant.post(`/api/customers/${id}/contacts`, {
      name: '张会计',
      phone: '13800001111',
      email: 'acc@example.com',
      purpose: ['dunning'],
    })
    expect(await read(company, id)).toMatchObject({ phone: '13912345678' })
    expect(await read(company, id, company.people.salesperson)).toMatchObject({
      phone: '*******5678',
      email: 'z***@example.com',
      bankAccount: '********7890',
      sensitiveShown: false,
    })
    const contacts = await company.people.salesperson.get(`/api/customers/${id}/contacts`)
    expect(contacts.body.items).toMatchObject([{ name: '张会计', phone: '*******1111', email: 'a***@example.com' }])
  })
  test('a contact is changed and retired, never with its name in the audit log', async () => {
    const id = await create(company, '联系人客户')
    const contact = await company.people.arAccountant.post(`/api/customers/${id}/contacts`, { name: '李出纳' })
    const path = `/api/customers/${id}/contacts/${contact.body.id}`
    expect((await company.people.arAccountant.send('PATCH', path, { version: 1, status: 'disabled' })).status).toBe(200)
    expect((await company.people.arAccountant.send('PATCH', path, { version: 1, job: 'x' })).status).toBe(409)
    const bodies = await app.db.read(company.system, (r) =>
      r.all<{ body: unknown }>(sql`select l.body from ar.audit_log l where l.tenant_id = ${company.tenantId} and l.entity_id = ${id}`),
    )
    expect(JSON.stringify(bodies)).not.toContain('李出纳')
  })
})

describe('scope and tenants', () => {
  test('a salesperson sees and finds only their own customers, and creates them for themselves', async () => {
    const mine = await create(company, '我的客户', {}, company.people.salesperson)
    const hers = await create(company, '她的客户', { salespersonId: company.people.secondSalesperson.caller.actorId })
    const list = (await company.people.salesperson.get('/api/customers?limit=200')).body
    expect(list.items.map((row: { id: string }) => row.id)).toContain(mine)
    expect(
      list.items.every((row: { salesperson: { id: string } }) => row.salesperson.id === company.people.salesperson.caller.actorId),
    ).toBe(true)
    for (const path of [
      `/api/customers/${hers}`,
      `/api/customers/${hers}/contacts`,
      `/api/customers/${hers}/timeline`,
      `/api/customers/${hers}/changes`,
      `/api/customers/${hers}/terms`,
      `/api/credit/${hers}`,
      `/api/credit/${hers}/limits`,
    ])
      expect([path, (await company.people.salesperson.get(path)).status]).toEqual([path, 404])
    expect((await company.people.salesperson.get(`/api/customers/choices?q=${encodeURIComponent('她的')}`)).body.items).toEqual([])
    expect(
      (await company.people.salesperson.send('PATCH', `/api/customers/${hers}`, { version: 1, changes: { industry: 'x' } })).status,
    ).toBe(404)
    expect((await company.people.salesperson.post(`/api/customers/${hers}/notes`, { kind: 'note', text: 'x' })).status).toBe(404)
  })
  test('a salesperson cannot create a customer for somebody else', async () => {
    const answer = await company.people.salesperson.post('/api/customers', {
      name: '别人的',
      salespersonId: company.people.secondSalesperson.caller.actorId,
    })
    expect(answer).toMatchObject({ status: 422, body: { code: 'customers.salespersonOutOfScope' } })
  })
  test('another company finds nothing, by any route, and its ids are no references here', async () => {
    const id = await create(company, '租户客户')
    const thief = other.people.administrator
    for (const path of [
      `/api/customers/${id}`,
      `/api/customers/${id}/contacts`,
      `/api/customers/${id}/timeline`,
      `/api/customers/${id}/changes`,
      `/api/customers/${id}/terms`,
      `/api/credit/${id}`,
    ])
      expect([path, (await thief.get(path)).status]).toEqual([path, 404])
    expect((await thief.send('PATCH', `/api/customers/${id}`, { version: 1, changes: { name: '偷' } })).status).toBe(404)
    expect((await thief.post('/api/customers', { name: '外来父级', parentId: id })).body.code).toBe('customers.unknownParent')
    expect(
      (await thief.post('/api/customers', { name: '外来销售', salespersonId: company.people.salesperson.caller.actorId })).body.code,
    ).toBe('customers.unknownSalesperson')
    expect(
      (
        await thief.post('/api/customers/hand-over', {
          customers: [{ id, version: 1 }],
          salespersonId: null,
          moveReceivables: false,
          reason: 'x',
        })
      ).status,
    ).toBe(404)
    expect((await read(company, id)).name).toBe('租户客户')
  })
})

test('customers are handed over, many at once, each on the record', async () => {
  const ids = await Promise.all(
    ['交接一', '交接二'].map((name) => create(company, name, { salespersonId: company.people.salesperson.caller.actorId })),
  )
  const to = company.people.secondSalesperson.caller.actorId
  const body = { customers: ids.map((id) => ({ id, version: 1 })), salespersonId: to, moveReceivables: true, reason: '离职交接' }
  expect((await company.people.financeManager.post('/api/customers/hand-over', body)).status).toBe(201)
  for (const id of ids) {
    expect((await read(company, id)).salesperson.id).toBe(to)
    expect((await auditOf(id)).at(-1)).toEqual({ action: 'customers.handedOver' })
  }
  expect((await company.people.salesperson.get(`/api/customers/${ids[0]}`)).status).toBe(404)
})
