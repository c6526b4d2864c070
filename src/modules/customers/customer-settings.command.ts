import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { saveSettings } from '../company/save-settings.command.ts'
import { changeRegion, insertRegion } from './customer.store.ts'
import type { CodeScheme } from './customer-code.ts'
import { requireVersion } from './lock-customers.query.ts'

/** Saves code scheme and review interval. */
export async function saveCustomerSettings(
  tx: Tx,
  settings: { codeScheme: CodeScheme; reviewMonths: number; version: number },
): Promise<void> {
  const { version, ...value } = settings
  await saveSettings(tx, 'customers', value, version)
}

/** Adds a region. Throws customers.regionExists. */
export async function createRegion(tx: Tx, name: string): Promise<string> {
  await refuseSecond(tx, name)
  const id = uuid()
  insertRegion(tx, { id, name })
  tx.audit({ action: 'customers.regionAdded', entity: 'region', entityId: id, after: { name } })
  return id
}

export async function renameRegion(tx: Tx, id: string, version: number, name: string): Promise<void> {
  const stored = await tx.maybe<{ name: string; version: number }>(
    sql`select r.name, r.version from ar.regions r where r.tenant_id = ${tx.caller.tenantId} and r.id = ${id} for no key update`,
  )
  if (!stored) throw missing('region')
  requireVersion(stored, version)
  if (stored.name === name) return
  await refuseSecond(tx, name)
  changeRegion(tx, { id, version, name })
  tx.audit({ action: 'customers.regionRenamed', entity: 'region', entityId: id, before: { name: stored.name }, after: { name } })
}

async function refuseSecond(tx: Tx, name: string): Promise<void> {
  const same = await tx.maybe(sql`select 1 from ar.regions r where r.tenant_id = ${tx.caller.tenantId} and r.name = ${name}`)
  if (same) throw new Problem('customers.regionExists', { name }, { kind: 'conflict', path: 'name' })
}
