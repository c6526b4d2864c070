import { describe, expect, test } from 'vitest'
import { day } from '../../kernel/day.ts'
import { isScheduledOn, periodOn } from './schedule-day.ts'

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
