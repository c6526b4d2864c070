import { money } from '../../kernel/money.ts'
import type { Rate } from '../../kernel/percent.ts'
import { partAmounts } from '../terms/due-date.ts'
import type { PaymentTerms } from '../terms/payment-terms.ts'
import { inBase } from './order-draft.ts'

/** Base-currency minor units of an order that are paid before delivery by its terms, and so need no credit (款到发货, 预付). */
export function prepaidBase(
  order: { readonly amount: bigint; readonly currency: string; readonly rate: Rate; readonly terms: PaymentTerms | null },
  baseCurrency: string,
): bigint {
  if (order.terms === null || order.amount === 0n) return 0n
  const parts = partAmounts(order.terms, money(order.amount, order.currency))
  const prepaid = order.terms.parts.reduce((sum, part, index) => (part.rule.beforeDelivery ? sum + parts[index]!.minor : sum), 0n)
  return inBase(prepaid, order, baseCurrency)
}
