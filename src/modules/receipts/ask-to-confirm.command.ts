import { createHash } from 'node:crypto'
import { formatMinor } from '../../kernel/money.ts'
import { phrase } from '../../kernel/phrase.ts'
import { canonicalJson } from '../../platform/canonical-json.ts'
import type { ApprovalWanted } from '../approvals/request-approvals.command.ts'
import type { LockedReceipt } from './lock-receipts.query.ts'

/** What the approver of a receipt is asked; the hash stands for the contents that may be booked, and for no others. */
export function askToConfirm(receipt: LockedReceipt, baseCurrency: string): ApprovalWanted {
  const { id, no, customerId, currency, amount, amountBase, receivedOn } = receipt
  const params = { no: no ?? '', amount: formatMinor(amount, currency), currency, receivedOn }
  return {
    kind: 'receipt',
    entityId: id,
    customerId,
    amountBase,
    contentHash: receiptHash(receipt),
    summary: {
      about: phrase('receipts.approval.about', params),
      facts: [phrase('receipts.approval.base', { amount: formatMinor(amountBase, baseCurrency), currency: baseCurrency })],
      ifApproved: phrase('receipts.approval.ifApproved', params),
      ifRejected: phrase('receipts.approval.ifRejected', params),
      reasonNeeded: false,
    },
    facts: { amountBase },
  }
}

export function receiptHash({
  version,
  customerId,
  orderId,
  currency,
  amount,
  amountBase,
  fee,
  receivedOn,
  account,
}: LockedReceipt): Buffer {
  const contents = {
    version,
    customerId,
    orderId,
    currency,
    amount: String(amount),
    amountBase: String(amountBase),
    fee: String(fee),
    receivedOn,
    account,
  }
  return createHash('sha256').update(canonicalJson(contents)).digest()
}
