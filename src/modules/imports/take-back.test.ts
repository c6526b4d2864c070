import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, type Reply, startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { received } from '../../../test/harness/receipts.ts'
import { upload } from '../../../test/harness/upload.ts'
import { undoImport } from './undo-import.command.ts'

let app: TestApp
let company: TestCompany
let accountant: Person
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  accountant = company.people.arAccountant
}, 60_000)
afterAll(() => app.close())

async function count(table: string, where = 'true'): Promise<number> {
  const found = await app.database.pool.query(`select count(*)::int as n from ar.${table} x where x.tenant_id = $1 and ${where}`, [
    company.tenantId,
  ])
  return found.rows[0].n
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
/** What ageing says on a day, without the day from which there are books at all. */
async function ageing(asOf: string): Promise<unknown> {
  const { firstOn: _, later: __, ...body } = (await accountant.get(`/api/ageing?asOf=${asOf}&by=customer`)).body
  expect(body.items).toBeDefined()
  return body
}

const OPEN_ITEMS = `客户名称,单据号,开票日期,到期日,余额
撤回甲公司,U1,2026-07-01,2026-08-01,1000.00
撤回乙公司,U2,2026-08-01,2026-09-01,2000.00
撤回乙公司,U3,2026-09-01,2026-10-01,-300.00
`

test('open items with a red row are taken back whole, on their own day, and the same file may come again', async () => {
  const before = await ageing('2026-10-31')
  const id = await imported('open.csv', OPEN_ITEMS, 'openItems', { createCustomers: true })
  expect(await progress(id)).toMatchObject({ status: 'done', imported: 3, refused: 0 })
  await expectBooksTrue(app, company)
  expect((await accountant.get(`/api/imports/${id}/undoing`)).body).toEqual({
    kept: true, receivables: 2, receipts: 1, orders: 0, products: 0, customers: 2, inTheWay: 0, documents: [],
  }) // biome-ignore format: one line a count
  const audited = await count('audit_log')
  expect((await takenBack(id)).status).toBe(201)
  expect(await progress(id)).toMatchObject({ status: 'undone' })
  expect(await count('receivables', "x.source_no like 'U%' and x.voided_on = '2026-10-31'")).toBe(2)
  expect(await count('receipts', "x.source_no = 'U3' and x.status = 'reversed'")).toBe(1)
  expect(await count('customers', "x.name like '撤回%' and x.status = 'disabled'")).toBe(2)
  expect(await count('audit_log')).toBe(audited + 5) // asked, receipts, receivables, customers, done
  expect(await ageing('2026-10-31')).toEqual(before)
  await expectBooksTrue(app, company)

  expect((await takenBack(id)).status).toBe(201)
  expect(await count('audit_log')).toBe(audited + 5)

  const again = await imported('open again.csv', OPEN_ITEMS, 'openItems', { createCustomers: true })
  expect(await progress(again)).toMatchObject({ status: 'done', imported: 3, refused: 0, already: 0 })
  expect(await count('customers', "x.name like '撤回%' and x.status = 'active'")).toBe(2)
  expect(await count('customers', "x.name like '撤回%'")).toBe(2)
  await expectBooksTrue(app, company)
}, 60_000)

test('money that has come since stands in the way, and is named; undone, the import goes', async () => {
  const id = await imported('paid.csv', '客户名称,单据号,开票日期,到期日,余额\n付了的公司,P1,2026-07-01,2026-08-01,100.00\n', 'openItems', {
    createCustomers: true,
  })
  const { customerId, receivableId } = (
    await app.database.pool.query(`select customer_id as "customerId", id as "receivableId" from ar.receivables where source_no = 'P1'`)
  ).rows[0]
  const receiptId = await received(company, { customerId, amount: '60.00' })
  const manager = company.people.financeManager
  const allocated = await manager.post('/api/allocations', { lines: [{ receiptId, receivableId, amount: '60.00' }] })
  expect(allocated.status, JSON.stringify(allocated.body)).toBeLessThan(300)

  const refused = await takenBack(id)
  expect(refused.status).toBe(409)
  expect(refused.body.code).toBe('imports.stillUsed')
  expect(refused.body.message).toMatch(/AR-2607-\d{4}/)
  expect(await progress(id)).toMatchObject({ status: 'done' })
  expect((await accountant.get(`/api/imports/${id}/undoing`)).body).toMatchObject({
    inTheWay: 1,
    documents: [{ entity: 'receivable', reason: 'undoPaid' }],
  })
  expect(await count('receivables', "x.source_no = 'P1' and x.voided_on is null")).toBe(1)

  const undone = await manager.post('/api/allocations/reversals', { receiptId, reason: 'test' })
  expect(undone.status, JSON.stringify(undone.body)).toBeLessThan(300)
  expect((await takenBack(id)).status).toBe(201)
  expect(await progress(id)).toMatchObject({ status: 'undone' })
  expect(await count('customers', "x.name = '付了的公司' and x.status = 'active'")).toBe(1) // its receipt is there
  await expectBooksTrue(app, company)
}, 60_000)

test('history with its payments is taken back on the days it happened', async () => {
  const before = [await ageing('2026-10-31'), await ageing('2026-03-31')]
  const content =
    '客户,发票号,开票日期,到期日,金额,收款日期\n历史公司,H1,2026-02-01,2026-03-01,500.00,2026-04-10\n历史公司,H2,2026-03-01,2026-04-01,700.00,\n'
  const id = await imported('history.csv', content, 'invoices', { createCustomers: true })
  expect(await progress(id)).toMatchObject({ status: 'done', imported: 2 })
  await takenBack(id)
  expect(await progress(id)).toMatchObject({ status: 'undone' })
  expect([await ageing('2026-10-31'), await ageing('2026-03-31')]).toEqual(before)
  expect(await count('receipts', "x.source_no = 'H1' and x.status = 'reversed'")).toBe(1)
  await expectBooksTrue(app, company)
}, 60_000)

test.each([
  [
    'openItems',
    '客户名称,单据号,开票日期,到期日,余额\n钥匙公司,K1,2026-07-01,2026-08-01,10.00\n',
    ['receivables.open', 'allocations.reverse', 'receipts.reverse'],
  ],
  ['receipts', '客户名称,到账日期,金额\n,2026-11-02,10.00\n', ['allocations.reverse', 'receipts.reverse']],
  ['customers', '客户名称,客户编码\n钥匙二公司,KEY2\n', ['customers.edit']],
  ['products', '产品编码,产品名称,单价,税率\nKEYP,钥匙,10,13%\n', ['products.edit']],
])(
  'who may import %s takes them back only with the rights to what that undoes',
  async (kind, content, needed) => {
    const id = await imported(`key-${kind}.csv`, content, kind, { createCustomers: true })
    for (const lacking of needed) {
      const narrow = { ...accountant.caller, permissions: new Set(['imports.run', ...needed.filter((one) => one !== lacking)]) }
      await expect(app.db.transaction(narrow, (tx) => undoImport(tx, id))).rejects.toMatchObject({
        code: 'people.mayNot',
        params: { permission: lacking },
      })
    }
    expect(await progress(id)).toMatchObject({ status: 'done' })
    expect((await takenBack(id)).status).toBe(201)
    expect(await progress(id)).toMatchObject({ status: 'undone' })
  },
  60_000,
)

test('customers, products and draft orders go too; an order that somebody has submitted does not', async () => {
  const customers = await imported('c.csv', '客户名称,客户编码,联系人,联系人电话\n撤单公司,TB1,张三,138\n没人用的公司,TB2,,\n', 'customers')
  const products = await imported('p.csv', '产品编码,产品名称,单价,税率\nTBP,撤回产品,10,13%\n', 'products')
  const orders = await imported('o.csv', '订单号,客户编码,订单日期,产品编码,数量\nTBO1,TB1,2026-11-01,TBP,3\n', 'orders')
  expect(await progress(orders)).toMatchObject({ status: 'done', imported: 1 })
  await takenBack(products)
  expect(await count('products', "x.code = 'TBP' and x.status = 'active'")).toBe(1) // an order names it
  await takenBack(orders)
  expect(await count('orders', "x.source_no = 'TBO1' and x.status = 'cancelled'")).toBe(1)
  await takenBack(customers)
  expect(await count('customers', "x.code in ('TB1', 'TB2') and x.status = 'disabled'")).toBe(2)
  const again = await imported('c2.csv', '客户名称,客户编码,简称\n撤单有限公司,TB1,撤单\n', 'customers')
  expect(await progress(again)).toMatchObject({ status: 'done', imported: 1, already: 0 })
  expect(await count('customers', "x.code = 'TB1' and x.status = 'active' and x.name = '撤单有限公司'")).toBe(1)
  await expectBooksTrue(app, company)
}, 60_000)
