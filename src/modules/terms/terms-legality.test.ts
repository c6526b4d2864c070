import { describe, expect, test } from 'vitest'
import { day } from '../../kernel/day.ts'
import type { PaymentTerms } from './payment-terms.ts'
import { type BuyerScale, longestDays, termsWarnings } from './terms-legality.ts'
import { daysAfter, retentionPart, termsPresets } from './terms-presets.ts'

const ask = (
  terms: PaymentTerms,
  buyerScale: BuyerScale,
  signedOn: string,
  change: { sellerIsSme?: boolean; sellerDeclaredSme?: boolean } = {},
) =>
  termsWarnings({ terms, buyerScale, signedOn: day(signedOn), sellerIsSme: true, sellerDeclaredSme: true, ...change }).map((said) =>
    said.key.replace('terms.legality.', ''),
  )

describe('termsWarnings', () => {
  test.each<[string, string[], string[]]>([
    ['60 days to a large enterprise', ask(termsPresets.daysAfterDelivery(60), 'large', '2026-01-01'), []],
    ['61 days to a large enterprise', ask(termsPresets.daysAfterDelivery(61), 'large', '2026-01-01'), ['longerThanAllowed']],
    ['61 days, signed the day before the decree', ask(termsPresets.daysAfterDelivery(61), 'large', '2025-05-31'), []],
    ['45 days to a public body', ask(termsPresets.daysAfterDelivery(45), 'publicBody', '2026-01-01'), ['longerThanUsual']],
    [
      '61 days to a public body under the first decree',
      ask(termsPresets.daysAfterDelivery(61), 'publicBody', '2024-01-01'),
      ['longerThanAllowed'],
    ],
    ['month end + 30 reaches 61 at worst', ask(termsPresets.monthEndPlusDays(30), 'large', '2026-01-01'), ['longerThanAllowed']],
    ['a medium buyer', ask(termsPresets.daysAfterDelivery(180), 'medium', '2026-01-01'), []],
    ['scale unknown', ask(termsPresets.daysAfterDelivery(30), 'unknown', '2026-01-01'), ['buyerScaleUnknown']],
    ['we are large ourselves', ask(termsPresets.daysAfterDelivery(180), 'large', '2026-01-01', { sellerIsSme: false }), []],
    ['not declared', ask(termsPresets.daysAfterDelivery(30), 'large', '2026-01-01', { sellerDeclaredSme: false }), ['smeNotDeclared']],
    [
      'retention is not the price of the goods',
      ask(
        termsPresets.instalments([{ name: 'a', share: { percent: '95' }, rule: daysAfter('delivery', 30) }, retentionPart('b', '5', 24)]),
        'large',
        '2026-01-01',
      ),
      [],
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected)
  })
})

test.each<[string, PaymentTerms, number]>([
  ['next month day 25', termsPresets.monthsThenPayDay(1, 25), 56],
  ['quarter end', termsPresets.quarterEndPlusDays(0), 92],
  ['invoice received', termsPresets.daysAfterInvoiceReceived(30, 5), 35],
  ['prepaid', termsPresets.prepaid(), 0],
])('at worst: %s', (_, terms, days) => {
  expect(longestDays(terms.parts[0]!.rule, terms.transitDays)).toBe(days)
})
