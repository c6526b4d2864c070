import type { Tx } from '../../platform/db.ts'
import { setCustomerStatus } from './customer.store.ts'
import { lockCustomers } from './lock-customers.query.ts'

/** Disables many customers, or brings them back, with one audit entry for all: for an import that is taken back, and for the file that comes again. Merged ones stay as they are. */
export async function switchCustomers(tx: Tx, ids: readonly string[], status: 'active' | 'disabled', reason: string): Promise<void> {
  const customers = await lockCustomers(tx, ids)
  const changed = [...customers.values()].filter((one) => one.status !== status && one.status !== 'merged')
  if (changed.length === 0) return
  setCustomerStatus(
    tx,
    changed.map(({ id, version }) => ({ id, version, status, mergedIntoId: null })),
  )
  const action = status === 'active' ? 'customers.enabled' : 'customers.disabled'
  tx.audit({ action, entity: 'customer', detail: { count: changed.length, ids: changed.map((one) => one.id), reason } })
}
