import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { idsIn } from './promise.ts'
import { attacks } from './promised-attacks.ts'
import { invariants } from './promised-invariants.ts'
import { scenarios } from './promised-scenarios.ts'
import { readInputs } from './trust-inputs.ts'
import { type Tried, trustReport } from './trust-report.ts'

const run = (tests: readonly Tried[]) => ({
  facts: { commit: 'abc', isChanged: false, on: '2026-11-22', node: '24', machine: 'Linux' },
  tests,
  proofs: [],
  benches: [],
  filesThere: 3,
})
const tried = (title: string, passed = true): Tried => ({ title, file: 'test/a.test.ts', passed })
const chapters = [
  {
    title: 'Attacks',
    promised: [
      ['T01', 'one'],
      ['T02', 'two'],
      ['T03', 'three', 'things'],
    ] as const,
  },
]

describe('the ids of a title', () => {
  test.each([
    ['S01, T54: 64 clients', ['S01', 'T54']],
    ['fires on its own break I-18-product The ageing', ['I-18']],
    ['S13, S27, M1 and T110', ['S13', 'S27', 'M1', 'T110']],
    ['UTS12 T1 S1234 M9', []],
  ])(
    'title %#',
    (title, ids) => expect(idsIn(title)).toEqual(ids), // the titles themselves would be taken for proofs
  )
})

test('every id is promised once', () => {
  const ids = [...invariants, ...scenarios, ...attacks].map(([id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect([invariants.length, scenarios.length, attacks.length]).toEqual([55, 28, 120])
})

describe('the report', () => {
  test('says proven only of what ran and passed', () => {
    const text = trustReport(run([tried('T01: a'), tried('T01: b')]), chapters)
    expect(text).toContain('| T01 | one | proven | test/a.test.ts (2) |')
    expect(text).toContain('| T02 | two | not tried |  |')
    expect(text).toContain('| T03 | three | not there yet | there are no things yet |')
    expect(text).toContain('| Attacks | 3 | 1 | 0 | 1 | 1 |')
  })
  test('says how many files of tests were not run', () => {
    expect(trustReport(run([tried('T01: a')]), chapters)).toContain('1 tests in 1 of 3 files were run, 0 failed.')
  })
  test('one failing test of an id is enough', () => {
    expect(trustReport(run([tried('T01: a'), tried('T01: b', false)]), chapters)).toContain(
      '| T01 | one | failing | FAILED: T01: b test/a.test.ts (2) |',
    )
  })
  test('a title that names something in no list is told, and proves nothing', () => {
    const text = trustReport(run([tried('T99: a')]), chapters)
    expect(text).toContain('Titles of tests name what is in no list: T99.')
    expect(text).toContain('| Attacks | 3 | 0 | 0 | 2 | 1 |')
  })
  test('shows the latest line of each benchmark, and the commit of figures that are of another one', () => {
    const benches = [100, 200].map((p95Ms) => ({ what: 'home', size: '1m', p95Ms, at: '2026-11-22T06:00:00Z' }))
    const proofs = [{ proof: 'kill', ids: ['S13'], cycles: 20, commit: 'old', at: '2026-11-22T05:00:00Z' }]
    const text = trustReport({ ...run([]), benches, proofs }, chapters)
    expect(text).toContain('| home | 1m | p95Ms 200 | 2026-11-22T06:00 |')
    expect(text).not.toContain('p95Ms 100')
    expect(text).toContain('| kill | S13 | cycles 20 | 2026-11-22T05:00, commit old |')
    expect(trustReport(run([]), chapters)).toContain('No benchmark was given to this report')
  })
  test('shows the latest figures of each rig', () => {
    const proofs = [1, 2].map((cycles) => ({ proof: 'kill', ids: ['S13'], cycles, seed: 7 }))
    const text = trustReport({ ...run([]), proofs }, chapters)
    expect(text).toContain('| kill | S13 | cycles 2; seed 7 |')
    expect(text).not.toContain('cycles 1')
  })
})

describe('what a run left', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trust-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const write = (name: string, value: unknown, seconds: number) => {
    writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value))
    utimesSync(join(folder, name), seconds, seconds)
  }
  const report = (name: string, status: string, assertionResults: { fullName: string; status: string }[]) => ({
    testResults: [{ name: join(folder, name), status, assertionResults }],
  })
  test('is not made up where nothing was run', () => {
    expect(() => readInputs(folder, folder)).toThrow('holds no run.json')
    write('run.json', run([]).facts, 1)
    expect(() => readInputs(folder, folder)).toThrow('holds no report')
  })
  test('of a file that ran twice the later report counts; what was skipped proves nothing; a file that could not be loaded has failed', () => {
    write('one.json', report('a.test.ts', 'passed', [{ fullName: 'T01: a', status: 'passed' }]), 100)
    write('two.json', report('a.test.ts', 'failed', [{ fullName: 'T01: a', status: 'failed' }, { fullName: 'T02: b', status: 'skipped' }]), 200) // biome-ignore format: one report
    write('three.json', report('b.test.ts', 'failed', []), 150)
    write('lines.jsonl', '{"proof":"kill","ids":["S13"],"cycles":20}\n{"what":"home","size":"1m","p95Ms":9}\nsaid in between\n', 300)
    const { tests, proofs, benches } = readInputs(folder, folder)
    expect(tests.map(({ title, passed }) => [title, passed])).toEqual([
      ['T01: a', false],
      ['the file itself', false],
    ])
    expect([proofs[0]!.proof, benches[0]!.what, benches[0]!.at]).toEqual(['kill', 'home', '1970-01-01T00:05:00.000Z'])
  })
})
