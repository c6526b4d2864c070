import { assert } from '../../kernel/assert.ts'
import type { Day } from '../../kernel/day.ts'
import type { Phrase } from '../../kernel/phrase.ts'
import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import { emit } from '../../platform/events.ts'
import type { CreditAccount } from '../credit/credit-accounts.query.ts'
import { countAllocated } from '../receipts/count-allocated.command.ts'
import type { LockedReceipt } from '../receipts/lock-receipts.query.ts'
import type { LockedReceivable } from '../receivables/lock-receivables.query.ts'
import { applySettlements } from '../receivables/settle-receivables.command.ts'
import { settledBase } from '../receivables/settled-base.ts'
import { type How, insertBatches } from './allocation.store.ts'
import type { AdjustmentLine, AllocationBatch, AllocationLine, ReceiptsAllocated } from './allocation-events.ts'

export type Locked = {
  readonly receipts: readonly LockedReceipt[]
  readonly receivables: ReadonlyMap<string, LockedReceivable>
  readonly accounts: ReadonlyMap<string, CreditAccount>
}
/** Decided: so much of this receipt settles that receivable. */
export type DecidedAllocation = {
  readonly receiptId: string
  readonly receivableId: string
  readonly amount: bigint
  readonly explanation: Phrase
}
/** Decided: the rest of that receivable is given up for this reason, beside the receipt's allocation. */
export type DecidedAdjustment = {
  readonly receiptId: string
  readonly receivableId: string
  readonly kind: 'discount' | 'shortPayment'
  readonly reasonCode: string
  readonly amount: bigint
}

/**
 * Books what has been decided, under the locks of `locked`: rows, open amounts, what the receipts have left, exposure, one voucher a receipt (through flow.ts). Amounts are minor units;
 * base values follow in proportion, the last share takes the rest. Returns the batches, one a receipt.
 */
export async function bookAllocations(
  tx: Tx,
  locked: Locked,
  decided: {
    readonly allocations: readonly DecidedAllocation[]
    readonly adjustments: readonly DecidedAdjustment[]
    readonly entryOn: Day | ((receiptId: string) => Day)
    readonly how: How
    readonly bulk?: boolean
  },
): Promise<AllocationBatch[]> {
  const { batches, explanations } = priced(locked, decided)
  if (batches.length === 0) return []
  insertBatches(tx, batches, { how: () => decided.how, explanations })
  countAllocated(
    tx,
    batches.flatMap((batch) => batch.lines.map(({ amount, receiptBase }) => ({ receiptId: batch.receiptId, amount, receiptBase }))),
  )
  applySettlements(
    tx,
    locked,
    batches.flatMap((batch) => [
      ...batch.lines.map(({ allocationId, receivableId, amount, amountBase }) => ({
        receivableId,
        kind: 'allocated' as const,
        amount,
        amountBase,
        entryOn: batch.entryOn,
        sourceKind: 'allocation' as const,
        sourceId: allocationId,
        voucherId: batch.voucherId,
      })),
      ...batch.adjustments.map(({ adjustmentId, receivableId, kind, amount, amountBase }) => ({
        receivableId,
        kind,
        amount,
        amountBase,
        entryOn: batch.entryOn,
        sourceKind: 'adjustment' as const,
        sourceId: adjustmentId,
        voucherId: batch.voucherId,
      })),
    ]),
  )
  auditBatches(tx, batches, decided.how, decided.bulk ?? false)
  await emit<ReceiptsAllocated>(tx, { type: 'receipts.allocated', batches })
  return batches
}

/** Gives every line its base values, receipt by receipt, as each leaves the receipts and receivables. */
function priced(
  { receipts, receivables }: Locked,
  { allocations, adjustments, entryOn }: Parameters<typeof bookAllocations>[2],
): { batches: AllocationBatch[]; explanations: Map<string, Phrase> } {
  const explanations = new Map<string, Phrase>()
  const left = new Map([...receivables.values()].map((item) => [item.id, { amount: item.open, base: item.openBase }]))
  const take = (receivableId: string, amount: bigint): bigint => {
    const rest = left.get(receivableId)
    assert(rest !== undefined, `receivable ${receivableId} was locked`)
    const base = settledBase({ open: rest.amount, openBase: rest.base }, amount)
    left.set(receivableId, { amount: rest.amount - amount, base: rest.base - base })
    return base
  }
  const byReceipt = Map.groupBy(allocations, (one) => one.receiptId)
  const adjusted = Map.groupBy(adjustments, (one) => one.receiptId)
  const batches = receipts
    .filter((receipt) => byReceipt.has(receipt.id) || adjusted.has(receipt.id))
    .map((receipt): AllocationBatch => {
      let money = { amount: receipt.amount - receipt.allocated - receipt.refunded, base: receipt.amountBase - receipt.allocatedBase }
      const lines = (byReceipt.get(receipt.id) ?? []).map(({ receivableId, amount, explanation }): AllocationLine => {
        const receiptBase = settledBase({ open: money.amount, openBase: money.base }, amount)
        money = { amount: money.amount - amount, base: money.base - receiptBase }
        const allocationId = uuid()
        explanations.set(allocationId, explanation)
        return {
          allocationId,
          receivableId,
          customerId: receivables.get(receivableId)!.customerId,
          amount,
          amountBase: take(receivableId, amount),
          receiptBase,
        }
      })
      const extra = (adjusted.get(receipt.id) ?? []).map(({ receiptId: _, ...own }): AdjustmentLine => {
        const { customerId } = receivables.get(own.receivableId)!
        return { adjustmentId: uuid(), customerId, ...own, amountBase: take(own.receivableId, own.amount) }
      })
      const day = typeof entryOn === 'string' ? entryOn : entryOn(receipt.id)
      return { id: uuid(), voucherId: uuid(), receiptId: receipt.id, currency: receipt.currency, entryOn: day, lines, adjustments: extra }
    })
  return { batches, explanations }
}

function auditBatches(tx: Tx, batches: readonly AllocationBatch[], how: How, bulk: boolean): void {
  if (bulk) {
    tx.audit({
      action: 'allocations.made',
      entity: 'allocation',
      detail: {
        how,
        batches: batches.map((batch) => ({ id: batch.id, receiptId: batch.receiptId, lines: batch.lines.length, amount: total(batch) })),
      },
    })
    return
  }
  for (const batch of batches)
    tx.audit({
      action: 'allocations.made',
      entity: 'receipt',
      entityId: batch.receiptId,
      after: { how, batchId: batch.id, entryOn: batch.entryOn, amount: total(batch), currency: batch.currency },
      detail: {
        lines: batch.lines.map(({ receivableId, amount }) => ({ receivableId, amount })),
        adjustments: batch.adjustments.map(({ receivableId, kind, reasonCode, amount }) => ({ receivableId, kind, reasonCode, amount })),
      },
    })
}

function total(batch: AllocationBatch): bigint {
  return batch.lines.reduce((sum, line) => sum + line.amount, 0n)
}
