/** What can need an approval (审批). Each kind has one owner module, which listens to `approvals.decided` for its kind. */
export const approvalKinds = ['order', 'creditLimit', 'receipt', 'writeOff', 'dunningLadder'] as const
export type ApprovalKind = (typeof approvalKinds)[number]

/**
 * A request that has reached its end. `decidedBy` took the last step (or withdrew it). `how` is 'alone' only where four-eyes is off and the maker
 * decided. The owner compares `contentHash` with what exists now: what was changed since may not be approved.
 */
export type DecidedRequest = {
  readonly id: string
  readonly kind: ApprovalKind
  readonly entityId: string
  readonly customerId: string | null
  readonly contentHash: Buffer
  readonly decision: 'approved' | 'rejected' | 'withdrawn'
  readonly how: 'person' | 'alone'
  readonly requestedBy: string
  readonly decidedBy: string
  readonly reason: string
}
/** Emitted by decideApprovals and withdrawRequests beside their own rows. Handlers take the requests of their kind and leave the others. */
export type ApprovalsDecided = { readonly type: 'approvals.decided'; readonly requests: readonly DecidedRequest[] }
