import { execFileSync } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')
const SOURCES = ['index.html', 'vite.config.ts', 'src/web/**/*', 'src/i18n/**/*', 'src/kernel/**/*', 'src/modules/**/*.ts']

/** Builds dist/web when there is none, or when a source of it is younger. */
export function ensureWebApp(): void {
  const built = join(ROOT, 'dist/web/index.html')
  const builtAt = existsSync(built) ? statSync(built).mtimeMs : 0
  const isStale = globSync(SOURCES, { cwd: ROOT }).some((path) => !/\.test\.tsx?$/.test(path) && changedAt(join(ROOT, path)) > builtAt)
  if (isStale) execFileSync(process.execPath, [join(ROOT, 'scripts/build-web.ts')], { stdio: ['ignore', 'ignore', 'inherit'] })
}

function changedAt(path: string): number {
  const found = statSync(path)
  return found.isFile() ? found.mtimeMs : 0
}
