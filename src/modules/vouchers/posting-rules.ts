import type { AccountKey } from './chart-of-accounts.ts'

/** What happened that the books must show. One event gives one voucher. */
export const postingKinds = [
  'receivableOpened',
  'receivableOpenedInvoiced',
  'receivableInvoiced',
  'openingBalance',
  'openingReceipt',
  'receiptConfirmed',
  'unidentifiedReceiptConfirmed',
  'receiptIdentified',
  'receiptAllocated',
  'discountTaken',
  'shortPaymentWrittenOff',
  'receiptRefunded',
] as const
export type PostingKind = (typeof postingKinds)[number]

/** Parts of the event's amount that a line may carry. `exchangeDifference` exists in base currency only; a gain is positive. */
export const amountComponents = ['gross', 'net', 'tax', 'fee', 'afterFee', 'settled', 'used', 'exchangeDifference'] as const
export type AmountComponent = (typeof amountComponents)[number]

export type PostingLine = {
  readonly side: 'debit' | 'credit'
  readonly account: AccountKey
  readonly component: AmountComponent
  /** The line belongs to the event's customer (auxiliary accounting). */
  readonly ofCustomer?: true | undefined
}
export type PostingRules = { readonly [kind in PostingKind]: readonly PostingLine[] }

const debit = (account: AccountKey, component: AmountComponent): PostingLine => ({ side: 'debit', account, component })
const credit = (account: AccountKey, component: AmountComponent): PostingLine => ({ side: 'credit', account, component })
const ofCustomer = (line: PostingLine): PostingLine => ({ ...line, ofCustomer: true })

/**
 * The default rules (domain.md 10), data that a company may change by version. Money received waits in `unallocatedReceipts` until it is
 * allocated, so that account 1122 holds the open receivables and nothing else.
 */
export const defaultPostingRules: PostingRules = {
  receivableOpened: [ofCustomer(debit('receivables', 'gross')), credit('revenue', 'net'), credit('outputTaxPending', 'tax')],
  receivableOpenedInvoiced: [ofCustomer(debit('receivables', 'gross')), credit('revenue', 'net'), credit('outputTax', 'tax')],
  receivableInvoiced: [debit('outputTaxPending', 'tax'), credit('outputTax', 'tax')],
  openingBalance: [ofCustomer(debit('receivables', 'gross')), credit('openingBalances', 'gross')],
  openingReceipt: [debit('openingBalances', 'gross'), ofCustomer(credit('unallocatedReceipts', 'gross'))],
  receiptConfirmed: [debit('bank', 'afterFee'), debit('bankCharges', 'fee'), ofCustomer(credit('unallocatedReceipts', 'gross'))],
  unidentifiedReceiptConfirmed: [debit('bank', 'afterFee'), debit('bankCharges', 'fee'), credit('unidentifiedReceipts', 'gross')],
  receiptIdentified: [debit('unidentifiedReceipts', 'gross'), ofCustomer(credit('unallocatedReceipts', 'gross'))],
  receiptAllocated: [
    ofCustomer(debit('unallocatedReceipts', 'used')),
    ofCustomer(credit('receivables', 'settled')),
    credit('exchangeDifference', 'exchangeDifference'),
  ],
  discountTaken: [debit('salesDiscount', 'settled'), ofCustomer(credit('receivables', 'settled'))],
  shortPaymentWrittenOff: [debit('roundingDifference', 'settled'), ofCustomer(credit('receivables', 'settled'))],
  receiptRefunded: [ofCustomer(debit('unallocatedReceipts', 'gross')), credit('bank', 'gross')],
}

/** Kinds that move the receivables account: for the proof 1122 = ledger. */
export function movesReceivables(kind: PostingKind, rules: PostingRules = defaultPostingRules): boolean {
  return rules[kind].some((line) => line.account === 'receivables')
}
