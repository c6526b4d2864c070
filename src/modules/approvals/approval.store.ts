import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import type { ApprovalKind } from './approval-events.ts'
import type { ApprovalRule, NeededStep } from './approval-rule.ts'
import type { ApprovalSummary } from './approval-summary.ts'

export type NewRequest = {
  readonly id: string
  readonly kind: ApprovalKind
  readonly entityId: string
  readonly customerId: string | null
  readonly amountBase: bigint
  readonly contentHash: Buffer
  readonly summary: ApprovalSummary
  readonly steps: readonly NeededStep[]
}

export function addRequests(tx: Tx, requests: readonly NewRequest[]): void {
  tx.insert(
    'approval_requests',
    requests.map((request) => ({ ...request, status: 'pending', requestedBy: tx.caller.actorId, requestedAt: tx.at })),
  )
}

export type Decision = {
  readonly id: string
  readonly version: number
  readonly step: number
  readonly nextStep: number
  readonly status: 'pending' | 'approved' | 'rejected'
  readonly decision: 'approved' | 'rejected'
  readonly onBehalfOf: string | null
  readonly reason: string
}

/** The decisions as rows and what they make of their requests; each request must still be pending in the version that was read. */
export function addDecisions(tx: Tx, decisions: readonly Decision[]): void {
  tx.insert(
    'approval_decisions',
    decisions.map(({ id, step, decision, onBehalfOf, reason }) => ({
      id: uuid(),
      requestId: id,
      step,
      decision,
      decidedBy: tx.caller.actorId,
      onBehalfOf,
      reason,
      decidedAt: tx.at,
    })),
  )
  tx.update(
    'approval_requests',
    decisions.map(({ id, version, nextStep, status }) => ({
      id,
      version,
      step: nextStep,
      status,
      decidedAt: status === 'pending' ? null : tx.at,
    })),
    { set: ['status', 'step', 'decidedAt'], expect: ['version'], guard: `t.status = 'pending'` },
  )
}

export function endRequests(tx: Tx, requests: readonly { id: string; version: number }[], status: 'withdrawn' | 'void'): void {
  tx.update(
    'approval_requests',
    requests.map(({ id, version }) => ({ id, version, status, decidedAt: tx.at })),
    { set: ['status', 'decidedAt'], expect: ['version'], guard: `t.status = 'pending'` },
  )
}

export function addRules(tx: Tx, rules: readonly ApprovalRule[]): void {
  tx.insert(
    'approval_rules',
    rules.map(({ id, kind, position, name, conditions, steps }) => ({ id, kind, position, name, conditions, steps })),
  )
}

export function updateRules(
  tx: Tx,
  rules: readonly (Omit<ApprovalRule, 'kind'> & { readonly status: 'active' | 'off'; readonly version: number })[],
): void {
  tx.update(
    'approval_rules',
    rules.map(({ id, version, position, name, conditions, steps, status }) => ({ id, version, position, name, conditions, steps, status })),
    { set: ['position', 'name', 'conditions', 'steps', 'status'], expect: ['version'] },
  )
}

export function addDelegations(
  tx: Tx,
  delegations: readonly { id: string; personId: string; delegateId: string; fromOn: string; untilOn: string }[],
): void {
  tx.insert(
    'approval_delegations',
    delegations.map((delegation) => ({ ...delegation, createdAt: tx.at })),
  )
}

export function revokeDelegations(tx: Tx, ids: readonly string[]): void {
  tx.update(
    'approval_delegations',
    ids.map((id) => ({ id, revokedAt: tx.at })),
    { set: ['revokedAt'], guard: 't.revoked_at is null' },
  )
}
