import { describe, expect, test } from 'vitest'
import { day } from '../../kernel/day.ts'
import { money } from '../../kernel/money.ts'
import { builtInCalendar } from './built-in-calendars.ts'
import { dueDates, partAmounts } from './due-date.ts'
import { earlyPaymentDiscount } from './early-payment-discount.ts'
import { type PaymentTerms, type TermsPart, validateTerms } from './payment-terms.ts'
import { daysAfter, retentionPart, termsPresets } from './terms-presets.ts'

/**
 * The payment terms that users of Odoo, ERPNext, Tryton and SAP know, on figures of our own: what comes over from there must fall due on the same day here. Days are
 * those of the contract (`roll: none`): those programs know no rest days.
 */
const cn = builtInCalendar('cn')
const invoiced = (terms: PaymentTerms, on: string, amount = 100_00n, currency = 'CNY') =>
  dueDates({ ...terms, roll: 'none' }, { order: day('2020-01-01'), invoice: day(on), delivery: day(on) }, money(amount, currency), cn)
const of = (rule: TermsPart['rule']): PaymentTerms => termsPresets.instalments([{ name: 'all', share: { percent: '100' }, rule }])
const fromInvoice = (rule: Omit<TermsPart['rule'], 'baseDate'>): PaymentTerms => of({ ...rule, baseDate: 'invoice' })
const months = (count: number) => ({ count, unit: 'month' }) as const
const days = (count: number) => ({ count, unit: 'day' }) as const

describe('one day', () => {
  test.each<[string, PaymentTerms, [invoice: string, due: string][]]>([
    [
      'immediate',
      fromInvoice({ countFrom: 'baseDate', period: days(0) }),
      [
        ['2026-01-31', '2026-01-31'],
        ['2024-02-29', '2024-02-29'],
      ],
    ],
    [
      'net 30',
      fromInvoice({ countFrom: 'baseDate', period: days(30) }),
      [
        ['2026-01-31', '2026-03-02'],
        ['2024-01-31', '2024-03-01'],
        ['2026-12-31', '2027-01-30'],
      ],
    ],
    [
      'net 30, end of month (30 days, then the month end)',
      fromInvoice({ countFrom: 'baseDate', period: days(30), payDay: 31 }),
      [
        ['2026-01-31', '2026-03-31'],
        ['2026-04-01', '2026-05-31'],
        ['2026-03-31', '2026-04-30'],
        ['2024-01-30', '2024-02-29'],
      ],
    ],
    [
      'end of month, then 30 days',
      fromInvoice({ countFrom: 'cutOff', cutOffDay: 31, period: days(30) }),
      [
        ['2026-01-01', '2026-03-02'],
        ['2026-01-31', '2026-03-02'],
        ['2024-01-31', '2024-03-01'],
        ['2026-02-28', '2026-03-30'],
      ],
    ],
    [
      'end of month + 15',
      fromInvoice({ countFrom: 'cutOff', cutOffDay: 31, period: days(15) }),
      [
        ['2026-11-01', '2026-12-15'],
        ['2026-11-30', '2026-12-15'],
        ['2026-12-31', '2027-01-15'],
        ['2026-02-10', '2026-03-15'],
      ],
    ],
    [
      'the 10th of the next month',
      fromInvoice({ countFrom: 'cutOff', cutOffDay: 31, period: months(1), payDay: 10 }),
      [
        ['2026-01-31', '2026-02-10'],
        ['2026-02-01', '2026-03-10'],
        ['2026-12-05', '2027-01-10'],
      ],
    ],
    [
      '45 days, end of month (LME, France)',
      fromInvoice({ countFrom: 'baseDate', period: days(45), payDay: 31 }),
      [
        ['2026-01-15', '2026-03-31'],
        ['2026-01-16', '2026-03-31'],
        ['2026-02-14', '2026-03-31'],
        ['2026-02-15', '2026-04-30'],
      ],
    ],
    [
      'one month on the same day',
      fromInvoice({ countFrom: 'baseDate', period: months(1) }),
      [
        ['2026-01-31', '2026-02-28'],
        ['2024-01-31', '2024-02-29'],
        ['2026-02-28', '2026-03-28'],
        ['2026-03-31', '2026-04-30'],
      ],
    ],
    [
      'the month end two months on',
      fromInvoice({ countFrom: 'cutOff', cutOffDay: 31, period: months(2) }),
      [
        ['2026-12-15', '2027-02-28'],
        ['2026-11-30', '2027-01-31'],
      ],
    ],
    [
      'the 15th or the month end, whichever cut-off follows, + 20 (a half-month settlement is two sets of terms; this is the 15th)',
      fromInvoice({ countFrom: 'cutOff', cutOffDay: 15, period: days(20) }),
      [
        ['2026-11-15', '2026-12-05'],
        ['2026-11-16', '2027-01-04'],
      ],
    ],
    [
      'quarter end + 30',
      fromInvoice({ countFrom: 'quarterEnd', period: days(30) }),
      [
        ['2026-01-01', '2026-04-30'],
        ['2026-03-31', '2026-04-30'],
        ['2026-12-31', '2027-01-30'],
      ],
    ],
  ])('%s', (_, terms, cases) => {
    expect(validateTerms(terms)).toEqual([])
    expect(cases.map(([on]) => [on, invoiced(terms, on)[0]!.contractDue])).toEqual(cases)
  })
})

describe('several days', () => {
  const shares = (...percents: string[]) =>
    termsPresets.instalments(
      percents.map((percent, i) => ({ name: `${i + 1}`, share: { percent }, rule: { ...daysAfter('invoice', 30 * i) } })),
    )
  test.each<[string, PaymentTerms, bigint, string, bigint[]]>([
    ['33.33 + 33.33 + 33.34 of 100.00', shares('33.33', '33.33', '33.34'), 100_00n, 'CNY', [33_33n, 33_33n, 33_34n]],
    ['33.33 + 33.33 + 33.34 of 0.02', shares('33.33', '33.33', '33.34'), 2n, 'CNY', [0n, 0n, 2n]],
    ['33.33 + 33.33 + 33.34 of 999.99', shares('33.33', '33.33', '33.34'), 999_99n, 'CNY', [333_29n, 333_29n, 333_41n]],
    ['30 + 70 of 1,000.01', shares('30', '70'), 1_000_01n, 'CNY', [300_00n, 700_01n]],
    ['half and half of an odd cent', shares('50', '50'), 1_01n, 'CNY', [50n, 51n]],
    ['in yen, which has no cents', shares('33.33', '33.33', '33.34'), 100n, 'JPY', [33n, 33n, 34n]],
    ['twelve equal parts with four decimals', shares(...Array.from({ length: 11 }, () => '8.3333'), '8.3337'), 1_200_00n, 'CNY', [...Array.from({ length: 11 }, () => 99_99n), 100_11n]],
    ['a credit note of the same size, mirrored', shares('33.33', '33.33', '33.34'), -100_00n, 'CNY', [-33_33n, -33_33n, -33_34n]],
  ])('%s', (_, terms, whole, currency, expected) => {
    expect(validateTerms(terms)).toEqual([])
    expect(partAmounts(terms, money(whole, currency)).map((part) => part.minor)).toEqual(expected)
  }) // biome-ignore format: a table
  test.each([['33.33', '33.33', '33.33'], ['50', '50.0001'], ['99.9999'], ['100', '0.0001']])('%s … is no whole', (...percents) => {
    expect(validateTerms(shares(...percents)).map(({ code }) => code)).toEqual(['terms.percentsDoNotAddUp'])
  })
  test('30 now, 60 in 45 days at month end, 10 a year after acceptance: each part on its own day', () => {
    const terms = termsPresets.instalments([
      { name: 'now', share: { percent: '30' }, rule: daysAfter('invoice', 0) },
      { name: 'then', share: { percent: '60' }, rule: { ...daysAfter('invoice', 45), payDay: 31 } },
      retentionPart('kept', '10', 12),
    ])
    const dates = { order: day('2024-01-01'), invoice: day('2024-01-31'), acceptance: day('2024-02-29') }
    expect(
      dueDates({ ...terms, roll: 'none' }, dates, money(12_345_67n, 'CNY'), cn).map((part) => [
        part.amount.minor,
        part.contractDue,
        part.estimated,
      ]),
    ).toEqual([
      [3_703_70n, '2024-01-31', false],
      [7_407_40n, '2024-03-31', false],
      [1_234_57n, '2025-02-28', false],
    ])
  })
})

describe('2 % 10, net 30 on 1,000.00 of 2026-01-31', () => {
  const offer = { percent: '2', withinDays: 10, on: 'gross', partPayment: 'none' } as const
  const cny = (minor: bigint) => money(minor, 'CNY')
  const item = { amount: cny(1_000_00n), net: cny(884_96n), open: cny(1_000_00n), taken: cny(0n), baseOn: day('2026-01-31') }
  test.each<[string, Parameters<typeof earlyPaymentDiscount>[0], string, bigint, bigint]>([
    ['980.00 on the tenth day settles it', offer, '2026-02-10', 980_00n, 20_00n],
    ['980.00 on the eleventh does not', offer, '2026-02-11', 980_00n, 0n],
    ['979.99 in time is a part payment', offer, '2026-02-01', 979_99n, 0n],
    ['on the net amount the discount is smaller', { ...offer, on: 'net' }, '2026-02-01', 982_30n, 17_70n],
    ['on the net amount 980.00 is not enough', { ...offer, on: 'net' }, '2026-02-01', 980_00n, 0n],
    ['490.00 earns its share where parts do', { ...offer, partPayment: 'proRata' }, '2026-02-01', 490_00n, 10_00n],
    ['1.5 % of an amount that does not divide: half up', { ...offer, percent: '1.5' }, '2026-02-01', 985_00n, 15_00n],
    ['paid before the invoice day counts as in time', offer, '2026-01-15', 980_00n, 20_00n],
  ])('%s', (_, terms, paidOn, paid, discount) => {
    expect(earlyPaymentDiscount(terms, item, cny(paid), day(paidOn)).discount.minor).toBe(discount)
  })
  test('0 days: only the day itself', () => {
    const now = { ...offer, withinDays: 0 }
    expect(earlyPaymentDiscount(now, item, cny(980_00n), day('2026-01-31')).discount.minor).toBe(20_00n)
    expect(earlyPaymentDiscount(now, item, cny(980_00n), day('2026-02-01')).refused).toBe('late')
  })
})
