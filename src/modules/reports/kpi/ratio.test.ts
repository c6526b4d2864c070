import fc from 'fast-check'
import { expect, test } from 'vitest'
import { minusRatio, plusRatio, ratio, ratioText } from './ratio.ts'

const whole = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
const divisor = whole.filter((one) => one !== 0n)

test.each([
  [4_836n * 92n, 6_512n, 1, '68.3'],
  [1n, 8n, 2, '0.13'],
  [-1n, 8n, 2, '-0.13'],
  [-1n, 1_000n, 1, '0.0'],
  [5n, 2n, 0, '3'],
  [-5n, 2n, 0, '-3'],
  [7n, -2n, 1, '-3.5'],
  [0n, -9n, 1, '0.0'],
])('%s / %s to %s decimals is %s', (numerator, denominator, decimals, text) => {
  expect(ratioText(ratio(numerator, denominator), decimals)).toBe(text)
})

test('sums and differences are exact, and nothing divides by nothing', () => {
  fc.assert(
    fc.property(whole, divisor, whole, divisor, (a, b, c, d) => {
      const sum = plusRatio(ratio(a, b), ratio(c, d))
      expect(sum.numerator * b * d).toBe((a * d + c * b) * sum.denominator)
      expect(minusRatio(sum, ratio(c, d))).toEqual(ratio(a, b))
    }),
  )
  expect(() => ratio(1n, 0n)).toThrow()
})

test('the text is never further from the figure than half of its last decimal', () => {
  fc.assert(
    fc.property(whole, divisor, fc.integer({ min: 0, max: 4 }), (a, b, decimals) => {
      const scale = 10n ** BigInt(decimals)
      const text = BigInt(ratioText(ratio(a, b), decimals).replace('.', ''))
      const off = 2n * (text * b - a * scale)
      expect(off * off <= b * b).toBe(true)
    }),
  )
})
