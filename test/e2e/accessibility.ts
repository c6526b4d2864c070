import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe-core finds against WCAG A and AA on the page as it stands: one line a rule with the first places. */
export async function violations(page: Page): Promise<string[]> {
  const found = await violationsNow(page)
  if (found.length === 0) return found
  // what is fading in is pale half-way: a violation lasts
  await page.waitForTimeout(1_500)
  return violationsNow(page)
}

async function violationsNow(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async (tags) => {
    type Found = { violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[] }
    const axe = (window as unknown as { axe: { run: (context: object, options: object) => Promise<Found> } }).axe
    const found = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] })
    return found.violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help} (${nodes.length}): ${nodes
          .slice(0, 3)
          .map((node) => `${node.html.slice(0, 160)} ${node.failureSummary?.split('\n')[1] ?? ''}`)
          .join(' | ')}`,
    )
  }, WCAG)
}
