import { uuid } from '../../kernel/uuid.ts'
import type { Database } from '../../platform/db.ts'
import { insideTenant } from '../../platform/system-caller.ts'
import { insertSecurityEvent } from './security-events.store.ts'

export type SecurityEvent = {
  readonly kind: 'signInRefused' | 'codeRefused' | 'forbidden' | 'signedIn'
  readonly actorId?: string | undefined
  readonly ip: string
  readonly requestId: string
  readonly detail?: Readonly<Record<string, string>>
}

/** Keeps what leaves no trace in the books. Failing to keep it fails nothing else. */
export async function recordSecurityEvent(db: Database, tenantId: number, event: SecurityEvent): Promise<void> {
  await db
    .transaction(insideTenant(tenantId), async (tx) =>
      insertSecurityEvent(tx, { id: uuid(), at: tx.at, actorId: null, detail: {}, ...event }),
    )
    .catch(() => undefined)
}
