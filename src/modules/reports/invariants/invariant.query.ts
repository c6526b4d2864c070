import type { Reader } from '../../../platform/db.ts'
import type { Sql } from '../../../platform/sql.ts'

/** A violating row, as it is shown: whatever names the fault. */
export type Fault = Readonly<Record<string, unknown>>

/**
 * One sentence about the books that is always true. Its proof is the question for its violations (no row = it holds), in SQL over the whole company, or in code
 * where SQL cannot compute it (hashes). The sentence in words is `reports.invariants.<id>`; `says` is for developers.
 */
export type Invariant = { readonly id: string; readonly says: string } & (
  | { readonly violations: (tenantId: number) => Sql }
  | { readonly check: (reader: Reader) => Promise<readonly Fault[]> }
)
