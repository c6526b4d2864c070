import { addDays, type Day } from '../../kernel/day.ts'
import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import { newSecret, secretHash } from '../../platform/auth-secrets.ts'
import type { Tx } from '../../platform/db.ts'
import { liveKeys } from './people.query.ts'
import { insertApiKey, revokeKeys } from './people.store.ts'

/** The longest life of a key. */
const KEY_DAYS_MOST = 366

export type NewKey = { readonly name: string; readonly scopes: readonly string[]; readonly expiresOn: Day | null }

/**
 * A key that works in the name of its maker, with at most the permissions they have (people.scopeTooWide). It works through its last day in every zone.
 * The key is in the answer and nowhere else: only its hash is kept.
 */
export function createApiKey(tx: Tx, { name, scopes, expiresOn }: NewKey): { id: string; key: string } {
  const tooWide = scopes.find((scope) => !tx.caller.permissions.has(scope))
  if (tooWide !== undefined) throw new Problem('people.scopeTooWide', { scope: tooWide }, { kind: 'forbidden', path: 'scopes' })
  if (tx.caller.actorKind === 'apiKey') throw new Problem('people.keyMakesKey', {}, { kind: 'forbidden' })
  if (expiresOn !== null && (expiresOn < tx.today || expiresOn > addDays(tx.today, KEY_DAYS_MOST)))
    throw new Problem('people.keyDays', { most: KEY_DAYS_MOST }, { path: 'expiresOn' })
  const id = uuid()
  const key = `hk_${tx.caller.tenantId}_${newSecret().secret}`
  const expiresAt = expiresOn === null ? null : new Date(`${addDays(expiresOn, 1)}T12:00:00Z`)
  insertApiKey(tx, {
    id,
    name,
    prefix: key.slice(0, -36),
    keyHash: secretHash(key),
    scopes: [...new Set(scopes)].sort(),
    personId: tx.caller.actorId,
    expiresAt,
    createdBy: tx.caller.actorId,
  })
  tx.audit({ action: 'apiKeys.created', entity: 'apiKey', entityId: id, after: { name, scopes, expiresOn } })
  return { id, key }
}

export async function revokeApiKey(tx: Tx, id: string): Promise<void> {
  const [key] = await liveKeys(tx, { id })
  if (!key) throw missing('apiKey')
  revokeKeys(tx, [id])
  tx.audit({ action: 'apiKeys.revoked', entity: 'apiKey', entityId: id, detail: { name: key.name } })
}
