import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'

export function insertLimits(tx: Tx, rows: readonly Row[]): void {
  tx.insert('credit_limits', rows)
}
export function decideLimits(
  tx: Tx,
  rows: readonly { id: string; version: number; status: string; approvedBy: string | null; approvedHow: string | null }[],
): void {
  tx.update('credit_limits', rows, { set: ['status', 'approvedBy', 'approvedHow'], expect: ['version'], guard: "t.status = 'pending'" })
}
export function insertHolds(tx: Tx, rows: readonly Row[]): void {
  tx.insert('credit_holds', rows)
}
export function releaseHolds(
  tx: Tx,
  rows: readonly { id: string; version: number; releasedBy: string; releasedAt: Date; releaseReason: string }[],
): void {
  tx.update('credit_holds', rows, {
    set: ['releasedBy', 'releasedAt', 'releaseReason'],
    expect: ['version'],
    guard: 't.released_at is null',
  })
}
