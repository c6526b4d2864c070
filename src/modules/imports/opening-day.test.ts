import { expect, test } from 'vitest'
import { day } from '../../kernel/day.ts'
import { entryDay, usualOpeningDay } from './opening-day.ts'

test.each([
  ['2026-11-21', '2026-10-31'],
  ['2026-11-01', '2026-10-31'],
  ['2026-10-31', '2026-09-30'],
  ['2026-03-15', '2026-02-28'],
  ['2028-03-01', '2028-02-29'],
  ['2026-01-01', '2025-12-31'],
])('on %s the books are opened as of %s', (today, opening) => {
  expect(usualOpeningDay(day(today))).toBe(opening)
})

test('an item enters on the opening day, one issued later on its own day', () => {
  expect(entryDay(day('2026-10-31'), day('2026-07-01'))).toBe('2026-10-31')
  expect(entryDay(day('2026-10-31'), day('2026-10-31'))).toBe('2026-10-31')
  expect(entryDay(day('2026-10-31'), day('2026-11-03'))).toBe('2026-11-03')
})
