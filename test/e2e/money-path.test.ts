import type { Locator } from 'playwright-core'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Chromium, openChromium } from '../harness/chromium.ts'
import { type RunningProgram, startProgram } from '../harness/program.ts'
import { ensureWebApp } from '../harness/web-app.ts'
import { violations } from './accessibility.ts'
import { type Hand, hand, read, step } from './hand.ts'
import { amount, text, workbook } from './workbook.ts'

/**
 * The whole path in a real Chromium, in Chinese, on the program as an operator starts it: 王敏 sets 宁波海晟 up, brings in customers and open items, sells over
 * the limit; 陈静 releases, confirms, and everything ends in an ageing that agrees with the ledger.
 */
const today = Temporal.Now.plainDateISO('Asia/Shanghai')
const day = (offset: number) => today.add({ days: offset }).toString()
const YONGJIANG = '宁波甬江机电有限公司'
const MAIN_PAGES = [
  '/',
  '/customers',
  '/orders',
  '/orders/new',
  '/receivables',
  '/ageing',
  '/receipts',
  '/receipts/new',
  '/approvals',
  '/imports',
]
const HENGTAI = '苏州恒泰设备股份有限公司'

let program: RunningProgram
let browsers: Chromium[] = []
let wang: Hand
let chen: Hand
const open = () => browsers.flatMap(({ context }) => context.pages())

beforeAll(async () => {
  ensureWebApp()
  program = await startProgram()
  browsers = [await openChromium(), await openChromium()]
  wang = hand(browsers[0]!.context.pages()[0]!)
  chen = hand(browsers[1]!.context.pages()[0]!)
}, 180_000)
afterAll(async () => {
  for (const browser of browsers) await browser.close()
  await program?.stop()
})

// oxlint-disable-next-line vitest/valid-title -- the title stands where the step is told
const walk = (name: string, act: () => Promise<void>) => test(name, () => step(name, open(), act), 60_000)

describe('the money path by hand', { sequential: true }, () => {
  walk('set-up', async () => {
    await wang.page.goto(program.setUpLink)
    await wang.heading('首次设置')
    await wang.type('公司名称（第一个法人主体）', '宁波海晟泵业有限公司')
    await wang.type('姓名', '王敏')
    await wang.type('邮箱（用来登录）', 'wang@haisheng.example')
    await wang.type('密码', 'tin lamp river 7')
    await wang.press('完成设置')
    await wang.heading('公司已建好')
  })

  walk('import of customers', async () => {
    await wang.follow('从 Excel 导入')
    await wang.heading('导入')
    await wang.follow('客户', wang.panel('要导入什么'))
    await wang.page.locator('input[type=file]').setInputFiles(
      await workbook('客户档案', ['客户名称', '客户编码', '业务员', '付款条件'].map(text), [
        [YONGJIANG, 'C001', '王敏', '货到 30 天'],
        [HENGTAI, 'C002', '王敏', '货到 60 天'],
      ]),
    )
    await wang.press('试运行')
    await wang.press('导入 2 行')
    await wang.follow('查看客户')
    await wang.row(YONGJIANG).waitFor()
  })

  walk('import of open items', async () => {
    const row = (customer: string, invoice: string, issued: string, due: string, total: string) => [customer, invoice, issued, due, total]
    await wang.page.goto(`${program.address}/imports/new/openItems`)
    await wang.page
      .locator('input[type=file]')
      .setInputFiles(
        await workbook(
          '应收余额表',
          [text('客户名称'), text('发票号'), text('开票日期'), text('到期日'), amount('未收余额')],
          [
            row(YONGJIANG, 'FP-001', day(-100), day(-70), '80000.00'),
            row(YONGJIANG, 'FP-002', day(-20), day(10), '40000.00'),
            row(HENGTAI, 'FP-003', day(-45), day(-15), '12345.67'),
            row(HENGTAI, 'FP-004', day(-45), '2026-02-31', '5000.00'),
          ],
        ),
      )
    await wang.press('试运行')
    await wang.sees('2026-02-31')
    const tieOut = wang.panel('与旧系统核对')
    await wang.sees('137,345.67', tieOut)
    expect(await read(tieOut)).toMatch(/不导入\s+5,000\.00\s+将导入\s+132,345\.67\s+差额\s+0\.00/)
    await wang.press('导入 3 行')
    await wang.follow('查看期初应收')
    await wang.heading('应收台账')
    expect(await read(wang.row(/^3 笔/))).toMatch(/132,345\.67\s+132,345\.67/)
  })

  walk('new product', async () => {
    await wang.page.goto(`${program.address}/settings/products/new`)
    await wang.type('编码', 'P-100')
    await wang.type('名称', '离心泵 100 型')
    await wang.type('单位（选填）', '台')
    await wang.type('单价（选填）', '11300')
    await wang.press('保存产品')
    await wang.row('离心泵 100 型').waitFor()
  })

  walk('invitation of a second person', async () => {
    await wang.page.goto(`${program.address}/settings/people`)
    await wang.press('邀请人员')
    const dialog = wang.page.getByRole('dialog')
    await wang.type('姓名', '陈静', dialog)
    await wang.type('邮箱', 'chen@haisheng.example', dialog)
    await wang.choose('角色', '财务经理', { within: dialog })
    await wang.press('生成邀请链接', dialog)
    const link = await wang.field('复制链接', dialog).first().inputValue()
    await wang.press('已交出', dialog)
    await chen.page.goto(link)
    await chen.sees('宁波海晟泵业有限公司 邀请您')
    await chen.type('您自己的密码', 'green boat quiet 9')
    await chen.press('开始使用')
    await chen.heading('工作台')
  })

  walk('credit limit by a second person', async () => {
    await wang.page.goto(`${program.address}/customers`)
    await wang.row(YONGJIANG).click()
    await wang.heading(YONGJIANG)
    await wang.press('申请额度')
    const dialog = wang.page.getByRole('dialog')
    await wang.type('信用额度 (CNY)', '150000', dialog)
    await wang.type('理由', '三年老客户，年销售 120 万', dialog)
    await wang.press('申请额度', dialog)
    await dialog.waitFor({ state: 'hidden' })
    await chen.page.goto(`${program.address}/approvals`)
    await chen.press('批准')
    await chen.sees('没有等您审批的')
  })

  walk('order over the limit is held', async () => {
    await wang.page.reload()
    await wang.follow('新建订单')
    await wang.heading('新建订单')
    await wang.choose('产品或服务', 'P-100 离心泵 100 型')
    await wang.type('数量', '5')
    await wang.type('计划发货日', '2026/2/30')
    await wang.page.keyboard.press('Tab')
    await wang.sees('“2026/2/30”不是可用的日期')
    await wang.type('计划发货日', day(7))
    await wang.page.keyboard.press('Tab')
    await wang.sees('提交后此订单将被信用冻结：超出可用额度 26,500.00。')
    const credit = await read(wang.panel('信用检查'))
    expect(credit).toContain('不通过')
    expect(credit).toMatch(/本订单\s+56,500\.00\s+占用合计\s+176,500\.00\s+信用额度\s+150,000\.00\s+超出\s+26,500\.00/)
    const ways = await wang.panel('最快的办法').getByRole('listitem').allInnerTexts()
    expect(ways.map((way) => way.split('\n')[0])).toEqual([
      `请客户先付 80,000.00（AR-${day(-100).slice(2, 4)}${day(-100).slice(5, 7)}-0001 起 1 笔）`,
      '改为预付 50%（28,250.00）',
      '申请一次性放行（超出 26,500.00）',
    ])
    expect(await read(wang.row('P-100'))).toContain('56,500.00')
    await wang.press(/提交并申请放行/)
    await wang.sees('等财务经理审批')
    expect(await read(wang.panel('应收'))).toContain('批准或发货后生成应收')
  })

  walk('the second person releases it', async () => {
    await chen.page.goto(`${program.address}/approvals`)
    await chen.sees('本订单特批放行：信用占用增加 56,500.00，其中超出额度 26,500.00；只对这一张订单有效')
    await chen.type('理由', '客户已承诺本周付款')
    await chen.press('批准')
    await chen.sees('没有等您审批的')
    await wang.page.reload()
    await wang.sees('特批放行：陈静，超出 26,500.00。理由：客户已承诺本周付款')
    const receivable = wang.panel('应收').getByRole('row')
    expect(await read(receivable.nth(1))).toMatch(/56,500\.00\s+56,500\.00/)
  })

  walk('receipt recorded by one, confirmed by the other', async () => {
    await wang.page.goto(`${program.address}/receipts/new`)
    await wang.choose('客户', `${YONGJIANG} · C001`, { typed: '甬江' })
    await wang.type('金额', '90000')
    await wang.press(/^保存(?!并)/)
    await wang.sees('这笔收款是您登记的，须由另一个人确认。')
    await chen.page.goto(wang.page.url())
    await chen.press('确认收款')
    await chen.sees('还有 90,000.00 CNY 未核销。')
  })

  walk('allocation in the workbench', async () => {
    await chen.follow(/^核销$/)
    await chen.page.getByText('先到期先核销').first().click()
    await chen.sees(/^核销后：共 90,000\.00 CNY，AR-\d{4}-0001 等 1 笔结清，此笔收款核销完$/)
    expect(
      await chen
        .panel(/建议：先到期先核销/)
        .getByRole('listitem')
        .allInnerTexts(),
    ).toEqual([
      expect.stringMatching(/（.+ 到期）最早到期，核销 80,000\.00$/),
      expect.stringMatching(/（.+ 到期）最早到期，核销 10,000\.00$/),
    ])
    await chen.press(/^接受/)
    await chen.sees('这笔收款没有未核销的金额。')
    expect(await read(chen.row('合计', chen.panel('核销')))).toContain('90,000.00')
  })

  walk('ageing ties to the ledger and opens its documents', async () => {
    await chen.page.goto(`${program.address}/ageing?by=customer&inner=none`)
    await chen.sees(/与总账一致/)
    expect(await read(chen.page.getByRole('status').filter({ hasText: '与总账一致' }))).toContain(
      '台账合计 98,845.67 = 科目 1122 应收账款借方余额 98,845.67，差额 0.00。',
    )
    await chen.row(HENGTAI).waitFor()
    expect(await figures(chen.row(YONGJIANG))).toEqual(['86,500.00', '86,500.00'])
    expect(await figures(chen.row(HENGTAI))).toEqual(['12,345.67', '12,345.67'])
    expect(await figures(chen.row('合计（2 行）'))).toEqual(['86,500.00', '12,345.67', '98,845.67'])
    await chen.press(`${YONGJIANG}，未到期，86,500.00`)
    const items = chen.panel(`${YONGJIANG} · 未到期`)
    await chen.sees('2 笔，86,500.00，与上表一致', items)
    expect(await figures(items.getByRole('row'))).toEqual(['30,000.00', '56,500.00', '86,500.00'])
  })

  walk('the books are true', async () => {
    await chen.page.goto(`${program.address}/trial-balance`)
    await chen.heading('试算平衡')
    await chen.sees('借贷平衡')
    expect(await read(chen.page.getByRole('status'))).toMatch(
      /应收账款科目 1122 98,845\.67 · 应收台账 98,845\.67 · 未收余额 98,845\.67 · 差额 0\.00/,
    )
    await chen.page.goto(`${program.address}/settings/verify`)
    await chen.press('核对账簿')
    await chen.sees(/^\d+ 条全部成立，用时/)
  })

  walk('the main pages are accessible (WCAG A and AA)', async () => {
    const found: string[] = []
    for (const path of MAIN_PAGES) {
      await chen.page.goto(program.address + path, { waitUntil: 'networkidle' })
      found.push(...(await violations(chen.page)).map((one) => `${path}: ${one}`))
    }
    await chen.page.goto(`${program.address}/customers`)
    await chen.row(YONGJIANG).click()
    await chen.row('AR-').first().waitFor()
    found.push(...(await violations(chen.page)).map((one) => `customer: ${one}`))
    expect(found).toEqual([])
  })

  test('the browser had nothing to complain about', () => {
    expect([...wang.complaints, ...chen.complaints]).toEqual([])
  })
})

/** The amounts that stand in these rows, in reading order, without zeros. */
async function figures(rows: Locator): Promise<string[]> {
  const texts = await rows.allInnerTexts()
  return texts.flatMap((row) => row.match(/[\d,]+\.\d\d(?!%)/g) ?? []).filter((figure) => figure !== '0.00')
}
