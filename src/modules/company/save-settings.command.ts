import { Problem } from '../../kernel/problem.ts'
import { changes } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'
import { storedSettings } from './settings.query.ts'
import { storeSettings } from './settings.store.ts'

/** Saves a module's settings whole. The caller has judged them; `version` is what was read (0 = nothing stored). Throws platform.staleVersion (409). */
export async function saveSettings(tx: Tx, key: string, value: Row, version: number): Promise<void> {
  const stored = await storedSettings(tx, key)
  if (stored.version !== version) throw new Problem('platform.staleVersion', { version: stored.version }, { kind: 'conflict' })
  const changed = changes(stored.value, value)
  if (!changed) return
  storeSettings(tx, key, value, version)
  tx.audit({ action: 'company.settingsSaved', entity: 'settings', ...changed, detail: { key } })
}
