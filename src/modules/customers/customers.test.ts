import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { actionsOn, create, read } from '../../../test/harness/customers.ts'
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

const auditOf = (id: string) => actionsOn(app, company, id)
const accountOf = (id: string) =>
  app.db.read(company.system, (r) =>
    r.all(
      sql`select a.ancestors::text as path, a.orders_base from ar.credit_accounts a where a.tenant_id = ${company.tenantId} and a.customer_id = ${id}`,
    ),
  )

describe('creating', () => {
  test('gives a code, a credit account and one audit entry', async () => {
    const id = await create(company, '苏州恒远自动化设备有限公司', { taxId: '91350100m000100y43', tags: ['A', 'A', 'B'] })
    const customer = await read(company, id)
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
  test('its reminders are in the language of the company, unless another one is chosen', async () => {
    const english = await app.company('Jiangnan Textiles')
    await app.database.pool.query(`update ar.tenants set language = 'en' where tenant_id = $1`, [english.tenantId])
    const [usual, chosen] = [await create(english, 'Harbour Pumps Ltd'), await create(english, '海港泵业', { language: 'zh-TW' })]
    expect([(await read(english, usual)).language, (await read(english, chosen)).language]).toEqual(['en', 'zh-TW'])
  })
  test('passes over a number whose code somebody has typed', async () => {
    await create(company, '手工编码客户', { code: 'C-00003' })
    const second = await create(company, '自动编码二')
    const third = await create(company, '自动编码三')
    expect([(await read(company, second)).code, (await read(company, third)).code]).toEqual(['C-00002', 'C-00004'])
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
    await create(company, '苏州恒远自动化设备有限公司', { acceptSimilar: true })
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
    const id = await create(company, '東莞市電氣(集團)有限公司', { shortName: '东莞电气', taxId: '330206123456789' })
    for (const q of ['东莞市电气', '莞电', '３３０２０６１２３', '东莞市电气（集团）']) {
      const found = (await company.people.auditor.get(`/api/customers?q=${encodeURIComponent(q.normalize('NFKC'))}`)).body.items
      expect([q, found.map((row: { id: string }) => row.id)]).toEqual([q, [id]])
    }
    expect((await company.people.auditor.get('/api/customers?q=%25')).body.total).toBe(0)
  })
  test('filters are combined, and unknown ones refused', async () => {
    const regionId = (await company.people.financeManager.post('/api/regions', { name: '华东' })).body.id
    const id = await create(company, '筛选客户', { regionId, class: 'A', industry: '机械', tags: ['重点'] })
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
    const id = await create(company, '复核客户')
    const mine = await create(company, '复核任务', { salespersonId: company.people.salesperson.caller.actorId })
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
  const id = await create(company, '动态客户')
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
