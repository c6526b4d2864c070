import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import type { AllocationBatch, AllocationsReversed, ReceiptsAllocated } from '../allocations/allocation-events.ts'
import { type ShortPaymentReason, shortPaymentReasons } from '../allocations/short-payment.ts'
import type { ReceiptsConfirmed, ReceiptsIdentified, ReceiptsReversed } from '../receipts/receipt-events.ts'
import type { ReceivablesOpened, ReceivablesVoided } from '../receivables/receivable-events.ts'
import { type AccountKey, accountCode } from './chart-of-accounts.ts'
import { warmPeriods } from './open-periods.command.ts'
import { postVouchers } from './post-vouchers.command.ts'
import {
  discountTakenEvent,
  openingBalanceEvent,
  openingReceiptEvent,
  receiptAllocatedEvent,
  receiptConfirmedEvent,
  receiptIdentifiedEvent,
  receivableOpenedEvent,
  shortPaymentWrittenOffEvent,
} from './posting-event.ts'
import { type PostingSetup, postingSetup, postingSetupsOfBatches } from './posting-setup.query.ts'
import { mirrorLines, type PostingEvent, type VoucherLine, voucherLines } from './voucher-lines.ts'
import type { VoucherToPost } from './voucher-to-post.ts'
import { liveVouchersOf } from './vouchers-of-source.query.ts'

/** What every voucher needs, loaded beside the command that will cause it. */
export function warmPosting(tx: Tx): Promise<unknown> {
  return Promise.all([postingSetup(tx), warmPeriods(tx)])
}

/** Handler of receivables.opened: Dr 1122, Cr revenue and tax; an opening balance against its own account. No invoice is known yet: the tax is 待转. */
export async function postOpenedReceivables(tx: Tx, { receivables }: ReceivablesOpened): Promise<void> {
  const setup = await postingSetup(tx)
  const vouchers = receivables.map((one): VoucherToPost => {
    const gross = { amount: one.amount, base: one.amountBase }
    const event =
      one.kind === 'opening'
        ? openingBalanceEvent(one.customerId, one.currency, gross)
        : receivableOpenedEvent(one.customerId, one.currency, gross, { amount: one.tax, base: one.taxBase }, false)
    return {
      id: one.voucherId,
      voucherOn: one.entryOn,
      sourceKind: 'receivable',
      sourceId: one.id,
      reversesId: null,
      summary: '',
      lines: linesOf(event, setup),
    }
  })
  await postVouchers(tx, vouchers)
}

/** Handler of receivables.voided: the mirror of what was posted, whatever the rules say today. */
export async function postVoidedReceivables(tx: Tx, { receivables }: ReceivablesVoided): Promise<void> {
  const reversals = receivables.map((one) => ({
    id: one.voucherId,
    reversesId: one.reversesVoucherId,
    sourceId: one.id,
    voucherOn: one.voidedOn,
    summary: '',
  }))
  await postMirrors(tx, reversals)
}

/** Handler of receipts.confirmed: Dr bank and fee, Cr money not yet allocated; without a customer it is 不明来款; what was there at go-live stands against the opening balances. */
export async function postConfirmedReceipts(tx: Tx, { receipts }: ReceiptsConfirmed): Promise<void> {
  const setup = await postingSetup(tx)
  const vouchers = receipts.map((one): VoucherToPost => {
    const gross = { amount: one.amount, base: one.amountBase }
    const fee = { amount: one.fee, base: one.feeBase }
    const event =
      one.isOpening && one.customerId !== null
        ? openingReceiptEvent(one.customerId, one.currency, gross)
        : receiptConfirmedEvent(one.customerId ?? undefined, one.currency, gross, fee, one.account)
    return {
      id: one.voucherId,
      voucherOn: one.receivedOn,
      sourceKind: 'receipt',
      sourceId: one.id,
      reversesId: null,
      summary: one.reference ?? '',
      lines: linesOf(event, setup),
    }
  })
  await postVouchers(tx, vouchers)
}

/** Handler of receipts.identified: Dr 不明来款, Cr the customer's money not yet allocated. */
export async function postIdentifiedReceipts(tx: Tx, { receipts }: ReceiptsIdentified): Promise<void> {
  const setup = await postingSetup(tx)
  const vouchers = receipts.map((one): VoucherToPost => {
    const event = receiptIdentifiedEvent(one.customerId, one.currency, { amount: one.amount, base: one.amountBase })
    const { voucherId: id, identifiedOn: voucherOn, id: sourceId } = one
    return { id, voucherOn, sourceKind: 'receiptIdentification', sourceId, reversesId: null, summary: '', lines: linesOf(event, setup) }
  })
  await postVouchers(tx, vouchers)
}

/** Handler of receipts.reversed. */
export async function postReversedReceipts(tx: Tx, { receipts }: ReceiptsReversed): Promise<void> {
  const reversals = receipts.map((one) => ({
    id: one.voucherId,
    reversesId: one.reversesVoucherId,
    sourceId: one.id,
    voucherOn: one.reversedOn,
    summary: one.reason,
  }))
  await postMirrors(tx, reversals)
}

/** Handler of receipts.allocated: Dr money not yet allocated, Cr 1122, the exchange difference between them; discounts and short payments on their accounts. */
export async function postAllocations(tx: Tx, { batches }: ReceiptsAllocated): Promise<void> {
  const setup = await postingSetup(tx)
  await postBatches(tx, batches, () => setup)
}

/**
 * Handler of allocations.reversed: the same lines with the signs of the undone amounts, on the accounts on which they were made, whatever the rules say today. A part of a batch
 * may be undone, so this is a voucher of its own.
 */
export async function postReversedAllocations(tx: Tx, { batches }: AllocationsReversed): Promise<void> {
  const setupOfBatch = await postingSetupsOfBatches(
    tx,
    batches.map((batch) => batch.reversesBatchId),
  )
  const reversed = new Map(batches.map((batch) => [batch.id, batch.reversesBatchId]))
  await postBatches(tx, batches, (batch) => setupOfBatch(reversed.get(batch.id)!))
}

async function postBatches(tx: Tx, batches: readonly AllocationBatch[], setupFor: (batch: AllocationBatch) => PostingSetup): Promise<void> {
  const vouchers = batches.map((batch): VoucherToPost => {
    const setup = setupFor(batch)
    const lines = batchEvents(batch, setup).flatMap((event) => linesOf(event, setup))
    return {
      id: batch.voucherId,
      voucherOn: batch.entryOn,
      sourceKind: 'allocationBatch',
      sourceId: batch.id,
      reversesId: null,
      summary: '',
      lines,
    }
  })
  await postVouchers(tx, vouchers)
}

function batchEvents(batch: AllocationBatch, setup: PostingSetup): PostingEvent[] {
  const allocated = batch.lines.map((line) =>
    receiptAllocatedEvent(line.customerId, batch.currency, line.amount, line.amountBase, line.receiptBase),
  )
  const adjusted = batch.adjustments.map((line) => {
    const settled = { amount: line.amount, base: line.amountBase }
    if (line.kind === 'discount') return discountTakenEvent(line.customerId, batch.currency, settled)
    return shortPaymentWrittenOffEvent(line.customerId, batch.currency, settled, reasonAccount(line.reasonCode, setup))
  })
  return [...allocated, ...adjusted]
}

/** The account of the reason for a short payment; the rule's own account when the reason names none. */
function reasonAccount(reasonCode: string, setup: PostingSetup): string | undefined {
  const reason = shortPaymentReasons[reasonCode as ShortPaymentReason] as { readonly account?: AccountKey } | undefined
  return reason?.account === undefined ? undefined : accountCode(reason.account, setup.codes)
}

type Mirror = {
  readonly id: string
  readonly reversesId: string
  readonly sourceId: string
  readonly voucherOn: VoucherToPost['voucherOn']
  readonly summary: string
}

/** Mirrors every live voucher of the sources: the one named, and whatever followed it (identification). */
async function postMirrors(tx: Tx, reversals: readonly Mirror[]): Promise<void> {
  const live = await liveVouchersOf(
    tx,
    reversals.map((one) => one.sourceId),
  )
  const mirrors = reversals.flatMap((reversal) =>
    (live.get(reversal.sourceId) ?? []).map((voucher): VoucherToPost => {
      const id = voucher.id === reversal.reversesId ? reversal.id : uuid()
      const { voucherOn, sourceId, summary } = reversal
      return { id, voucherOn, sourceKind: voucher.sourceKind, sourceId, reversesId: voucher.id, summary, lines: mirrorLines(voucher.lines) }
    }),
  )
  await postVouchers(tx, mirrors)
}

function linesOf(event: PostingEvent, { rules, codes }: PostingSetup): VoucherLine[] {
  return voucherLines(event, codes, rules)
}
