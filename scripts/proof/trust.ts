/**
 * npm run trust                        runs every test and writes TRUST.md
 * npm run trust -- --part PATTERN …    runs the files whose path holds one of these, and adds them to what was run before on this commit
 * npm run trust -- --from FOLDER       runs nothing: reads what a run left there (trust-inputs.ts)
 *
 * Exit 1 when a test failed.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, totalmem, type } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { attacks } from './promised-attacks.ts'
import { invariants } from './promised-invariants.ts'
import { scenarios } from './promised-scenarios.ts'
import { PROOF_LINES } from './proof-lines.ts'
import { RUN_FACTS, type RunFacts, readInputs } from './trust-inputs.ts'
import { trustReport } from './trust-report.ts'

const ROOT = join(import.meta.dirname, '../..')
const FOLDER = join(PROOF_LINES, '..')
const { values } = parseArgs({ options: { part: { type: 'string', multiple: true }, from: { type: 'string' } } })

if (values.from === undefined) run(values.part ?? [])
const inputs = readInputs(values.from === undefined ? FOLDER : resolve(values.from), ROOT)
const chapters = [
  { title: 'Invariants', promised: invariants },
  { title: 'Races and crashes', promised: scenarios },
  { title: 'Attacks', promised: attacks },
]
writeFileSync(join(ROOT, 'TRUST.md'), trustReport(inputs, chapters))
const failed = inputs.tests.filter(({ passed }) => !passed)
console.info(`TRUST.md: ${inputs.tests.length} tests, ${failed.length} failed`)
process.exitCode = failed.length > 0 ? 1 : 0

/** Without parts from the beginning; a part goes with what was run before only where that was the same commit. */
function run(parts: readonly string[]): void {
  const facts = factsNow()
  const path = join(FOLDER, RUN_FACTS)
  const before = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as RunFacts) : undefined
  const goesOn = parts.length > 0 && before?.commit === facts.commit && before.isChanged === facts.isChanged
  if (!goesOn) rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  if (!goesOn) writeFileSync(path, JSON.stringify(facts))
  const report = `--outputFile.json=${join(FOLDER, `report-${Date.now()}.json`)}`
  const args = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', ...parts, '--reporter=dot', '--reporter=json', report]
  spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' })
}

function factsNow(): RunFacts {
  return {
    commit: git('rev-parse', '--short=12', 'HEAD'),
    isChanged: git('status', '--porcelain', '--untracked-files=no') !== '',
    on: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    machine: `${type()}, ${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GB`,
  }
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim()
}
