import type { Day } from '../../kernel/day.ts'

/**
 * A receivable to be opened, already judged: minor units, net + tax = amount line by line, the lines add up, `…Base` in the base currency. `entryOn` is the day
 * in the books, the issue day unless the item is brought in later.
 */
export type ReceivableToOpen = {
  readonly kind: 'order' | 'manual' | 'opening'
  readonly entityId: string
  readonly customerId: string
  readonly orderId: string | null
  readonly partNo: number | null
  readonly partName: string | null
  readonly salespersonId: string | null
  readonly regionId: string | null
  readonly currency: string
  readonly amountBase: bigint
  readonly taxBase: bigint
  readonly lines: readonly { readonly productId: string | null; readonly net: bigint; readonly tax: bigint }[]
  readonly issuedOn: Day
  readonly dueOn: Day
  readonly contractDueOn: Day
  readonly entryOn: Day
  readonly reference: string | null
  readonly sourceNo: string | null
  readonly disputed: boolean
  readonly remark: string
  readonly terms: unknown
}
