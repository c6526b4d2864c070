import type { Tx } from '../../platform/db.ts'
import { setBeginnings, setCustomerStatus } from './customer.store.ts'
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

type Beginning = { readonly id: string; readonly termsId?: string | null | undefined; readonly salespersonId?: string | null | undefined }

/** First terms and salesperson of customers that nothing uses, as a file that comes again names them; what it does not name stays. One audit entry for all. */
export async function beginAnew(tx: Tx, wanted: readonly Beginning[]): Promise<void> {
  const stored = await lockCustomers(
    tx,
    wanted.map((one) => one.id),
  )
  const changed = wanted.flatMap(({ id, termsId, salespersonId }) => {
    const before = stored.get(id)!
    const next = { id, version: before.version, termsId: termsId ?? before.termsId, salespersonId: salespersonId ?? before.salespersonId }
    return next.termsId === before.termsId && next.salespersonId === before.salespersonId ? [] : [next]
  })
  if (changed.length === 0) return
  setBeginnings(tx, changed)
  const customers = changed.map(({ version: _, ...one }) => one)
  tx.audit({ action: 'customers.beganAnew', entity: 'customer', detail: { count: customers.length, customers } })
}
