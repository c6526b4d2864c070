import type { Day } from '../../kernel/day.ts'

/** A limit as asked for. `limitBase` null = unlimited; a temporary limit needs its last day. `version` is the credit account's that was seen. */
export type LimitWanted = {
  readonly customerId: string
  readonly version: number
  readonly kind: 'standard' | 'temporary'
  readonly limitBase: bigint | null
  readonly effectiveFrom: Day
  readonly effectiveUntil: Day | null
  readonly reason: string
}
/** One row of the history of limits. */
export type StoredLimit = Omit<LimitWanted, 'version'> & { readonly id: string }
