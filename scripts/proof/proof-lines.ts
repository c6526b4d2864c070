import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where the rigs write what they counted, one JSON object a line, for TRUST.md. */
export const PROOF_LINES = join(import.meta.dirname, '../../.cache/trust/proofs.jsonl')

/** A line of figures: which ids it is about, what was counted, with which seed. */
export type ProofLine = { readonly proof: string; readonly ids: readonly string[] } & Readonly<Record<string, unknown>>

/** Keeps the figures of a run, with the commit it ran on; the latest of each `proof` counts. */
export function noteProof(line: ProofLine): void {
  mkdirSync(dirname(PROOF_LINES), { recursive: true })
  appendFileSync(PROOF_LINES, `${JSON.stringify({ ...line, commit: commit(), at: new Date().toISOString() })}\n`)
}

let known: string | undefined
/** Empty where there is no repository: an unpacked archive. */
function commit(): string {
  try {
    known ??= execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    known = ''
  }
  return known
}
