import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'

/** `version` 0: saved for the first time. */
export function storeSettings(tx: Tx, key: string, value: Row, version: number): void {
  if (version === 0) tx.insert('settings', [{ key, value }])
  else tx.update('settings', [{ key, value, version }], { match: ['key'], set: ['value'], expect: ['version'] })
}
