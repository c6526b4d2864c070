import type { Day } from '../../kernel/day.ts'
import type { PlannedOrder } from './demo-orders.ts'

/** A receivable that has just come into the ledger. */
export type NewReceivable = {
  readonly id: string
  readonly no: string
  readonly customerId: string
  readonly orderId: string | null
  readonly currency: string
  readonly amount: bigint
  readonly open: bigint
  readonly issuedOn: Day
  readonly dueOn: Day
}

/** Things that wait for their day. */
export type Diary<T> = { readonly put: (on: Day, thing: T) => void; readonly take: (on: Day) => T[] }

export function diary<T>(): Diary<T> {
  const days = new Map<Day, T[]>()
  return {
    put: (on, thing) => {
      const known = days.get(on)
      if (known) known.push(thing)
      else days.set(on, [thing])
    },
    take: (on) => {
      const found = days.get(on) ?? []
      days.delete(on)
      return found
    },
  }
}

/** Part of a receivable that will be paid; the last part takes whatever is open by then. */
export type PaymentDue = { readonly receivable: NewReceivable; readonly percent: number; readonly isLast: boolean }
export type DeliveryDue = { readonly orderId: string; readonly order: PlannedOrder; readonly part: 'first' | 'rest' }
/** Money that is to be allocated so once it is confirmed. */
export type AllocationDue = {
  readonly receiptId: string
  readonly lines: readonly { readonly receivableId: string; readonly amount: bigint }[]
  readonly givenUp: 'rounding' | 'earlyPaymentDiscount' | undefined
}
