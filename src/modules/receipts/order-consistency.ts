/** Does a receipt fit the order it was keyed in for? Minor units of the order's currency. */
export type OrderToFit = { readonly customerId: string; readonly currency: string; readonly amount: bigint; readonly received: bigint }
export type OrderFit = { readonly verdict: 'equal' | 'less' | 'more' | 'otherCurrency' | 'otherCustomer'; readonly difference: bigint }

/**
 * 收款与订单一致性: compared with what the order still lacks (amount − received before). `difference` is receipt − lacking: negative when too little came.
 * A difference in currency or customer goes before any amount; then no difference is given.
 */
export function orderConsistency(
  receipt: { readonly customerId: string | null; readonly currency: string; readonly amount: bigint },
  order: OrderToFit,
): OrderFit {
  if (receipt.currency !== order.currency) return { verdict: 'otherCurrency', difference: 0n }
  const difference = receipt.amount - (order.amount - order.received)
  if (receipt.customerId !== null && receipt.customerId !== order.customerId) return { verdict: 'otherCustomer', difference }
  return { verdict: difference === 0n ? 'equal' : difference < 0n ? 'less' : 'more', difference }
}
