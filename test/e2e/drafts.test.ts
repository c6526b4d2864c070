import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Chromium, openChromium } from '../harness/chromium.ts'
import { type RunningProgram, startProgram } from '../harness/program.ts'
import { ensureWebApp } from '../harness/web-app.ts'
import { type Hand, hand, step } from './hand.ts'

/** What 王敏 typed and did not save: there after a reload, not saved twice after a lost answer, gone when it is saved and when she signs out. */
let program: RunningProgram
let browser: Chromium
let wang: Hand
const request = (method: 'get' | 'post', path: string, data?: object) =>
  browser.context.request[method](program.address + path, {
    headers: { 'x-huikuan': 'web', 'idempotency-key': crypto.randomUUID() },
    ...(data ? { data } : {}),
  })
const drafts = () => wang.page.evaluate(() => Object.keys(window.localStorage).filter((name) => name.startsWith('huikuan.draft.')).length)
const PASSWORD = 'tin lamp river 7'
const OFFER = '上次未完成的草稿'

beforeAll(async () => {
  ensureWebApp()
  program = await startProgram()
  browser = await openChromium()
  wang = hand(browser.context.pages()[0]!)
  const founded = await request('post', '/api/setup', {
    token: new URLSearchParams(new URL(program.setUpLink).hash.slice(1)).get('token'),
    companyName: '宁波海晟泵业有限公司',
    baseCurrency: 'CNY',
    timeZone: 'Asia/Shanghai',
    language: 'zh-CN',
    name: '王敏',
    email: 'wang@haisheng.example',
    password: PASSWORD,
  })
  expect(founded.ok()).toBe(true)
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await program?.stop()
})

/** Two approved orders of the same customer reference, of nine and of five pumps. */
async function twoOrders(): Promise<string[]> {
  const json = async (method: 'get' | 'post', path: string, data?: object) => (await request(method, path, data)).json()
  const [customer] = (await json('get', '/api/customers')).items
  const [terms] = (await json('get', '/api/terms')).items
  const { id: productId } = await json('post', '/api/products', {
    code: 'P-1',
    name: '离心泵',
    unit: '台',
    price: '113.00',
    vatRate: '0.13',
  })
  const { company, person } = await json('get', '/api/session')
  const ids: string[] = []
  for (const quantity of ['9', '5']) {
    const draft = {
      customerId: customer.id,
      salespersonId: person.id,
      termsId: terms.id,
      deliveryOn: company.today,
      customerReference: 'PO-7',
      lines: [{ productId, quantity }],
    }
    ids.push((await json('post', '/api/orders', draft)).id)
  }
  await json('post', '/api/orders/submissions', { orders: ids.map((id) => ({ id, version: 1 })) })
  return ids
}

async function signInAsChen(): Promise<void> {
  const { link } = await (
    await request('post', '/api/people', {
      name: '陈静',
      email: 'chen@haisheng.example',
      phone: null,
      language: 'zh-CN',
      role: 'administrator',
      dataScope: 'all',
      teamId: null,
    })
  ).json()
  const token = new URL(link).pathname.split('/').at(-1)
  await request('post', `/api/invitations/${token}/acceptance`, { name: '陈静', password: PASSWORD, language: 'zh-CN' })
  expect((await request('post', '/api/sign-in', { email: 'chen@haisheng.example', password: PASSWORD })).ok()).toBe(true)
}

// oxlint-disable-next-line vitest/valid-title -- the title stands where the step is told
const walk = (name: string, act: () => Promise<void>) => test(name, () => step(name, browser.context.pages(), act), 90_000)

describe('drafts of forms', { sequential: true }, () => {
  walk('a customer half typed is offered after a reload', async () => {
    await wang.page.goto(`${program.address}/customers/new`)
    await wang.heading('新建客户')
    await wang.field('名称').fill('宁波甬江机电有限公司')
    await wang.page.reload()
    await wang.sees(OFFER)
    expect(await wang.field('名称').inputValue()).toBe('')
    await wang.press('恢复')
    expect(await wang.field('名称').inputValue()).toBe('宁波甬江机电有限公司')
  })

  walk('a save whose answer is lost is not saved twice after a reload', async () => {
    await browser.context.route('**/api/customers', async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      await route.fetch()
      return route.abort()
    })
    await wang.press(/^保存/)
    await wang.sees('内容已保留')
    await browser.context.unroute('**/api/customers')
    await wang.page.reload()
    await wang.sees('那次保存没有收到回应')
    await wang.press('恢复')
    await wang.press(/^保存/)
    await wang.heading(/宁波甬江机电有限公司/)
    expect((await (await request('get', '/api/customers')).json()).total).toBe(1)
    expect(await drafts()).toBe(0)
  })

  walk('an order and a receipt half typed are offered, each in its own form; thrown away they are gone', async () => {
    await wang.page.goto(`${program.address}/orders/new`)
    await wang.type('客户订单号', 'PO-88213')
    await wang.page.goto(`${program.address}/receipts/new`)
    await wang.type('金额', '90000')
    await wang.page.goto(`${program.address}/orders/new`)
    await wang.press('恢复')
    expect(await wang.field('客户订单号').inputValue()).toBe('PO-88213')
    await wang.page.goto(`${program.address}/receipts/new`)
    await wang.sees(OFFER)
    expect(await drafts()).toBe(2)
    await wang.press('丢弃')
    await wang.page.getByText(OFFER).waitFor({ state: 'hidden' })
    expect(await drafts()).toBe(1)
  })

  walk('what was typed for one order is not there for the next, and keys pressed in a dialog are for the dialog', async () => {
    const [first = '', second = ''] = await twoOrders()
    const now = wang.field('本次发货 离心泵')
    const other = () => wang.follow(/^SO-/, wang.page.locator('.order-notes'))
    await wang.page.goto(`${program.address}/orders/${second}`)
    await other() // within the app, so that both answers are kept
    await wang.page.waitForURL(new RegExp(first))
    await now.fill('1')
    await other()
    await wang.page.waitForURL(new RegExp(second))
    expect(await now.inputValue()).toBe('5')
    await wang.press('取消订单')
    const dialog = wang.page.getByRole('dialog')
    await wang.type('原因', '客户改了主意', dialog)
    await wang.page.keyboard.press('Control+Enter')
    await wang.press('取消订单', dialog)
    await dialog.waitFor({ state: 'hidden' })
    expect(await (await request('get', `/api/orders/${second}`)).json()).toMatchObject({ status: 'cancelled', deliveredOn: null })
  })

  walk('a window that was opened by one person does nothing for the next', async () => {
    await wang.page.goto(`${program.address}/customers/new`)
    await wang.type('名称', '别人的客户')
    await signInAsChen()
    await wang.press(/^保存/)
    await wang.sees(/陈静/)
    expect((await (await request('get', '/api/customers')).json()).total).toBe(1)
    await request('post', '/api/sign-in', { email: 'wang@haisheng.example', password: PASSWORD })
  })

  walk('signing out leaves nothing behind, in no other window either', async () => {
    await wang.page.goto(`${program.address}/customers`)
    const other = hand(await browser.context.newPage())
    await other.page.goto(`${program.address}/orders/new`)
    await other.type('客户订单号', 'PO-88214')
    await wang.press(/王敏/)
    await wang.page.getByText('退出登录').click()
    await wang.page.waitForURL(/sign-in/)
    await other.page.waitForURL(/sign-in/, { timeout: 10_000 })
    expect(await drafts()).toBe(0)
    expect(wang.complaints.filter((said) => !/ERR_FAILED|status of (401|409)/.test(said))).toEqual([])
  })
})
