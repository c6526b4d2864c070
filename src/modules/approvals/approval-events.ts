/** What can need an approval (审批). Each kind has one owner module, which listens to `approvals.decided` for its kind. */
export const approvalKinds = ['order', 'creditLimit', 'receipt', 'writeOff'] as const
export type ApprovalKind = (typeof approvalKinds)[number]

/**
 * A request that has reached its end: by people, by a rule that needs nobody, or alone where four-eyes is off. `decidedBy` is who took the last step
 * (null by rule); `decision` 'void' = the content was changed after the request, so that what was asked for no longer exists.
 */
export type DecidedRequest = {
  readonly id: string
  readonly kind: ApprovalKind
  readonly entityId: string
  readonly customerId: string | null
  readonly contentHash: Buffer
  readonly decision: 'approved' | 'rejected' | 'void'
  readonly how: 'person' | 'alone'
  readonly requestedBy: string
  readonly decidedBy: string
  readonly reason: string
}
/** Emitted by decideApprovals after its own rows are in the write set. Handlers take the requests of their kind and leave the others. */
export type ApprovalsDecided = { readonly type: 'approvals.decided'; readonly requests: readonly DecidedRequest[] }
