import type { Day } from '../../../kernel/day.ts'

/**
 * What the figures are made of, by period. Minor units of the report's currency. Everything is of the ledger of receivables by its own days, so a past period is the same for ever except for what is
 * dated back into it while it is open.
 * - opening, closing: receivable at the beginning and at the end, with VAT, money that is not allocated not taken off (account 1122); notDue: of closing, due on the last day or later
 * - sales: opened less voided in the period, with VAT; salesNet: the same without it; broughtIn: opening balances that entered (less those taken back). Orders of a time before the books are no sales
 * - collected: allocated less undone; adjusted: discounts and short payments given up, less undone
 * - waited, late: Σ amount × days from the issue day (not below 0: money that was there before waited 0 days) and from the due day to the day of the money, of `collected`; what is undone takes away what it gave
 */
export const kpiFigures = [
  'opening',
  'broughtIn',
  'sales',
  'salesNet',
  'collected',
  'adjusted',
  'closing',
  'notDue',
  'waited',
  'late',
] as const
export type KpiFigureName = (typeof kpiFigures)[number]
/** What can be asked for alone, and which figures it gives. `settled` is `money` without its days: nothing but entries is read for it. */
export const kpiParts = {
  sales: ['sales', 'broughtIn'],
  salesNet: ['salesNet'],
  money: ['collected', 'adjusted', 'waited', 'late'],
  settled: ['collected', 'adjusted'],
  opening: ['opening'],
  closing: ['closing', 'notDue'],
} as const satisfies Record<string, readonly KpiFigureName[]>
export type KpiFigures = Readonly<Record<KpiFigureName, bigint>>

/** A period of the question, days included at both ends. `place` says which row it belongs to. */
export type KpiPeriod = { readonly place: number; readonly from: Day; readonly to: Day }

export const NO_FIGURES = Object.fromEntries(kpiFigures.map((name) => [name, 0n])) as KpiFigures
