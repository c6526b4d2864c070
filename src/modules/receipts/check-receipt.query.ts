import type { Day } from '../../kernel/day.ts'
import { formatMinor, parseMinor } from '../../kernel/money.ts'
import type { Reader } from '../../platform/db.ts'
import { findDuplicates, type OrderFact, ordersOf } from './receipt-facts.query.ts'

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
  const currency = wanted.currency ?? reader.caller.baseCurrency
  const amount = parseMinor(wanted.amount, currency) ?? 0n
  const { exceptId, ...facts } = wanted
  const [duplicates, [order]] = await Promise.all([
    findDuplicates(reader, [{ ...facts, currency, amount, sourceNo: null, ...(exceptId === undefined ? {} : { exceptId }) }]),
    wanted.orderId === null ? Promise.resolve([]) : ordersOf(reader, [wanted.orderId]),
  ])
  return {
    duplicates: duplicates.map(({ id, no, receivedOn, amount: same, customerName, status, reasons, certain, currency: its }) => ({
      id,
      no,
      receivedOn,
      amount: formatMinor(same, its),
      customerName,
      status: status as 'draft' | 'confirmed',
      reasons,
      certain,
    })),
    order: order === undefined ? null : fit(order, wanted.customerId, currency, amount),
  }
}

function fit(order: OrderFact, customerId: string | null, currency: string, amount: bigint) {
  const difference = amount - (order.amount - order.received)
  const verdict =
    order.currency !== currency
      ? 'otherCurrency'
      : customerId !== null && order.customerId !== customerId
        ? 'otherCustomer'
        : difference === 0n
          ? 'equal'
          : difference < 0n
            ? 'less'
            : 'more'
  const { id, no, currency: its } = order
  return {
    id,
    no,
    amount: formatMinor(order.amount, its),
    received: formatMinor(order.received, its),
    verdict: verdict as 'equal',
    difference: formatMinor(verdict === 'otherCurrency' ? 0n : difference, its),
  }
}
