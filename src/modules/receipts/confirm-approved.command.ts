import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import type { ApprovalsDecided } from '../approvals/approval-events.ts'
import { receiptHash } from './ask-to-confirm.command.ts'
import { bookConfirmation } from './confirm-receipts.command.ts'
import { lockPayers, lockReceipts } from './lock-receipts.query.ts'

/**
 * Handler of approvals.decided: an approved receipt is booked as confirmed by whoever asked; a rejected one stays a draft. The person who recorded the money can neither confirm nor
 * approve it. Throws receipts.changedSinceAsked, receipts.makerIsChecker.
 */
export async function confirmApprovedReceipts(tx: Tx, { requests }: ApprovalsDecided): Promise<void> {
  const approved = requests.filter((request) => request.kind === 'receipt' && request.decision === 'approved')
  if (approved.length === 0) return
  const ids = approved.map((request) => request.entityId)
  const [, receipts] = await Promise.all([lockPayers(tx, ids), lockReceipts(tx, ids)])
  const requestOf = new Map(approved.map((request) => [request.entityId, request]))
  for (const receipt of receipts) {
    const { contentHash, decidedBy, how } = requestOf.get(receipt.id)!
    const named = { no: receipt.no ?? '' }
    if (receipt.status !== 'draft' || !receiptHash(receipt).equals(contentHash))
      throw new Problem('receipts.changedSinceAsked', named, { kind: 'conflict' })
    if (how !== 'alone' && receipt.createdBy === decidedBy) throw new Problem('receipts.makerIsChecker', named, { kind: 'forbidden' })
  }
  const checkers = new Map(approved.map((request) => [request.entityId, request.requestedBy]))
  await bookConfirmation(tx, receipts, tx.caller.fourEyes ? 'person' : 'alone', checkers)
}
