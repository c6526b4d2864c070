import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Visitor, visitor } from '../../scripts/screens/visitor.ts'
import { type Chromium, openChromium } from '../harness/chromium.ts'
import { type RunningProgram, startProgram } from '../harness/program.ts'
import { ensureWebApp } from '../harness/web-app.ts'
import { type Hand, hand, read, step } from './hand.ts'

/**
 * Dunning by hand in a real Chromium: 王敏, who works alone, changes the ladder, tries it on history, publishes it, looks whom today's run would remind, runs it, and finds
 * the case and the message that stays in the outbox.
 */
const PUMPS = '宁波甬江机电有限公司'
const VALVES = '苏州恒泰设备股份有限公司'
const DAY_MS = 86_400_000

let program: RunningProgram
let browser: Chromium
let api: Visitor
let wang: Hand
let today: string
const dayOf = (offset: number) => new Date(Date.parse(today) + offset * DAY_MS).toISOString().slice(0, 10)

beforeAll(async () => {
  ensureWebApp()
  program = await startProgram()
  api = visitor(program.address)
  await company()
  browser = await openChromium()
  wang = hand(browser.context.pages()[0]!)
  const cookies = api.cookie().split('; ').map((pair) => pair.split(/=(.*)/s)) // biome-ignore format: one line
  await browser.context.addCookies(cookies.map(([name = '', value = '']) => ({ name, value, url: program.address })))
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await program?.stop()
})

/** Two customers who owe for a long time, one of whom can be written to; today is a working day. */
async function company(): Promise<void> {
  const token = new URLSearchParams(new URL(program.setUpLink).hash.slice(1)).get('token')!
  const person = { name: '王敏', email: 'wang@haisheng.example', password: 'tin lamp river 7' }
  await api.post('/api/setup', { token, companyName: '宁波海晟泵业有限公司', baseCurrency: 'CNY', timeZone: 'Asia/Shanghai', language: 'zh-CN', ...person }) // biome-ignore format: one call
  const { version } = await api.get('/api/company')
  await api.put('/api/company/four-eyes', { fourEyes: false, confirmation: '宁波海晟泵业有限公司', version })
  today = (await api.get('/api/session')).company.today
  for (const [name, email, late] of [
    [PUMPS, 'zhou@yongjiang.example', [120, 40]],
    [VALVES, null, [30]],
  ] as const) {
    // biome-ignore format: one list
    const { id } = await api.post('/api/customers', { name, currency: 'CNY' })
    if (email) await api.post(`/api/customers/${id}/contacts`, { name: '周海涛', email, purpose: ['dunning'], isPrimary: true })
    for (const days of late)
      await api.post('/api/receivables', { receivables: [{ customerId: id, amount: '80000.00', tax: '0', issuedOn: dayOf(-days - 30), dueOn: dayOf(-days) }] }) // biome-ignore format: one call
  }
  const { restDay } = await api.get('/api/dunning/dry-run')
  if (restDay !== null) await api.put(`/api/terms/calendar/${today}`, { working: true, name: '', version: 0 })
}

// oxlint-disable-next-line vitest/valid-title -- the title stands where the step is told
const walk = (name: string, act: () => Promise<void>) => test(name, () => step(`dunning ${name}`, browser.context.pages(), act), 60_000)

describe('dunning by hand', { sequential: true }, () => {
  walk('the ladder opens with its levels', async () => {
    await wang.page.goto(`${program.address}/dunning/ladders`)
    await wang.row('标准催收流程').click()
    await wang.heading('标准催收流程')
    await wang.sees('现行，第 1 版')
    expect(await wang.field('第 2 级天数').inputValue()).toBe('3')
    expect(await wang.field('第 5 级重复间隔天数').inputValue()).toBe('30')
  })

  walk('a change says what it was', async () => {
    await wang.type('第 2 级天数', '5')
    await wang.sees('原为逾期 3 天')
    await wang.sees(/草稿改了 1 处/)
  })

  walk('a level is moved with the keys, and told where it may not stand', async () => {
    await wang.page.getByRole('button', { name: '移动第 3 级“提醒销售员”' }).focus()
    await wang.page.keyboard.press('ArrowUp')
    await wang.sees('每一级要晚于上一级，上一级是第 15 天。')
    expect(await wang.field('第 2 级名称').inputValue()).toBe('提醒销售员')
    expect(await wang.page.getByRole('button', { name: /^发\s?布/ }).isDisabled()).toBe(true)
    await wang.page.keyboard.press('ArrowDown')
    await wang.page.getByText('每一级要晚于上一级').waitFor({ state: 'hidden' })
  })

  walk('the draft is tried on history', async () => {
    await wang.press(/^重新试算/)
    await wang.sees('试算完成')
    const figures = await read(wang.panel('在历史上试算'))
    // of the one who can be written to four levels with a message, the last of them twice, and three with a task, the last twice; the other one's salesperson has a task
    expect(figures).toMatch(/发给客户的消息\s+5 条\s+5 条[\s\S]+给员工的待办\s+5 个\s+5 个/)
    expect(figures).toMatch(/漏催（逾期无动作 >14 天）\s+[01] 笔\s+[01] 笔/) // a weekend may move the first action past the fourteenth day
    expect(await read(wang.panel('以一笔应收为例'))).toContain('80,000.00 CNY')
    await wang.sees('账上最早的应收记于')
  })

  walk('a message is looked at before anybody gets it', async () => {
    await wang.press('预览消息')
    const dialog = wang.page.getByRole('dialog')
    await wang.sees('zhou@yongjiang.example', dialog)
    await dialog.getByText('English').click()
    await dialog
      .getByText(/items?|due|payment/i)
      .first()
      .waitFor()
    await wang.page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  })

  walk('it is published', async () => {
    await wang.press(/^发\s?布/)
    await wang.press(/^发\s?布/, wang.page.getByRole('dialog'))
    await wang.sees('新版已发布')
    await wang.sees('现行，第 2 版')
  })

  walk('the dry run names whom it would remind, and who is left out', async () => {
    await wang.page.goto(`${program.address}/dunning/runs`)
    const planned = wang.panel(/会催的客户/)
    await wang.row(PUMPS, planned).waitFor()
    expect(await read(wang.row(PUMPS, planned))).toMatch(/2 · 逾期提醒[\s\S]+zhou@yongjiang\.example[\s\S]+160,000\.00/)
    expect(await read(wang.row(VALVES, planned))).toMatch(/没有邮箱，改为待办[\s\S]+王敏/)
  })

  walk('the run does exactly that', async () => {
    await wang.press('现在执行')
    await wang.press('执行：2 家客户', wang.page.getByRole('dialog'))
    await wang.heading(`${today} 的催收`)
    await wang.sees('已完成')
    expect(await read(wang.row(PUMPS))).toContain('邮件 · 逾期提醒')
    expect(await read(wang.row(VALVES))).toContain('没有邮箱，未能发送')
  })

  walk('the case says what was done, and the message stays in the outbox', async () => {
    await wang.page.goto(`${program.address}/dunning/cases`)
    await wang.row(PUMPS).click()
    await wang.heading(PUMPS)
    expect(await read(wang.panel('催过的应收'))).toMatch(/80,000\.00[\s\S]+80,000\.00/)
    await wang.follow(/留存/)
    await wang.sees('zhou@yongjiang.example')
  })

  walk('paused, and going on again', async () => {
    await wang.page.goBack()
    await wang.heading(PUMPS)
    await wang.press('暂停催收')
    const dialog = wang.page.getByRole('dialog')
    await wang.type('原因', '正在谈分期付款', dialog)
    await wang.press('暂停催收', dialog)
    await wang.sees(/正在谈分期付款，直到解除/)
    await wang.press('解除暂停')
    await wang.type('原因', '已谈好', wang.page.getByRole('dialog'))
    await wang.press('解除暂停', wang.page.getByRole('dialog'))
    await wang.page.getByText('已暂停催收。').waitFor({ state: 'hidden' })
  })

  walk('nothing was said in red', async () => {
    expect(wang.complaints).toEqual([])
  })
})
