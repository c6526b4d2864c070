import type { listApprovals } from '../../../modules/approvals/approvals.api.ts'
import type { Answer } from '../../api.ts'

/** The vocabulary's word for the status of a request for approval. */
export function requestStatusWord(status: Answer<typeof listApprovals>['items'][number]['status']): string {
  return { pending: 'awaitingApproval', approved: 'approved', rejected: 'rejected', withdrawn: 'returned', void: 'expired' }[status]
}
