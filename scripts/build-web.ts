// Builds the web app into dist/web. With --if-missing (the `prepare` script) only when there is no build yet.
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const onlyIfMissing = process.argv.includes('--if-missing')

if (onlyIfMissing && existsSync(join(root, 'dist/web/index.html'))) {
  console.log('dist/web is there; `npm run build` builds it anew')
} else if (!existsSync(join(root, 'index.html'))) {
  console.log('no web sources here: nothing to build')
} else {
  await buildWeb()
}

async function buildWeb(): Promise<void> {
  process.env['NODE_ENV'] = 'production' // a test that asks for the build says 'test', and would get the development version of React
  const vite = await import('vite').catch(() => undefined)
  if (!vite) {
    console.log('vite is not installed: the web app is not built; `npm ci && npm run build` does it')
    if (!onlyIfMissing) process.exitCode = 1
    return
  }
  await vite.build({ root, logLevel: onlyIfMissing ? 'warn' : 'info' })
}
