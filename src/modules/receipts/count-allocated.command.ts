import type { Tx } from '../../platform/db.ts'
import { addAllocated } from './receipt.store.ts'

/** Tells receipts how much of them has been allocated (negative: undone), in minor units and base currency. Sums first: one row a receipt and transaction. */
export function countAllocated(
  tx: Tx,
  changes: readonly { readonly receiptId: string; readonly amount: bigint; readonly receiptBase: bigint }[],
): void {
  const sums = new Map<string, { id: string; allocated: bigint; allocatedBase: bigint }>()
  for (const { receiptId, amount, receiptBase } of changes) {
    const known = sums.get(receiptId) ?? { id: receiptId, allocated: 0n, allocatedBase: 0n }
    sums.set(receiptId, { id: receiptId, allocated: known.allocated + amount, allocatedBase: known.allocatedBase + receiptBase })
  }
  addAllocated(tx, [...sums.values()])
}
