import { formatMinor } from '../../kernel/money.ts'
import type { ReceiptRow } from './receipt.query.ts'

/** A receipt as the API gives it: amounts as decimal text. */
export function receiptRowOf(
  {
    id,
    no,
    status,
    customerId,
    customerCode,
    customerName,
    orderId,
    orderNo,
    currency,
    amount,
    amountBase,
    fee,
    allocated,
    receivedOn,
    methodName,
    bankAccountName,
    payerName,
    reference,
    createdByName,
    confirmedByName,
    awaitingApproval,
    version,
  }: ReceiptRow,
  baseCurrency: string,
) {
  const money = (minor: bigint) => formatMinor(minor, currency)
  return {
    id,
    no,
    status,
    customerId,
    customerCode,
    customerName,
    orderId,
    orderNo,
    currency,
    amount: money(amount),
    amountBase: formatMinor(amountBase, baseCurrency),
    fee: money(fee),
    allocated: money(allocated),
    unallocated: money(status === 'confirmed' ? amount - allocated : 0n),
    receivedOn,
    methodName,
    bankAccountName,
    payerName,
    reference,
    createdByName,
    confirmedByName,
    awaitingApproval,
    version,
  }
}
