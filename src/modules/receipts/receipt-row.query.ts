import { formatMinor } from '../../kernel/money.ts'
import type { ReceiptRow } from './receipt.query.ts'

/** A receipt as the API gives it: amounts as decimal text. Exactly the columns of a list row. */
export function receiptRowOf(row: ReceiptRow, baseCurrency: string) {
  const money = (minor: bigint) => formatMinor(minor, row.currency)
  const { id, no, status, customerId, customerCode, customerName, orderId, orderNo, currency, receivedOn, reference, version } = row
  const { methodName, bankAccountName, payerName, createdByName, confirmedByName, awaitingApproval, opening } = row
  const amounts = {
    amount: money(row.amount),
    amountBase: formatMinor(row.amountBase, baseCurrency),
    fee: money(row.fee),
    allocated: money(row.allocated),
    unallocated: money(status === 'confirmed' ? row.amount - row.allocated : 0n),
  }
  const document = { id, no, status, customerId, customerCode, customerName, orderId, orderNo, currency, receivedOn, reference, version }
  return { ...document, ...amounts, methodName, bankAccountName, payerName, createdByName, confirmedByName, awaitingApproval, opening }
}
