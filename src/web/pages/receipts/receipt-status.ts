import type { listReceipts } from '../../../modules/receipts/receipts.api.ts'
import type { Answer } from '../../api.ts'
import type { StatusWord } from '../../ui/vocabulary.ts'

export type Receipt = Answer<typeof listReceipts>['items'][number]

/** What the person is to know of a receipt in one word. */
export function receiptStatus({ status, customerId, awaitingApproval, allocated, unallocated }: Receipt): StatusWord {
  if (status === 'cancelled' || status === 'reversed') return status
  if (status === 'draft') return awaitingApproval ? 'awaitingApproval' : 'toConfirm'
  if (customerId === null) return 'unidentified'
  if (!/[1-9]/.test(unallocated)) return 'allocated'
  return /[1-9]/.test(allocated) ? 'partlyAllocated' : 'unallocated'
}
