import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

type Package = { engines?: unknown; optionalDependencies?: Record<string, string>; dependencies?: Record<string, string> }
const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8')) as { packages: Record<string, Package> }

/** npm leaves optional packages of other platforms out of the lockfile when it could not see them; then `npm ci` refuses on every platform. */
it('the lockfile names every package that another one wants, those of other platforms too', () => {
  const known = new Set(Object.keys(lock.packages))
  const missing = Object.entries(lock.packages).flatMap(([at, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => !reachable(known, at, name)),
  )
  expect(missing).toEqual([])
  expect(known.size).toBeGreaterThan(100)
})

/** npm compares "engines" with the Node that runs npm, warns, and leaves optional binaries out; ours run on the Node 24 that the program brings. */
it('no package of the lockfile asks for a Node of its own (`npm run forget-engines` after npm install)', () => {
  const asking = Object.entries(lock.packages).filter(([at, { engines }]) => at !== '' && engines !== undefined)
  expect(asking.map(([at]) => at)).toEqual([])
})

/** Node's own search: node_modules of the package, then of each folder above it. */
function reachable(known: ReadonlySet<string>, at: string, name: string): boolean {
  for (let folder = at; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (known.has(`${folder === '' ? '' : `${folder}/`}node_modules/${name}`)) return true
    if (folder === '') return false
  }
}
