import type { Day } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'

export function insertAccounts(tx: Tx, rows: readonly { customerId: string; ancestors: readonly string[] }[]): void {
  tx.insert('credit_accounts', rows)
}

/** New paths of a moved subtree. Its own counters stay: they hold the subtree, which moves whole. */
export function changePaths(tx: Tx, rows: readonly { customerId: string; ancestors: readonly string[] }[]): void {
  tx.update('credit_accounts', rows, { match: ['customerId'], set: ['ancestors'] })
}

export function setStandardLimits(tx: Tx, rows: readonly { customerId: string; limitBase: bigint | null; version: number }[]): void {
  tx.update('credit_accounts', rows, { match: ['customerId'], set: ['limitBase'], expect: ['version'] })
}

export type TemporaryLimit = {
  readonly customerId: string
  readonly temporaryLimitBase: bigint | null
  readonly temporaryFrom: Day | null
  readonly temporaryUntil: Day | null
  readonly version: number
}
export function setTemporaryLimits(tx: Tx, rows: readonly TemporaryLimit[]): void {
  tx.update('credit_accounts', rows, {
    match: ['customerId'],
    set: ['temporaryLimitBase', 'temporaryFrom', 'temporaryUntil'],
    expect: ['version'],
  })
}

/** Both limits as they are from now on. */
export function setLimits(tx: Tx, rows: readonly (TemporaryLimit & { limitBase: bigint | null })[]): void {
  tx.update('credit_accounts', rows, {
    match: ['customerId'],
    set: ['limitBase', 'temporaryLimitBase', 'temporaryFrom', 'temporaryUntil'],
    expect: ['version'],
  })
}

export function setHold(tx: Tx, rows: readonly { customerId: string; onHold: boolean; version: number }[]): void {
  tx.update('credit_accounts', rows, { match: ['customerId'], set: ['onHold'], expect: ['version'] })
}
