import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, type Reply, startTestApp, type TestApp, type TestCompany } from '../../../test/harness/app.ts'
import { expectBooksTrue } from '../../../test/harness/books.ts'
import { upload } from '../../../test/harness/upload.ts'
import { lookAfter } from '../../platform/daily-clock.ts'
import { jobCallers } from '../people/caller.query.ts'
import { runImport } from './run-import.command.ts'
import { runImports } from './run-import.job.ts'

let app: TestApp
let company: TestCompany
let accountant: Person
beforeAll(async () => {
  app = await startTestApp()
  company = await app.company()
  accountant = company.people.arAccountant
}, 60_000)
afterAll(() => app.close())

async function rows(table: string): Promise<number> {
  const found = await app.database.pool.query(`select count(*)::int as n from ar.${table} where tenant_id = $1`, [company.tenantId])
  return found.rows[0].n
}

async function started(
  name: string,
  content: string,
  kind: string,
  options: object = {},
): Promise<{ id: string; check: Reply['body']; run: Reply['body'] }> {
  const { body } = await upload(accountant, app, { kind, name, content })
  expect(body, JSON.stringify(body)).toHaveProperty('id')
  await accountant.send('PUT', `/api/imports/${body.id}/mapping`, { options })
  const check = (await accountant.get(`/api/imports/${body.id}/check`)).body
  const start = await accountant.post(`/api/imports/${body.id}/start`)
  expect(start.status, JSON.stringify(start.body)).toBe(201)
  await app.drain()
  return { id: body.id, check, run: (await accountant.get(`/api/imports/${body.id}/progress`)).body }
}

test('open items of an old system: mapped by their headers, judged, tied out, booked', async () => {
  const text = `应收余额表,,,,,,,,
打印日期 2026-10-31,,,,,,,,
客户名称,单据号,开票日期,到期日,价税合计,余额,币别,业务员,打印批次
苏州恒远自动化设备有限公司,XS1,2026/7/30,2026/7/31,"280,000.00元","280,000.00",人民币,salesperson,转老系统
浙江普利达电机股份有限公司,XS2,2026/8/2,2026/9/30,"412,000.00","212,000.00",人民币,nobody,
杭州精测仪器,XS3,2026/8/2,2026/9/30,"62,000.00","82,000.00",人民币,,
HERION GMBH,XS4,2026/8/11,2026/10/10,"48,200.00","48,200.00",美元?,,
苏州恒远自动化设备有限公司,XS1,2026/8/12,2026/9/30,"1,000.00","1,000.00",人民币,,
天津滨海轨道,XS6,2026/2/30,2026/9/30,"76,820.00","76,820.00",人民币,,
`
  const { id, check, run } = await started('应收余额表_20261031.csv', text, 'openItems', { createCustomers: true })
  const view = (await accountant.get(`/api/imports/${id}`)).body
  expect(view.headerLine).toBe(3)
  expect(view.columns.map((column: { field: string }) => column.field)).toEqual([
    'customer',
    'sourceNo',
    'issuedOn',
    'dueOn',
    'amount',
    'open',
    'currency',
    'salesperson',
    null,
  ])
  expect(
    check.refusedRows.map((row: { line: number; findings: { message: string }[] }) => `${row.line} ${row.findings[0]!.message}`),
  ).toEqual(['6 原金额不能小于未收余额', '7 币种“美元?”不认识。', '8 “XS1”与第 4 行重复。', '9 “2026/2/30”这一天不存在。'])
  expect(check).toMatchObject({ rows: 6, accepted: 2, refused: 4, newCustomers: expect.any(Number) })
  expect(check.totals[0]).toMatchObject({ currency: 'CNY', toImport: '492000.00', difference: '0.00' })
  expect(run).toMatchObject({ status: 'done', imported: 2, refused: 4, done: 6 })
  expect(await rows('receivables')).toBe(2)
  await expectBooksTrue(app, company)
  const refused = await accountant.get(`/api/imports/${id}/refused.xlsx`)
  expect(refused.status).toBe(200)
  expect(refused.raw.subarray(0, 2).toString()).toBe('PK')
})

test('a worker that dies between two chunks is followed by another: no gap, no double', async () => {
  const lines = Array.from({ length: 6_000 }, (_, at) => `客户${at % 50},R${at},2026-01-01,2026-02-01,${at + 1}.00`)
  const content = `客户,单据号,开票日期,到期日,金额\n${lines.join('\n')}\n客户1,R5,2026-01-01,2026-02-01,7.00\n`
  const before = await rows('receivables')
  const { body } = await upload(accountant, app, { kind: 'openItems', name: 'large.csv', content })
  await accountant.send('PUT', `/api/imports/${body.id}/mapping`, { options: { createCustomers: true } })
  await accountant.post(`/api/imports/${body.id}/start`)
  let chunks = 0
  const dying: typeof app.db = {
    ...app.db,
    transaction: (caller, work) => (++chunks === 2 ? Promise.reject(new Error('killed')) : app.db.transaction(caller, work)),
  }
  await expect(runImport(dying, accountant.caller, body.id)).rejects.toThrow('killed')
  expect((await accountant.get(`/api/imports/${body.id}/progress`)).body).toMatchObject({ status: 'running', done: 2_500, imported: 2_500 })
  expect(await rows('receivables')).toBe(before + 2_500)
  await app.drain()
  const after = (await accountant.get(`/api/imports/${body.id}/progress`)).body
  expect(after).toMatchObject({ status: 'done', imported: 6_000, refused: 1, done: 6_001 })
  expect(after.totals[0]).toMatchObject({ toImport: '18003000.00', refused: '7.00', difference: '0.00' })
  expect(await rows('receivables')).toBe(before + 6_000)
  await expectBooksTrue(app, company)
}, 60_000)

test('the clock takes up what a killed worker left: its job stays locked, another brings the rest in', async () => {
  const lines = Array.from({ length: 6_000 }, (_, at) => `客户${at % 50},K${at},2026-01-01,2026-02-01,1.00`)
  const content = `客户,单据号,开票日期,到期日,金额\n${lines.join('\n')}\n`
  const { body } = await upload(accountant, app, { kind: 'openItems', name: 'killed.csv', content })
  await accountant.send('PUT', `/api/imports/${body.id}/mapping`, { options: { createCustomers: true } })
  await accountant.post(`/api/imports/${body.id}/start`)
  let chunks = 0
  const dying: typeof app.db = {
    ...app.db,
    transaction: (caller, work) => (++chunks === 2 ? Promise.reject(new Error('killed')) : app.db.transaction(caller, work)),
  }
  await expect(runImport(dying, accountant.caller, body.id)).rejects.toThrow('killed')
  await app.database.pool.query(`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'a dead worker'`)
  const progress = async () => (await accountant.get(`/api/imports/${body.id}/progress`)).body
  await lookAfter(app.db, company.system, [runImports])
  await app.drain()
  expect(await progress()).toMatchObject({ status: 'running', imported: 2_500 })
  app.setNow('2026-11-21T02:10:00Z')
  await lookAfter(app.db, company.system, [runImports])
  await app.drain()
  expect(await progress()).toMatchObject({ status: 'done', imported: 6_000 })
  await expectBooksTrue(app, company)
}, 60_000)

test('cancelled between two chunks: what was saved stays, the rest waits, and resuming brings it in', async () => {
  const lines = Array.from({ length: 6_000 }, (_, at) => `客户${at % 50},S${at},2026-01-01,2026-02-01,1.00`)
  const { body } = await upload(accountant, app, {
    kind: 'openItems',
    name: 'stop.csv',
    content: `客户,单据号,开票日期,到期日,金额\n${lines.join('\n')}\n`,
  })
  await accountant.post(`/api/imports/${body.id}/start`)
  let chunks = 0
  const cancelling: typeof app.db = {
    ...app.db,
    transaction: async (caller, work) => {
      if (++chunks === 2) expect((await accountant.post(`/api/imports/${body.id}/cancellation`)).status).toBe(201)
      return app.db.transaction(caller, work)
    },
  }
  await runImport(cancelling, accountant.caller, body.id)
  expect((await accountant.get(`/api/imports/${body.id}/progress`)).body).toMatchObject({ status: 'cancelled', imported: 2_500 })
  expect((await accountant.post(`/api/imports/${body.id}/resumption`)).status).toBe(201)
  await app.drain()
  expect((await accountant.get(`/api/imports/${body.id}/progress`)).body).toMatchObject({ status: 'done', imported: 6_000 })
}, 60_000)

test('T23: who has left, or may no longer import, since it was started brings nothing in', async () => {
  const before = await rows('receivables')
  const text = (no: string) => `客户,单据号,开票日期,到期日,金额\n客户1,${no},2026-01-01,2026-02-01,5.00\n`
  const left = jobCallers(app.db, async () => company.system)
  for (const caller of [company.people.salesperson.caller, await left(company.tenantId, undefined)]) {
    const { body } = await upload(accountant, app, { kind: 'openItems', name: 'left.csv', content: text(`L${caller.role}`) })
    expect((await accountant.post(`/api/imports/${body.id}/start`)).status).toBe(201)
    await runImport(app.db, caller, body.id)
    const { status, imported, message } = (await accountant.get(`/api/imports/${body.id}/progress`)).body
    expect([status, imported, message]).toEqual(['failed', 0, expect.stringMatching(/权限|许可|不能/)])
  }
  expect(await rows('receivables')).toBe(before)
})

test('all or nothing: with one refused row nothing comes in; without it everything does', async () => {
  const before = await rows('receivables')
  const text = '客户,单据号,开票日期,到期日,金额\n客户1,W1,2026-01-01,2026-02-01,5.00\n客户1,W2,2026-02-31,2026-02-01,5.00\n'
  const { run } = await started('whole.csv', text, 'openItems', { wholeOnly: true })
  expect(run).toMatchObject({ status: 'failed', imported: 0 })
  expect(run.message).toContain('一行也没有导入')
  expect(await rows('receivables')).toBe(before)
})

test('products, orders and receipts, also in GB18030; what came in before is left out the second time', async () => {
  const products = await started('p.csv', '存货编码,存货名称,计量单位,售价,税率\nP1,轴承,个,8200,13%\nP2,电机,台,100.5,\n', 'products')
  expect(products.run).toMatchObject({ status: 'done', imported: 2 })
  const orders =
    '销售订单号,客户,订单日期,物料编码,数量,含税单价\nSO1,客户1,2026-11-01,P1,2,8200\nSO1,客户1,2026-11-01,P2,1,\nSO2,客户2,2026-11-02,P9,1,1\n'
  const brought = await started('o.csv', orders, 'orders')
  expect(brought.check.refusedRows.map((row: { line: number }) => row.line)).toEqual([4])
  expect(brought.run).toMatchObject({ status: 'done', imported: 2, refused: 1 })
  expect(await rows('orders')).toBe(1)
  expect(brought.run.totals[0]).toMatchObject({ toImport: '16500.50' })
  const receipts =
    '到账日期,客户,贷方金额,交易流水号,附言\n2026/11/02,客户1,"1,000.00",T1,货款\n2026/11/02,,20.00,T2,\n2027/01/01,客户1,5.00,T3,\n'
  const money = await started('r.csv', receipts, 'receipts')
  expect(money.run).toMatchObject({ status: 'done', imported: 2, refused: 1 })
  expect(
    (
      await app.database.pool.query(
        `select status, customer_id is null as unidentified from ar.receipts where tenant_id = $1 order by source_no`,
        [company.tenantId],
      )
    ).rows,
  ).toEqual([
    { status: 'draft', unidentified: false },
    { status: 'draft', unidentified: true },
  ])
  const twice = await started('r2.csv', `${receipts}2026/11/03,客户1,6.00,T4,\n`, 'receipts')
  expect(twice.run).toMatchObject({ status: 'done', imported: 1, already: 2, refused: 1 })
  const gb18030 = Buffer.concat([
    Buffer.from('bfcdbba7b1e0c2eb2c', 'hex'),
    Buffer.from('bfcdbba7c3fbb3c60a', 'hex'),
    Buffer.from('4731392cbcd7b9abcbbe0a', 'hex'),
  ]) // 客户编码,客户名称 / G19,甲公司
  const { body } = await upload(accountant, app, { kind: 'customers', name: 'gb.csv', content: gb18030 })
  const view = (await accountant.get(`/api/imports/${body.id}`)).body
  expect([view.encoding, view.preview[0].cells.map((cell: { text: string }) => cell.text)]).toEqual(['gb18030', ['G19', '甲公司']])
})
