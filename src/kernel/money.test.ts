import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { divideRounded, formatMinor, LARGEST_MINOR, money, parseMinor, plus, splitByWeight } from './money.ts'

const total = fc.bigInt({ min: -LARGEST_MINOR, max: LARGEST_MINOR })
const weights = fc.array(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 14n }), { minLength: 1, maxLength: 40 })
const add = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n)

describe('T65: splitByWeight', () => {
  test.each<[string, bigint, bigint[], bigint[]]>([
    ['100.00 in three', 10_000n, [1n, 1n, 1n], [3_334n, 3_333n, 3_333n]],
    ['ties go to the larger weight', 1n, [1n, 3n, 1n, 1n], [0n, 1n, 0n, 0n]],
    ['ties of equal weights go to the earlier', 3n, [1n, 1n], [2n, 1n]],
    ['a discount line takes its negative share', 50n, [120n, -20n], [60n, -10n]],
    ['the whole gives each weight itself', 99n, [100n, -1n], [100n, -1n]],
    ['nothing gives nothing', 0n, [5n, -2n], [0n, 0n]],
    ['nothing over weights that cancel', 0n, [5n, -5n], [0n, 0n]],
    ['a negative total', -100n, [1n, 2n], [-33n, -67n]],
    ['negative weights only', -100n, [-1n, -2n], [-33n, -67n]],
  ])('%s', (_, whole, by, parts) => {
    expect(splitByWeight(whole, by)).toEqual(parts)
  })
  test('the parts always add up, also with negative weights', () => {
    fc.assert(
      fc.property(total, weights, (whole, by) => {
        fc.pre(add(by) !== 0n)
        expect(add(splitByWeight(whole, by))).toBe(whole)
      }),
      { numRuns: 3_000 },
    )
  })
  test('each part is less than one unit away from its exact share', () => {
    fc.assert(
      fc.property(total, weights, (whole, by) => {
        const sum = add(by)
        fc.pre(sum !== 0n)
        splitByWeight(whole, by).forEach((part, i) => {
          const off = part * sum - whole * by[i]!
          expect((off < 0n ? -off : off) < (sum < 0n ? -sum : sum)).toBe(true)
        })
      }),
    )
  })
  test('a share never passes its own weight while the total does not pass the whole', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 0, max: 10_000 }), (by, paid) => {
        const sum = add(by)
        fc.pre(sum > 0n)
        splitByWeight((sum * BigInt(paid)) / 10_000n, by).forEach((part, i) => {
          const weight = by[i]!
          expect(weight >= 0n ? part >= 0n && part <= weight : part <= 0n && part >= weight).toBe(true)
        })
      }),
    )
  })
  test('weights that cancel cannot carry an amount', () => {
    expect(() => splitByWeight(1n, [5n, -5n])).toThrow('broken invariant')
  })
})

describe('parseMinor and formatMinor', () => {
  test.each<[string, string, string, bigint | undefined]>([
    ['two decimals', '1234.50', 'CNY', 123_450n],
    ['no decimals in yen', '1234', 'JPY', 1_234n],
    ['a yen has no sen', '1234.5', 'JPY', undefined],
    ['three decimals in dinar', '1.234', 'KWD', 1_234n],
    ['trailing zeros are not decimals', '1.5000', 'CNY', 150n],
    ['a third decimal', '0.001', 'CNY', undefined],
    ['exponent', '1e15', 'CNY', undefined],
    ['minus zero', '-0.00', 'CNY', undefined],
    ['plus sign', '+1', 'CNY', undefined],
    ['separators', '1,234.00', 'CNY', undefined],
    ['full-width digits', '１２', 'CNY', undefined],
    ['nothing before the point', '.5', 'CNY', undefined],
    ['nothing after the point', '5.', 'CNY', undefined],
    ['white space', ' 5', 'CNY', undefined],
    ['the largest amount', '10000000000000', 'CNY', LARGEST_MINOR],
    ['one more than the largest', '10000000000000.01', 'CNY', undefined],
    ['empty', '', 'CNY', undefined],
  ])('%s', (_, text, currency, minor) => {
    expect(parseMinor(text, currency)).toBe(minor)
  })
  test('what is written is read back', () => {
    fc.assert(
      fc.property(total, fc.constantFrom('CNY', 'JPY', 'KWD', 'CLF'), (minor, currency) => {
        expect(parseMinor(formatMinor(minor, currency), currency)).toBe(minor)
      }),
      { numRuns: 1_000 },
    )
  })
})

test('halves are rounded away from zero', () => {
  expect([5n, -5n, 4n, 15n, -15n].map((n) => divideRounded(n, 10n))).toEqual([1n, -1n, 0n, 2n, -2n])
})

test('two currencies are never added', () => {
  expect(() => plus(money(1n, 'CNY'), money(1n, 'USD'))).toThrow('CNY is not USD')
})
