import { Problem } from '../../kernel/problem.ts'
import { changes } from '../../platform/audit.ts'
import { canonicalJson } from '../../platform/canonical-json.ts'
import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'
import { storedSettings } from './settings.query.ts'
import { storeSettings } from './settings.store.ts'

/**
 * Saves a module's settings whole: a field that is left out has its standard value again. The first saving is always one, also of standard values. The caller has judged them;
 * `version` is what was read (0 = nothing stored). Throws platform.staleVersion (409).
 */
export async function saveSettings(tx: Tx, key: string, value: Row, version: number): Promise<void> {
  const stored = await storedSettings(tx, key)
  if (stored.version !== version) throw new Problem('platform.staleVersion', { version: stored.version }, { kind: 'conflict' })
  if (version > 0 && canonicalJson(stored.value) === canonicalJson(value)) return
  const gone = Object.fromEntries(Object.keys(stored.value).map((field) => [field, undefined]))
  const { before, after } = changes(stored.value, { ...gone, ...value }) ?? { before: stored.value, after: value }
  storeSettings(tx, key, value, version)
  tx.audit({ action: 'company.settingsSaved', entity: 'settings', before, after, detail: { key } })
}
