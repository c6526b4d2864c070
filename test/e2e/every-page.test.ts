import { gzipSync } from 'node:zlib'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressesOf } from '../../scripts/screens/addresses.ts'
import { type LivelyCompany, livelyCompany } from '../../scripts/screens/lively-company.ts'
import { type Chromium, openChromium } from '../harness/chromium.ts'
import { type RunningProgram, startProgram } from '../harness/program.ts'
import { ensureWebApp } from '../harness/web-app.ts'
import { violations } from './accessibility.ts'

/** Scripts and styles that the first page needs, compressed: what a phone on a slow line waits for. */
const FIRST_PAGE_KB_MAX = 450
/** The drawing of charts, asked for when the page stands. */
const CHARTS_KB_MAX = 220
const WITHIN_MS = 15 * 60_000
/** Somebody's name, that would be a picture and strike if it were read as markup. */
const MARKUP = '<img src=x onerror=struck=1>'
/** Pages on which the second person has something to decide; the others are seen by the administrator. */
const CHECKED = /^approval|^receipt-/

let program: RunningProgram
let company: LivelyCompany
let addresses: Record<string, string> = {}

beforeAll(async () => {
  ensureWebApp()
  program = await startProgram()
  company = await livelyCompany(program.address, new URLSearchParams(new URL(program.setUpLink).hash.slice(1)).get('token')!)
  await nameThingsInMarkup(company)
  addresses = await addressesOf(company.wang, company.chen, company.ids)
}, WITHIN_MS)
afterAll(() => program?.stop())

/** The list of pages is the web app's own: a new page is looked at without being named here. */
describe('every page, as a person meets it', () => {
  test.each([
    ['wide', 1440, 900],
    ['on a phone', 375, 812],
  ])(
    '%s: accessible (WCAG A and AA), one title, nothing scrolls sideways, and what people typed stays text (T38)',
    async (_, width, height) => {
      const browser = await openChromium({ width, height })
      const found = await faultsOf(browser).finally(() => browser.close())
      expect(found).toEqual([])
    },
    WITHIN_MS,
  )

  test('the hands stay on the keyboard: search, lists, help and approvals', async () => {
    const browser = await openChromium()
    const heard = await byKeyboard(browser.context).finally(() => browser.close())
    expect(heard).toEqual({ search: true, closed: true, back: true, opened: true, keys: true, moved: true })
  }, 120_000)

  test('the first page is light', async () => {
    const browser = await openChromium()
    const sizes = await loadedSizes(browser.context).finally(() => browser.close())
    const { page, charts } = sizes
    expect(page.length).toBeGreaterThan(2)
    expect(page.reduce((sum, size) => sum + size, 0) / 1024).toBeLessThan(FIRST_PAGE_KB_MAX)
    expect(charts).toHaveLength(1)
    expect(charts[0]! / 1024).toBeLessThan(CHARTS_KB_MAX)
  })
})

async function faultsOf({ context }: Chromium): Promise<string[]> {
  const faults: string[] = []
  const page = await context.newPage()
  // A button that has just been enabled fades in; half-way its words are pale.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const [name, path] of Object.entries(addresses)) {
    await signIn(context, name)
    await page.goto(program.address + path)
    await settled(page)
    faults.push(...(await faultsNow(page)).map((fault) => `${name}: ${fault}`))
  }
  await page.evaluate((markup) => document.body.insertAdjacentHTML('beforeend', markup), MARKUP)
  return (await isMarkup(page)) ? faults : [...faults, 'what would be markup is not noticed']
}

/** The most that is owed, so that it stands in lists, reports and charts: a customer with such a name, with contacts and notes alike; and a product. */
async function nameThingsInMarkup({ wang }: LivelyCompany): Promise<void> {
  const today = (await wang.get('/api/session')).company.today
  const { id } = await wang.post('/api/customers', { name: `海风 ${MARKUP}`, remark: MARKUP })
  await wang.post(`/api/customers/${id}/contacts`, { name: MARKUP, email: 'wind@customer.example', purpose: ['dunning'], isPrimary: true })
  await wang.post(`/api/customers/${id}/notes`, { kind: 'call', text: MARKUP, important: true })
  await wang.post('/api/products', { code: 'MARKUP', name: `泵 ${MARKUP}`, unit: '台', price: '10.00', vatRate: '0.13' })
  const owed = { customerId: id, amount: '980000.00', issuedOn: today, dueOn: today, reference: MARKUP, remark: MARKUP }
  await wang.post('/api/receivables', { receivables: [owed] })
}

function isMarkup(page: Page): Promise<boolean> {
  return page.evaluate(() => document.querySelector('img[src="x"]') !== null || 'struck' in window)
}

/** The title stands there and nothing of the page is still on its way. */
async function settled(page: Page): Promise<void> {
  await appears(page.locator('h1').first())
  await page
    .waitForFunction(
      () => !document.querySelector('.loading-rows, .ant-skeleton, [aria-busy=true]') && document.getAnimations().length === 0,
    )
    .catch(() => undefined)
}

async function faultsNow(page: Page): Promise<string[]> {
  const titles = await page.locator('h1').count()
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1)
  return [
    ...(titles === 1 ? [] : [`${titles} titles`]),
    ...(isWide ? ['scrolls sideways'] : []),
    ...((await page.title()).trim() === '' ? ['no browser title'] : []),
    ...((await isMarkup(page)) ? ['what somebody typed has become markup'] : []),
    ...(await violations(page)),
  ]
}

async function signIn(context: BrowserContext, name: string): Promise<void> {
  const cookie = (CHECKED.test(name) ? company.chen : company.wang).cookie()
  await context.clearCookies()
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const [key = '', value = ''] = pair.split(/=(.*)/s)
      return { name: key, value, url: program.address }
    }),
  )
}

/** Bytes of each script and style that home loads in an empty browser, gzipped: what it needs to be read and used, and the code that draws charts, which comes after. */
async function loadedSizes(context: BrowserContext): Promise<{ page: number[]; charts: number[] }> {
  const sizes: { page: Promise<number>[]; charts: Promise<number>[] } = { page: [], charts: [] }
  await signIn(context, 'home')
  const page = await context.newPage()
  page.on('response', (answer) => {
    const { pathname } = new URL(answer.url())
    if (/\.(js|css)$/.test(pathname))
      sizes[/\/chart-canvas-/.test(pathname) ? 'charts' : 'page'].push(answer.body().then((body) => gzipSync(body).length))
  })
  await page.goto(program.address, { waitUntil: 'networkidle' })
  await page.locator('.chart-canvas svg').first().waitFor()
  return { page: await Promise.all(sizes.page), charts: await Promise.all(sizes.charts) }
}

/** Ctrl K and Esc with the focus coming back, J and Enter in a list, ? for the keys of the page, J in the approvals. */
async function byKeyboard(context: BrowserContext): Promise<Record<string, boolean>> {
  await signIn(context, 'customers')
  const page = await context.newPage()
  await page.goto(`${program.address}/customers`, { waitUntil: 'networkidle' })
  const box = page.locator('button.search-box')
  await box.focus()
  await page.keyboard.press('Control+k')
  const dialog = page.getByRole('dialog')
  const search = await appears(dialog)
  await page.keyboard.press('Escape')
  const closed = await dialog.waitFor({ state: 'hidden' }).then(
    () => true,
    () => false,
  )
  const back = await box.evaluate((element) => element === document.activeElement)
  await page.locator('main').focus()
  await page.keyboard.press('?')
  const keys = await appears(page.getByRole('dialog'))
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.locator('main').focus()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const opened = await page.waitForURL(/\/customers\/[0-9a-f-]{36}$/).then(
    () => true,
    () => false,
  )
  await signIn(context, 'approvals')
  await page.goto(`${program.address}/approvals`, { waitUntil: 'networkidle' })
  const chosen = page.locator('tr.marked')
  const first = await chosen.getAttribute('data-row-key')
  await page.keyboard.press('j')
  await page.waitForTimeout(300)
  return { search, closed, back, opened, keys, moved: first !== (await chosen.getAttribute('data-row-key')) }
}

const appears = (place: Locator): Promise<boolean> =>
  place.waitFor({ timeout: 10_000 }).then(
    () => true,
    () => false,
  )
