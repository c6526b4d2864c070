import { formatMinor } from '../../kernel/money.ts'
import { type Phrase, phrase } from '../../kernel/phrase.ts'
import { Problem } from '../../kernel/problem.ts'
import type { ApprovalSummary } from '../approvals/approval-summary.ts'
import type { CreditAnswer } from '../credit/credit-check.ts'
import { inBase } from './order-draft.ts'
import type { OrderEventLine, OrderForReceivables } from './order-events.ts'
import type { StoredOrder } from './stored-order.ts'

/** What the person who decides is shown: the order in one sentence, the rules that speak, and what follows from yes and no. */
export function approvalSummary(order: StoredOrder, customerName: string, credit: CreditAnswer, baseCurrency: string): ApprovalSummary {
  const amount = formatMinor(order.amount, order.currency)
  const isHeld = credit.result === 'hold'
  const added = formatMinor(credit.added, baseCurrency)
  const yes = !isHeld ? 'ifApproved' : credit.over === 0n ? 'ifReleasedPlain' : 'ifReleased'
  return {
    about: phrase('orders.approval.about', { customer: customerName, amount, currency: order.currency }),
    facts: [
      ...credit.rules.filter((rule) => rule.result !== 'pass').map((rule): Phrase => rule.reason),
      ...(order.remark === '' ? [] : [phrase('orders.approval.remark', { remark: order.remark })]),
    ],
    ifApproved: phrase(`orders.approval.${yes}`, { overAmount: formatMinor(credit.over, baseCurrency), addedAmount: added }),
    ifRejected: phrase('orders.approval.ifRejected'),
    reasonNeeded: isHeld,
  }
}

/** The check holds the order and nobody has released it: the rules that hold it say why, in their own words. */
export function creditHoldNow(credit: CreditAnswer): Problem {
  const reasons = credit.rules.filter((rule) => rule.result === 'hold').map((rule) => rule.reason)
  return new Problem('orders.creditHoldNow', { reasons }, { path: 'reason' })
}

/** The order as the events carry it. `part` = what was delivered this time; absent: the whole order. */
export function forReceivables(
  order: StoredOrder,
  baseCurrency: string,
  more: Pick<OrderForReceivables, 'approvedOn' | 'deliveredOn' | 'opensReceivables'>,
  part?: { readonly lines: readonly OrderEventLine[]; readonly amountBase: bigint },
): OrderForReceivables {
  const lines = part?.lines ?? order.lines.map(({ lineNo, productId, net, tax, amount }) => ({ lineNo, productId, net, tax, amount }))
  const sum = (of: (line: OrderEventLine) => bigint): bigint => lines.reduce((total, line) => total + of(line), 0n)
  const { id, entityId, customerId, salespersonId, regionId, currency, rate, orderedOn, deliveryOn, termsId, customerReference } = order
  const amountBase = part?.amountBase ?? order.amountBase
  const tax = sum((line) => line.tax)
  const taxBase = inBase(tax, order, baseCurrency)
  return {
    id,
    entityId,
    customerId,
    salespersonId,
    regionId,
    currency,
    rate,
    orderedOn,
    deliveryOn,
    termsId,
    terms: order.terms!,
    customerReference,
    net: sum((line) => line.net),
    tax,
    amount: sum((line) => line.amount),
    netBase: amountBase - taxBase,
    taxBase,
    amountBase,
    lines,
    wholeAmount: order.amount,
    lastPartNo: order.lastPartNo,
    ...more,
  }
}
