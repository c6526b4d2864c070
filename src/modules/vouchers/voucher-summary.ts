import type { VoucherRow } from './voucher-row.ts'

/** The words of the module's `summaries`. */
type Say = (key: string, params: Record<string, string | number>) => string

/**
 * 摘要: what a voucher is, in the reader's language: what happened to which document, whose it is, and what was typed then. It is put together when it is read,
 * because numbers are given last and readers have languages; the books keep only what was typed.
 */
export function voucherSummary(row: VoucherRow, say: Say): string {
  const happened = whatHappened(row, say)
  const first =
    row.reverses === null
      ? happened
      : say(row.sourceKind === 'allocationBatch' ? 'allocationReversal' : 'reversal', { no: row.reverses.no, of: happened })
  return [first, row.customerName ?? '', row.note].filter((part) => part !== '').join(' · ')
}

function whatHappened(row: VoucherRow, say: Say): string {
  const no = row.sourceNo ?? ''
  switch (row.sourceKind) {
    case 'receivable':
      if (row.receivableKind === 'opening') return say('opening', { no })
      return row.orderNo === null ? say('opened', { no }) : say('openedByOrder', { no, order: row.orderNo })
    case 'receipt':
      if (row.isOpeningReceipt) return say('openingReceipt', { no })
      return say(row.customerName === null ? 'unidentified' : 'received', { no })
    case 'receiptIdentification':
      return say('identified', { no })
    case 'allocationBatch': {
      const first = row.receivableNo ?? ''
      const settled = row.receivables > 1 ? say('several', { no: first, count: row.receivables }) : first
      return say('allocated', { receipt: no, receivables: settled })
    }
  }
}
