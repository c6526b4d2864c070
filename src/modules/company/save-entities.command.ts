import { Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import { changes } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { entities, lockEntity } from './company.query.ts'
import { insertEntity, updateEntity } from './company.store.ts'

export type EntityDetails = { readonly code: string; readonly name: string; readonly taxId: string | null }

/** A further legal entity (法人主体) of the company. */
export async function addEntity(tx: Tx, details: EntityDetails): Promise<string> {
  await refuseTakenCode(tx, details.code)
  const id = uuid()
  insertEntity(tx, { id, ...details })
  tx.audit({ action: 'entities.added', entity: 'entity', entityId: id, after: details })
  return id
}

/** At least one entity stays active. */
export async function editEntity(tx: Tx, id: string, details: EntityDetails & { status: string; version: number }): Promise<void> {
  const before = await lockEntity(tx, id)
  if (before.version !== details.version) throw new Problem('platform.staleVersion', { version: before.version }, { kind: 'conflict' })
  await refuseTakenCode(tx, details.code, id)
  if (details.status !== 'active' && !(await entities(tx)).some((other) => other.id !== id && other.status === 'active'))
    throw new Problem('company.lastEntity', {}, { path: 'status' })
  const { version, ...after } = details
  const changed = changes({ ...before }, after)
  if (!changed) return
  updateEntity(tx, { id, version, ...after })
  tx.audit({ action: 'entities.edited', entity: 'entity', entityId: id, ...changed })
}

async function refuseTakenCode(tx: Tx, code: string, except?: string): Promise<void> {
  const taken = (await entities(tx)).some((entity) => entity.code === code && entity.id !== except)
  if (taken) throw new Problem('company.entityCodeTaken', { code }, { kind: 'conflict', path: 'code' })
}
