import { describe, expect, test } from 'vitest'
import { isWithinTolerance, type ShortPaymentTolerance, shortPayment } from './short-payment.ts'

const wide: ShortPaymentTolerance = { absolute: { CNY: '100.00', JPY: '500' }, percent: '2' }

describe('isWithinTolerance', () => {
  test.each<[string, bigint, bigint, string, boolean]>([
    ['2 % of 1,210.00 is included', 24_20n, 1_210_00n, 'CNY', true],
    ['one cent more is not', 24_21n, 1_210_00n, 'CNY', false],
    ['the absolute bound is included', 100_00n, 1_000_000_00n, 'CNY', true],
    ['one cent above the absolute bound', 100_01n, 1_000_000_00n, 'CNY', false],
    ['yen', 500n, 1_000_000n, 'JPY', true],
    ['a currency that is not listed', 1n, 1_000_000n, 'USD', false],
  ])('%s', (_, short, of, currency, within) => {
    expect(isWithinTolerance(short, of, currency, wide)).toBe(within)
  })
})

describe('shortPayment', () => {
  test.each<[string, bigint, Parameters<typeof shortPayment>[3], object]>([
    ['paid in full', 45_500n, 'rounding', { short: 0n, outcome: 'nothing', needsApproval: false }],
    ['paid more', 46_000n, 'rounding', { short: 0n, outcome: 'nothing' }],
    [
      'rounded by the payer',
      45_000n,
      'rounding',
      { short: 500n, withinTolerance: true, outcome: 'writeOff', needsApproval: false, account: 'roundingDifference' },
    ],
    [
      'a bank charge above the tolerance needs approval',
      30_000n,
      'bankCharge',
      { short: 15_500n, withinTolerance: false, outcome: 'writeOff', needsApproval: true },
    ],
    ['a dispute stays open whatever the size', 45_499n, 'quality', { short: 1n, outcome: 'dispute', needsApproval: false }],
    ['goods returned wait for the credit note', 45_000n, 'goodsReturned', { outcome: 'creditNote' }],
    ['a part payment stays open', 20_000n, 'partPayment', { outcome: 'leaveOpen' }],
    ['the discount rule decides', 44_590n, 'earlyPaymentDiscount', { outcome: 'discount', account: 'salesDiscount' }],
  ])('%s', (_, paid, reason, answer) => {
    expect(shortPayment(45_500n, paid, 'CNY', reason, wide)).toMatchObject(answer)
  })
})
