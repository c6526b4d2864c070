import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, type Reply, startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { upload } from '../../../test/harness/upload.ts'
import { createTerms } from '../terms/edit-terms.command.ts'
import { standardTermsSet } from '../terms/standard-terms.ts'
import { importRun, recentImports } from './import-runs.query.ts'
import { takeBackChunks, undoImport } from './undo-import.command.ts'

let app: TestApp
let company: TestCompany
let accountant: Person
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  accountant = company.people.arAccountant
  const terms = standardTermsSet.map(({ code, names, definition }) => ({ code, name: names['zh-CN']!, definition }))
  await app.db.transaction(company.system, (tx) => createTerms(tx, terms))
}, 60_000)
afterAll(() => app.close())

async function all<T = Record<string, unknown>>(text: string): Promise<T[]> {
  return (await app.database.pool.query(text)).rows
}

async function imported(name: string, content: string, kind: string, options: object = {}): Promise<string> {
  const { body } = await upload(accountant, app, { kind, name, content })
  await accountant.send('PUT', `/api/imports/${body.id}/mapping`, { options })
  const started = await accountant.post(`/api/imports/${body.id}/start`)
  expect(started.status, JSON.stringify(started.body)).toBe(201)
  await app.drain()
  return body.id
}

async function takenBack(id: string): Promise<Reply> {
  const answer = await accountant.post(`/api/imports/${id}/undoing`)
  await app.drain()
  return answer
}

const progress = async (id: string) => (await accountant.get(`/api/imports/${id}/progress`)).body
const openItem = (name: string, no: string) => `客户名称,单据号,开票日期,到期日,余额\n${name},${no},2026-07-01,2026-08-01,1000.00\n`

test('what has been taken back cannot be stopped or resumed, and taken back again it stays so', async () => {
  const content = openItem('停撤公司', 'K1')
  const id = await imported('k.csv', content, 'openItems', { createCustomers: true })
  const asked = await accountant.post(`/api/imports/${id}/undoing`)
  expect(asked.status).toBe(201)
  expect((await accountant.post(`/api/imports/${id}/cancellation`)).body.code).toBe('imports.ended')
  await app.drain()
  expect(await progress(id)).toMatchObject({ status: 'undone' })
  expect((await accountant.post(`/api/imports/${id}/cancellation`)).body.code).toBe('imports.ended')
  expect((await accountant.post(`/api/imports/${id}/resumption`)).body.code).toBe('imports.notStopped')
  expect((await takenBack(id)).status).toBe(201)
  expect(await progress(id)).toMatchObject({ status: 'undone' })
  expect(await progress(await imported('k again.csv', content, 'openItems', { createCustomers: true }))).toMatchObject({ imported: 1 })
}, 60_000)

test('a person who sees some customers only does not take back an import that brought others', async () => {
  const id = await imported('scope.csv', openItem('范围外公司', 'SC1'), 'openItems', { createCustomers: true })
  const scoped = { ...accountant.caller, scope: { kind: 'team' as const, salespeople: [company.people.salesperson.caller.actorId] } }
  await expect(app.db.transaction(scoped, (tx) => undoImport(tx, id))).rejects.toMatchObject({ code: 'platform.outOfScope' })
  await accountant.post(`/api/imports/${id}/undoing`)
  await takeBackChunks(app.db, scoped, id) // the scope was narrowed after it was asked for
  expect(await progress(id)).toMatchObject({ status: 'undoing' })
  expect(await all(`select voided_on from ar.receivables where source_no = 'SC1'`)).toEqual([{ voided_on: null }])
  await takenBack(id)
  expect(await progress(id)).toMatchObject({ status: 'undone' })
  await expectBooksTrue(app, company)
}, 60_000)

test('whoever sees some customers only is shown no file but the own: others name customers that are not theirs', async () => {
  const id = await imported('others.csv', openItem('别人的公司', 'OT1'), 'openItems', { createCustomers: true })
  const scope = { kind: 'team' as const, salespeople: [company.people.salesperson.caller.actorId] }
  const scoped = { ...company.people.secondAccountant.caller, scope }
  await expect(app.db.read(scoped, (reader) => importRun(reader, id))).rejects.toMatchObject({ code: 'platform.notFound' })
  await expect(app.db.transaction(scoped, (tx) => undoImport(tx, id))).rejects.toMatchObject({ code: 'platform.notFound' })
  expect(await app.db.read(scoped, (reader) => recentImports(reader))).toEqual([])
  expect((await app.db.read({ ...accountant.caller, scope }, (reader) => recentImports(reader))).map((run) => run.id)).toContain(id)
  expect((await company.people.secondAccountant.get(`/api/imports/${id}`)).status).toBe(200)
}, 60_000)

test('customers come again as the corrected file says: salesperson, terms, contacts and the limit that waited', async () => {
  const people = await all<{ id: string; name: string }>(
    `select id, name from ar.people where tenant_id = ${company.tenantId} and role = 'salesperson' order by name`,
  )
  const file = (person: string, terms: string, limit: string, contact: string) =>
    `客户名称,客户编码,业务员,付款条件,信用额度,联系人\n再来公司,AG1,${person},${terms},${limit},${contact}\n`
  const id = await imported('ag1.csv', file(people[0]!.name, 'NET30', '1000', '张三'), 'customers')
  expect(await progress(id)).toMatchObject({ imported: 1 })
  const pending = `select l.status, l.limit_base::int as limit from ar.credit_limits l join ar.customers c on c.id = l.customer_id where c.code = 'AG1' order by l.created_at, l.id`
  expect(await all(pending)).toEqual([{ status: 'pending', limit: 100_000 }])
  await takenBack(id)
  expect(await progress(id)).toMatchObject({ status: 'undone' })
  expect(await all(pending)).toEqual([{ status: 'rejected', limit: 100_000 }])
  const again = await imported('ag2.csv', file(people[1]!.name, 'NET60', '2000', '李四'), 'customers')
  expect(await progress(again)).toMatchObject({ status: 'done', imported: 1, refused: 0 })
  expect(
    await all(
      `select c.salesperson_id as person, t.code as terms, c.status from ar.customers c join ar.payment_terms t on t.id = c.terms_id where c.code = 'AG1'`,
    ),
  ).toEqual([{ person: people[1]!.id, terms: 'NET60', status: 'active' }])
  expect(await all(pending)).toEqual([
    { status: 'rejected', limit: 100_000 },
    { status: 'pending', limit: 200_000 },
  ])
  expect(
    (
      await all<{ name: string }>(
        `select k.name from ar.customer_contacts k join ar.customers c on c.id = k.customer_id where c.code = 'AG1'`,
      )
    )
      .map((one) => one.name)
      .sort(),
  ).toEqual(['张三', '李四'].sort())
  await expectBooksTrue(app, company)
}, 60_000)

test('products come again as the corrected file says; one that a person has disabled does not', async () => {
  const file = (price: string) => `产品编码,产品名称,单价,税率\nAGP,再来产品,${price},13%\n`
  const id = await imported('agp.csv', file('10'), 'products')
  await takenBack(id)
  expect(await all(`select status from ar.products where code = 'AGP'`)).toEqual([{ status: 'disabled' }])
  const again = await imported('agp2.csv', file('12'), 'products')
  expect(await progress(again)).toMatchObject({ status: 'done', imported: 1, already: 0 })
  expect(await all(`select status, price::int as price from ar.products where code = 'AGP'`)).toEqual([{ status: 'active', price: 12 }])
  const other = await imported('dis.csv', '产品编码,产品名称,单价,税率\nAGQ,停用产品,10,13%\n', 'products')
  expect(await progress(other)).toMatchObject({ imported: 1 })
  await all(`update ar.products set status = 'disabled' where code = 'AGQ'`)
  const third = await imported('dis2.csv', '产品编码,产品名称,单价,税率\nAGQ,停用产品,11,13%\n', 'products')
  expect(await progress(third)).toMatchObject({ imported: 0, already: 1 })
}, 60_000)
