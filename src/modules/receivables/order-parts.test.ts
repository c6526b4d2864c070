import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { order, part, thirds } from '../../../test/harness/order-to-open.ts'
import { day } from '../../kernel/day.ts'
import { weekendsOnly } from '../terms/calendar.ts'
import type { PaymentTerms } from '../terms/payment-terms.ts'
import { orderParts } from './order-parts.ts'

describe('the parts of an order', () => {
  test('100.00 in three thirds', () => {
    const parts = orderParts({ ...order(), wholeAmount: 10_000n, lastPartNo: 0 }, weekendsOnly)
    expect(parts.map((one) => [one.partNo, one.partName, one.amountBase, one.dueOn])).toEqual([
      [1, '一', 3_333n, '2026-11-10'],
      [2, '二', 3_333n, '2026-12-10'],
      [3, '三', 3_334n, '2027-01-09'],
    ])
  })
  test('a delivery has its share of fixed amounts too, numbered on from the parts before', () => {
    const terms: PaymentTerms = { ...thirds, parts: [part('定金', { amount: '30.00' }, 0), part('尾款', { rest: true }, 30)] }
    const parts = orderParts(
      { ...order({ grosses: [5_000n], terms, deliveredOn: day('2026-11-12') }), wholeAmount: 10_000n, lastPartNo: 2 },
      weekendsOnly,
    )
    expect(parts.map((one) => [one.partNo, one.amountBase, one.issuedOn])).toEqual([
      [3, 1_500n, '2026-11-12'],
      [4, 3_500n, '2026-11-12'],
    ])
  })
  test('a part of nothing is no receivable', () => {
    const parts = orderParts({ ...order({ grosses: [1n] }), wholeAmount: 1n, lastPartNo: 0 }, weekendsOnly)
    expect(parts.map((one) => one.amountBase)).toEqual([1n])
  })
  test('amounts, taxes, base amounts and lines of all parts add up to the order, whatever the split', () => {
    const shares = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 13n }), { minLength: 1, maxLength: 8 }),
        shares,
        fc.integer({ min: 1, max: 100_000 }),
        (grosses, percents, rate) => {
          fc.pre(grosses.some((one) => one > 0n))
          const terms = {
            ...thirds,
            parts: [
              ...percents.slice(0, 3).map((percent, i) => part(`${i}`, { percent: `${percent}` }, i)),
              part('rest', { rest: true }, 60),
            ],
          }
          const base = order({ grosses, terms })
          const inBase = (minor: bigint) => (minor * BigInt(rate)) / 1_000n
          const foreign = {
            ...base,
            amountBase: inBase(base.amount),
            taxBase: inBase(base.tax),
            netBase: inBase(base.amount) - inBase(base.tax),
          }
          const parts = orderParts({ ...foreign, wholeAmount: base.amount, lastPartNo: 0 }, weekendsOnly)
          const total = (of: (one: (typeof parts)[number]) => bigint) => parts.reduce((sum, one) => sum + of(one), 0n)
          expect(total((one) => one.amountBase)).toBe(foreign.amountBase)
          expect(total((one) => one.taxBase)).toBe(foreign.taxBase)
          base.lines.forEach((line, i) => {
            expect([total((one) => one.lines[i]!.net), total((one) => one.lines[i]!.tax)]).toEqual([line.net, line.tax])
          })
          for (const one of parts) expect(one.amountBase >= 0n && one.taxBase >= 0n).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })
})
