import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, startTestApp, type TestApp } from '../harness/app.ts'
import { type Chromium, openChromium } from '../harness/chromium.ts'
import { type Story, storyCompany } from '../harness/story.ts'
import { ensureWebApp } from '../harness/web-app.ts'
import { violations } from './accessibility.ts'

let app: TestApp
let story: Story
let address: string
const browsers: Chromium[] = []
beforeAll(async () => {
  ensureWebApp()
  app = await startTestApp('2026-11-21T02:00:00Z', { webFolder: join(import.meta.dirname, '../../dist/web') })
  story = await storyCompany(app, 'PAGES')
  await app.server.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(app.server.server.address() as AddressInfo).port}`
}, 300_000)
afterAll(async () => {
  for (const browser of browsers) await browser.close()
  await app?.close()
})

const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 375, height: 812 } } as const
async function open(person: Person, path: string, size: keyof typeof SIZES = 'wide'): Promise<Page> {
  const chromium = await openChromium(SIZES[size])
  browsers.push(chromium)
  await chromium.context.setExtraHTTPHeaders({ 'x-test-caller': person.caller.actorId })
  const page = await chromium.context.newPage()
  await page.goto(`${address}${path}`)
  return page
}
const isFine = async (page: Page) => {
  expect(await violations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
}
const people = () => story.company.people

describe('a report by mail', () => {
  test('is set up, tried on oneself, changed, and says when it goes next', async () => {
    const page = await open(people().financeManager, '/reports/receipts?by=customer')
    await page.getByRole('button', { name: '定期发送' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('还没有', { exact: true }).waitFor()
    await dialog.getByLabel('收件人').click()
    await page.locator('.ant-select-item-option').first().click()
    await dialog.locator('.ant-select-selection-item').first().waitFor() // chosen, before the list is closed
    await page.keyboard.press('Escape')
    await dialog.getByRole('button', { name: '开始定期发送' }).click()
    await dialog.getByText('下次：2026-11-23 08:00').waitFor()
    await dialog.getByText('还没有发送过').waitFor()
    await dialog.getByRole('button', { name: '先发给自己看' }).click()
    await dialog.getByText(/已放进发件箱/).waitFor()
    await isFine(page)
    await dialog.getByRole('button', { name: '修改' }).click()
    await dialog.getByText('修改“收款报表”。').waitFor()
    await dialog.getByLabel('名称').fill('周一回款')
    await isFine(page)
    await dialog.getByRole('button', { name: '保存修改' }).click()
    await dialog.getByText('周一回款').first().waitFor()
    const { body } = await people().financeManager.get('/api/report-schedules')
    expect(body.items).toMatchObject([{ name: '周一回款', query: { by: 'customer' }, version: 2 }])
  }, 120_000)

  test.each(['phone'] as const)(
    'fits a %s',
    async (size) => {
      const page = await open(people().financeManager, '/reports/receipts', size)
      await page.getByRole('button', { name: '定期发送' }).click()
      await page.getByRole('dialog').getByText('周一回款').waitFor()
      await isFine(page)
    },
    60_000,
  )
})

describe('a view', () => {
  test('is saved for the company, found by others with its maker, and managed by its maker alone', async () => {
    const page = await open(people().financeManager, '/reports/overdue?by=salesperson')
    await page.getByRole('button', { name: '保存视图' }).click()
    await page.getByLabel('视图名称').fill('按销售员')
    await page.getByLabel('与公司共享').check()
    await page.getByRole('tooltip').getByRole('button', { name: '保存视图' }).click()
    await page.getByText('视图已保存').waitFor()
    const other = await open(people().collector, '/reports/overdue')
    await other.getByLabel('视图', { exact: true }).click()
    await other.getByText(/^按销售员 · ./).click()
    await other.waitForURL(/by=salesperson/)
    await other.getByRole('button', { name: '管理视图' }).click()
    await other
      .getByRole('dialog')
      .getByText(/由 .+ 建立/)
      .waitFor()
    expect(
      await other
        .getByRole('dialog')
        .getByRole('button', { name: /按销售员/ })
        .count(),
    ).toBe(0)
    await isFine(other)
    await page.reload()
    await page.getByRole('button', { name: '管理视图' }).click()
    await page.getByRole('button', { name: '视图 按销售员 改名' }).click()
    await page.getByLabel('新名称').fill('谁的客户')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByText('谁的客户').waitFor()
    await isFine(page)
    await page.getByRole('button', { name: '删除视图 谁的客户' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect((await people().collector.get('/api/saved-views?page=report.overdue')).body.items).toEqual([])
  }, 120_000)
})

describe('the basis of key figures', () => {
  test('stands by the formula, is changed by whom the books are entrusted to, and only read by others', async () => {
    const page = await open(people().financeManager, '/reports/dso')
    await page.getByText('含税赊销，一年按 365 天').waitFor()
    await page.getByRole('link', { name: '查看或修改' }).click()
    await page.getByLabel('不含税赊销').check()
    await isFine(page)
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('指标口径已保存').waitFor()
    await page.goto(`${address}/reports/turnover`)
    await page.getByText('不含税赊销，一年按 365 天').waitFor()
    const reader = await open(people().auditor, '/settings/kpi-basis', 'phone')
    await reader.getByText('指标口径').first().waitFor()
    expect(await reader.getByLabel('不含税赊销').isDisabled()).toBe(true)
    expect(await reader.getByRole('button', { name: '保存' }).count()).toBe(0)
    await isFine(reader)
  }, 120_000)
})
