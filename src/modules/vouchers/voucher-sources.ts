/** What a voucher can come from. */
export const voucherSources = ['receivable', 'receipt', 'receiptIdentification', 'allocationBatch'] as const
export type VoucherSource = (typeof voucherSources)[number]
