import type { Tx } from '../../platform/db.ts'
import { insertRegion } from './customer.store.ts'

/** Adds regions that an import brings along, under ids given by it; none of the names may be there yet (the caller has looked). One audit entry for all. */
export function addRegions(tx: Tx, regions: readonly { readonly id: string; readonly name: string }[]): void {
  for (const region of regions) insertRegion(tx, region)
  if (regions.length > 0) tx.audit({ action: 'customers.regionsAdded', entity: 'region', detail: { regions } })
}
