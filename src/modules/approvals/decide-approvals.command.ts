import { missing, Problem } from '../../kernel/problem.ts'
import { may } from '../../platform/caller.ts'
import type { Tx } from '../../platform/db.ts'
import { emit } from '../../platform/events.ts'
import { addDecisions, type Decision } from './approval.store.ts'
import type { ApprovalsDecided, DecidedRequest } from './approval-events.ts'
import { principalsOf, type RequestForDecision, requestsForDecision } from './approval-requests.query.ts'
import { type Decider, mayDecide } from './may-decide.ts'
import { closeNotices, tellDeciders, tellRequesters } from './tell-deciders.command.ts'

export type DecisionWanted = {
  readonly id: string
  readonly version: number
  readonly decision: 'approved' | 'rejected'
  readonly reason: string
}

/**
 * Takes the current step of each request. A request whose last step is approved, or that is rejected at any step, ends: `approvals.decided` goes to its owner in the
 * same transaction, which compares the content hash and does what was asked for. All or nothing.
 * Throws approvals.notPending, platform.staleVersion (conflict), approvals.makerDecides, twoSteps, notYourStep (forbidden), reasonMissing.
 */
export async function decideApprovals(tx: Tx, wanted: readonly DecisionWanted[]): Promise<void> {
  const [requests, principals] = await Promise.all([
    requestsForDecision(
      tx,
      wanted.map(({ id }) => id),
    ),
    principalsOf(tx),
  ])
  const byId = new Map(requests.map((request) => [request.id, request]))
  if (new Set(wanted.map(({ id }) => id)).size < wanted.length)
    throw new Problem('approvals.namedTwice', {}, { kind: 'invalid', path: 'decisions' })
  const decider = deciderOf(tx, principals)
  const decisions: Decision[] = []
  const decided: DecidedRequest[] = []
  wanted.forEach((one, index) => {
    const request = byId.get(one.id)
    if (!request) throw missing('approval')
    const { decision, how } = decide(request, one, decider, index)
    decisions.push(decision)
    if (decision.status !== 'pending') decided.push(decidedRequest(request, decision, how, tx.caller.actorId))
    tx.audit({
      action: `approvals.${one.decision}`,
      entity: 'approval',
      entityId: request.id,
      detail: { kind: request.kind, about: request.entityId, step: request.step, onBehalfOf: decision.onBehalfOf, how, reason: one.reason },
    })
  })
  addDecisions(tx, decisions)
  await tell(tx, decisions, byId)
  if (decided.length > 0) await emit<ApprovalsDecided>(tx, { type: 'approvals.decided', requests: decided })
}

/** Who takes the next step is told, and who asked, where it was the last one; notices that asked for what is done now say so. */
async function tell(tx: Tx, decisions: readonly Decision[], requests: ReadonlyMap<string, RequestForDecision>): Promise<void> {
  const going = decisions.filter(({ status }) => status === 'pending')
  await closeNotices(tx, new Map(decisions.map(({ id, status }) => [id, status === 'pending' ? 'passed' : status])))
  await tellDeciders(
    tx,
    going.map(({ id, nextStep, onBehalfOf }) => {
      const { customerId, requestedBy, requestedByName, summary, steps, decisions: before } = requests.get(id)!
      const took = [tx.caller.actorId, onBehalfOf, ...before.flatMap((one) => [one.decidedBy, one.onBehalfOf])].filter(
        (one) => one !== null,
      )
      return { id, customerId, requestedBy, requestedByName, summary, role: steps[nextStep - 1]!.role, took }
    }),
  )
  tellRequesters(
    tx,
    decisions.filter(({ status }) => status !== 'pending').map(({ id, decision, reason }) => ({ ...requests.get(id)!, decision, reason })),
  )
}

function decide(
  request: RequestForDecision,
  one: DecisionWanted,
  decider: Decider,
  index: number,
): { decision: Decision; how: 'person' | 'alone' } {
  const answer = mayDecide(request, decider)
  if (!answer.ok)
    throw new Problem(
      answer.code,
      {},
      { kind: answer.code === 'approvals.notPending' ? 'conflict' : 'forbidden', path: `decisions.${index}` },
    )
  if (request.version !== one.version)
    throw new Problem('platform.staleVersion', {}, { kind: 'conflict', path: `decisions.${index}.version` })
  const reasonNeeded = one.decision === 'rejected' || request.summary.reasonNeeded
  if (reasonNeeded && one.reason.trim() === '') throw new Problem('approvals.reasonMissing', {}, { path: `decisions.${index}.reason` })
  const isLast = one.decision === 'rejected' || answer.how === 'alone' || request.step >= request.steps.length
  const status = isLast ? one.decision : 'pending'
  const decision = {
    id: request.id,
    version: request.version,
    step: request.step,
    nextStep: isLast ? request.step : request.step + 1,
    status,
    decision: one.decision,
    onBehalfOf: answer.onBehalfOf,
    reason: one.reason,
  } as const
  return { decision, how: answer.how }
}

function decidedRequest(request: RequestForDecision, decision: Decision, how: 'person' | 'alone', decidedBy: string): DecidedRequest {
  const { id, kind, entityId, customerId, contentHash, requestedBy } = request
  return { id, kind, entityId, customerId, contentHash, requestedBy, decision: decision.decision, how, decidedBy, reason: decision.reason }
}

/** A key of a program decides only where its own scopes say so; it is nobody's delegate. */
function deciderOf(tx: Tx, principals: Decider['principals']): Decider {
  const { actorId: id, role, fourEyes, actorKind } = tx.caller
  return { id, role, fourEyes, mayDecide: may(tx.caller, 'approvals.decide'), principals: actorKind === 'person' ? principals : [] }
}
