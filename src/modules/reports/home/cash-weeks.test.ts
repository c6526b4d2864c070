import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type Day, day, weekday } from '../../../kernel/day.ts'
import { CASH_WEEKS, cashExpectation, certainties, type ExpectedCash, weeksFrom, weekTotal } from './cash-weeks.ts'

const friday = day('2026-11-20')
const cash = (on: string, amount: bigint, basis: ExpectedCash['basis'] = 'prediction'): ExpectedCash => ({ on: day(on), basis, amount })

describe('weeks', () => {
  test('the first is what is left of this one, the others begin on Monday', () => {
    const weeks = weeksFrom(friday)
    expect(weeks.slice(0, 2)).toEqual([
      { from: '2026-11-20', to: '2026-11-22' },
      { from: '2026-11-23', to: '2026-11-29' },
    ])
    expect(weeksFrom(day('2026-11-22'))[0]).toEqual({ from: '2026-11-22', to: '2026-11-22' })
    expect(weeksFrom(day('2026-11-23'))[0]).toEqual({ from: '2026-11-23', to: '2026-11-29' })
    expect(weeks).toHaveLength(CASH_WEEKS)
  })

  test('money stands in the week of its expected day by how sure it is; what is over and what is far stand apart', () => {
    const { weeks, total, passed, later } = cashExpectation(
      [
        cash('2026-11-19', 1n),
        cash('2026-11-20', 10n),
        cash('2026-11-22', 100n, 'dueOnly'),
        cash('2026-11-23', 1_000n, 'promise'),
        cash('2027-02-14', 10_000n),
        cash('2027-02-15', 100_000n),
      ],
      friday,
      [],
    )
    expect(weeks[0]).toMatchObject({ promise: 0n, prediction: 10n, dueOnly: 100n })
    expect(weeks[1]).toMatchObject({ promise: 1_000n, prediction: 0n, dueOnly: 0n })
    expect(weeks[12]).toMatchObject({ from: '2027-02-08', to: '2027-02-14', prediction: 10_000n })
    expect({ total, passed, later }).toEqual({ total: 11_110n, passed: 1n, later: 100_000n })
    expect(weeks[0]!.likely).toBeUndefined()
  })

  test('the interval is the 10th and the 90th percentile of what came of what was expected', () => {
    const ratios = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5]
    const { weeks, likely } = cashExpectation([cash('2026-11-20', 1_000n), cash('2026-11-23', 1_000n)], friday, ratios)
    expect(weeks[0]!.likely).toEqual({ low: 600n, high: 1_400n })
    expect(weeks[2]!.likely).toEqual({ low: 0n, high: 0n })
    expect(likely).toEqual({ low: 2_000n - 566n, high: 2_000n + 566n }) // 400 × √2
  })

  test('seven weeks of past say nothing', () => {
    expect(cashExpectation([cash('2026-11-20', 1n)], friday, [1, 1, 1, 1, 1, 1, 1]).likely).toBeUndefined()
  })
})

const days = fc.integer({ min: -400, max: 400 })
const given = fc.array(fc.record({ away: days, basis: fc.constantFrom(...certainties), amount: fc.bigInt({ min: 0n, max: 10n ** 15n }) }), {
  maxLength: 200,
})
const todays = fc.integer({ min: 0, max: 4_000 }).map((count): Day => addDays(day('2020-02-29'), count))

describe('whatever is expected on whatever day', () => {
  test('weeks, what has passed and what comes later add up to all of it; no day is in two weeks or in none', () => {
    fc.assert(
      fc.property(todays, given, fc.array(fc.double({ min: 0, max: 4, noNaN: true }), { maxLength: 30 }), (today, list, ratios) => {
        const expected = list.map(({ away, basis, amount }) => ({ on: addDays(today, away), basis, amount }))
        const { weeks, total, passed, later, likely } = cashExpectation(expected, today, ratios)
        const all = expected.reduce((sum, { amount }) => sum + amount, 0n)
        expect(total + passed + later).toBe(all)
        expect(weeks.reduce((sum, week) => sum + weekTotal(week), 0n)).toBe(total)
        weeks.forEach((week, at) => {
          expect(weekday(week.to)).toBe(7)
          expect(week.from).toBe(at === 0 ? today : addDays(weeks[at - 1]!.to, 1))
          if (week.likely) expect(week.likely.low <= week.likely.high).toBe(true)
        })
        if (likely) expect(likely.low <= total && total <= likely.high).toBe(true)
      }),
    )
  })
})
