import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where the rigs write what they counted, one JSON object a line, for TRUST.md. */
export const PROOF_LINES = join(import.meta.dirname, '../../.cache/trust/proofs.jsonl')

/** A line of figures: which ids it is about, what was counted, with which seed. */
export type ProofLine = { readonly proof: string; readonly ids: readonly string[] } & Readonly<Record<string, unknown>>

/** Keeps the figures of a run; the latest of each `proof` counts. */
export function noteProof(line: ProofLine): void {
  mkdirSync(dirname(PROOF_LINES), { recursive: true })
  appendFileSync(PROOF_LINES, `${JSON.stringify({ ...line, at: new Date().toISOString() })}\n`)
}
