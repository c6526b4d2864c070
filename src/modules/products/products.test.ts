import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { sql } from '../../platform/sql.ts'
import { createProducts } from './save-products.command.ts'

let app: TestApp
let company: TestCompany
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
})
afterAll(() => app.close())
const add = (body: object) => company.people.arAccountant.post('/api/products', { name: '主轴轴承组', ...body })

test('a product is added with its defaults, read, changed and disabled; an old version is refused', async () => {
  const { id } = (await add({ code: 'HS-7012AC', unit: '套', price: '8200.123456' })).body
  const { arAccountant, salesperson } = company.people
  const product = (await salesperson.get(`/api/products/${id}`)).body
  expect(product).toMatchObject({
    code: 'HS-7012AC',
    price: '8200.123456',
    currency: 'CNY',
    vatRate: '0.13',
    priceIncludesTax: true,
    status: 'active',
    version: 1,
  })
  const { id: _, status: __, ...fields } = product
  expect((await arAccountant.send('PUT', `/api/products/${id}`, { ...fields, name: '轴承', vatRate: '0' })).status).toBe(200)
  expect((await arAccountant.send('PUT', `/api/products/${id}`, fields)).body.code).toBe('platform.staleVersion')
  expect((await arAccountant.send('PUT', `/api/products/${id}/status`, { version: 2, status: 'disabled' })).status).toBe(200)
  expect((await arAccountant.get('/api/products/suggestions?q=HS')).body.items).toEqual([])
  expect((await arAccountant.get('/api/products?status=disabled')).body.items[0]).toMatchObject({ name: '轴承', vatRate: '0', version: 3 })
  expect((await salesperson.post('/api/products', { code: 'x', name: 'x' })).status).toBe(403)
  const audited = await app.db.read(arAccountant.caller, (reader) =>
    reader.all<{ action: string }>(
      sql`select l.action from ar.audit_log l where l.tenant_id = ${company.tenantId} and l.entity_id = ${id} order by l.id`,
    ),
  )
  expect(audited.map(({ action }) => action)).toEqual(['products.created', 'products.edited', 'products.disabled'])
})

test.each([
  ['a code that is taken', { code: 'HS-7012AC' }, 'code'],
  ['seven decimals', { code: 'a', price: '1.1234567' }, 'price'],
  ['a negative price', { code: 'a', price: '-1' }, 'price'],
  ['minus zero', { code: 'a', price: '-0' }, 'price'],
  ['an exponent', { code: 'a', price: '1e5' }, 'price'],
  ['full-width digits', { code: 'a', price: '１２' }, 'price'],
  ['a VAT rate of 100 %', { code: 'a', vatRate: '1' }, 'vatRate'],
  ['a negative VAT rate', { code: 'a', vatRate: '-0.13' }, 'vatRate'],
  ['an unknown currency', { code: 'a', currency: 'XXQ' }, 'currency'],
  ['no code', { code: ' ' }, 'code'],
  ['a status of its own', { code: 'a', status: 'disabled' }, 'status'],
  ['an id of its own', { code: 'a', id: crypto.randomUUID() }, 'id'],
  ['another tenant', { code: 'a', tenantId: 1 }, 'tenantId'],
])('refused, with its field: %s', async (_, body, path) => {
  const answer = await add(body)
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.body.issues.map((issue: { path: string }) => issue.path)).toEqual([path])
})

test('twenty thousand products: codes by prefix and names by any part are found quickly, in pages', async () => {
  const { caller } = company.people.arAccountant
  for (let chunk = 0; chunk < 4; chunk++) {
    const products = Array.from({ length: 5_000 }, (_, i) => ({
      code: `P-${String(chunk * 5_000 + i).padStart(6, '0')}`,
      name: `产品 ${chunk * 5_000 + i} 轴承_100%`,
      unit: '件',
      price: '1',
      currency: 'CNY',
      priceIncludesTax: true,
      vatRate: '0.13',
      category: null,
    }))
    await app.db.transaction(caller, (tx) => createProducts(tx, products))
  }
  const found = (await company.people.salesperson.get('/api/products?q=p-0199&limit=20')).body
  expect(found.total).toBe(100)
  expect(found.items).toHaveLength(20)
  const next = (await company.people.salesperson.get(`/api/products?q=p-0199&limit=20&cursor=${found.nextCursor}`)).body
  expect(next.items[0].code).toBe('P-019920')
  expect((await company.people.salesperson.get(`/api/products/suggestions?q=${encodeURIComponent('产品 19999')}`)).body.items).toHaveLength(
    1,
  )
  expect((await company.people.salesperson.get(`/api/products?q=${encodeURIComponent('_100%')}&limit=1`)).body.total).toBe(20_000)
  await expect(
    app.db.transaction(caller, (tx) =>
      createProducts(tx, [
        { code: 'P-000001', name: 'x', unit: '', price: null, currency: 'CNY', priceIncludesTax: true, vatRate: '0.13', category: null },
      ]),
    ),
  ).rejects.toMatchObject({ code: 'products.wrong' })
})

test('another company’s product is not there', async () => {
  const other = await app.company('other')
  const { id } = (await add({ code: 'mine' })).body
  expect((await other.people.administrator.get(`/api/products/${id}`)).status).toBe(404)
  expect((await other.people.administrator.send('PUT', `/api/products/${id}/status`, { version: 1, status: 'disabled' })).status).toBe(404)
})
