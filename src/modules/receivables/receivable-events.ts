import type { Day } from '../../kernel/day.ts'

/** 应收单, as it was opened. Amounts in minor units; `…Base` in the company's base currency. `voucherId` is the voucher that flow.ts has posted for it. */
export type OpenedReceivable = {
  readonly id: string
  readonly voucherId: string
  readonly kind: 'order' | 'manual' | 'opening'
  readonly entityId: string
  readonly customerId: string
  readonly orderId: string | null
  readonly salespersonId: string | null
  readonly regionId: string | null
  readonly currency: string
  readonly amount: bigint
  readonly amountBase: bigint
  /** Base-currency net and tax: they add up to amountBase. */
  readonly netBase: bigint
  readonly taxBase: bigint
  readonly net: bigint
  readonly tax: bigint
  readonly issuedOn: Day
  readonly dueOn: Day
  /** The day in the books: the issue day, or the later day on which an old item was brought in. */
  readonly entryOn: Day
}
export type ReceivablesOpened = { readonly type: 'receivables.opened'; readonly receivables: readonly OpenedReceivable[] }
/** Receivables taken back whole (never allocated): their mirrors, `voucherId`, are posted on `voidedOn`. */
export type ReceivablesVoided = {
  readonly type: 'receivables.voided'
  readonly receivables: readonly (Omit<OpenedReceivable, 'netBase' | 'taxBase' | 'net' | 'tax'> & {
    readonly reversesVoucherId: string
    readonly voidedOn: Day
  })[]
}
