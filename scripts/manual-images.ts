/**
 * npm run manual-images [-- --language zh-CN --only REGEX]: takes the pictures of the manual anew, of a demo company in a program of its own, into docs/manual/images. Fails where one is
 * heavier than the check of the manual allows.
 */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BrowserContext } from 'playwright-core'
import { openChromium } from '../test/harness/chromium.ts'
import { startProgram } from '../test/harness/program.ts'
import { ensureWebApp } from '../test/harness/web-app.ts'
import { lookAt } from './screens/look.ts'
import { type Visitor, visitor } from './screens/visitor.ts'

const FOLDER = join(import.meta.dirname, '../docs/manual/images')
const SIZE = { width: 1080, height: 560 }
const PICTURE_BYTES_MOST = 150_000
const { values } = parseArgs({ options: { language: { type: 'string' }, only: { type: 'string' } } })

ensureWebApp()
const program = await startProgram()
const faults: string[] = []
try {
  const made = await program.huikuan(['demo', '--json'])
  if (made.code !== 0) throw new Error(made.err)
  const { email, password } = JSON.parse(made.out) as { email: string; password: string }
  const administrator = visitor(program.address)
  await administrator.post('/api/sign-in', { email, password })
  const pictures = { ...(await addresses(administrator)), 'set-up': new URL(program.setUpLink).pathname + new URL(program.setUpLink).hash }
  for (const language of ['zh-CN', 'en'].filter((one) => values.language === undefined || values.language === one)) {
    const { context, close } = await openChromium({ ...SIZE, locale: language })
    // the set-up comes first: nobody is signed in then
    const wanted = Object.entries(pictures).filter(([one]) => values.only === undefined || new RegExp(values.only).test(one))
    for (const [name, path] of wanted.reverse()) {
      if (name !== 'set-up') await context.addCookies(cookiesOf(administrator.cookie()))
      await take(context, name, path, language)
    }
    await close()
  }
} finally {
  await program.stop()
}
for (const fault of faults) console.error(fault)
process.exit(faults.length === 0 ? 0 : 1)

async function take(context: BrowserContext, name: string, path: string, language: string): Promise<void> {
  const file = join(FOLDER, `${language}-${name}.png`)
  const found = await lookAt({ context, address: program.address, name, path, language, size: 'wide', mode: 'light', file })
  const { size } = statSync(file)
  console.info(`${language} ${name}: ${Math.round(size / 1000)} kB`)
  faults.push(...found.map((fault) => `${language} ${name}: ${fault}`))
  if (size > PICTURE_BYTES_MOST) faults.push(`${language} ${name}: ${size} bytes`)
}

function cookiesOf(text: string) {
  return text
    .split('; ')
    .map((pair) => pair.split(/=(.*)/s) as [string, string])
    .map(([name, value]) => ({ name, value, url: program.address }))
}

/** What the manual shows, by the name of its picture. */
async function addresses(by: Visitor): Promise<Record<string, string>> {
  const first = async (path: string): Promise<string> => (await by.get(path)).items[0]?.id ?? 'none'
  const [customer, held, receipt, ladder] = [
    await first('/api/customers?limit=1'),
    await first('/api/orders?status=submitted&limit=1'),
    await first('/api/receipts?unallocated=true&limit=1').catch(() => 'none'),
    await first('/api/dunning/ladders').catch(() => 'none'),
  ]
  return {
    home: '/',
    customer: `/customers/${customer}`,
    'order-held': `/orders/${held}`,
    receivables: '/receivables',
    ageing: '/ageing',
    receipts: '/receipts',
    'receipts-one-allocate': `/receipts/${receipt}/allocate`,
    imports: '/imports',
    vouchers: '/vouchers',
    'trial-balance': '/trial-balance',
    approvals: '/approvals',
    reports: '/reports',
    dunning: `/dunning/ladders/${ladder}`,
    outbox: '/outbox',
    demo: '/settings/demo',
    'settings-credit': '/settings/credit',
    'settings-payment-terms': '/settings/payment-terms',
    'settings-people': '/settings/people',
    'settings-api-keys': '/settings/api-keys',
    'settings-verify': '/settings/verify',
  }
}
