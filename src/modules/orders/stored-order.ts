import type { Day } from '../../kernel/day.ts'
import type { Rate } from '../../kernel/percent.ts'
import type { PaymentTerms } from '../terms/payment-terms.ts'
import type { OpensReceivablesOn } from './order-events.ts'
import type { OrderStatus } from './order-status.ts'
import type { Discount } from './order-total.ts'

/** An order as stored, with its lines. Amounts in minor units of its currency; `…Base` of the base currency. */
export type StoredOrder = {
  readonly id: string
  readonly entityId: string
  readonly customerId: string
  readonly salespersonId: string | null
  readonly regionId: string | null
  readonly currency: string
  readonly rate: Rate
  readonly net: bigint
  readonly tax: bigint
  readonly amount: bigint
  readonly amountBase: bigint
  /** Of amountBase, what stands in credit_accounts.orders_base now, and what approval put there. */
  readonly openBase: bigint
  readonly reservedBase: bigint
  readonly status: OrderStatus
  readonly creditResult: 'pass' | 'warn' | 'hold' | null
  readonly orderedOn: Day
  readonly deliveryOn: Day | null
  readonly deliveredOn: Day | null
  readonly approvedOn: Day | null
  readonly termsId: string | null
  readonly terms: PaymentTerms | null
  readonly paymentMethodId: string | null
  readonly customerReference: string | null
  readonly remark: string
  readonly pricesIncludeTax: boolean
  readonly discount: Discount | null
  readonly createdBy: string
  readonly submittedBy: string | null
  readonly submittedAt: Date | null
  readonly contentHash: Buffer
  readonly receivablesOn: OpensReceivablesOn | null
  /** The highest part number of the receivables opened from it; 0 = none. */
  readonly lastPartNo: number
  readonly version: number
  readonly lines: readonly StoredLine[]
}
export type StoredLine = {
  readonly lineNo: number
  readonly productId: string
  readonly description: string
  readonly unit: string
  readonly quantity: string
  readonly unitPrice: string
  readonly discount: Discount | null
  readonly vatRate: Rate
  readonly net: bigint
  readonly tax: bigint
  readonly amount: bigint
  readonly delivered: string
}
