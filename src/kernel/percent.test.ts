import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { basisPoints, convertMinor, formatPercent, isRate, taxWithin, timesRate } from './percent.ts'

const Exact = Decimal.clone({ precision: 200 })
const minor = fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n })
const rate = fc.tuple(fc.nat(9_999), fc.nat(999_999_999)).map(([whole, decimals]) => `${whole}.${String(decimals).padStart(9, '0')}`)

describe('timesRate', () => {
  test.each<[string, bigint, string, bigint]>([
    ['13 % of 100.00', 10_000n, '0.13', 1_300n],
    ['half a cent goes up', 50n, '0.01', 1n],
    ['half a cent goes away from zero', -50n, '0.01', -1n],
    ['no second rounding in the twentieth digit', 999_999_999_999_999n, '0.499999999999', 499_999_999_999_000n],
  ])('%s', (_, amount, by, result) => {
    expect(timesRate(amount, by)).toBe(result)
  })
  test('equals an exact decimal calculation', () => {
    fc.assert(
      fc.property(minor, rate, (amount, by) => {
        expect(timesRate(amount, by).toString()).toBe(
          new Exact(amount.toString()).times(by).toFixed(0, Decimal.ROUND_HALF_UP).replace(/^-0$/, '0'),
        )
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('taxWithin', () => {
  test.each<[string, bigint, string, bigint]>([
    ['113.00 at 13 %', 11_300n, '0.13', 1_300n],
    ['100.00 at 6 %', 10_000n, '0.06', 566n],
    ['no tax', 10_000n, '0', 0n],
    ['a red letter', -11_300n, '0.13', -1_300n],
  ])('%s', (_, gross, by, tax) => {
    expect(taxWithin(gross, by)).toBe(tax)
  })
  test('is at most half a cent away from net × rate', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.constantFrom('0.13', '0.09', '0.06', '0.03', '0.01', '0'), (gross, by) => {
        const tax = taxWithin(gross, by)
        const exact = new Exact(gross.toString()).times(by).div(new Exact(by).plus(1))
        expect(exact.minus(tax.toString()).abs().lte(0.5)).toBe(true)
        expect(tax <= gross).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })
})

test.each<[string, bigint, string, number, number, bigint]>([
  ['dollars to yuan', 10_000n, '7.1836', 2, 2, 71_836n],
  ['yen to yuan', 10_000n, '0.046512', 0, 2, 46_512n],
  ['yuan to yen', 100n, '21.5', 2, 0, 22n],
  ['dinar to yuan', 1_000n, '23.4', 3, 2, 2_340n],
])('convertMinor: %s', (_, amount, by, from, to, result) => {
  expect(convertMinor(amount, by, from, to)).toBe(result)
})

test('rates are shown as percent without noise', () => {
  expect(['0.13', '0.0005', '1', '0', '0.000000001'].map(formatPercent)).toEqual(['13%', '0.05%', '100%', '0%', '0.0000001%'])
})
test('a rate is a plain decimal', () => {
  expect(['0.13', '7', '-1', '1e3', '.5', ''].map(isRate)).toEqual([true, true, false, false, false, false])
})
test('basis points', () => {
  expect([basisPoints(44n, 100n), basisPoints(1n, 3n), basisPoints(5n, 0n)]).toEqual([4400, 3333, 0])
})
