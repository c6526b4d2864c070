import type { Day } from '../../kernel/day.ts'
import type { ApprovalStep } from './approval-rule.ts'

/** One request on its way. `step` counts from 1 and names the step that is waiting; beyond the last when all have said yes. */
export type ApprovalRequest = {
  readonly requestedBy: string
  readonly status: 'pending' | 'approved' | 'rejected' | 'withdrawn'
  readonly steps: readonly ApprovalStep[]
  readonly step: number
  readonly decisions: readonly ApprovalDecision[]
}
export type ApprovalDecision = {
  readonly step: number
  readonly decision: 'approved' | 'rejected'
  readonly decidedBy: string
  readonly onBehalfOf?: string
  readonly reason: string
}
/** From and until included. */
export type Delegation = {
  readonly personId: string
  readonly delegateId: string
  readonly fromOn: Day
  readonly untilOn: Day
  readonly revoked?: boolean
}
export type Decider = { readonly id: string; readonly roles: readonly string[] }

export type DecisionInput = {
  readonly decision: 'approved' | 'rejected'
  readonly by: Decider
  /** The person whose place is taken; needs a running delegation. */
  readonly onBehalfOf?: Decider
  readonly reason?: string
  readonly on: Day
}
export type FlowSettings = { readonly delegations: readonly Delegation[]; readonly fourEyes: boolean }
export type FlowRefusal =
  | 'approvals.notPending'
  | 'approvals.makerIsChecker'
  | 'approvals.roleMissing'
  | 'approvals.twoSteps'
  | 'approvals.noDelegation'
  | 'approvals.reasonMissing'
  | 'approvals.notRequester'
export type FlowAnswer = { readonly ok: true; readonly request: ApprovalRequest } | { readonly ok: false; readonly code: FlowRefusal }

/** A request with its first step waiting. Without steps the rule has said yes already. */
export function startRequest(requestedBy: string, steps: readonly ApprovalStep[]): ApprovalRequest {
  return { requestedBy, steps, step: 1, status: steps.length === 0 ? 'approved' : 'pending', decisions: [] }
}

/**
 * One yes or no. The maker never decides, not in another's place and nobody in the maker's; one person takes one step only, in whatever
 * place. With four-eyes switched off (a company of one person, on the record) both rules rest.
 */
export function decide(request: ApprovalRequest, input: DecisionInput, settings: FlowSettings): FlowAnswer {
  const code = refusal(request, input, settings)
  if (code !== undefined) return { ok: false, code }
  const last = request.step === request.steps.length
  const decision: ApprovalDecision = {
    step: request.step,
    decision: input.decision,
    decidedBy: input.by.id,
    ...(input.onBehalfOf ? { onBehalfOf: input.onBehalfOf.id } : {}),
    reason: input.reason?.trim() ?? '',
  }
  const approved = input.decision === 'approved'
  return {
    ok: true,
    request: {
      ...request,
      decisions: [...request.decisions, decision],
      status: approved ? (last ? 'approved' : 'pending') : 'rejected',
      step: approved ? request.step + 1 : request.step,
    },
  }
}

/** 撤回: only by the person who asked, only while it waits. */
export function withdraw(request: ApprovalRequest, by: string): FlowAnswer {
  if (request.status !== 'pending') return { ok: false, code: 'approvals.notPending' }
  return by === request.requestedBy
    ? { ok: true, request: { ...request, status: 'withdrawn' } }
    : { ok: false, code: 'approvals.notRequester' }
}

/** Whose inbox: may this person (or may they in somebody's place) decide the waiting step? */
export function mayDecide(request: ApprovalRequest, input: Omit<DecisionInput, 'decision' | 'reason'>, settings: FlowSettings): boolean {
  return refusal(request, { ...input, decision: 'approved' }, settings) === undefined
}

export function isDelegated(delegations: readonly Delegation[], personId: string, delegateId: string, on: Day): boolean {
  return delegations.some(
    (one) => !one.revoked && one.personId === personId && one.delegateId === delegateId && one.fromOn <= on && on <= one.untilOn,
  )
}

function refusal(request: ApprovalRequest, input: DecisionInput, { delegations, fourEyes }: FlowSettings): FlowRefusal | undefined {
  const { by, onBehalfOf } = input
  const step = request.steps[request.step - 1]
  if (request.status !== 'pending' || step === undefined) return 'approvals.notPending'
  if (onBehalfOf && !isDelegated(delegations, onBehalfOf.id, by.id, input.on)) return 'approvals.noDelegation'
  const acting = [by.id, ...(onBehalfOf ? [onBehalfOf.id] : [])]
  if (fourEyes && acting.includes(request.requestedBy)) return 'approvals.makerIsChecker'
  if (!(onBehalfOf ?? by).roles.includes(step.role)) return 'approvals.roleMissing'
  const taken = request.decisions.flatMap((one) => [one.decidedBy, ...(one.onBehalfOf ? [one.onBehalfOf] : [])])
  if (fourEyes && acting.some((id) => taken.includes(id))) return 'approvals.twoSteps'
  return input.decision === 'rejected' && !input.reason?.trim() ? 'approvals.reasonMissing' : undefined
}
