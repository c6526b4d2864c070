import { missing, Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { emit } from '../../platform/events.ts'
import { endRequests } from './approval.store.ts'
import type { ApprovalKind, ApprovalsDecided } from './approval-events.ts'
import { pendingRequests, requestsForDecision } from './approval-requests.query.ts'
import { closeNotices } from './tell-deciders.command.ts'

/**
 * For the module that asked: its entities' pending requests end, without an event. 'void' when the content has changed, so that what was asked for no longer exists.
 * Entities without a pending request are passed over. The caller has locked the entities.
 */
export async function withdrawApprovals(
  tx: Tx,
  kind: ApprovalKind,
  entityIds: readonly string[],
  status: 'withdrawn' | 'void',
): Promise<void> {
  const pending = await pendingRequests(tx, kind, entityIds)
  endRequests(tx, pending, status)
  await closeNotices(tx, new Map(pending.map(({ id }) => [id, status])))
}

/** For the person who asked: takes requests back, and their owners learn it by `approvals.decided`. Throws notPending, notYours. */
export async function withdrawRequests(tx: Tx, wanted: readonly { id: string; version: number }[]): Promise<void> {
  const requests = new Map(
    (
      await requestsForDecision(
        tx,
        wanted.map(({ id }) => id),
      )
    ).map((request) => [request.id, request]),
  )
  const found = wanted.map(({ id, version }) => {
    const request = requests.get(id)
    if (!request) throw missing('approval')
    if (request.requestedBy !== tx.caller.actorId) throw new Problem('approvals.notYours', {}, { kind: 'forbidden' })
    if (request.status !== 'pending') throw new Problem('approvals.notPending', {}, { kind: 'conflict' })
    if (request.version !== version) throw new Problem('platform.staleVersion', {}, { kind: 'conflict' })
    return request
  })
  endRequests(tx, found, 'withdrawn')
  await closeNotices(tx, new Map(found.map(({ id }) => [id, 'withdrawn'])))
  for (const { id, kind, entityId } of found)
    tx.audit({ action: 'approvals.withdrawn', entity: 'approval', entityId: id, detail: { kind, about: entityId } })
  const requestsEnded = found.map(({ id, kind, entityId, customerId, contentHash, requestedBy }) => ({
    id,
    kind,
    entityId,
    customerId,
    contentHash,
    requestedBy,
    decision: 'withdrawn' as const,
    how: 'person' as const,
    decidedBy: tx.caller.actorId,
    reason: '',
  }))
  await emit<ApprovalsDecided>(tx, { type: 'approvals.decided', requests: requestsEnded })
}
