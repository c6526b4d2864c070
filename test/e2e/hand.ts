import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'

const PICTURES = join(import.meta.dirname, '../../test-results')
const STEP_MS = 15_000

export type Hand = ReturnType<typeof hand>

/** What a person does on a page: by the words that stand there, never by class names. */
export function hand(page: Page) {
  page.setDefaultTimeout(STEP_MS)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(`${message.text()} ${message.location().url}`))
  const field = (label: string, within: Page | Locator = page) => within.getByLabel(label, { exact: true })
  return {
    page,
    field,
    /** What the browser's console said in red. */
    complaints,
    sees: (text: string | RegExp, within: Page | Locator = page) => within.getByText(text).first().waitFor(),
    heading: (name: string | RegExp) => page.getByRole('heading', { name, level: 1 }).waitFor(),
    press: (name: string | RegExp, within: Page | Locator = page) => within.getByRole('button', { name }).click(),
    follow: (name: string | RegExp, within: Page | Locator = page) => within.getByRole('link', { name }).first().click(),
    type: (label: string, text: string, within: Page | Locator = page) => field(label, within).fill(text),
    /** Opens a choice, types to narrow it where that is possible, and takes the option of this name. */
    async choose(label: string, option: string, { typed, within = page }: { typed?: string; within?: Page | Locator } = {}) {
      const box = within.getByRole('combobox', { name: new RegExp(`^${label}\\s*(（选填）)?$`) })
      await box.click()
      if (typed !== undefined) await box.fill(typed)
      await page.getByTitle(option, { exact: true }).last().click()
    },
    row: (text: string | RegExp, within: Page | Locator = page) => within.getByRole('row').filter({ hasText: text }),
    panel: (title: string | RegExp) => page.getByRole('region', { name: title }),
  }
}

/** Runs one step; when it fails, a picture of every open page stands in test-results. */
export async function step<T>(name: string, pages: readonly Page[], act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    mkdirSync(PICTURES, { recursive: true })
    for (const [at, page] of pages.entries())
      await page.screenshot({ path: join(PICTURES, `${name}-${at + 1}.png`) }).catch(() => undefined)
    throw error
  }
}

/** What a person reads there: words on separate lines stay apart, unlike in textContent. */
export function read(place: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: the rendered text is what is being tested
  return place.innerText()
}
