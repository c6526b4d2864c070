import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { day } from '../../kernel/day.ts'
import { money } from '../../kernel/money.ts'
import { type DiscountedItem, earlyPaymentDiscount, fullDiscount } from './early-payment-discount.ts'
import type { EarlyPaymentDiscount } from './payment-terms.ts'

const cny = (minor: bigint) => money(minor, 'CNY')
const offer: EarlyPaymentDiscount = { percent: '2', withinDays: 10, on: 'gross', partPayment: 'none' }
const item: DiscountedItem = { amount: cny(113_000n), net: cny(100_000n), open: cny(113_000n), taken: cny(0n), baseOn: day('2026-11-01') }

describe('T61: earlyPaymentDiscount (2/10 n/30)', () => {
  test.each<[string, Partial<EarlyPaymentDiscount>, Partial<DiscountedItem>, bigint, string, bigint, string | undefined]>([
    ['the last day still counts', {}, {}, 110_740n, '2026-11-11', 2_260n, undefined],
    ['the next day does not', {}, {}, 110_740n, '2026-11-12', 0n, 'late'],
    ['on net', { on: 'net' }, {}, 111_000n, '2026-11-05', 2_000n, undefined],
    ['one cent short of the discounted price', {}, {}, 110_739n, '2026-11-05', 0n, 'partPayment'],
    ['a little more than needed: only the shortfall', {}, {}, 112_000n, '2026-11-05', 1_000n, undefined],
    ['paid in full', {}, {}, 113_000n, '2026-11-05', 0n, 'nothingLeft'],
    ['part payment without share', {}, {}, 50_000n, '2026-11-05', 0n, 'partPayment'],
    ['part payment with its share', { partPayment: 'proRata' }, {}, 55_370n, '2026-11-05', 1_130n, undefined],
    [
      'second part takes the rest',
      { partPayment: 'proRata' },
      { open: cny(56_500n), taken: cny(1_130n) },
      55_370n,
      '2026-11-10',
      1_130n,
      undefined,
    ],
    ['taken twice', {}, { open: cny(2_000n), taken: cny(2_260n) }, 1_000n, '2026-11-05', 0n, 'taken'],
    ['on what a credit note left', {}, { amount: cny(100_000n), open: cny(100_000n) }, 98_000n, '2026-11-05', 2_000n, undefined],
  ])('%s', (_, terms, changed, paid, receivedOn, discount, refused) => {
    const answer = earlyPaymentDiscount({ ...offer, ...terms }, { ...item, ...changed }, cny(paid), day(receivedOn))
    expect([answer.discount.minor, answer.refused]).toEqual([discount, refused])
    expect(answer.lastDay).toBe('2026-11-11')
  })
  test('payments in any number of parts never earn more than the full discount, nor settle more than is open', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 100n, max: 10n ** 12n }),
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 8 }),
        (amount, cuts) => {
          const terms: EarlyPaymentDiscount = { ...offer, partPayment: 'proRata' }
          let open = amount
          let taken = 0n
          for (const cut of cuts) {
            const paid = (open * BigInt(cut)) / 100n
            const { discount } = earlyPaymentDiscount(
              terms,
              { ...item, amount: cny(amount), open: cny(open), taken: cny(taken) },
              cny(paid),
              day('2026-11-02'),
            )
            taken += discount.minor
            open -= paid + discount.minor
            expect(open >= 0n && discount.minor >= 0n).toBe(true)
          }
          expect(taken <= fullDiscount(terms, { amount: cny(amount), net: cny(amount) }).minor).toBe(true)
        },
      ),
    )
  })
})
