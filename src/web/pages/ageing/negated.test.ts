import { expect, test } from 'vitest'
import { negated } from './negated.ts'

test.each([
  ['12.34', '-12.34'],
  ['-12.34', '12.34'],
  ['0.00', '0.00'],
  ['0', '0'],
])('%s becomes %s', (amount, shown) => {
  expect(negated(amount)).toBe(shown)
})
