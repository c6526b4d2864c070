import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collectionEffectiveness } from './collection-effectiveness.ts'
import type { KpiFigure } from './formula.ts'
import { ratio, ratioText } from './ratio.ts'
import { shareOf, weightedDays } from './shares-and-days.ts'
import { turnoverDays, turnoverRate } from './turnover.ts'

const shown = ({ value }: KpiFigure, decimals = 1): string | undefined => value && ratioText(value, decimals)
const minor = fc.bigInt({ min: 0n, max: 10n ** 15n })

describe('collection effectiveness', () => {
  test.each([
    // opening, brought in, sales, closing, not due → CEI
    [400n, 0n, 600n, 500n, 300n, '71.4'],
    [400n, 0n, 600n, 300n, 300n, '100.0'],
    [400n, 0n, 0n, 400n, 0n, '0.0'],
    [0n, 400n, 600n, 500n, 300n, '71.4'],
    [0n, 0n, 0n, 0n, 0n, undefined],
    [0n, 0n, 100n, 100n, 100n, undefined],
  ])('%s opening, %s brought in, %s sold, %s closing, %s not due: %s', (opening, broughtIn, sales, closing, notDue, cei) => {
    expect(shown(collectionEffectiveness({ opening, broughtIn, sales, closing, notDue }))).toBe(cei)
  })

  test('it lies between 0 and 100 where no more is open than there was, and is 100 exactly where nothing is overdue', () => {
    fc.assert(
      fc.property(minor, minor, minor, minor, (opening, sales, overdue, notDue) => {
        fc.pre(overdue + notDue <= opening + sales)
        const { value } = collectionEffectiveness({ opening, broughtIn: 0n, sales, closing: overdue + notDue, notDue })
        fc.pre(value !== undefined)
        expect(value!.numerator >= 0n && value!.numerator <= 100n * value!.denominator).toBe(true)
        expect(value!.numerator === 100n * value!.denominator).toBe(overdue === 0n)
      }),
    )
  })
})

describe('turnover', () => {
  test.each([
    // opening, closing, sales, months, days of a year → rate, days
    [100n, 300n, 1_200n, 12, 365, '6.00', '60.8'],
    [100n, 300n, 1_200n, 12, 360, '6.00', '60.0'],
    [200n, 200n, 300n, 3, 360, '6.00', '60.0'],
    [200n, 200n, 100n, 1, 360, '6.00', '60.0'],
    [200n, 200n, 0n, 12, 365, '0.00', undefined],
    [0n, 0n, 100n, 12, 365, undefined, '0.0'],
    [0n, 0n, 0n, 12, 365, undefined, undefined],
  ])('%s at the beginning, %s at the end, %s sold in %s months', (opening, closing, sales, months, yearDays, rate, days) => {
    const period = { opening, closing, sales, months: ratio(BigInt(months)) }
    expect([shown(turnoverRate(period), 2), shown(turnoverDays(period, yearDays))]).toEqual([rate, days])
  })

  test('rate times days is the year', () => {
    fc.assert(
      fc.property(
        minor,
        minor,
        minor,
        fc.constantFrom(1, 3, 6, 12),
        fc.constantFrom(360, 365),
        (opening, closing, sales, months, yearDays) => {
          const period = { opening, closing, sales, months: ratio(BigInt(months)) }
          const rate = turnoverRate(period).value
          const days = turnoverDays(period, yearDays).value
          fc.pre(rate !== undefined && days !== undefined && rate.numerator > 0n)
          expect(ratio(rate!.numerator * days!.numerator, rate!.denominator * days!.denominator)).toEqual(ratio(BigInt(yearDays)))
        },
      ),
    )
  })
})

describe('shares and weighted days', () => {
  test.each([
    [1n, 8n, '12.5'],
    [0n, 8n, '0.0'],
    [9n, 8n, '112.5'],
    [1n, 0n, undefined],
  ])('%s of %s is %s per cent', (part, whole, percent) => expect(shown(shareOf('overdue', part, 'closing', whole))).toBe(percent))

  test('the weighted mean lies between the least and the most days', () => {
    const paid = fc.array(fc.record({ amount: fc.bigInt({ min: 1n, max: 10n ** 12n }), days: fc.integer({ min: -400, max: 4_000 }) }), {
      minLength: 1,
    })
    fc.assert(
      fc.property(paid, (items) => {
        const amount = items.reduce((sum, item) => sum + item.amount, 0n)
        const { value } = weightedDays(
          'days',
          items.reduce((sum, item) => sum + item.amount * BigInt(item.days), 0n),
          amount,
        )
        const days = items.map((item) => item.days)
        expect(value!.numerator >= BigInt(Math.min(...days)) * value!.denominator).toBe(true)
        expect(value!.numerator <= BigInt(Math.max(...days)) * value!.denominator).toBe(true)
      }),
    )
    expect(weightedDays('days', 0n, 0n).value).toBeUndefined()
  })
})
