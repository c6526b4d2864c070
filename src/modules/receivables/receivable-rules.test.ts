import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { day } from '../../kernel/day.ts'
import { expectedPaymentDay } from './expected-payment-day.ts'
import { lineShares } from './line-shares.ts'
import { daysLate, isOverdue, overdueDays } from './overdue-days.ts'
import { type PaidItem, paymentHabit } from './payment-habit.ts'
import { receivableStatus } from './receivable-status.ts'

const asOf = day('2026-11-21')

describe('lineShares', () => {
  test.each<[string, bigint, bigint[], bigint[]]>([
    ['nothing paid: the lines themselves', 100n, [70n, 40n, -10n], [70n, 40n, -10n]],
    ['all paid', 0n, [70n, 40n, -10n], [0n, 0n, 0n]],
    ['half', 50n, [70n, 40n, -10n], [35n, 20n, -5n]],
    ['a tie goes to the larger line', 3n, [5n, 1n], [3n, 0n]],
    ['equal lines: the first', 1n, [1n, 1n], [1n, 0n]],
    ['one line', 7n, [9n], [7n]],
    ['a free line', 5n, [10n, 0n], [5n, 0n]],
  ])('%s', (_, open, lines, shares) => {
    expect(lineShares(open, lines)).toEqual(shares)
  })
  test('adds up, keeps every sign and never passes its line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: -(10n ** 6n), max: 10n ** 12n }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: 1_000 }),
        (lines, share) => {
          const amount = lines.reduce((a, b) => a + b, 0n)
          fc.pre(amount > 0n)
          const open = (amount * BigInt(share)) / 1_000n
          const shares = lineShares(open, lines)
          expect(shares.reduce((a, b) => a + b, 0n)).toBe(open)
          shares.forEach((one, i) => {
            const line = lines[i]!
            expect(line >= 0n ? 0n <= one && one <= line : line <= one && one <= 0n).toBe(true)
          })
        },
      ),
    )
  })
})

describe('overdue days', () => {
  test.each<[string, string, number, boolean]>([
    ['due tomorrow', '2026-11-22', 0, false],
    ['due today', '2026-11-21', 0, false],
    ['due yesterday', '2026-11-20', 1, true],
    ['over a leap day', '2024-02-28', 997, true],
  ])('%s', (_, dueOn, days, overdue) => {
    expect([overdueDays(day(dueOn), asOf), isOverdue(day(dueOn), asOf)]).toEqual([days, overdue])
  })
  test('paid early counts below zero', () => {
    expect(daysLate(day('2026-11-21'), day('2026-11-19'))).toBe(-2)
  })
})

describe('receivableStatus', () => {
  test.each<[string, bigint, string, boolean, object]>([
    ['nothing paid, not due', 100n, '2026-11-21', false, { status: 'open', overdueDays: 0, progress: 0 }],
    ['part paid, not due', 60n, '2026-11-21', false, { status: 'partPaid', overdueDays: 0, progress: 4_000 }],
    ['part paid and overdue', 60n, '2026-11-01', false, { status: 'overdue', overdueDays: 20, progress: 4_000 }],
    ['settled, long after the due day', 0n, '2026-01-01', false, { status: 'settled', overdueDays: 0, progress: 10_000 }],
    ['voided', 100n, '2026-01-01', true, { status: 'voided', overdueDays: 0, progress: 0 }],
  ])('%s', (_, open, dueOn, voided, position) => {
    expect(receivableStatus({ amount: 100n, open, dueOn: day(dueOn), voided }, asOf)).toEqual(position)
  })
  test('nearly settled is not shown as settled, hardly begun not as untouched', () => {
    const progress = (open: bigint) => receivableStatus({ amount: 10n ** 9n, open, dueOn: asOf }, asOf).progress
    expect([progress(1n), progress(10n ** 9n - 1n)]).toEqual([9_999, 1])
  })
})

describe('paymentHabit', () => {
  const item = (amount: bigint, dueOn: string, paidOn: string): PaidItem => ({ amount, dueOn: day(dueOn), paidOn: day(paidOn) })
  test('is weighted by amount', () => {
    expect(paymentHabit([item(900n, '2026-10-01', '2026-10-11'), item(100n, '2026-10-01', '2026-11-10')], asOf)).toMatchObject({
      count: 2,
      averageDaysLate: 13,
      worstDaysLate: 40,
      lateByCount: 10_000,
    })
  })
  test('early payments count as early', () => {
    expect(paymentHabit([item(100n, '2026-10-11', '2026-10-01')], asOf)).toMatchObject({ averageDaysLate: -10, lateByAmount: 0 })
  })
  test('only the last twelve months count', () => {
    const items = [item(100n, '2025-01-01', '2025-11-21'), item(100n, '2026-01-01', '2026-01-03'), item(100n, '2026-11-01', '2026-11-30')]
    expect(paymentHabit(items, asOf)).toMatchObject({ count: 1, averageDaysLate: 2 })
  })
  test('nothing paid: nothing known', () => {
    expect(paymentHabit([], asOf)).toBeUndefined()
  })
  test('the usual pay day needs a third of the money', () => {
    const items = ['01', '02', '03', '04'].map((month) => item(100n, `2026-${month}-10`, `2026-${month}-25`))
    expect(paymentHabit(items, asOf)?.usualPayDay).toBe(25)
    expect(
      paymentHabit(
        ['01', '08', '15', '22'].map((date) => item(100n, '2026-01-10', `2026-02-${date}`)),
        asOf,
      )?.usualPayDay,
    ).toBeUndefined()
  })
  test('getting slower', () => {
    expect(paymentHabit([item(100n, '2026-05-01', '2026-05-06'), item(100n, '2026-10-01', '2026-10-16')], asOf)?.trendDays).toBe(10)
  })
})

describe('expectedPaymentDay', () => {
  const due = { dueOn: day('2026-12-01') }
  test.each<[string, Parameters<typeof expectedPaymentDay>[0], string, string, number]>([
    ['a promise wins', { ...due, promisedOn: day('2026-12-24'), usualDaysLate: 3 }, '2026-12-24', 'promise', 0],
    ['a promise that was not kept', { ...due, promisedOn: day('2026-11-20') }, '2026-11-20', 'promise', 1],
    ['expected today', { dueOn: asOf }, '2026-11-21', 'due', 0],
    ['habit', { ...due, usualDaysLate: 26 }, '2026-12-27', 'habit', 0],
    ['early payers are expected on the due day', { ...due, usualDaysLate: -5 }, '2026-12-01', 'habit', 0],
    ['no history', due, '2026-12-01', 'due', 0],
    ['an open dispute adds its time', { ...due, usualDaysLate: 5, disputeDays: 20 }, '2026-12-26', 'dispute', 0],
    ['the day is over', { dueOn: day('2026-10-01'), usualDaysLate: 10 }, '2026-10-11', 'habit', 41],
  ])('%s', (_, input, on, basis, passedDays) => {
    expect(expectedPaymentDay(input, asOf)).toEqual({ on, basis, passedDays })
  })
  test('early, by choice', () => {
    expect(expectedPaymentDay({ ...due, usualDaysLate: -5 }, asOf, true).on).toBe('2026-11-26')
  })
})
