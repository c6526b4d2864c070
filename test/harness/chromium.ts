import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'

/** Where a browser may already be; otherwise the one that npm brought is unpacked. */
const INSTALLED = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].filter(
  (path) => path !== undefined,
)
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]

export type Chromium = { readonly context: BrowserContext; close(): Promise<void> }

/** A real Chromium with an empty profile, in the words of `locale`. */
export async function openChromium({
  width = 1440,
  height = 900,
  locale = 'zh-CN',
}: {
  width?: number
  height?: number
  locale?: string
} = {}): Promise<Chromium> {
  const profile = mkdtempSync(join(tmpdir(), 'huikuan-browser-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await browserPath(),
    headless: true,
    args: QUIET,
    viewport: { width, height },
    locale,
    timezoneId: 'Asia/Shanghai',
  })
  return {
    context,
    close: async () => {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

async function browserPath(): Promise<string> {
  const found = INSTALLED.find((path) => existsSync(path))
  if (found) return found
  return unpackedBrowser()
}

/**
 * The browser that npm brought, unpacked once into a folder of its own together with the libraries it needs (NSS, expat), which a bare Debian does
 * not have. The package unpacks these only where it believes to be on Lambda, and looks at the variable while it is loaded.
 */
async function unpackedBrowser(): Promise<string> {
  const { TMPDIR: before } = process.env
  const folder = join(tmpdir(), 'huikuan-chromium')
  mkdirSync(folder, { recursive: true })
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs22.x'
  process.env['TMPDIR'] = folder
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    return await packed.executablePath()
  } finally {
    delete process.env['AWS_LAMBDA_JS_RUNTIME']
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}
