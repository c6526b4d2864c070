import { day } from '../../src/kernel/day.ts'
import { uuid } from '../../src/kernel/uuid.ts'
import type { OrderForReceivables } from '../../src/modules/orders/order-events.ts'
import type { PaymentTerms, TermsPart } from '../../src/modules/terms/payment-terms.ts'

/** A part of terms so many days after the delivery. */
export const part = (name: string, share: TermsPart['share'], days: number): TermsPart => ({
  name,
  share,
  rule: { baseDate: 'delivery', countFrom: 'baseDate', period: { count: days, unit: 'day' } },
})
export const thirds: PaymentTerms = {
  parts: [part('一', { percent: '33.33' }, 0), part('二', { percent: '33.33' }, 30), part('三', { rest: true }, 60)],
  roll: 'none',
  calendar: 'cn',
  transitDays: 0,
}

/** An approved order as receivables are opened from it; its lines from their gross amounts, an eighth of each tax. */
export function order(more: Partial<OrderForReceivables> & { grosses?: readonly bigint[] } = {}): OrderForReceivables {
  const { grosses = [10_000n], ...own } = more
  const lines = grosses.map((amount, i) => ({ lineNo: i + 1, productId: uuid(), net: amount - amount / 8n, tax: amount / 8n, amount }))
  const sum = (of: (line: (typeof lines)[number]) => bigint) => lines.reduce((total, line) => total + of(line), 0n)
  const amounts = { net: sum((l) => l.net), tax: sum((l) => l.tax), amount: sum((l) => l.amount) }
  return {
    id: uuid(),
    entityId: uuid(),
    customerId: uuid(),
    salespersonId: null,
    regionId: null,
    currency: 'CNY',
    rate: '1',
    ...amounts,
    netBase: amounts.net,
    taxBase: amounts.tax,
    amountBase: amounts.amount,
    orderedOn: day('2026-11-01'),
    approvedOn: day('2026-11-02'),
    deliveryOn: day('2026-11-10'),
    deliveredOn: null,
    termsId: null,
    terms: thirds,
    customerReference: 'PO 9',
    lines,
    opensReceivables: true,
    wholeAmount: amounts.amount,
    lastPartNo: 0,
    ...own,
  }
}
