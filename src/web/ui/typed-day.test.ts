import { expect, test } from 'vitest'
import { isUnusableDay } from './typed-day.ts'

const between = { earliest: '2026-01-01', latest: '2026-12-31' }

test.each<[string, boolean, { earliest?: string; latest?: string }?]>([
  ['', false],
  ['2026-11-22', false],
  ['20261122', false],
  ['2026/2/28', false],
  [' 2026.2.8 ', false],
  ['2026/2/30', true],
  ['2026-13-01', true],
  ['tomorrow', true],
  ['2026-01-01', false, between],
  ['2025-12-31', true, between],
  ['20270101', true, between],
])('typed “%s”: is it said to be no usable day? %s', (typed, expected, range = {}) => {
  expect(isUnusableDay(typed, range)).toBe(expected)
})
