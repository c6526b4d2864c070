import type { Phrase } from '../../kernel/phrase.ts'
import type { Tx } from '../../platform/db.ts'
import type { AllocationBatch } from './allocation-events.ts'

export type How = 'reference' | 'statutory' | 'oldest' | 'proRata' | 'hand' | 'import'
/** `explanations` by allocation id; `reverses` gives what a mirror row undoes, by its own id. */
export type Written = {
  readonly how: (allocationId: string) => How
  readonly explanations?: ReadonlyMap<string, Phrase>
  readonly reverses?: ReadonlyMap<string, string>
}

/** The rows of ar.allocations and ar.adjustments of these batches. Insert only: undoing is a mirror row. */
export function insertBatches(tx: Tx, batches: readonly AllocationBatch[], { how, explanations, reverses }: Written): void {
  const createdBy = tx.caller.actorId
  tx.insert(
    'allocations',
    batches.flatMap((batch) =>
      batch.lines.map(({ allocationId, receivableId, amount, amountBase, receiptBase }) => ({
        id: allocationId,
        batchId: batch.id,
        receiptId: batch.receiptId,
        receivableId,
        amount,
        amountBase,
        receiptBase,
        entryOn: batch.entryOn,
        how: how(allocationId),
        reversesId: reverses?.get(allocationId) ?? null,
        explanation: explanations?.get(allocationId) ?? null,
        createdBy,
      })),
    ),
  )
  tx.insert(
    'adjustments',
    batches.flatMap((batch) =>
      batch.adjustments.map(({ adjustmentId, receivableId, kind, amount, amountBase, reasonCode }) => ({
        id: adjustmentId,
        batchId: batch.id,
        receivableId,
        receiptId: batch.receiptId,
        kind,
        amount,
        amountBase,
        entryOn: batch.entryOn,
        reasonCode,
        reversesId: reverses?.get(adjustmentId) ?? null,
        createdBy,
      })),
    ),
  )
}
