import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { uuid } from '../../kernel/uuid.ts'
import { sql } from '../../platform/sql.ts'
import { askForReviews } from './ask-for-reviews.command.ts'
import { createCustomers } from './create-customers.command.ts'
import { validateCustomers } from './validate-customers.query.ts'

let app: TestApp
let company: TestCompany
let other: TestCompany
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  other = await app.company('other')
})
afterAll(() => app.close())

const create = async (name: string, more: object = {}, who = company.people.arAccountant): Promise<string> => {
  const answer = await who.post('/api/customers', { name, ...more })
  expect(answer.body).toMatchObject({ id: expect.any(String) })
  return answer.body.id
}
const read = async (id: string, who = company.people.arAccountant) => (await who.get(`/api/customers/${id}`)).body
const change = async (id: string, changes: object, who = company.people.arAccountant) =>
  who.send('PATCH', `/api/customers/${id}`, { version: (await read(id)).version, changes })
const auditOf = (id: string) =>
  app.db.read(company.system, (r) =>
    r.all<{ action: string }>(
      sql`select l.action from ar.audit_log l where l.tenant_id = ${company.tenantId} and l.entity_id = ${id} order by l.id`,
    ),
  )
const accountOf = (id: string) =>
  app.db.read(company.system, (r) =>
    r.all(
      sql`select a.ancestors::text as path, a.orders_base from ar.credit_accounts a where a.tenant_id = ${company.tenantId} and a.customer_id = ${id}`,
    ),
  )

describe('creating', () => {
  test('gives a code, a credit account and one audit entry', async () => {
    const id = await create('苏州恒远自动化设备有限公司', { taxId: '91350100m000100y43', tags: ['A', 'A', 'B'] })
    const customer = await read(id)
    expect(customer).toMatchObject({
      code: 'C-00001',
      taxId: '91350100M000100Y43',
      tags: ['A', 'B'],
      status: 'active',
      version: 1,
      completeness: { filled: 1, forInvoice: false },
    })
    expect(await auditOf(id)).toEqual([{ action: 'customers.created' }])
    expect(await accountOf(id)).toEqual([{ path: `{${id}}`, ordersBase: 0n }])
  })
  test('passes over a number whose code somebody has typed', async () => {
    await create('手工编码客户', { code: 'C-00003' })
    const second = await create('自动编码二')
    const third = await create('自动编码三')
    expect([(await read(second)).code, (await read(third)).code]).toEqual(['C-00002', 'C-00004'])
    const gaps = await app.db.read(company.system, (r) =>
      r.one(
        sql`select s.last::int as last, count(*)::int as rows from ar.number_series s join ar.document_numbers d using (tenant_id, series) where s.tenant_id = ${company.tenantId} and s.series = 'customers' group by s.last`,
      ),
    )
    expect(gaps).toEqual({ last: 4, rows: 4 })
  })
  test.each([
    ['a wrong check digit', { taxId: '91350100M000100Y44' }, 422, 'customers.usccCheckDigit', 'taxId'],
    ['a code that is taken', { code: 'C-00003' }, 422, 'customers.codeTaken', 'code'],
    ['a parent that is not there', { parentId: uuid() }, 422, 'customers.unknownParent', 'parentId'],
    ['the same name typed in another way', { name: '苏州恒远自动化设备有限公司\u200b ' }, 409, 'customers.sameName', 'name'],
    ['the same tax id', { taxId: '91350100M000100Y43' }, 409, 'customers.sameTaxId', 'taxId'],
  ])('%s is refused by name', async (_, fields, status, code, path) => {
    const answer = await company.people.arAccountant.post('/api/customers', { name: `新客户 ${code}`, ...fields })
    expect(answer).toMatchObject({ status, body: { code, issues: expect.arrayContaining([expect.objectContaining({ path, code })]) } })
    expect(answer.body.message).not.toBe(code)
  })
  test('the same name is saved when the person says that it is another company', async () => {
    await create('苏州恒远自动化设备有限公司', { acceptSimilar: true })
  })
  test.each(['status', 'version', 'creditLimit', 'tenantId', 'createdBy', 'mergedIntoId', 'verifiedOn', 'exactKey'])(
    '%s cannot be given by the caller',
    async (field) => {
      const answer = await company.people.arAccountant.post('/api/customers', { name: '越权', [field]: 'x' })
      expect(answer).toMatchObject({ status: 400, body: { issues: [{ path: field, code: 'platform.unknownField' }] } })
    },
  )
  test('thousands come in as one chunk, and what is wrong is said per row before anything is written', async () => {
    const rows = Array.from({ length: 2_000 }, (_, i) => ({
      name: `批量客户 ${i}`,
      ...(i === 7 ? { taxId: '91350100M000100Y44' } : {}),
      ...(i === 9 ? { name: '批量客户 8' } : {}),
    }))
    const findings = await app.db.read(other.system, (r) => validateCustomers(r, rows))
    expect(findings).toMatchObject([
      { row: 7, severity: 'refused', code: 'customers.usccCheckDigit' },
      { row: 9, severity: 'similar', code: 'customers.sameNameInList' },
    ])
    await expect(app.db.transaction(other.system, (tx) => createCustomers(tx, rows))).rejects.toMatchObject({
      code: 'customers.usccCheckDigit',
    })
    const good = rows.filter((_, i) => i !== 7 && i !== 9)
    const ids = await app.db.transaction(other.system, (tx) => createCustomers(tx, good))
    expect(new Set(ids).size).toBe(1_998)
    const { total } = (await other.people.administrator.get('/api/customers')).body
    expect(total).toBe(1_998)
  })
})

describe('changing', () => {
  test('only what differs is saved and audited; the telephone number in short form', async () => {
    const id = await create('变更客户')
    expect((await change(id, { phone: '13912345678', name: '变更客户' })).status).toBe(200)
    const log = (await company.people.arAccountant.get(`/api/customers/${id}/changes`)).body.items
    expect(log[0]).toMatchObject({ action: 'customers.changed', before: { phone: null }, after: { phone: '*******5678' } })
    expect((await change(id, { phone: '13912345678' })).status).toBe(200)
    expect((await auditOf(id)).length).toBe(2)
  })
  test('a stale version is a conflict, and nothing changes', async () => {
    const id = await create('版本客户')
    await change(id, { industry: '机械' })
    const answer = await company.people.arAccountant.send('PATCH', `/api/customers/${id}`, { version: 1, changes: { industry: '电子' } })
    expect(answer).toMatchObject({ status: 409, body: { code: 'platform.staleVersion' } })
    expect((await read(id)).industry).toBe('机械')
  })
  test('two edits at once: one wins', async () => {
    const id = await create('并发客户')
    const answers = await Promise.all(
      ['甲', '乙'].map((industry) =>
        company.people.arAccountant.send('PATCH', `/api/customers/${id}`, { version: 1, changes: { industry } }),
      ),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
  })
  test('telephone and e-mail are shortened for who may not see them', async () => {
    const id = await create('隐私客户', {
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
    expect(await read(id)).toMatchObject({ phone: '13912345678' })
    expect(await read(id, company.people.salesperson)).toMatchObject({
      phone: '*******5678',
      email: 'z***@example.com',
      bankAccount: '********7890',
      sensitiveShown: false,
    })
    const contacts = await company.people.salesperson.get(`/api/customers/${id}/contacts`)
    expect(contacts.body.items).toMatchObject([{ name: '张会计', phone: '*******1111', email: 'a***@example.com' }])
  })
  test('a contact is changed and retired, never with its name in the audit log', async () => {
    const id = await create('联系人客户')
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
    const mine = await create('我的客户', {}, company.people.salesperson)
    const hers = await create('她的客户', { salespersonId: company.people.secondSalesperson.caller.actorId })
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
    const id = await create('租户客户')
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
    expect((await read(id)).name).toBe('租户客户')
  })
})

test('customers are handed over, many at once, each on the record', async () => {
  const ids = await Promise.all(
    ['交接一', '交接二'].map((name) => create(name, { salespersonId: company.people.salesperson.caller.actorId })),
  )
  const to = company.people.secondSalesperson.caller.actorId
  const body = { customers: ids.map((id) => ({ id, version: 1 })), salespersonId: to, moveReceivables: true, reason: '离职交接' }
  expect((await company.people.financeManager.post('/api/customers/hand-over', body)).status).toBe(201)
  for (const id of ids) {
    expect((await read(id)).salesperson.id).toBe(to)
    expect((await auditOf(id)).at(-1)).toEqual({ action: 'customers.handedOver' })
  }
  expect((await company.people.salesperson.get(`/api/customers/${ids[0]}`)).status).toBe(404)
})

describe('the list', () => {
  test('pages by keyset in every order without losing or repeating a row, with the total', async () => {
    for (const sort of ['name', 'code', 'open', 'overdue', 'recent']) {
      const seen: string[] = []
      let cursor = ''
      do {
        const page = (await other.people.administrator.get(`/api/customers?sort=${sort}&limit=200${cursor}`)).body
        expect(page.total).toBe(1_998)
        seen.push(...page.items.map((row: { id: string }) => row.id))
        cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : ''
      } while (cursor !== '')
      expect([sort, seen.length, new Set(seen).size]).toEqual([sort, 1_998, 1_998])
    }
  })
  test('finds by name however it is typed, by code, short name and tax id; wildcards are text', async () => {
    const id = await create('東莞市電氣(集團)有限公司', { shortName: '东莞电气', taxId: '330206123456789' })
    for (const q of ['东莞市电气', '莞电', '３３０２０６１２３', '东莞市电气（集团）']) {
      const found = (await company.people.auditor.get(`/api/customers?q=${encodeURIComponent(q.normalize('NFKC'))}`)).body.items
      expect([q, found.map((row: { id: string }) => row.id)]).toEqual([q, [id]])
    }
    expect((await company.people.auditor.get('/api/customers?q=%25')).body.total).toBe(0)
  })
  test('filters are combined, and unknown ones refused', async () => {
    const regionId = (await company.people.financeManager.post('/api/regions', { name: '华东' })).body.id
    const id = await create('筛选客户', { regionId, class: 'A', industry: '机械', tags: ['重点'] })
    const one = (
      await company.people.auditor.get(
        `/api/customers?regionId=${regionId}&class=A&class=B&industry=${encodeURIComponent('机械')}&tag=${encodeURIComponent('重点')}&hasOverdue=false&onHold=false`,
      )
    ).body
    expect(one).toMatchObject({ total: 1, open: '0.00', items: [{ id, region: { name: '华东' } }] })
    expect((await company.people.auditor.get('/api/customers?tenantId=1')).status).toBe(400)
    expect((await company.people.auditor.get('/api/customers?cursor=abc')).status).toBe(400)
  })
})

describe('periodic review', () => {
  test('a customer that was verified long ago is to be reviewed; saying so today ends it', async () => {
    const id = await create('复核客户')
    const mine = await create('复核任务', { salespersonId: company.people.salesperson.caller.actorId })
    const askTwice = async () => {
      for (let i = 0; i < 2; i += 1) await app.db.transaction(company.system, askForReviews)
    }
    const tasksOf = (customerId: string) =>
      app.db.read(company.system, (r) =>
        r.all(sql`select k.person_id, k.due_on from ar.tasks k where k.tenant_id = ${company.tenantId} and k.customer_id = ${customerId}`),
      )
    app.setNow('2028-01-05T02:00:00Z')
    const due = async () =>
      (await company.people.auditor.get('/api/customers?toReview=true&limit=200')).body.items.map((row: { id: string }) => row.id)
    expect(await due()).toContain(id)
    expect((await company.people.salesManager.post(`/api/customers/${id}/verification`, { version: 1 })).status).toBe(404)
    expect((await company.people.arAccountant.post(`/api/customers/${id}/verification`, { version: 1 })).status).toBe(201)
    expect(await due()).not.toContain(id)
    await askTwice()
    expect(await tasksOf(mine)).toEqual([{ personId: company.people.salesperson.caller.actorId, dueOn: '2028-01-19' }])
    expect(await tasksOf(id)).toEqual([])
    app.setNow('2026-11-21T02:00:00Z')
  })
})

test('the timeline shows notes and changes, newest day first, page by page', async () => {
  const id = await create('动态客户')
  for (const happenedOn of ['2026-11-01', '2026-11-03', '2026-11-02'])
    await company.people.collector.post(`/api/customers/${id}/notes`, { kind: 'call', text: happenedOn, happenedOn })
  expect(
    (await company.people.collector.post(`/api/customers/${id}/notes`, { kind: 'call', text: 'x', happenedOn: '2026-11-22' })).body.code,
  ).toBe('customers.noteInFuture')
  const first = (await company.people.collector.get(`/api/customers/${id}/timeline?limit=2`)).body
  const second = (await company.people.collector.get(`/api/customers/${id}/timeline?limit=2&cursor=${first.nextCursor}`)).body
  expect([...first.items, ...second.items].map((item) => item.text ?? item.what)).toEqual([
    'customers.created',
    '2026-11-03',
    '2026-11-02',
    '2026-11-01',
  ])
})
