import { describe, expect, test } from 'vitest'
import { day } from '../../kernel/day.ts'
import { isScheduledOn, nextDay, periodOn } from './schedule-day.ts'

describe('a schedule goes out', () => {
  test.each([
    ['every day', { cadence: 'daily', onDay: 1 }, '2026-11-22', true],
    ['on its Monday', { cadence: 'weekly', onDay: 1 }, '2026-11-23', true],
    ['not on the Sunday before', { cadence: 'weekly', onDay: 1 }, '2026-11-22', false],
    ['on its date', { cadence: 'monthly', onDay: 5 }, '2026-11-05', true],
    ['not on another', { cadence: 'monthly', onDay: 5 }, '2026-11-06', false],
    ['the 31st on 28 February', { cadence: 'monthly', onDay: 31 }, '2026-02-28', true],
    ['the 31st on 31 March, not on the 30th', { cadence: 'monthly', onDay: 31 }, '2026-03-30', false],
    ['the 30th on 30 March, not on the last again', { cadence: 'monthly', onDay: 30 }, '2026-03-31', false],
  ] as const)('%s', (_, schedule, today, goes) => {
    expect(isScheduledOn(schedule, day(today))).toBe(goes)
  })
})

test.each([
  ['yesterday', '2026-03-01', { from: '2026-02-28', to: '2026-02-28' }],
  ['lastWeek', '2026-11-22', { from: '2026-11-09', to: '2026-11-15' }],
  ['lastWeek', '2026-11-23', { from: '2026-11-16', to: '2026-11-22' }],
  ['thisMonth', '2026-02-05', { from: '2026-02-01', to: '2026-02-28' }],
  ['lastMonth', '2026-01-31', { from: '2025-12-01', to: '2025-12-31' }],
  ['usual', '2026-01-31', undefined],
] as const)('%s as of %s', (period, today, range) => {
  expect(periodOn(period, day(today))).toEqual(range)
})

test.each([
  ['daily, not yet gone', 'daily', 1, '2026-11-23', false, '2026-11-23'],
  ['daily, gone', 'daily', 1, '2026-11-23', true, '2026-11-24'],
  ['Mondays, on a Monday before its hour', 'weekly', 1, '2026-11-23', false, '2026-11-23'],
  ['Mondays, after it went', 'weekly', 1, '2026-11-23', true, '2026-11-30'],
  ['Sundays, on a Monday', 'weekly', 7, '2026-11-23', false, '2026-11-29'],
  ['the 31st, in February', 'monthly', 31, '2026-02-01', false, '2026-02-28'],
  ['the 31st, gone on the last of January', 'monthly', 31, '2026-01-31', true, '2026-02-28'],
  ['the 1st, gone today', 'monthly', 1, '2026-12-01', true, '2027-01-01'],
] as const)('the next time: %s', (_, cadence, onDay, today, hasGone, next) => {
  expect(nextDay({ cadence, onDay }, day(today), hasGone)).toBe(next)
})
