import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../harness/app.ts'
import { type Chromium, openChromium } from '../harness/chromium.ts'
import { ensureWebApp } from '../harness/web-app.ts'

const PASSWORD = 'tin lamp river 7'

/** Lies there from the start: the server lists the files once. */
const SECOND = 'second.js'

let app: TestApp
let web: string
let address: string
let chromium: Chromium
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  ensureWebApp()
  web = mkdtempSync(join(tmpdir(), 'huikuan-web-'))
  cpSync(join(import.meta.dirname, '../../dist/web'), web, { recursive: true })
  writeFileSync(join(web, 'assets', SECOND), `document.documentElement.dataset.build = '2'\n`)
  app = await startTestApp(undefined, { webFolder: web, publicUrl: 'http://localhost' })
  const company = await app.company('壳')
  const { actorId } = company.people.administrator.caller
  await app.auth.saveUser({
    tenantId: company.tenantId,
    personId: actorId,
    email: 'administrator@example.com',
    name: 'x',
    password: PASSWORD,
  })
  await app.server.listen({ port: 0, host: '127.0.0.1' })
  address = `http://localhost:${(app.server.server.address() as AddressInfo).port}`
  chromium = await openChromium({ locale: 'en-GB' })
  page = await chromium.context.newPage()
  page.on('console', (message) => void (/content security/i.test(message.text()) && complaints.push(message.text())))
}, 240_000)
afterAll(async () => {
  await chromium?.close()
  await app?.close()
  rmSync(web, { recursive: true, force: true })
})

const signIn = async () => {
  await page.goto(`${address}/sign-in`)
  await page.fill('input[type=email], input[name=email], #email', 'administrator@example.com')
  await page.fill('input[type=password]', PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}
/** Waits until the worker has everything and answers for this page. */
const workerReady = () =>
  expect
    .poll(
      () =>
        page.evaluate(
          async () => `${(await navigator.serviceWorker.getRegistration())?.active?.state} ${navigator.serviceWorker.controller !== null}`,
        ),
      {
        timeout: 30_000,
      },
    )
    .toBe('activated true')
const keptAddresses = () =>
  page.evaluate(async () => {
    const all = await Promise.all(
      (await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)),
    )
    return all.flat().sort()
  })
const text = () => page.locator('body').textContent()

describe('the app shell', () => {
  test('is kept whole, and no data with it', async () => {
    await signIn()
    await workerReady()
    for (const path of ['/customers', '/ageing', '/settings/company']) {
      await page.goto(address + path)
      await page.waitForLoadState('networkidle')
    }
    const assets = readdirSync(join(web, 'assets')).filter((name) => name !== SECOND)
    const expected = ['/', '/icon.svg', '/manifest.webmanifest', ...assets.map((name) => `/assets/${name}`)].sort()
    expect(await keptAddresses()).toEqual(expected)
    expect(complaints).toEqual([])
  }, 120_000)

  test('/settings leads to the first page of them that the person may open', async () => {
    await page.goto(`${address}/settings`)
    await page.waitForURL(`${address}/settings/company`)
  }, 60_000)

  test('opens without the network, in the person’s language, and says so; nobody’s figures are there', async () => {
    await page.evaluate(() => localStorage.setItem('huikuan.preferences', JSON.stringify({ language: 'zh-TW' })))
    await chromium.context.setOffline(true)
    try {
      await page.goto(`${address}/customers`)
      await expect.poll(text, { timeout: 20_000 }).toMatch(/無法連線|連不上|離線|網路/)
      expect(await text()).not.toContain('administrator')
    } finally {
      await chromium.context.setOffline(false)
    }
    await page.evaluate(() => localStorage.setItem('huikuan.preferences', JSON.stringify({ language: 'en' })))
    await page.goto(`${address}/customers`)
    await expect.poll(text, { timeout: 20_000 }).toContain('Customers')
  }, 90_000)

  test('after an upgrade the next page is of the new version, and what was kept of the old one goes', async () => {
    await page.goto(`${address}/customers`)
    await workerReady()
    const before = await keptAddresses()
    upgrade(web)
    // An open page notices the new version, goes on in the old one, and opens the next page afresh.
    await page.evaluate(async () => {
      const changed = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }))
      await (await navigator.serviceWorker.ready).update()
      await changed
    })
    expect(await page.locator('html').getAttribute('data-build')).toBeNull()
    await page.locator('a[href="/orders"]').first().click()
    await page.waitForURL(`${address}/orders`)
    await expect.poll(() => page.locator('html').getAttribute('data-build'), { timeout: 20_000 }).toBe('2')
    const after = await keptAddresses()
    expect(after).toEqual([...before, `/assets/${SECOND}`].sort())
    expect(await page.evaluate(async () => (await caches.keys()).length)).toBe(1)
  }, 120_000)
})

/** What a second build differs in: a script of its own, the page that names it, and the worker's list. */
function upgrade(folder: string): void {
  const change = (name: string, replace: (text: string) => string) =>
    writeFileSync(join(folder, name), replace(readFileSync(join(folder, name), 'utf8')))
  change('index.html', (html) => html.replace('</head>', `<script type="module" src="/assets/${SECOND}"></script></head>`))
  change('sw.js', (code) =>
    code.replace('"files":[', `"files":["/assets/${SECOND}",`).replace(/"version":"[0-9a-f]{6}/, '"version":"second'),
  )
}
