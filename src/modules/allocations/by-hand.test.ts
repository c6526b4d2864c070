import { describe, expect, test } from 'vitest'
import { day } from '../../kernel/day.ts'
import type { OpenReceivable, ReceiptToAllocate } from './allocation.ts'
import { byHand, type HandLine } from './by-hand.ts'

const receipts: ReceiptToAllocate[] = [
  { id: 'r1', customerId: 'c', currency: 'CNY', unallocated: 100n, receivedOn: day('2026-11-21') },
  { id: 'r2', customerId: 'c', currency: 'CNY', unallocated: 50n, receivedOn: day('2026-11-21') },
  { id: 'r3', customerId: 'other', currency: 'CNY', unallocated: 50n, receivedOn: day('2026-11-21') },
]
const item = (id: string, open: bigint, currency = 'CNY'): OpenReceivable => ({
  id,
  no: id,
  customerId: 'c',
  currency,
  open,
  issuedOn: day('2026-01-01'),
  dueOn: day('2026-02-01'),
})
const items = [item('A', 120n), item('B', 30n), item('U', 30n, 'USD')]
const line = (receiptId: string, receivableId: string, amount: bigint): HandLine => ({ receiptId, receivableId, amount })
const codes = (lines: HandLine[]) =>
  byHand(receipts, items, lines).issues.map((issue) => `${issue.path} ${issue.code.replace('allocations.', '')}`)

describe('byHand', () => {
  test('two receipts settle two items', () => {
    const result = byHand(receipts, items, [line('r1', 'A', 100n), line('r2', 'A', 20n), line('r2', 'B', 30n)])
    expect(result.issues).toEqual([])
    expect(result.allocations.map((one) => one.amount)).toEqual([100n, 20n, 30n])
    expect([result.unallocated.get('r1'), result.unallocated.get('r2'), result.open.get('A'), result.open.get('B')]).toEqual([
      0n,
      0n,
      0n,
      0n,
    ])
  })
  test.each<[string, HandLine[], string[]]>([
    ['more than the receipt has, over two lines', [line('r2', 'A', 40n), line('r2', 'B', 11n)], ['lines.1.amount exceedsReceipt']],
    ['more than is open, over two receipts', [line('r1', 'B', 20n), line('r2', 'B', 11n)], ['lines.1.amount exceedsOpenAmount']],
    ['both at once', [line('r2', 'B', 51n)], ['lines.0.amount exceedsOpenAmount', 'lines.0.amount exceedsReceipt']],
    ['nothing', [line('r1', 'A', 0n)], ['lines.0 amountNotPositive']],
    ['negative', [line('r1', 'A', -5n)], ['lines.0 amountNotPositive']],
    ['the same pair twice', [line('r1', 'A', 1n), line('r1', 'A', 1n)], ['lines.1 pairTwice']],
    ['another currency', [line('r1', 'U', 1n)], ['lines.0 currencyDiffers']],
    ['unknown documents', [line('x', 'A', 1n), line('r1', 'x', 1n)], ['lines.0 documentUnknown', 'lines.1 documentUnknown']],
    ['the debt of another customer', [line('r3', 'A', 1n)], ['lines.0 otherCustomer']],
  ])('refuses %s', (_, lines, issues) => {
    expect(codes(lines)).toEqual(issues)
    expect(byHand(receipts, items, lines).allocations).toEqual([])
  })
  test('paying for another company of the group, when allowed', () => {
    expect(byHand(receipts, items, [line('r3', 'A', 50n)], () => true).allocations).toHaveLength(1)
  })
})
