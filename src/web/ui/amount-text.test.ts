import { describe, expect, test } from 'vitest'
import { formatDecimal, readAmount } from './amount-text.ts'

describe('an amount is shown', () => {
  test.each([
    ['1234567.50', '1,234,567.50'],
    ['-206340.00', '\u2212206,340.00'],
    ['0.00', '0.00'],
    ['-0.00', '0.00'],
    ['999', '999'],
    ['1000', '1,000'],
    ['9007199254740993.01', '9,007,199,254,740,993.01'],
    ['n/a', 'n/a'],
  ])('%s as %s', (text, shown) => {
    expect(formatDecimal(text)).toBe(shown)
  })
  test('with at least the given decimals', () => {
    expect(formatDecimal('5', 2)).toBe('5.00')
    expect(formatDecimal('5.5', 2)).toBe('5.50')
  })
})

describe('a typed amount is read', () => {
  test.each([
    ['1,234.5', 2, '1234.50'],
    ['１２３４．５', 2, '1234.50'],
    ['¥ 1，234', 2, '1234.00'],
    ['\u2212 12', 2, '-12.00'],
    ['.5', 2, '0.50'],
    ['007', 2, '7.00'],
    ['-0', 2, '0.00'],
    ['1500', 0, '1500'],
    ['1.500', 2, '1.50'],
  ])('%s with %i decimals as %s', (typed, decimals, read) => {
    expect(readAmount(typed, decimals)).toBe(read)
  })
  test.each([
    ['', 2],
    ['-', 2],
    ['.', 2],
    ['1.2.3', 2],
    ['12abc', 2],
    ['1e5', 2],
    ['1.005', 2],
    ['1.5', 0],
    ['12345678901234567', 2],
  ])('%s with %i decimals is refused', (typed, decimals) => {
    expect(readAmount(typed, decimals)).toBeUndefined()
  })
})
