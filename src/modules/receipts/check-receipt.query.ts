import type { Day } from '../../kernel/day.ts'
import { formatMinor, parseMinor } from '../../kernel/money.ts'
import type { Reader } from '../../platform/db.ts'
import { channelOfTransaction } from './duplicate-receipt.ts'
import { findDuplicates } from './find-duplicates.query.ts'
import { orderConsistency } from './order-consistency.ts'
import { type OrderFact, ordersOf } from './receipt-facts.query.ts'

export type ReceiptToCheck = {
  readonly customerId: string | null
  readonly orderId: string | null
  readonly currency?: string | undefined
  readonly amount: string
  readonly receivedOn: Day
  readonly payerName: string | null
  readonly channel: string | null
  readonly channelTx: string | null
  readonly exceptId?: string | undefined
}

/** What the form says before a receipt is saved: what looks like the same money, and whether it fits its order (S4-36, S4-42). */
export async function checkReceipt(reader: Reader, wanted: ReceiptToCheck) {
  const [order] = wanted.orderId === null ? [] : await ordersOf(reader, [wanted.orderId])
  const customerId = wanted.customerId ?? order?.customerId ?? null
  const currency = wanted.currency ?? order?.currency ?? reader.caller.baseCurrency
  const amount = parseMinor(wanted.amount, currency) ?? 0n
  const { receivedOn, payerName, channelTx, exceptId } = wanted
  const channel = channelOfTransaction(wanted.channel, channelTx)
  const duplicates = await findDuplicates(reader, [{ customerId, currency, amount, receivedOn, payerName, channel, channelTx, exceptId }])
  return {
    duplicates: duplicates.map(({ index, amount: same, currency: its, reasons, ...one }) => ({
      ...one,
      reasons: [...reasons],
      amount: formatMinor(same, its),
    })),
    order: order === undefined ? null : fitOf(order, { customerId, currency, amount }),
  }
}

function fitOf(order: OrderFact, receipt: Parameters<typeof orderConsistency>[0]) {
  const { id, no, currency, amount, received } = order
  const { verdict, difference } = orderConsistency(receipt, order)
  return {
    id,
    no,
    amount: formatMinor(amount, currency),
    received: formatMinor(received, currency),
    verdict,
    difference: formatMinor(difference, currency),
  }
}
