import { assert } from '../../kernel/assert.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { addRequests, type NewRequest } from './approval.store.ts'
import { type ApprovalFacts, neededSteps } from './approval-rule.ts'
import { activeRules } from './approval-rules.query.ts'
import { tellDeciders } from './tell-deciders.command.ts'

/** What a module asks approval for. `mustAsk`: somebody has to decide even if no rule says so (an override); then the finance manager is asked. */
export type ApprovalWanted = Omit<NewRequest, 'id' | 'steps'> & { readonly facts: Omit<ApprovalFacts, 'on'>; readonly mustAsk?: boolean }
export type ApprovalAnswer = { readonly needed: false } | { readonly needed: true; readonly requestId: string }

/**
 * Evaluates the active rules for each and opens a request where somebody must be asked, who is told by a notification; keyed by entityId. `needed: false` = approved by rule (approved_how 'rule').
 * `rules` may be given when the caller has read them in the same flight as its own rows (`activeRules`). One pending request an entity: withdraw the old one first.
 */
export async function requestApprovals(
  tx: Tx,
  wanted: readonly ApprovalWanted[],
  rules = activeRules(tx, [...new Set(wanted.map(({ kind }) => kind))]),
): Promise<Map<string, ApprovalAnswer>> {
  const active = await rules
  const requests: NewRequest[] = []
  const answers = wanted.map(({ facts, mustAsk = false, ...request }): [string, ApprovalAnswer] => {
    const found = neededSteps(
      active.filter((rule) => rule.kind === request.kind),
      { ...facts, on: tx.today },
      tx.caller.baseCurrency,
    )
    const steps = found.length === 0 && mustAsk ? [{ role: 'financeManager' as const, rules: [] }] : found
    if (steps.length === 0) return [request.entityId, { needed: false }]
    const id = uuid()
    requests.push({ ...request, id, steps })
    return [request.entityId, { needed: true, requestId: id }]
  })
  const byEntity = new Map(answers)
  assert(byEntity.size === wanted.length, 'one request an entity')
  addRequests(tx, requests)
  await tellDeciders(
    tx,
    requests.map(({ id, customerId, steps, summary }) => {
      const { actorId, name } = tx.caller
      return { id, customerId, summary, role: steps[0]!.role, requestedBy: actorId, requestedByName: name, took: [] }
    }),
  )
  return byEntity
}
