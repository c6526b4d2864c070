import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countbackDso } from './countback-dso.ts'
import { averageDaysDelinquent, bestPossibleDso, type SalesPeriod, simpleDso } from './days-sales-outstanding.ts'
import type { KpiFigure } from './formula.ts'
import { ratio, ratioText } from './ratio.ts'

const shown = ({ value }: KpiFigure): string | undefined => value && ratioText(value, 1)

describe('simple, best possible and average days delinquent', () => {
  test.each([
    // closing, not due, sales, days → DSO, best possible, delinquent
    [483_630n, 300_000n, 651_200n, 92, '68.3', '42.4', '25.9'],
    [100n, 100n, 100n, 30, '30.0', '30.0', '0.0'],
    [0n, 0n, 100n, 31, '0.0', '0.0', '0.0'],
    [100n, 0n, 300n, 365, '121.7', '0.0', '121.7'],
    [100n, 50n, 0n, 30, undefined, undefined, undefined],
    [100n, 50n, -20n, 30, undefined, undefined, undefined],
  ])('%s open, %s of it not due, %s sold in %s + … days', (closing, notDue, sales, days, dso, best, late) => {
    const simple = simpleDso(closing, { sales, days })
    const possible = bestPossibleDso(notDue, { sales, days })
    expect([shown(simple), shown(possible), shown(averageDaysDelinquent(simple, possible))]).toEqual([dso, best, late])
  })

  test('the formula carries its parts in the order in which they are read', () => {
    expect(simpleDso(483_630n, { sales: 651_200n, days: 92 }).formula).toEqual([
      { name: 'closing', unit: 'amount', value: ratio(483_630n) },
      '÷',
      { name: 'sales', unit: 'amount', value: ratio(651_200n) },
      '×',
      { name: 'periodDays', unit: 'days', value: ratio(92n) },
    ])
  })
})

describe('countback', () => {
  const months = (...given: readonly (readonly [bigint, number])[]): SalesPeriod[] => given.map(([sales, days]) => ({ sales, days }))
  test.each<[string, bigint, SalesPeriod[], string | undefined, boolean]>([
    ['a part of the newest month only', 50n, months([100n, 30]), '15.0', false],
    ['the newest month exactly', 100n, months([100n, 30], [500n, 31]), '30.0', false],
    ['one month and a part', 150n, months([100n, 30], [200n, 31]), '37.8', false],
    // 500 − 200 (30) − 210 (31) = 90; 90 ÷ 300 × 30 = 9.0
    ['two months and a part', 500n, months([200n, 30], [210n, 31], [300n, 30]), '70.0', false],
    ['a month in which nothing was sold gives its days', 150n, months([100n, 30], [0n, 31], [200n, 30]), '68.5', false],
    ['a month of more taken back than sold adds to the rest', 100n, months([50n, 30], [-10n, 28], [120n, 31]), '73.5', false],
    ['the sales are too small', 1_000n, months([100n, 30], [200n, 31]), '61.0', true],
    ['nothing was ever sold', 1_000n, months([0n, 30], [0n, 31]), undefined, true],
    ['the books begin later', 1_000n, months([100n, 30], [0n, 31], [200n, 30], [0n, 31], [0n, 31]), '91.0', true],
    ['no month is known', 1_000n, [], undefined, true],
    ['nothing is receivable', 0n, months([0n, 30], [100n, 31]), '0.0', false],
    ['a month to date has the days it has', 30n, months([60n, 10], [100n, 31]), '5.0', false],
  ])('%s', (_, closing, sold, days, isAtLeast) => {
    const figure = countbackDso(closing, sold)
    expect(shown(figure)).toBe(days)
    expect(figure.isAtLeast ?? false).toBe(isAtLeast)
  })

  const sold = fc.array(fc.record({ sales: fc.bigInt({ min: 0n, max: 10n ** 12n }), days: fc.integer({ min: 1, max: 31 }) }), {
    maxLength: 24,
  })
  const closing = fc.bigInt({ min: 0n, max: 10n ** 13n })

  test('what was sold in the days that it counts is what is receivable', () => {
    fc.assert(
      fc.property(closing, sold, (open, list) => {
        const figure = countbackDso(open, list)
        if (figure.value === undefined) {
          expect(open > 0n && list.every(({ sales }) => sales <= 0n)).toBe(true)
          return
        }
        const { numerator, denominator } = figure.value
        const soldInDays = list.reduce(
          ({ left, sum }, { sales, days }) => {
            const taken = lesser(left, BigInt(days) * UNIT)
            return { left: left - taken, sum: sum + (sales * taken) / BigInt(days) }
          },
          { left: (numerator * UNIT) / denominator, sum: 0n },
        ).sum
        if (figure.isAtLeast) expect(list.reduce((sum, { sales }) => sum + sales, 0n) < open).toBe(true)
        else expect(distance(soldInDays, open * UNIT) <= UNIT).toBe(true)
      }),
    )
  })

  test('with even sales it is the simple figure, and more receivable is never fewer days', () => {
    fc.assert(
      fc.property(
        closing,
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        fc.array(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 24 }),
        (open, aDay, lengths) => {
          const even = lengths.map((days) => ({ sales: aDay * BigInt(days), days }))
          const whole = { sales: even.reduce((sum, { sales }) => sum + sales, 0n), days: lengths.reduce((a, b) => a + b, 0) }
          const figure = countbackDso(open, even)
          if (!figure.isAtLeast) expect(figure.value).toEqual(simpleDso(open, whole).value)
          const more = countbackDso(open + 1n, even).value!
          expect(more.numerator * figure.value!.denominator >= figure.value!.numerator * more.denominator).toBe(true)
        },
      ),
    )
  })
})

const UNIT = 10n ** 24n
const lesser = (a: bigint, b: bigint): bigint => [a, b].reduce((x, y) => (y < x ? y : x))
const distance = (a: bigint, b: bigint): bigint => (a < b ? b - a : a - b)
