import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, day } from '../../kernel/day.ts'
import { money } from '../../kernel/money.ts'
import { builtInCalendar } from './built-in-calendars.ts'
import { type BaseDates, dueDates, dueOf, partAmounts } from './due-date.ts'
import type { PaymentTerms } from './payment-terms.ts'
import { daysAfter, retentionPart, termsPresets } from './terms-presets.ts'

const cn = builtInCalendar('cn')
const unrolled = (terms: PaymentTerms): PaymentTerms => ({ ...terms, roll: 'none' })
const due = (terms: PaymentTerms, dates: BaseDates) => dueDates(terms, dates, money(100_00n, 'CNY'), cn)[0]!

describe('contract due day', () => {
  test.each<[string, PaymentTerms, string, string]>([
    ['cash on delivery', termsPresets.cashOnDelivery(), '2026-11-21', '2026-11-21'],
    ['30 days: the start day is not counted', termsPresets.daysAfterDelivery(30), '2026-11-21', '2026-12-21'],
    ['over a leap day', termsPresets.daysAfterDelivery(30), '2024-02-10', '2024-03-11'],
    ['month end + 30', termsPresets.monthEndPlusDays(30), '2026-11-02', '2026-12-30'],
    ['month end + 30 from the month end itself', termsPresets.monthEndPlusDays(30), '2026-11-30', '2026-12-30'],
    ['cut-off 25, delivered on the 25th', termsPresets.monthEndPlusDays(30, 25), '2026-11-25', '2026-12-25'],
    ['cut-off 25, delivered on the 26th', termsPresets.monthEndPlusDays(30, 25), '2026-11-26', '2027-01-24'],
    ['cut-off 30 in February', termsPresets.monthEndPlusDays(0, 30), '2026-02-10', '2026-02-28'],
    ['second month, day 25', termsPresets.monthsThenPayDay(2, 25), '2026-11-02', '2027-01-25'],
    ['pay day 31 in a short month', termsPresets.monthsThenPayDay(1, 31), '2027-01-15', '2027-02-28'],
    ['pay day of the cut month that is over goes to the next', termsPresets.monthsThenPayDay(0, 10), '2026-11-21', '2026-12-10'],
    ['months after a cut-off of 20', termsPresets.monthsThenPayDay(1, 15, 20), '2026-11-21', '2027-01-15'],
    ['quarter end + 15', termsPresets.quarterEndPlusDays(15), '2026-10-01', '2027-01-15'],
    ['fixed day 10, at least 20 days later', termsPresets.payDayAfterDays(10, 20), '2026-11-21', '2027-01-10'],
    ['fixed day 10, exactly 20 days later', termsPresets.payDayAfterDays(10, 20), '2026-11-20', '2026-12-10'],
  ])('%s', (_, terms, delivered, expected) => {
    expect(due(unrolled(terms), { order: day('2023-01-01'), delivery: day(delivered) }).contractDue).toBe(expected)
  })
  test.each<[string, string, number, string]>([
    ['leap day plus a year', '2024-02-29', 12, '2025-02-28'],
    ['31 August plus half a year', '2026-08-31', 6, '2027-02-28'],
  ])('months: %s (民法典 202)', (_, from, months, to) => {
    expect(dueOf({ baseDate: 'delivery', countFrom: 'baseDate', period: { count: months, unit: 'month' } }, day(from))).toBe(to)
  })
  test('months from a cut-off keep the cut-off day', () => {
    const rule = { baseDate: 'delivery', countFrom: 'cutOff', cutOffDay: 31, period: { count: 1, unit: 'month' } } as const
    expect(dueOf(rule, day('2026-02-03'))).toBe('2026-03-31')
  })
})

describe('effective due day', () => {
  const due0 = (on: string, roll: PaymentTerms['roll']) =>
    due({ ...termsPresets.cashOnDelivery(), roll }, { order: day('2025-12-01'), delivery: day(on) }).effectiveDue
  test.each<[string, string, PaymentTerms['roll'], string]>([
    ['a Saturday moves to Monday', '2026-11-21', 'next', '2026-11-23'],
    ['a Saturday moves back to Friday', '2026-11-21', 'previous', '2026-11-20'],
    ['not moved by setting', '2026-11-21', 'none', '2026-11-21'],
    ['Spring Festival 2026 ends on the 23rd', '2026-02-16', 'next', '2026-02-24'],
    ['a make-up Saturday is a working day', '2026-02-28', 'next', '2026-02-28'],
    ['back over the holidays to the make-up Saturday', '2026-02-20', 'previous', '2026-02-14'],
    ['National Day 2026 ends on the 7th', '2026-10-01', 'next', '2026-10-08'],
    ['make-up Saturday after National Day', '2026-10-10', 'next', '2026-10-10'],
    ['make-up Sunday 4 January', '2026-01-04', 'next', '2026-01-04'],
  ])('%s', (_, on, roll, expected) => {
    expect(due0(on, roll)).toBe(expected)
  })
  test('moving back never passes the day of issue', () => {
    const terms: PaymentTerms = { ...termsPresets.cashOnDelivery(), roll: 'previous' }
    expect(due(terms, { order: day('2026-11-21'), delivery: day('2026-11-21') }).effectiveDue).toBe('2026-11-21')
  })
})

describe('base day', () => {
  test.each<[string, PaymentTerms, BaseDates, string, boolean]>([
    [
      'the invoice came',
      termsPresets.daysAfterInvoiceReceived(30),
      { order: day('2026-01-05'), invoiceReceived: day('2026-03-03') },
      '2026-03-03',
      false,
    ],
    [
      'nobody knows when it came: invoice + transit',
      termsPresets.daysAfterInvoiceReceived(30, 7),
      { order: day('2026-01-05'), invoice: day('2026-03-01') },
      '2026-03-08',
      true,
    ],
    [
      'planned delivery',
      termsPresets.daysAfterDelivery(30),
      { order: day('2026-01-05'), expected: { delivery: day('2026-02-01') } },
      '2026-02-01',
      true,
    ],
    ['nothing planned: the order', termsPresets.daysAfterDelivery(30), { order: day('2026-01-05') }, '2026-01-05', true],
    [
      'next batch delivered',
      termsPresets.rollingBatches(1),
      { order: day('2026-01-05'), delivery: day('2026-01-10'), nextDelivery: day('2026-02-20') },
      '2026-02-20',
      false,
    ],
    [
      'next batch not yet: a month a batch',
      termsPresets.rollingBatches(2),
      { order: day('2026-01-05'), delivery: day('2026-01-10') },
      '2026-03-10',
      true,
    ],
    [
      'milestone reached',
      termsPresets.instalments([{ name: 'a', share: { percent: '100' }, rule: { ...daysAfter('milestone', 5), milestone: 'design' } }]),
      { order: day('2026-01-05'), milestones: { design: day('2026-04-01') } },
      '2026-04-01',
      false,
    ],
  ])('%s', (_, terms, dates, on, estimated) => {
    expect(due(terms, dates)).toMatchObject({ baseOn: on, estimated })
  })
  test('a due day in a year without announced holidays is an estimate', () => {
    expect(due(termsPresets.daysAfterDelivery(30), { order: day('2026-12-15'), delivery: day('2026-12-15') }).estimated).toBe(true)
  })
  test('nothing is due before it is issued', () => {
    const parts = dueDates(
      termsPresets.cashOnDelivery(),
      { order: day('2026-01-05'), delivery: day('2026-01-06') },
      money(1n, 'CNY'),
      cn,
      day('2026-03-02'),
    )
    expect(parts[0]).toMatchObject({ contractDue: '2026-03-02', effectiveDue: '2026-03-02' })
  })
})

test('3-6-1 with retention as on the order page', () => {
  const terms = termsPresets.instalments([
    { name: '预付', share: { percent: '20' }, rule: daysAfter('approval', 7) },
    {
      name: '货款',
      share: { percent: '70' },
      rule: { baseDate: 'invoice', countFrom: 'cutOff', cutOffDay: 31, period: { count: 30, unit: 'day' }, payDay: 25 },
    },
    retentionPart('质保金', '10', 12),
  ])
  const dates = {
    order: day('2026-11-21'),
    approval: day('2026-11-23'),
    expected: { invoice: day('2026-11-30'), acceptance: day('2026-12-10') },
  }
  const parts = dueDates({ ...terms, roll: 'none' }, dates, money(680_000_00n, 'CNY'), cn)
  expect(parts.map((part) => [part.name, part.amount.minor, part.contractDue, part.estimated, part.retention])).toEqual([
    ['预付', 136_000_00n, '2026-11-30', false, false],
    ['货款', 476_000_00n, '2027-01-25', true, false],
    ['质保金', 68_000_00n, '2027-12-10', true, true],
  ])
})

describe('part amounts', () => {
  const shares = (...all: PaymentTerms['parts'][number]['share'][]) =>
    termsPresets.instalments(all.map((share, i) => ({ name: `${i}`, share, rule: daysAfter('delivery', 0) })))
  test.each<[string, PaymentTerms, bigint, bigint[]]>([
    [
      'the remainder goes to the last part',
      shares({ percent: '33.3333' }, { percent: '33.3333' }, { percent: '33.3334' }),
      10_000n,
      [3_333n, 3_333n, 3_334n],
    ],
    ['one cent', shares({ percent: '30' }, { percent: '70' }), 1n, [0n, 1n]],
    ['amount first, then the rest', shares({ amount: '30.00' }, { rest: true }), 10_000n, [3_000n, 7_000n]],
    ['the rest need not be last', shares({ rest: true }, { percent: '10' }), 999n, [900n, 99n]],
    ['amounts that make the whole', shares({ amount: '60' }, { amount: '40' }), 10_000n, [6_000n, 4_000n]],
  ])('%s', (_, terms, whole, parts) => {
    expect(partAmounts(terms, money(whole, 'CNY')).map((part) => part.minor)).toEqual(parts)
  })
  test.each<[string, PaymentTerms]>([
    ['amounts above the whole', shares({ amount: '100.01' }, { rest: true })],
    ['amounts that do not make the whole', shares({ amount: '60' }, { amount: '39.99' })],
  ])('refuses %s', (_, terms) => {
    expect(() => partAmounts(terms, money(10_000n, 'CNY'))).toThrow('terms.amountsDoNotFit')
  })
  test('they always add up, and no percent part is negative', () => {
    const percents = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 12 }).map((cuts) => {
      const total = cuts.reduce((a, b) => a + b, 0)
      const floors = cuts.map((cut) => Math.floor((cut * 1_000_000) / total))
      floors[floors.length - 1]! += 1_000_000 - floors.reduce((a, b) => a + b, 0)
      return shares(...floors.map((floor) => ({ percent: (floor / 10_000).toFixed(4) })))
    })
    fc.assert(
      fc.property(percents, fc.bigInt({ min: 1n, max: 10n ** 15n }), (terms, whole) => {
        const parts = partAmounts(terms, money(whole, 'CNY')).map((part) => part.minor)
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(whole)
        expect(parts.every((part) => part >= 0n)).toBe(true)
      }),
    )
  })
})

test('for any terms and day: due on or after delivery, effective within the next two weeks, on a working day', () => {
  const terms = fc.oneof(
    fc.nat(120).map((days) => termsPresets.daysAfterDelivery(days)),
    fc.tuple(fc.nat(120), fc.integer({ min: 1, max: 31 })).map(([days, cut]) => termsPresets.monthEndPlusDays(days, cut)),
    fc
      .tuple(fc.nat(6), fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 31 }))
      .map(([months, pay, cut]) => termsPresets.monthsThenPayDay(months, pay, cut)),
    fc.tuple(fc.integer({ min: 1, max: 31 }), fc.nat(90)).map(([pay, days]) => termsPresets.payDayAfterDays(pay, days)),
  )
  fc.assert(
    fc.property(terms, fc.nat(1_400), (chosen, offset) => {
      const delivered = addDays(day('2023-01-01'), offset)
      const part = due(chosen, { order: delivered, delivery: delivered })
      expect(part.contractDue >= delivered && part.effectiveDue >= part.contractDue).toBe(true)
      expect(part.effectiveDue <= addDays(part.contractDue, 14)).toBe(true)
    }),
  )
})
