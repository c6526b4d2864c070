// Takes "engines" out of package-lock.json. npm ci compares them with the Node that runs npm, which may be any from 20 on; the program itself runs on the
// Node 24 that it brings. With them npm warns, and leaves out optional binaries (rolldown's, oxlint's) that Node 24 needs.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const file = join(import.meta.dirname, '../package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, { engines?: unknown }> }
for (const [at, entry] of Object.entries(lock.packages)) if (at !== '') delete entry.engines
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
