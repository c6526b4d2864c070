import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainDecimal } from './number-text.ts'

test.each([
  ['0.1', '0.1'],
  ['280000', '280000'],
  ['1E5', '100000'],
  ['1e-7', '0.0000001'],
  ['1.5E+3', '1500'],
  ['55.939999999999998', '55.94'],
  ['0.30000000000000004', '0.3'],
  ['2.0000000000000001E-2', '0.02'],
  ['-1234567.8900000001', '-1234567.89'],
  ['123456789012345', '123456789012345'],
  ['1234567890123456', '1234567890123460'],
  ['1E21', '1000000000000000000000'],
  ['0', '0'],
  ['-0', '0'],
  ['-0.0', '0'],
  ['007', '7'],
  ['1.10', '1.1'],
  ['.5', '0.5'],
  [' 12 ', '12'],
])('the stored number %s reads as %s', (stored, plain) => {
  expect(plainDecimal(stored)).toBe(plain)
})

test.each(['NaN', '1e999', 'abc', '0x10', '1,000', '١', '1e99999'])('%s is no number and comes back as it is', (stored) => {
  expect(plainDecimal(stored)).toBe(stored)
})

test('every amount of up to 15 digits survives being stored as a float', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }), fc.integer({ min: 0, max: 6 }), (digits, decimals) => {
      const value = Number(`${digits}e-${decimals}`)
      const read = plainDecimal(value.toPrecision(17))
      expect(read).not.toMatch(/e/i)
      expect(Number(read)).toBe(value)
    }),
    { numRuns: 1000 },
  )
})
