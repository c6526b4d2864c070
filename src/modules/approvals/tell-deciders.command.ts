import type { Tx } from '../../platform/db.ts'
import { addNotices, endNotices, type Notice } from './approval-notice.store.ts'
import type { ApprovalSummary } from './approval-summary.ts'
import { decidersOf, openNotices, type StepToTake } from './deciders.query.ts'

/** A person asked about more requests than this by one command gets one notice with their number. */
const NOTICES_MOST = 5

export type RequestToTell = StepToTake & { readonly summary: ApprovalSummary; readonly requestedByName: string }
export type EndedRequest = {
  readonly id: string
  readonly requestedBy: string
  readonly summary: ApprovalSummary
  readonly decision: 'approved' | 'rejected'
  readonly reason: string
}

/** Tells everybody who can take the current step of these requests, once each (待审批). */
export async function tellDeciders(tx: Tx, requests: readonly RequestToTell[]): Promise<void> {
  const byId = new Map(requests.map((request) => [request.id, request]))
  const asked = Map.groupBy(await decidersOf(tx, requests), ({ personId }) => personId)
  const notices = [...asked].flatMap(([personId, told]): Notice[] => {
    if (told.length > NOTICES_MOST)
      return [{ personId, kind: 'approvals.manyToDecide', requestId: null, params: { count: told.length, by: tx.caller.name } }]
    return told.map(({ requestId }) => {
      const { summary, requestedByName } = byId.get(requestId)!
      return { personId, kind: 'approvals.toDecide', requestId, params: { by: requestedByName, about: summary.about } }
    })
  })
  addNotices(tx, notices)
}

/** Tells who asked how it was decided; not who decided alone. */
export function tellRequesters(tx: Tx, ended: readonly EndedRequest[]): void {
  addNotices(
    tx,
    ended
      .filter(({ requestedBy }) => requestedBy !== tx.caller.actorId)
      .map(({ id, requestedBy, summary, decision, reason }) => ({
        personId: requestedBy,
        kind: `approvals.${decision}` as const,
        requestId: id,
        params: { by: tx.caller.name, about: summary.about, reason },
      })),
  )
}

/** The notices that asked for these steps say how they ended: 'passed' where the request goes on with the next step. */
export async function closeNotices(
  tx: Tx,
  ended: ReadonlyMap<string, 'approved' | 'rejected' | 'withdrawn' | 'void' | 'passed'>,
): Promise<void> {
  if (ended.size === 0) return
  const open = await openNotices(tx, [...ended.keys()])
  endNotices(
    tx,
    open.map(({ id, readAt, requestId }) => ({ id, readAt, ended: ended.get(requestId)! })),
  )
}
