import { formatMinor } from '../../kernel/money.ts'
import { phrase } from '../../kernel/phrase.ts'
import type { Issue } from '../../kernel/problem.ts'
import { allocation, type OpenReceivable, type ProposedAllocation, type ReceiptToAllocate } from './allocation.ts'

/** One line of an allocation n:m that a person keyed in. */
export type HandLine = { readonly receiptId: string; readonly receivableId: string; readonly amount: bigint }
export type HandResult = {
  readonly issues: readonly Issue[]
  readonly allocations: readonly ProposedAllocation[]
  /** What is left of each receipt, and open of each receivable, afterwards. */
  readonly unallocated: ReadonlyMap<string, bigint>
  readonly open: ReadonlyMap<string, bigint>
}

/**
 * 手工核销 n:m. Refuses (as issues with the line's path) unknown documents, amounts ≤ 0, two lines for the same pair, another currency, more than
 * a receipt has or a receivable is open for. `mayPayFor` says which customers' debts a customer may pay (default: only its own).
 * No allocations are returned while there are issues.
 */
export function byHand(
  receipts: readonly ReceiptToAllocate[],
  items: readonly OpenReceivable[],
  lines: readonly HandLine[],
  mayPayFor: (payerId: string, customerId: string) => boolean = (payerId, customerId) => payerId === customerId,
): HandResult {
  const receiptOf = new Map(receipts.map((receipt) => [receipt.id, receipt]))
  const itemOf = new Map(items.map((item) => [item.id, item]))
  const unallocated = new Map(receipts.map((receipt) => [receipt.id, receipt.unallocated]))
  const open = new Map(items.map((item) => [item.id, item.open]))
  const issues: Issue[] = []
  const allocations: ProposedAllocation[] = []
  const pairs = new Set<string>()
  lines.forEach((line, i) => {
    const receipt = receiptOf.get(line.receiptId)
    const item = itemOf.get(line.receivableId)
    const fault = lineFault(line, receipt, item, mayPayFor) ?? (pairs.has(pairOf(line)) ? 'allocations.pairTwice' : undefined)
    if (fault !== undefined || !receipt || !item) {
      issues.push({ path: `lines.${i}`, code: fault ?? 'allocations.documentUnknown' })
      return
    }
    pairs.add(pairOf(line))
    unallocated.set(receipt.id, unallocated.get(receipt.id)! - line.amount)
    open.set(item.id, open.get(item.id)! - line.amount)
    const amount = formatMinor(line.amount, item.currency)
    if (open.get(item.id)! < 0n)
      issues.push({
        path: `lines.${i}.amount`,
        code: 'allocations.exceedsOpenAmount',
        params: { no: item.no, openAmount: formatMinor(item.open, item.currency) },
      })
    else allocations.push(allocation(receipt, item, line.amount, phrase('allocations.rules.hand', { no: item.no, amount })))
    if (unallocated.get(receipt.id)! < 0n)
      issues.push({
        path: `lines.${i}.amount`,
        code: 'allocations.exceedsReceipt',
        params: { leftAmount: formatMinor(receipt.unallocated, receipt.currency) },
      })
  })
  return { issues, allocations: issues.length === 0 ? allocations : [], unallocated, open }
}

function lineFault(
  line: HandLine,
  receipt: ReceiptToAllocate | undefined,
  item: OpenReceivable | undefined,
  mayPayFor: (a: string, b: string) => boolean,
): string | undefined {
  if (!receipt || !item) return 'allocations.documentUnknown'
  if (line.amount <= 0n) return 'allocations.amountNotPositive'
  if (receipt.currency !== item.currency) return 'allocations.currencyDiffers'
  return mayPayFor(receipt.customerId, item.customerId) ? undefined : 'allocations.otherCustomer'
}

function pairOf(line: HandLine): string {
  return `${line.receiptId} ${line.receivableId}`
}
