import { expect, test } from 'vitest'
import { creditWord } from './credit-word.ts'

test.each([
  ['submitted', 'hold', 'hold'],
  ['cancelled', 'hold', 'hold'],
  ['approved', 'hold', 'released'],
  ['partlyDelivered', 'hold', 'released'],
  ['approved', 'warn', 'warn'],
  ['completed', 'pass', 'pass'],
  ['draft', null, null],
] as const)('an order that is %s with the result %s reads %s', (status, creditResult, word) => {
  expect(creditWord({ status, creditResult })).toBe(word)
})
