import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, day } from '../../kernel/day.ts'
import { leastMinor } from '../../kernel/money.ts'
import type { AllocationProposal, OpenReceivable, ReceiptToAllocate } from './allocation.ts'
import { allocateInBulk } from './bulk.ts'
import { byReference } from './by-reference.ts'
import { oldestFirst } from './oldest-first.ts'
import { proRata } from './pro-rata.ts'
import { statutoryOrder } from './statutory-order.ts'

const receipt = (unallocated: bigint, change: Partial<ReceiptToAllocate> = {}): ReceiptToAllocate => ({
  id: 'r1',
  customerId: 'c',
  currency: 'CNY',
  unallocated,
  receivedOn: day('2026-11-21'),
  ...change,
})
const item = (no: string, open: bigint, dueOn = '2026-11-01', change: Partial<OpenReceivable> = {}): OpenReceivable => ({
  id: no,
  no,
  customerId: 'c',
  currency: 'CNY',
  open,
  issuedOn: day('2026-01-01'),
  dueOn: day(dueOn),
  ...change,
})
const paid = ({ allocations, unallocated }: AllocationProposal) => [
  allocations.map((one) => `${one.receivableId} ${one.amount}`).join(', '),
  unallocated,
]

describe('oldestFirst', () => {
  test.each<[string, bigint, OpenReceivable[], string, bigint]>([
    ['the earliest due day first', 150n, [item('B', 100n, '2026-11-02'), item('A', 100n)], 'A 100, B 50', 0n],
    ['same day: the earlier issued', 50n, [item('A', 100n), item('B', 100n, '2026-11-01', { issuedOn: day('2025-12-31') })], 'B 50', 0n],
    ['same in all: the lower number', 50n, [item('B', 100n), item('A', 100n)], 'A 50', 0n],
    ['more money than debts', 250n, [item('A', 100n)], 'A 100', 150n],
    ['no debts', 250n, [], '', 250n],
    ['no money', 0n, [item('A', 100n)], '', 0n],
    ['settled items are skipped', 50n, [item('A', 0n), item('B', 100n, '2026-12-01')], 'B 50', 0n],
  ])('%s', (_, money, items, allocations, left) => {
    expect(paid(oldestFirst(receipt(money), items))).toEqual([allocations, left])
  })
})

describe('statutoryOrder (民法典 560, 561)', () => {
  test.each<[string, bigint, OpenReceivable[], string]>([
    [
      'due before not due, even if worse secured',
      100n,
      [item('A', 100n, '2026-12-01'), item('B', 100n, '2026-11-01', { security: 9 })],
      'B 100',
    ],
    ['due today is due', 100n, [item('A', 100n, '2026-11-22'), item('B', 100n, '2026-11-21', { security: 1 })], 'B 100'],
    ['the least secured', 100n, [item('A', 100n, '2026-01-01', { security: 1 }), item('B', 100n)], 'B 100'],
    ['then the more burdensome', 100n, [item('A', 100n, '2026-01-01'), item('B', 100n, '2026-11-01', { burden: 500 })], 'B 100'],
    ['then the earlier due', 100n, [item('A', 100n, '2026-11-02'), item('B', 100n, '2026-11-01')], 'B 100'],
    ['the same day: in proportion', 100n, [item('A', 100n), item('B', 200n)], 'A 33, B 67'],
    ['the rest goes to what is not due', 150n, [item('A', 100n), item('B', 100n, '2026-12-01')], 'A 100, B 50'],
  ])('%s', (_, money, items, allocations) => {
    expect(paid(statutoryOrder(receipt(money), items))[0]).toBe(allocations)
  })
  test('nothing for debts that are not due, by choice', () => {
    expect(paid(statutoryOrder(receipt(150n), [item('A', 100n), item('B', 100n, '2026-12-01')], false))).toEqual(['A 100', 50n])
  })
  test('costs, then interest, then principal', () => {
    const owed = item('A', 100n, '2026-11-01', { components: { costs: 10n, interest: 20n, principal: 70n } })
    const parts = [5n, 25n, 60n].map((money) => statutoryOrder(receipt(money), [owed]).allocations[0]!.components)
    expect(parts).toEqual([
      { costs: 5n, interest: 0n, principal: 0n },
      { costs: 10n, interest: 15n, principal: 0n },
      { costs: 10n, interest: 20n, principal: 30n },
    ])
  })
})

describe('byReference', () => {
  const items = [
    item('AR-1', 100n),
    item('AR-2', 100n, '2026-01-01', { references: ['INV 77'] }),
    item('AR-3', 100n, '2026-01-01', { references: ['PO-5'] }),
    item('AR-4', 100n, '2026-01-01', { references: ['PO-5'] }),
  ]
  test.each<[string, bigint, Parameters<typeof byReference>[2], string, bigint, string[]]>([
    ['named without amount: all that is open', 300n, [{ reference: 'AR-1' }], 'AR-1 100', 200n, ['rest']],
    [
      'named with an amount',
      100n,
      [
        { reference: 'AR-1', amount: 30n },
        { reference: 'ar-2', amount: 70n },
      ],
      'AR-1 30, AR-2 70',
      0n,
      [],
    ],
    ['by the invoice number, typed otherwise', 100n, [{ reference: ' ｉｎｖ77 ' }], 'AR-2 100', 0n, []],
    ['in the order named, until the money is gone', 120n, [{ reference: 'AR-2' }, { reference: 'AR-1' }], 'AR-2 100, AR-1 20', 0n, []],
    ['named twice: once in full', 300n, [{ reference: 'AR-1' }, { reference: 'AR-1' }], 'AR-1 100', 200n, ['rest']],
    ['more than is open', 300n, [{ reference: 'AR-1', amount: 130n }], 'AR-1 100', 200n, ['referenceLess', 'rest']],
    ['nobody knows it', 300n, [{ reference: 'AR-9' }], '', 300n, ['referenceUnknown', 'rest']],
    ['two items have it: not guessed', 300n, [{ reference: 'PO-5' }], '', 300n, ['referenceTwice', 'rest']],
  ])('%s', (_, money, named, allocations, left, said) => {
    const result = byReference(receipt(money), items, named)
    expect([...paid(result), result.explanation.map((one) => one.key.replace('allocations.rules.', ''))]).toEqual([allocations, left, said])
  })
})

describe('proRata', () => {
  test.each<[string, bigint, OpenReceivable[], string]>([
    ['a third each', 100n, [item('A', 500n), item('B', 500n), item('C', 500n)], 'A 34, B 33, C 33'],
    ['never more than is open', 1_000n, [item('A', 1n), item('B', 2n)], 'A 1, B 2'],
    ['one cent', 1n, [item('A', 1n), item('B', 2n)], 'B 1'],
  ])('%s', (_, money, items, allocations) => {
    expect(paid(proRata(receipt(money), items))[0]).toBe(allocations)
  })
})

describe('every rule', () => {
  const rules = {
    oldestFirst,
    proRata,
    statutoryOrder,
    byReference: (r: ReceiptToAllocate, items: readonly OpenReceivable[]) =>
      byReference(
        r,
        items,
        [...items].sort((a, b) => (a.no < b.no ? -1 : 1)).map(({ no }) => ({ reference: no })),
      ),
  }
  const anyItems = fc
    .array(fc.record({ open: fc.bigInt({ min: 0n, max: 10n ** 12n }), due: fc.nat(60), security: fc.nat(2), burden: fc.nat(2) }), {
      maxLength: 30,
    })
    .map((list) =>
      list.map(({ open, due, security, burden }, i) =>
        item(`N${String(i).padStart(3, '0')}`, open, addDays(day('2026-10-20'), due), { security, burden }),
      ),
    )
  const anyMoney = fc.bigInt({ min: 0n, max: 10n ** 13n })

  test.each(Object.entries(rules))('%s keeps every cent, never pays over, and does not depend on the order of the input', (_, rule) => {
    fc.assert(
      fc.property(anyItems, anyMoney, fc.nat(1_000), (items, money, seed) => {
        const result = rule(receipt(money), items)
        const total = result.allocations.reduce((sum, one) => sum + one.amount, 0n)
        const owed = items.reduce((sum, one) => sum + one.open, 0n)
        expect(total + result.unallocated).toBe(money)
        expect(total).toBe(leastMinor(money, owed))
        for (const one of result.allocations) {
          expect(one.amount > 0n && one.amount <= items.find(({ id }) => id === one.receivableId)!.open).toBe(true)
          expect(one.components.costs + one.components.interest + one.components.principal).toBe(one.amount)
        }
        const shuffled = [...items].sort((a, b) => ((Number(a.no.slice(1)) * 7 + seed) % 31) - ((Number(b.no.slice(1)) * 7 + seed) % 31))
        expect(paid(rule(receipt(money), shuffled))).toEqual(paid(result))
      }),
      { numRuns: 200 },
    )
  })
  test.each(Object.entries(rules))('%s refuses another currency', (_, rule) => {
    expect(() => rule(receipt(100n), [item('A', 100n, '2026-01-01', { currency: 'USD' })])).toThrow('allocations.currencyDiffers')
  })
})

describe('allocateInBulk', () => {
  test.each(['oldest', 'statutory'] as const)('%s gives the same as receipt after receipt', (rule) => {
    const items = Array.from({ length: 40 }, (_, i) =>
      item(`N${String(i).padStart(3, '0')}`, BigInt((i * 37) % 90), addDays(day('2026-10-20'), (i * 13) % 50), {
        customerId: `c${i % 3}`,
        currency: i % 5 === 0 ? 'USD' : 'CNY',
      }),
    )
    const receipts = Array.from({ length: 25 }, (_, i) =>
      receipt(BigInt((i * 53) % 120), {
        id: `r${String(i).padStart(2, '0')}`,
        customerId: `c${i % 3}`,
        currency: i % 4 === 0 ? 'USD' : 'CNY',
        receivedOn: addDays(day('2026-11-01'), i % 7),
      }),
    )
    const open = new Map(items.map((one) => [one.id, one.open]))
    const expected: string[] = []
    for (const one of [...receipts].sort((a, b) =>
      a.receivedOn < b.receivedOn ? -1 : a.receivedOn > b.receivedOn ? 1 : a.id < b.id ? -1 : 1,
    )) {
      const own = items
        .filter((other) => other.customerId === one.customerId && other.currency === one.currency)
        .map((other) => ({ ...other, open: open.get(other.id)! }))
      const result = rule === 'oldest' ? oldestFirst(one, own) : statutoryOrder(one, own)
      for (const part of result.allocations) {
        open.set(part.receivableId, open.get(part.receivableId)! - part.amount)
        expected.push(`${one.id} ${part.receivableId} ${part.amount}`)
      }
    }
    const bulk = allocateInBulk(receipts, items, rule)
    expect(bulk.allocations.map((part) => `${part.receiptId} ${part.receivableId} ${part.amount}`).sort()).toEqual(expected.sort())
    expect(bulk.unallocated.size).toBe(receipts.length)
  })
  test.each(['oldest', 'statutory'] as const)('%s: 1,000 receipts of one customer × 1,000 items, all of the money', (rule) => {
    const items = Array.from({ length: 1_000 }, (_, i) =>
      item(`N${String(i).padStart(4, '0')}`, 1_000n + BigInt(i), addDays(day('2026-01-01'), (i * 7) % 365)),
    )
    const receipts = Array.from({ length: 1_000 }, (_, i) =>
      receipt(1_234n, { id: `r${String(i).padStart(4, '0')}`, receivedOn: addDays(day('2026-01-01'), i % 365) }),
    )
    const { allocations } = allocateInBulk(receipts, items, rule)
    expect(allocations.reduce((sum, one) => sum + one.amount, 0n)).toBe(1_234_000n)
  })
})
