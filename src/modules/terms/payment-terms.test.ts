import { describe, expect, test } from 'vitest'
import { type PaymentTerms, type TermsPart, validateTerms } from './payment-terms.ts'
import { daysAfter, retentionPart, termsPresets } from './terms-presets.ts'

const part = (name: string, share: TermsPart['share'], rule = daysAfter('delivery', 30)): TermsPart => ({ name, share, rule })
const split = (...parts: TermsPart[]): PaymentTerms => termsPresets.instalments(parts)
const codes = (terms: PaymentTerms) => validateTerms(terms).map((issue) => `${issue.path} ${issue.code}`)

describe('validateTerms', () => {
  test.each(
    Object.entries({
      prepaid: termsPresets.prepaid(),
      'cash on delivery': termsPresets.cashOnDelivery(),
      货到30天: termsPresets.daysAfterDelivery(30),
      票到45天: termsPresets.daysAfterInvoiceReceived(45),
      月结60天: termsPresets.monthEndPlusDays(60),
      月结2月25日: termsPresets.monthsThenPayDay(2, 25),
      季结15天: termsPresets.quarterEndPlusDays(15),
      固定日: termsPresets.payDayAfterDays(10, 20),
      压一批: termsPresets.rollingBatches(1),
      '3-6-1': split(part('预付', { percent: '30' }), part('货款', { percent: '60' }), retentionPart('质保金', '10', 12)),
      'amount and rest': split(part('预付', { amount: '5000.00' }), part('余款', { rest: true })),
      'percent, amount and rest': split(part('a', { percent: '30' }), part('b', { amount: '1' }), part('c', { rest: true })),
      'thirds with four decimals': split(
        part('a', { percent: '33.3333' }),
        part('b', { percent: '33.3333' }),
        part('c', { percent: '33.3334' }),
      ),
    }),
  )('accepts %s', (_, terms) => {
    expect(validateTerms(terms)).toEqual([])
  })

  test.each<[string, PaymentTerms, string[]]>([
    ['no part', split(), ['parts terms.noParts']],
    ['less than the whole', split(part('a', { percent: '30' }), part('b', { percent: '60' })), ['parts terms.percentsDoNotAddUp']],
    ['more than the whole', split(part('a', { percent: '99.9999' }), part('b', { percent: '0.0002' })), ['parts terms.percentsDoNotAddUp']],
    ['nothing left for the rest', split(part('a', { percent: '100' }), part('b', { rest: true })), ['parts terms.percentsDoNotAddUp']],
    ['two rests', split(part('a', { rest: true }), part('b', { rest: true })), ['parts terms.twoRests']],
    ['amount and percent without a rest', split(part('a', { amount: '5' }), part('b', { percent: '50' })), ['parts terms.restMissing']],
    ['zero percent', split(part('a', { percent: '0' }), part('b', { percent: '100' })), ['parts.0.share.percent terms.partPercent']],
    ['percent as exponent', split(part('a', { percent: '1e2' })), ['parts.0.share.percent terms.partPercent']],
    ['no name', split(part(' ', { percent: '100' })), ['parts.0.name terms.partWithoutName']],
    [
      'a fraction of a day',
      split(part('a', { percent: '100' }, daysAfter('delivery', 1.5))),
      ['parts.0.rule.period.count terms.periodOutOfRange'],
    ],
    [
      'negative days',
      split(part('a', { percent: '100' }, daysAfter('delivery', -1))),
      ['parts.0.rule.period.count terms.periodOutOfRange'],
    ],
    [
      'cut-off without a day',
      split(part('a', { percent: '100' }, { ...daysAfter('delivery', 30), countFrom: 'cutOff' })),
      ['parts.0.rule.cutOffDay terms.cutOffDay'],
    ],
    [
      'pay day 32',
      split(part('a', { percent: '100' }, { ...daysAfter('delivery', 30), payDay: 32 })),
      ['parts.0.rule.payDay terms.payDay'],
    ],
    [
      'milestone without a name',
      split(part('a', { percent: '100' }, daysAfter('milestone', 0))),
      ['parts.0.rule.milestone terms.milestoneMissing'],
    ],
    [
      'prepaid after delivery',
      split(part('a', { percent: '100' }, { ...daysAfter('delivery', 0), beforeDelivery: true })),
      ['parts.0.rule.beforeDelivery terms.prepaymentAfterDelivery'],
    ],
    [
      'discount of 100 %',
      { ...termsPresets.cashOnDelivery(), earlyPaymentDiscount: { percent: '100', withinDays: 10, on: 'gross', partPayment: 'none' } },
      ['earlyPaymentDiscount.percent terms.discountPercent'],
    ],
  ])('refuses %s', (_, terms, issues) => {
    expect(codes(terms)).toEqual(issues)
  })
})
