import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { uuid } from '../../kernel/uuid.ts'
import { sql } from '../../platform/sql.ts'

let app: TestApp
let company: TestCompany
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
})
afterAll(() => app.close())

const create = async (name: string, more: object = {}): Promise<string> =>
  (await company.people.arAccountant.post('/api/customers', { name, acceptSimilar: true, ...more })).body.id
const read = async (id: string) => (await company.people.arAccountant.get(`/api/customers/${id}`)).body
const merge = (fromId: string, intoId: string, fromVersion = 1) =>
  company.people.arAccountant.post('/api/customers/merges', { fromId, fromVersion, intoId, reason: '同一家公司' })
const contactNames = async (id: string) =>
  (await company.people.arAccountant.get(`/api/customers/${id}/contacts`)).body.items
    .map((contact: { name: string }) => contact.name)
    .sort()

describe('suspected duplicates', () => {
  test('are pairs with reasons, found by key; a pair found to be two is not shown again', async () => {
    const [a, b, c] = [
      await create('宁波海晟精密机械有限公司', { taxId: '91350100M000100Y43' }),
      await create('宁波海晟精密机械股份有限公司', { phone: '0574-1' }),
      await create('寧波海晟精密機械有限公司', { phone: '0574-1' }),
    ]
    const pairs = async () => (await company.people.arAccountant.get('/api/customers/duplicates')).body
    const found = await pairs()
    expect(found.total).toBe(3)
    const reasons = new Map(
      found.items.map((pair: { a: { id: string }; b: { id: string }; reasons: string[] }) => [
        [pair.a.id, pair.b.id].sort().join(),
        pair.reasons,
      ]),
    )
    expect(reasons.get([a, c].sort().join())).toEqual(['sameName'])
    expect(reasons.get([a, b].sort().join())).toEqual(['similarName'])
    expect(reasons.get([b, c].sort().join())).toEqual(['similarName', 'samePhone'])
    await company.people.arAccountant.post('/api/customers/duplicates/dismissal', { aId: b, bId: a })
    expect((await pairs()).total).toBe(2)
    expect((await company.people.salesperson.get('/api/customers/duplicates')).status).toBe(403)
  })
})

describe('merging', () => {
  test('moves contacts, leads the way on, and is undone exactly', async () => {
    const [from, into] = [await create('旧客户'), await create('新客户')]
    await company.people.arAccountant.post(`/api/customers/${from}/contacts`, { name: '旧联系人' })
    await company.people.arAccountant.post(`/api/customers/${into}/contacts`, { name: '新联系人' })
    const merged = await merge(from, into)
    expect(merged.status).toBe(201)
    expect(await read(from)).toMatchObject({ status: 'merged', mergedInto: { id: into, name: '新客户' } })
    expect(await contactNames(into)).toEqual(['旧联系人', '新联系人'].sort())
    expect(
      (await company.people.arAccountant.get('/api/customers?q=旧客户'.replace('旧客户', encodeURIComponent('旧客户')))).body.total,
    ).toBe(0)
    expect((await merge(from, into, 2)).body.code).toBe('customers.isMerged')
    const [record] = (await company.people.arAccountant.get('/api/customers/merges')).body.items
    expect(record).toMatchObject({ id: merged.body.id, from: { name: '旧客户' }, undoneAt: null })
    expect((await company.people.arAccountant.post(`/api/customers/merges/${record.id}/undo`, { version: record.version })).status).toBe(
      201,
    )
    expect(await read(from)).toMatchObject({ status: 'active', mergedInto: null })
    expect(await contactNames(from)).toEqual(['旧联系人'])
    expect(await contactNames(into)).toEqual(['新联系人'])
    expect(
      (await company.people.arAccountant.post(`/api/customers/merges/${record.id}/undo`, { version: record.version + 1 })).status,
    ).toBe(409)
  })
  test('is refused where it would hide something', async () => {
    const [from, into] = [await create('有下级'), await create('目标')]
    const child = await create('下级', { parentId: from })
    expect((await merge(from, into)).body).toMatchObject({ code: 'customers.mergeHasMembers', params: { count: 1 } })
    expect((await merge(child, from)).body.code).toBe('customers.mergeIntoOwnGroup')
    expect((await merge(into, into)).body.code).toBe('customers.mergeWithItself')
    expect((await merge(into, uuid())).status).toBe(404)
    const receipt = {
      id: uuid(),
      entityId: company.entityId,
      customerId: into,
      currency: 'CNY',
      amount: 100n,
      amountBase: 100n,
      receivedOn: '2026-11-01',
      status: 'draft',
      createdBy: company.system.actorId,
    }
    await app.db.transaction(company.system, async (tx) => tx.insert('receipts', [receipt]))
    const owner = async () =>
      app.db.read(company.system, (reader) =>
        reader.one<{ customerId: string }>(
          sql`select r.customer_id from ar.receipts r where r.tenant_id = ${company.tenantId} and r.id = ${receipt.id}`,
        ),
      )
    const merged = await merge(into, child)
    expect(merged.status).toBe(201)
    expect((await owner()).customerId).toBe(child)
    expect((await company.people.arAccountant.post(`/api/customers/merges/${merged.body.id}/undo`, { version: 1 })).status).toBe(201)
    expect((await owner()).customerId).toBe(into)
  })
  test('a customer that was disabled before is disabled again when the merge is undone', async () => {
    const [from, into] = [await create('停用后合并'), await create('留下的')]
    await company.people.arAccountant.send('PATCH', `/api/customers/${from}`, { version: 1, changes: { status: 'disabled' } })
    const { id } = (await merge(from, into, 2)).body
    expect((await company.people.arAccountant.post(`/api/customers/merges/${id}/undo`, { version: 1 })).status).toBe(201)
    expect(await read(from)).toMatchObject({ status: 'disabled', mergedInto: null })
  })
  test('two merges of one customer at once: one wins', async () => {
    const [from, a, b] = [await create('并发合并'), await create('甲方'), await create('乙方')]
    const answers = await Promise.all([merge(from, a), merge(from, b)])
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1)
  })
})
