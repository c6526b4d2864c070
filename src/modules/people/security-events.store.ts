import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'

export function insertSecurityEvent(tx: Tx, event: Row): void {
  const { id, at, kind, actorId, ip, requestId, detail } = event
  tx.insert('security_events', [{ id, at, kind, actorId: actorId ?? null, ip, requestId, detail }])
}
