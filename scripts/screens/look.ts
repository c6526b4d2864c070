import type { BrowserContext, Page } from 'playwright-core'

export type Look = {
  readonly context: BrowserContext
  readonly address: string
  readonly name: string
  readonly path: string
  readonly language: string
  readonly size: string
  readonly mode: 'light' | 'dark'
  readonly file: string
}

/** On a busy machine a page may take this long; then it is taken as it is. */
const DRAWN_MS = 20_000
const SETTLED_MS = 400
/** Pressed before the picture: the workbench with the proposal of the second rule. */
const PRESSED: Readonly<Record<string, string>> = { 'receipts-one-allocate': '2' }
/** A key of i18next where words should be: 'orders.list.empty' or 'orders:list.empty'. */
const KEY = /^[a-z]\w*(?:[.:][a-zA-Z_]\w*)+$/
/** Texts of that shape which are words all the same. */
const NOT_KEYS = /(\.example|\.com|\.cn|\.csv|\.xlsx)$/

/** Opens the page, waits until it has settled, takes the picture, and says what is wrong with it. */
export async function lookAt(look: Look): Promise<string[]> {
  const { context, address, path, language, mode, size, file, name } = look
  const faults: string[] = []
  const page = await context.newPage()
  try {
    await page.addInitScript(
      (preferences) => window.localStorage.setItem('huikuan.preferences', preferences),
      JSON.stringify({ language, mode }),
    )
    const expected = name === 'not-found' || name === 'sign-in' ? /\/api\/setup$|status of 40/ : /^$/
    page.on('pageerror', (error) => faults.push(error.message))
    page.on(
      'console',
      (message) => message.type() === 'error' && !expected.test(message.text()) && faults.push(`console: ${message.text()}`),
    )
    page.on(
      'response',
      (answer) => answer.status() >= 400 && !expected.test(answer.url()) && faults.push(`${answer.status()} ${answer.url()}`),
    )
    await page.goto(address + path, { waitUntil: 'networkidle' }).catch(() => page.waitForLoadState())
    await drawn(page)
    if (PRESSED[name]) await page.keyboard.press(PRESSED[name])
    await page.waitForTimeout(SETTLED_MS)
    await page.screenshot({ path: file, fullPage: size === 'phone' })
    faults.push(...(await keysShown(page)))
    if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1)) faults.push('scrolls sideways')
    if (language === 'en' && name !== 'sign-in') faults.push(...(await chineseLabels(page)))
  } finally {
    await page.close()
  }
  return faults
}

/** A picture of a page that still loads shows nothing: everything that says it is busy has to be through first. */
async function drawn(page: Page): Promise<void> {
  const through = (): boolean =>
    document.querySelector('h1') !== null && document.querySelector('.loading-rows, .stale, .chart-canvas[aria-busy="true"]') === null
  await page.waitForFunction(through, undefined, { timeout: DRAWN_MS }).catch(() => undefined)
}

async function keysShown(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) found.push(node.textContent?.trim() ?? '')
    return found
  })
  return texts.filter((text) => KEY.test(text) && !NOT_KEYS.test(text)).map((text) => `shows the key ${text}`)
}

/** In English, column heads and tabs have no Chinese in them; names and data may, and buttons can carry these. */
async function chineseLabels(page: Page): Promise<string[]> {
  const labels = await page.getByRole('columnheader').or(page.getByRole('tab')).allInnerTexts()
  return [...new Set(labels)].filter((label) => /\p{Script=Han}/u.test(label)).map((label) => `Chinese in English: ${label.slice(0, 60)}`)
}
