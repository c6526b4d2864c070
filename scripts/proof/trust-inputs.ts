import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { ProofLine } from './proof-lines.ts'
import type { Tried } from './trust-report.ts'

/** On what a run was made, as written down when it began. */
export type RunFacts = {
  readonly commit: string
  readonly isChanged: boolean
  readonly on: string
  readonly node: string
  readonly machine: string
}
/** A line of a benchmark: what, how large, and its figures. */
export type BenchLine = { readonly what: string; readonly size: string; readonly at: string } & Readonly<Record<string, unknown>>
export type TrustInputs = {
  readonly facts: RunFacts
  readonly tests: readonly Tried[]
  readonly proofs: readonly ProofLine[]
  readonly benches: readonly BenchLine[]
  /** How many files of tests there are, run or not. */
  readonly filesThere: number
}

export const RUN_FACTS = 'run.json'

/**
 * What a run left in a folder: `run.json`, reports of the test runner (*.json; of a file that was run twice the later one counts), and lines of rigs and benchmarks (*.jsonl). Throws where
 * there is no run.json or no report: nothing is said of what has not run.
 */
export function readInputs(folder: string, root: string): TrustInputs {
  if (!existsSync(join(folder, RUN_FACTS))) throw new Error(`${folder} holds no ${RUN_FACTS}: nothing is known of what was run there`)
  const names = readdirSync(folder).sort((a, b) => changedAt(folder, a) - changedAt(folder, b))
  const reports = names.filter((name) => name.endsWith('.json') && name !== RUN_FACTS)
  const byFile = new Map<string, readonly Tried[]>()
  for (const name of reports) for (const [file, tests] of testsIn(join(folder, name), root)) byFile.set(file, tests)
  if (byFile.size === 0) throw new Error(`${folder} holds no report of a test run`)
  const lines = names.filter((name) => name.endsWith('.jsonl')).flatMap((name) => linesIn(folder, name))
  return {
    facts: JSON.parse(readFileSync(join(folder, RUN_FACTS), 'utf8')) as RunFacts,
    tests: [...byFile.values()].flat(),
    proofs: lines.filter((line) => 'proof' in line) as unknown as ProofLine[],
    benches: lines.filter((line) => 'what' in line && 'size' in line) as unknown as BenchLine[],
    filesThere: ['src', 'test', 'scripts'].flatMap((part) => testFiles(join(root, part))).length,
  }
}

type Report = {
  testResults: { name: string; status: string; message?: string; assertionResults: { fullName: string; status: string }[] }[]
}

/** By file. A test that was skipped proved nothing and is left out; a file that could not be run counts as one that failed. */
function testsIn(path: string, root: string): [file: string, tests: readonly Tried[]][] {
  const { testResults = [] } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Report>
  return testResults.map(({ name, status, assertionResults }) => {
    const file = relative(root, name)
    const tests = assertionResults
      .filter((one) => one.status === 'passed' || one.status === 'failed')
      .map((one) => ({ title: one.fullName, file, passed: one.status === 'passed' }))
    const isBroken = status === 'failed' && !tests.some(({ passed }) => !passed)
    return [file, isBroken ? [...tests, { title: 'the file itself', file, passed: false }] : tests]
  })
}

function testFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.test\.tsx?$/.test(name))
}

function linesIn(folder: string, name: string): Record<string, unknown>[] {
  const at = new Date(changedAt(folder, name)).toISOString()
  return readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => ({ at, ...(JSON.parse(line) as Record<string, unknown>) }))
}

function changedAt(folder: string, name: string): number {
  return statSync(join(folder, name)).mtimeMs
}
