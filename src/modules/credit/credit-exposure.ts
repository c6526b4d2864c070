import { leastMinor } from '../../kernel/money.ts'
import { type Rate, timesRate } from '../../kernel/percent.ts'

/** What a customer (or a whole group) may still owe us, in minor units of the base currency. */
export type ExposureInput = {
  /** Approved orders whose receivable is not opened yet, within the horizon. */
  readonly openOrders: bigint
  readonly deliveredNotInvoiced: bigint
  readonly notDue: bigint
  /** Disputed items included unless the setting leaves them out. */
  readonly overdue: bigint
  readonly disputed: bigint
  readonly bills: readonly { readonly amount: bigint; readonly weight: Rate }[]
  /** Money received and not yet allocated, without prepayments tied to other orders. */
  readonly unallocated: bigint
}
export type ExposureSettings = { readonly includeDisputed: boolean; readonly deductUnallocated: boolean }
export const defaultExposureSettings: ExposureSettings = { includeDisputed: true, deductUnallocated: false }

export const exposureComponents = ['overdue', 'notDue', 'bills', 'deliveredNotInvoiced', 'openOrders', 'unallocated'] as const
type ExposureComponent = (typeof exposureComponents)[number]
/** Components in the order of the credit bar; they add up to `total`. `unallocated` is negative or 0. */
export type CreditExposure = { readonly components: { readonly [component in ExposureComponent]: bigint }; readonly total: bigint }

/** 信用占用 (domain.md 7). Never below zero: money that we owe them is no credit. */
export function creditExposure(input: ExposureInput, settings: ExposureSettings = defaultExposureSettings): CreditExposure {
  const owed = {
    overdue: input.overdue - (settings.includeDisputed ? 0n : leastMinor(input.disputed, input.overdue)),
    notDue: input.notDue - (settings.includeDisputed ? 0n : input.disputed - leastMinor(input.disputed, input.overdue)),
    bills: input.bills.reduce((sum, bill) => sum + timesRate(bill.amount, bill.weight), 0n),
    deliveredNotInvoiced: input.deliveredNotInvoiced,
    openOrders: input.openOrders,
  }
  const gross = Object.values(owed).reduce((sum, amount) => sum + amount, 0n)
  const unallocated = settings.deductUnallocated ? -leastMinor(input.unallocated, gross) : 0n
  return { components: { ...owed, unallocated }, total: gross + unallocated }
}
