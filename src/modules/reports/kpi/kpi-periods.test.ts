import { describe, expect, test } from 'vitest'
import { day } from '../../../kernel/day.ts'
import { begun, daysIn, monthsBack, monthsIn, periodsOf } from './kpi-periods.ts'
import { ratio } from './ratio.ts'

const range = (from: string, to: string) => ({ from: day(from), to: day(to) })

describe('periods of a range', () => {
  test.each<['month' | 'quarter' | 'year', string, string, string, string[]]>([
    [
      'month',
      '2026-01-15',
      '2026-03-31',
      '2026-11-21',
      ['2026-01 2026-01-15 2026-01-31', '2026-02 2026-02-01 2026-02-28', '2026-03 2026-03-01 2026-03-31'],
    ],
    ['month', '2026-10-01', '2026-12-31', '2026-11-21', ['2026-10 2026-10-01 2026-10-31', '2026-11 2026-11-01 2026-11-21']],
    ['month', '2026-12-01', '2026-12-31', '2026-11-21', []],
    [
      'quarter',
      '2025-11-01',
      '2026-04-02',
      '2026-11-21',
      ['2025-Q4 2025-11-01 2025-12-31', '2026-Q1 2026-01-01 2026-03-31', '2026-Q2 2026-04-01 2026-04-02'],
    ],
    [
      'year',
      '2024-02-29',
      '2026-12-31',
      '2026-11-21',
      ['2024 2024-02-29 2024-12-31', '2025 2025-01-01 2025-12-31', '2026 2026-01-01 2026-11-21'],
    ],
  ])('by %s from %s to %s on %s', (by, from, to, today, periods) => {
    expect(periodsOf(by, range(from, to), day(today)).map((one) => `${one.key} ${one.from} ${one.to}`)).toEqual(periods)
  })
})

test.each([
  ['2026-01-01', '2026-12-31', ratio(12n)],
  ['2026-02-01', '2026-02-28', ratio(1n)],
  ['2024-02-01', '2024-02-14', ratio(14n, 29n)],
  ['2026-01-31', '2026-02-14', ratio(33n, 62n)],
])('%s to %s are so many months', (from, to, months) => expect(monthsIn(range(from, to))).toEqual(months))

test('the months back from a day: the newest as far as it has come', () => {
  expect(monthsBack(day('2026-03-10'), 3)).toEqual([
    range('2026-03-01', '2026-03-10'),
    range('2026-02-01', '2026-02-28'),
    range('2026-01-01', '2026-01-31'),
  ])
  expect(monthsBack(day('2026-03-10'), 3).map(daysIn)).toEqual([10, 28, 31])
})

test('what has begun of a range', () => {
  expect(begun(range('2026-11-01', '2026-11-30'), day('2026-11-21'))).toEqual(range('2026-11-01', '2026-11-21'))
  expect(begun(range('2026-12-01', '2026-12-31'), day('2026-11-21'))).toBeUndefined()
})
