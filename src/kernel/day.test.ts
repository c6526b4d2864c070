import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addDaysWithin,
  addMonths,
  dateInMonth,
  day,
  dayIn,
  daysBetween,
  endOfMonth,
  endOfQuarter,
  parseDay,
  periodOf,
  weekday,
} from './day.ts'

const anyDay = fc.integer({ min: 0, max: 80_000 }).map((n) => addDays(day('1970-01-01'), n))

describe('months', () => {
  test.each<[string, string, number, string]>([
    ['leap day plus a year', '2024-02-29', 12, '2025-02-28'],
    ['31 August plus half a year', '2026-08-31', 6, '2027-02-28'],
    ['31 January plus a month in a leap year', '2024-01-31', 1, '2024-02-29'],
    ['backwards', '2026-03-31', -1, '2026-02-28'],
  ])('%s', (_, from, count, to) => {
    expect(addMonths(day(from), count)).toBe(to)
  })
  test('ends', () => {
    expect([endOfMonth(day('2024-02-10')), endOfQuarter(day('2026-11-21')), dateInMonth(day('2026-02-03'), 31)]).toEqual([
      '2024-02-29',
      '2026-12-31',
      '2026-02-28',
    ])
  })
})

describe('parseDay', () => {
  test.each(['2026-02-30', '2026-2-3', '1969-12-31', '2200-01-01', '2100-02-29', '2026-13-01', '2026-00-10', '20260101', ''])(
    'refuses %j',
    (text) => {
      expect(parseDay(text)).toBeUndefined()
    },
  )
  test('accepts the last day of February', () => {
    expect([parseDay('2000-02-29'), parseDay('2026-02-28')]).toEqual(['2000-02-29', '2026-02-28'])
  })
})

test('adding and counting days agree', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 3_000 }), (from, count) => {
      expect(daysBetween(from, addDays(from, count))).toBe(count)
      expect(daysBetween(addDays(from, count), from)).toBe(count === 0 ? 0 : -count)
    }),
  )
})
describe('a day counted beyond the calendar', () => {
  test.each<[string, () => unknown]>([
    ['by days', () => addDays(day('2199-12-20'), 30)],
    ['by very many', () => addDays(day('2026-11-21'), 1_000_000)],
    ['backwards', () => addDays(day('1970-01-01'), -1)],
    ['by months', () => addMonths(day('2199-12-20'), 1)],
  ])('%s is the fault of who entered the day', (_, count) => {
    expect(count).toThrow(expect.objectContaining({ code: 'platform.dayOutOfRange' }))
  })
  test.each([
    ['2199-12-20', 30, '2199-12-31'],
    ['1970-01-05', -30, '1970-01-01'],
    ['2026-11-21', 10, '2026-12-01'],
  ])('%s and %i days is shown as %s', (from, count, shown) => {
    expect(addDaysWithin(day(from), count)).toBe(shown)
  })
})
test('a week is seven days', () => {
  expect([weekday(day('2026-11-21')), weekday(day('2026-11-22')), weekday(day('2026-11-23'))]).toEqual([6, 7, 1])
})
test('the day depends on the zone', () => {
  const at = new Date('2026-11-20T16:30:00Z')
  expect([dayIn('Asia/Shanghai', at), dayIn('UTC', at), dayIn('America/New_York', at)]).toEqual(['2026-11-21', '2026-11-20', '2026-11-20'])
})
test('the period of a day', () => {
  expect(periodOf(day('2026-01-31'))).toBe(202601)
})
