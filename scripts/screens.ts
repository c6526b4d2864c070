/**
 * npm run screens [-- --language zh-CN --only '^customers' --size wide|phone]: takes a picture of every page of a lively company in three languages, wide and on a
 * phone, into ./screenshots, and fails where a page shows a key instead of words, complains in the console, asks for what is not there, or scrolls sideways.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BrowserContext } from 'playwright-core'
import { openChromium } from '../test/harness/chromium.ts'
import { startProgram } from '../test/harness/program.ts'
import { ensureWebApp } from '../test/harness/web-app.ts'
import { addressesOf } from './screens/addresses.ts'
import { livelyCompany } from './screens/lively-company.ts'
import { type Look, lookAt } from './screens/look.ts'
import type { Visitor } from './screens/visitor.ts'

const FOLDER = join(import.meta.dirname, '../screenshots')
const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 375, height: 812 } } as const
/** Pages on which the second person has something to decide; the others are seen by the administrator. */
const CHECKED = /^approval|^receipt-/
const LANGUAGES = ['zh-CN', 'zh-TW', 'en']
const { values } = parseArgs({ options: { language: { type: 'string' }, only: { type: 'string' }, size: { type: 'string' } } })

ensureWebApp()
rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(FOLDER, { recursive: true })
const program = await startProgram()
const faults: string[] = []
let wang: Visitor
let chen: Visitor
try {
  const company = await livelyCompany(program.address, new URLSearchParams(new URL(program.setUpLink).hash.slice(1)).get('token')!)
  wang = company.wang
  chen = company.chen
  const addresses = await addressesOf(wang, chen, company.ids)
  const chosen = Object.entries(addresses).filter(([name]) => values.only === undefined || new RegExp(values.only).test(name))
  for (const [size, viewport] of Object.entries(SIZES).filter(([name]) => values.size === undefined || name === values.size)) {
    const { context, close } = await openChromium(viewport)
    for (const language of LANGUAGES.filter((one) => values.language === undefined || one === values.language)) {
      for (const [name, path] of chosen) await take({ context, name, path, language, size, mode: 'light' })
    }
    for (const name of ['home', 'customer', 'ageing']) {
      if (addresses[name] && values.only === undefined)
        await take({ context, name, path: addresses[name], language: 'zh-CN', size, mode: 'dark' })
    }
    await close()
  }
} finally {
  await program.stop()
}
for (const fault of faults) console.error(fault)
console.info(`${faults.length} faults; the pictures lie in ${FOLDER}`)
process.exit(faults.length === 0 ? 0 : 1)

async function take(look: Omit<Look, 'address' | 'file'>): Promise<void> {
  const { context, name, language, size, mode } = look
  await signIn(context, (CHECKED.test(name) ? chen : wang).cookie())
  const file = join(FOLDER, `${language}-${size}${mode === 'dark' ? '-dark' : ''}-${name}.png`)
  const found = await lookAt({ ...look, address: program.address, file })
  faults.push(...found.map((fault) => `${language} ${size} ${name}: ${fault}`))
}

async function signIn(context: BrowserContext, cookie: string): Promise<void> {
  const pairs = cookie.split('; ').map((pair) => pair.split(/=(.*)/s) as [string, string])
  await context.clearCookies()
  await context.addCookies(pairs.map(([name, value]) => ({ name, value, url: program.address })))
}
