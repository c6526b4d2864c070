import type { Role } from '../people/roles.ts'

/** A request as far as the right to decide it goes. `step` counts from 1. */
export type RequestToDecide = {
  readonly status: string
  readonly requestedBy: string
  readonly step: number
  readonly steps: readonly { readonly role: Role }[]
  readonly decisions: readonly { readonly decidedBy: string; readonly onBehalfOf: string | null }[]
}
export type Decider = {
  readonly id: string
  readonly role: string
  /** The decider's own right to decide (permission approvals.decide); a delegate needs none of their own. */
  readonly mayDecide: boolean
  /** Whoever has delegated to the decider for today. */
  readonly principals: readonly { readonly id: string; readonly role: string }[]
  readonly fourEyes: boolean
}
export type DecideAnswer =
  | { readonly ok: true; readonly onBehalfOf: string | null; readonly how: 'person' | 'alone' }
  | {
      readonly ok: false
      readonly code: 'approvals.notPending' | 'approvals.makerDecides' | 'approvals.twoSteps' | 'approvals.notYourStep'
    }

/**
 * May this person take the current step? By their own role first, else for somebody who delegated to them. The maker never decides, nor does anybody in the
 * maker's name, nor does one person (or one person's delegate) take two steps. Where four-eyes is off, the maker decides alone, and it is recorded so.
 * An administrator stands in for every role.
 */
export function mayDecide(request: RequestToDecide, decider: Decider): DecideAnswer {
  if (request.status !== 'pending') return { ok: false, code: 'approvals.notPending' }
  if (!decider.fourEyes && decider.mayDecide) {
    return { ok: true, onBehalfOf: null, how: request.requestedBy === decider.id ? 'alone' : 'person' }
  }
  if (request.requestedBy === decider.id) return { ok: false, code: 'approvals.makerDecides' }
  const took = new Set(
    request.decisions.flatMap(({ decidedBy, onBehalfOf }) => (onBehalfOf === null ? [decidedBy] : [decidedBy, onBehalfOf])),
  )
  if (took.has(decider.id)) return { ok: false, code: 'approvals.twoSteps' }
  const role = request.steps[request.step - 1]?.role
  const suits = (candidate: string): boolean => candidate === role || candidate === 'administrator'
  if (decider.mayDecide && suits(decider.role)) return { ok: true, onBehalfOf: null, how: 'person' }
  const principal = decider.principals.find(({ id, role: theirs }) => suits(theirs) && id !== request.requestedBy && !took.has(id))
  return principal ? { ok: true, onBehalfOf: principal.id, how: 'person' } : { ok: false, code: 'approvals.notYourStep' }
}
