import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp, type TestCompany } from '../harness/app.ts'
import { type Chromium, openChromium } from '../harness/chromium.ts'
import { mailSettingsFor, newMessage, queue, storedMessage, switchSendingTo } from '../harness/outbox.ts'
import { type SmtpSink, startSmtpSink } from '../harness/smtp-sink.ts'
import { ensureWebApp } from '../harness/web-app.ts'
import { violations } from './accessibility.ts'

const CONTENT = `<!doctype html><html lang="zh-CN"><body><h1>付款提醒</h1><p>华星贸易，您好：以下 3 笔款项已到期。</p>
<script>parent.document.title = 'script ran'</script><img src="https://elsewhere.example.com/pixel.png" alt="" onerror="parent.document.title = 'handler ran'"></body></html>`

let app: TestApp
let company: TestCompany
let sink: SmtpSink
let chromium: Chromium
let page: Page
let address: string
const asked: string[] = []
beforeAll(async () => {
  ensureWebApp()
  app = await startTestApp('2026-11-21T02:00:00Z', { webFolder: join(import.meta.dirname, '../../dist/web') })
  company = await app.company('华东钢铁')
  // The test message, then one that is cut after its end, then one that is refused.
  sink = await startSmtpSink({
    script: (count) => (count === 1 ? { cut: 'afterData' } : count === 2 ? { end: '554 5.7.1 looks like spam' } : {}),
  })
  app.mail.innerServers.push(sink.name)
  await app.server.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(app.server.server.address() as AddressInfo).port}`
  chromium = await openChromium()
  await chromium.context.setExtraHTTPHeaders({ 'x-test-caller': company.people.administrator.caller.actorId })
  page = await chromium.context.newPage()
  page.on('request', (request) => asked.push(request.url()))
}, 300_000)
afterAll(async () => {
  await chromium?.close()
  await sink?.close()
  await app?.close()
})

describe('an administrator lets the company send, and sees what became of it', () => {
  test('the settings are filled in, tested with the server’s own answer, and sending is switched on', async () => {
    await page.goto(`${address}/settings/mail`)
    const values = mailSettingsFor(sink.port)
    await page.getByLabel('服务器', { exact: true }).fill(values.host)
    await page.getByLabel('加密').click()
    await page.getByText('不加密（只限本机）').last().click()
    await page.getByLabel('端口').fill(String(sink.port))
    await page.getByLabel('名称').fill(values.senderName)
    await page.getByLabel('地址', { exact: true }).fill(values.senderAddress)
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('已保存', { exact: true }).waitFor()
    await page.getByRole('button', { name: '发测试邮件' }).click()
    await page.getByText(/邮件服务器收下了.*250 2\.0\.0 taken as 1/).waitFor()
    expect(sink.taken.map((mail) => mail.to)).toEqual([[`administrator@${company.tenantId}.example.com`]])
    await page.getByRole('button', { name: '打开外发' }).click()
    await page.getByRole('tooltip').getByRole('button', { name: '打开外发' }).click()
    await page.getByText('已打开：消息会发给客户。').waitFor()
    expect(await violations(page)).toEqual([])
  }, 120_000)

  test('the uncertain message stands above; its preview runs nothing and fetches nothing; it is said to have arrived', async () => {
    const cut = newMessage('cut', { html: CONTENT, subject: '付款提醒：3 笔款项已到期' })
    for (const one of [cut, newMessage('spam'), newMessage('fine')]) {
      await queue(app, company, [one])
      await app.drain()
    }
    await page.goto(`${address}/outbox`)
    await page.getByText('1 封不确定有没有送到。').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByText('付款提醒：3 笔款项已到期').first().click()
    const frame = page.frameLocator('iframe.message-preview')
    await frame.getByText('以下 3 笔款项已到期。').waitFor()
    expect(await page.title()).not.toMatch(/ran/)
    expect(asked.filter((url) => url.includes('elsewhere'))).toEqual([])
    await page.getByRole('button', { name: '已送到' }).click()
    await page.getByRole('tooltip').getByRole('button', { name: '已送到' }).click()
    await page.getByText('有人确认收到').waitFor()
    expect(await storedMessage(app, company, 'cut')).toMatchObject({ status: 'sent' })
  }, 120_000)

  test('in test mode nothing can be sent, and the top bar says so; on a phone nothing scrolls sideways', async () => {
    await switchSendingTo(company, false)
    await page.setViewportSize({ width: 375, height: 812 })
    await page.goto(`${address}/outbox/${(await storedMessage(app, company, 'spam')).id}`)
    await page.getByText('554 5.7.1 looks like spam').waitFor()
    expect(await page.getByRole('button', { name: '发送', exact: true }).isDisabled()).toBe(true)
    for (const path of ['/outbox', `/outbox/${(await storedMessage(app, company, 'spam')).id}`, '/settings/mail']) {
      await page.goto(address + path)
      await page.locator('h1').waitFor()
      await page.waitForLoadState('networkidle')
      expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1), path).toBe(false)
      expect(await violations(page), path).toEqual([])
    }
  }, 120_000)
})
