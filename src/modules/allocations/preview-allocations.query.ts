import { formatMinor } from '../../kernel/money.ts'
import type { Reader } from '../../platform/db.ts'
import { receiptsToPropose } from './allocation.query.ts'
import { type AllocationRule, decideAllocations, namedDocuments } from './decide-allocations.ts'
import { openItems } from './open-items.query.ts'

/** What allocateByRule would do today, as sums per currency. Receipts without customer or with nothing left count as left over. */
export async function previewAllocations(reader: Reader, receiptIds: readonly string[], rule: AllocationRule) {
  const [receipts, open] = await Promise.all([receiptsToPropose(reader, receiptIds), openItems(reader, { ofReceipts: receiptIds })])
  const items = open.filter((item) => item.issuedOn <= reader.today)
  const ruled = receipts.flatMap((receipt) =>
    receipt.customerId === null || receipt.unallocated <= 0n
      ? []
      : [{ ...receipt, customerId: receipt.customerId, named: namedDocuments(receipt.reference) }],
  )
  const lines = decideAllocations(ruled, items, rule).flatMap((proposal) => proposal.allocations)
  const paid = new Map<string, bigint>()
  for (const { receivableId, amount } of lines) paid.set(receivableId, (paid.get(receivableId) ?? 0n) + amount)
  const used = new Set(lines.map((line) => line.receiptId))
  const sums = [...Map.groupBy(receipts, (receipt) => receipt.currency)].map(([currency, own]) => {
    const touched = items.filter((item) => item.currency === currency && paid.has(item.id))
    const allocated = touched.reduce((sum, item) => sum + paid.get(item.id)!, 0n)
    const unallocated = own.reduce((sum, receipt) => sum + receipt.unallocated, 0n)
    return {
      currency,
      receipts: own.filter((receipt) => used.has(receipt.id)).length,
      receivables: touched.length,
      settled: touched.filter((item) => paid.get(item.id) === item.open).length,
      allocated: formatMinor(allocated, currency),
      left: formatMinor(unallocated - allocated, currency),
    }
  })
  return { sums }
}
