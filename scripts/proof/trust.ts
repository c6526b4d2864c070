/**
 * npm run trust [-- --collect] [-- --report FILE]: runs every test and writes TRUST.md. `--collect` runs nothing and takes the last report; `--report` takes another one (several may be
 * given: the reports of the parts of one run). Exit 1 when a test failed.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem, type } from 'node:os'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { attacks } from './promised-attacks.ts'
import { invariants } from './promised-invariants.ts'
import { scenarios } from './promised-scenarios.ts'
import { PROOF_LINES, type ProofLine } from './proof-lines.ts'
import { type Tried, trustReport } from './trust-report.ts'

const ROOT = join(import.meta.dirname, '../..')
const REPORT = join(ROOT, '.cache/trust/report.json')
const { values } = parseArgs({ options: { collect: { type: 'boolean', default: false }, report: { type: 'string', multiple: true } } })

if (!values.collect && values.report === undefined) runEverything()
const tests = (values.report ?? [REPORT]).flatMap(testsIn)
const text = trustReport(
  {
    commit: git('rev-parse', '--short=12', 'HEAD'),
    isChanged: git('status', '--porcelain', '--untracked-files=no') !== '',
    on: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    machine: `${type()}, ${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GB`,
    tests,
    proofs: proofLines(),
  },
  [
    { title: 'Invariants', promised: invariants },
    { title: 'Races and crashes', promised: scenarios },
    { title: 'Attacks', promised: attacks },
  ],
)
writeFileSync(join(ROOT, 'TRUST.md'), text)
const failed = tests.filter(({ passed }) => !passed)
console.info(`TRUST.md: ${tests.length} tests, ${failed.length} failed`)
process.exitCode = failed.length > 0 ? 1 : 0

function runEverything(): void {
  mkdirSync(join(ROOT, '.cache/trust'), { recursive: true })
  writeFileSync(PROOF_LINES, '')
  const args = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${REPORT}`]
  spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' })
}

type Report = { testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[] }
/** A test that was skipped proved nothing and is left out. */
function testsIn(file: string): Tried[] {
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as Report
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ fullName, status }) => ({ title: fullName, file: relative(ROOT, name), passed: status === 'passed' })),
  )
}

function proofLines(): ProofLine[] {
  if (!existsSync(PROOF_LINES)) return []
  return readFileSync(PROOF_LINES, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ProofLine)
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim()
}
