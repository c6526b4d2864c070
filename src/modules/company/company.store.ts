import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'

export function insertTenant(
  tx: Tx,
  tenant: { name: string; baseCurrency: string; timeZone: string; language: string; isDemo: boolean; ready: boolean },
): void {
  tx.insert('tenants', [tenant])
}

/** The company that was founded apart from the others takes part from now on. */
export function markReady(tx: Tx): void {
  tx.update('tenants', [{ tenantId: tx.caller.tenantId, ready: true }], { match: ['tenantId'], set: ['ready'] })
}

/** Sets the given columns of the company where its version is still this one. */
export function updateTenant(tx: Tx, columns: Row, version: number): void {
  const row = { tenantId: tx.caller.tenantId, version, ...columns }
  tx.update('tenants', [row], { match: ['tenantId'], set: Object.keys(columns), expect: ['version'] })
}

export function insertEntity(tx: Tx, entity: { id: string; code: string; name: string; taxId: string | null }): void {
  tx.insert('entities', [entity])
}

export function updateEntity(
  tx: Tx,
  entity: { id: string; version: number; code: string; name: string; taxId: string | null; status: string },
): void {
  tx.update('entities', [entity], { set: ['code', 'name', 'taxId', 'status'], expect: ['version'] })
}

export function insertPeriods(tx: Tx, periods: readonly number[]): void {
  tx.insert(
    'periods',
    periods.map((period) => ({ period })),
  )
}
