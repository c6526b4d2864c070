import { idsIn, type Promised } from './promise.ts'
import type { ProofLine } from './proof-lines.ts'
import type { BenchLine, TrustInputs } from './trust-inputs.ts'

/** One test as the runner reports it: its whole title, its file, and whether it passed. */
export type Tried = { readonly title: string; readonly file: string; readonly passed: boolean }
export type Chapter = { readonly title: string; readonly promised: readonly Promised[] }

type State = 'proven' | 'failing' | 'not tried' | 'not there yet'
type Row = {
  readonly id: string
  readonly sentence: string
  readonly state: State
  readonly by: readonly Tried[]
  readonly notYet: string | undefined
}

/** The text of TRUST.md. Whether something is proven is what the tests' titles and outcomes say. */
export function trustReport({ facts, tests, proofs, benches, filesThere }: TrustInputs, chapters: readonly Chapter[]): string {
  const byId = testsById(tests)
  const known = new Set(chapters.flatMap(({ promised }) => promised.map(([id]) => id)))
  const unknown = [...byId.keys()].filter((id) => !known.has(id))
  const rows = new Map(chapters.map((chapter) => [chapter, chapter.promised.map((one) => rowOf(one, byId))]))
  const all = [...rows.values()].flat()
  const failed = tests.filter(({ passed }) => !passed).length
  return [
    '# What can be trusted, and how it was tried',
    '',
    'Made by `npm run trust` from the reports of the tests and the figures of the rigs; nothing in it is written by hand. An id is *proven* when tests whose title names it ran and all of them passed.',
    '',
    `Commit ${facts.commit}${facts.isChanged ? ' with changes that are not committed' : ''}, ${facts.on}, Node ${facts.node}, ${facts.machine}. ${tests.length} tests in ${new Set(tests.map(({ file }) => file)).size} of ${filesThere} files were run, ${failed} failed.`,
    '',
    summary(rows),
    '',
    figures(proofs, facts.commit),
    speed(benches),
    ...[...rows].map(([chapter, own]) => table(chapter, own)),
    left(all),
    ...(unknown.length > 0 ? [`Titles of tests name what is in no list: ${unknown.join(', ')}.\n`] : []),
  ].join('\n')
}

function testsById(tests: readonly Tried[]): Map<string, Tried[]> {
  const byId = new Map<string, Tried[]>()
  for (const test of tests) for (const id of idsIn(test.title)) byId.set(id, [...(byId.get(id) ?? []), test])
  return byId
}

function rowOf([id, sentence, notYet]: Promised, byId: ReadonlyMap<string, readonly Tried[]>): Row {
  const by = byId.get(id) ?? []
  const tried: State = by.every(({ passed }) => passed) ? 'proven' : 'failing'
  const state = by.length > 0 ? tried : notYet === undefined ? 'not tried' : 'not there yet'
  return { id, sentence, state, by, notYet }
}

function summary(rows: ReadonlyMap<Chapter, readonly Row[]>): string {
  const count = (own: readonly Row[], state: State): number => own.filter((row) => row.state === state).length
  const lines = [...rows].map(
    ([{ title }, own]) =>
      `| ${title} | ${own.length} | ${count(own, 'proven')} | ${count(own, 'failing')} | ${count(own, 'not tried')} | ${count(own, 'not there yet')} |`,
  )
  return ['| | all | proven | failing | not tried | not there yet |', '|---|---|---|---|---|---|', ...lines].join('\n')
}

/** The latest line of each rig; the commit is named where it is another one than that of the tests. */
function figures(proofs: readonly ProofLine[], commit: string): string {
  const latest = new Map(proofs.map((line) => [line.proof, line]))
  if (latest.size === 0) return '## Figures\n\nNo rig has left figures.\n'
  const lines = [...latest.values()].map(({ proof, ids, at, commit: own, ...counted }) => {
    const when = `${String(at).slice(0, 16)}${own === undefined || own === commit ? '' : `, commit ${own}`}`
    return `| ${proof} | ${ids.join(', ')} | ${cell(said(counted))} | ${when} |`
  })
  return ['## Figures', '', '| what | ids | counted | when |', '|---|---|---|---|', ...lines, ''].join('\n')
}

/** The latest line of each benchmark and size. */
function speed(benches: readonly BenchLine[]): string {
  const latest = new Map(benches.map((line) => [`${line.what} ${line.size}`, line]))
  if (latest.size === 0) return '## Speed\n\nNo benchmark was given to this report: `npm run bench` makes them.\n'
  const lines = [...latest.values()].map(
    ({ what, size, at, ...counted }) => `| ${what} | ${size} | ${cell(said(counted))} | ${at.slice(0, 16)} |`,
  )
  return ['## Speed', '', '| what | size | measured | when |', '|---|---|---|---|', ...lines, ''].join('\n')
}

function said(counted: Readonly<Record<string, unknown>>): string {
  return Object.entries(counted)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join('; ')
}

function table({ title }: Chapter, rows: readonly Row[]): string {
  const lines = rows.map((row) => `| ${row.id} | ${cell(row.sentence)} | ${row.state} | ${cell(evidence(row))} |`)
  return [`## ${title}`, '', '| id | promise | state | by |', '|---|---|---|---|', ...lines, ''].join('\n')
}

function evidence({ by, notYet, state }: Row): string {
  if (by.length === 0) return state === 'not there yet' ? `there are no ${notYet} yet` : ''
  const files = [...Map.groupBy(by, ({ file }) => file)].map(([file, own]) => `${file} (${own.length})`)
  const failing = by.filter(({ passed }) => !passed).map(({ title }) => `FAILED: ${title}`)
  return [...failing, files.join(', ')].join(' ')
}

function left(rows: readonly Row[]): string {
  const list = (state: State): string =>
    rows
      .filter((row) => row.state === state)
      .map(({ id, sentence }) => `${id} ${sentence}`)
      .join('; ') || 'nothing'
  return `## What is not covered\n\nFailing: ${list('failing')}.\n\nNot tried: ${list('not tried')}.\n\nNot there yet: ${list('not there yet')}.\n`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
