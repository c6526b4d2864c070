import { describe, expect, test } from 'vitest'
import { day } from '../../kernel/day.ts'
import { monthEndsToKeep, nearestMonthEnd } from './month-ends.ts'

describe('which month ends are kept', () => {
  test('every one of the last thirteen months, quarter ends before, none before the first entry', () => {
    const kept = monthEndsToKeep(day('2024-05-10'), day('2026-11-21'))
    expect(kept.slice(0, 2)).toEqual(['2026-10-31', '2026-09-30'])
    expect(kept.slice(12)).toEqual(['2025-10-31', '2025-09-30', '2025-06-30', '2025-03-31', '2024-12-31', '2024-09-30', '2024-06-30'])
  })
  test.each([
    ['the month of the first entry has not ended', '2026-11-03', []],
    ['the first entry is on the last day of a month', '2026-10-31', ['2026-10-31']],
  ])('%s', (_, firstOn, kept) => {
    expect(monthEndsToKeep(day(firstOn), day('2026-11-21'))).toEqual(kept)
  })
  test('ten years at most', () => {
    expect(monthEndsToKeep(day('1999-01-01'), day('2026-11-21')).at(-1)).toBe('2016-12-31')
  })
})

describe('from where a report starts', () => {
  const kept = ['2026-09-30', '2026-10-31'].map(day)
  test.each([
    ['a month end itself', '2026-10-31', '2026-10-31'],
    ['after it', '2026-11-02', '2026-10-31'],
    ['before it', '2026-10-20', '2026-10-31'],
    ['nearer to the one before', '2026-10-10', '2026-09-30'],
    ['long before all of them', '2025-01-01', '2026-09-30'],
    ['today is about as near', '2026-11-08', undefined],
    ['yesterday', '2026-11-20', undefined],
  ])('%s: %s', (_, asOf, start) => {
    expect(nearestMonthEnd(kept, day(asOf), day('2026-11-21'))).toBe(start)
  })
  test('none is kept', () => expect(nearestMonthEnd([], day('2025-01-01'), day('2026-11-21'))).toBeUndefined())
})
