import type { Finding } from './read-row.ts'

/** What becomes of one row. `input` is what `save` needs; without it the row is not brought in. `amount` in minor units of `currency`, for the sums. */
export type JudgedRow = {
  readonly line: number
  readonly title: string
  readonly currency?: string
  readonly amount?: bigint
  readonly dueOnEmpty?: boolean
  readonly findings: readonly Finding[]
  readonly input?: unknown
}

/** A row that does not come in: wrong, or there already. */
export function isRefused({ findings }: { readonly findings: readonly Finding[] }): boolean {
  return findings.some((finding) => finding.severity === 'refused' || finding.severity === 'already')
}
