import type { Tx } from '../../platform/db.ts'

export function insertPeriods(tx: Tx, periods: readonly number[]): void {
  tx.insert(
    'periods',
    periods.map((period) => ({ period })),
  )
}

/** Locks the periods FOR SHARE at the save; whoever closes one takes it FOR UPDATE, so that one of the two waits. */
export function keepPeriodsOpen(tx: Tx, periods: readonly number[]): void {
  if (periods.length === 0) return
  tx.check(
    `select 1 from ar.periods p where p.tenant_id = $1 and p.period = any({0}::int[]) and p.status = 'open' for share`,
    [periods],
    periods.length,
  )
}

export function savePeriodStatus(
  tx: Tx,
  period: {
    readonly period: number
    readonly version: number
    readonly status: 'open' | 'closed'
    readonly closedBy: string | null
    readonly closedAt: Date | null
  },
): void {
  tx.update('periods', [period], { match: ['period'], set: ['status', 'closedBy', 'closedAt'], expect: ['version'] })
}
