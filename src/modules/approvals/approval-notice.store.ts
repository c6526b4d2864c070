import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'

export type Notice = {
  readonly personId: string
  readonly kind: 'approvals.toDecide' | 'approvals.manyToDecide' | 'approvals.approved' | 'approvals.rejected'
  /** Without one the notice opens the list. */
  readonly requestId: string | null
  readonly params: Row
}

export function addNotices(tx: Tx, notices: readonly Notice[]): void {
  tx.insert(
    'notifications',
    notices.map(({ personId, kind, requestId, params }) => ({
      id: uuid(),
      personId,
      kind,
      params,
      entity: 'approval',
      entityId: requestId,
      createdAt: tx.at,
    })),
  )
}

/** What was asked is done: it counts as read and says how it ended. */
export function endNotices(
  tx: Tx,
  notices: readonly { readonly id: string; readonly readAt: Date | null; readonly ended: string }[],
): void {
  tx.update(
    'notifications',
    notices.map(({ id, readAt, ended }) => ({ id, ended, readAt: readAt ?? tx.at })),
    { set: ['ended', 'readAt'] },
  )
}
