import { describe, expect, test } from 'vitest'
import en from '../../i18n/en/terms.json' with { type: 'json' }
import cn from '../../i18n/zh-CN/terms.json' with { type: 'json' }
import tw from '../../i18n/zh-TW/terms.json' with { type: 'json' }
import type { Phrase } from '../../kernel/phrase.ts'
import { speak } from '../../kernel/phrase.ts'
import type { PaymentTerms } from './payment-terms.ts'
import { daysAfter, retentionPart, termsPresets } from './terms-presets.ts'
import { termsSentence } from './terms-sentence.ts'

function say(words: object, said: Phrase): string {
  return speak(said, (key, params) => {
    const text = key
      .split('.')
      .slice(1)
      .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], words)
    return (text as string).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name]))
  })
}
const sentence = (words: object, terms: PaymentTerms) => termsSentence({ ...terms, roll: 'none' }).map((said) => say(words, said))

describe('terms in words', () => {
  test.each<[string, PaymentTerms, string, string]>([
    ['prepaid', termsPresets.prepaid(), '发货前付清', 'paid before delivery'],
    ['cash on delivery', termsPresets.cashOnDelivery(), '交货日当日付款', 'due on delivery'],
    ['days after delivery', termsPresets.daysAfterDelivery(30), '交货日起 30 天内付款', 'due 30 days after delivery'],
    [
      'month end',
      termsPresets.monthEndPlusDays(30),
      '交货日所在月月末起 30 天内付款',
      'due 30 days after the end of the month of delivery',
    ],
    [
      'cut-off',
      termsPresets.monthEndPlusDays(30, 25),
      '交货日后首个截止日（每月 25 日）起 30 天内付款',
      'due 30 days after the first cut-off (day 25 of the month) from delivery',
    ],
    [
      'months and pay day',
      termsPresets.monthsThenPayDay(2, 25),
      '交货日所在月之后第 2 个月的 25 日付款',
      'due on day 25 of the month, 2 month(s) after the month of delivery',
    ],
    [
      'quarter',
      termsPresets.quarterEndPlusDays(15),
      '交货日所在季度末起 15 天内付款',
      'due 15 days after the end of the quarter of delivery',
    ],
    [
      'pay day',
      termsPresets.payDayAfterDays(10, 20),
      '交货日起 20 天内付款，顺延到每月 10 日付款日',
      'due 20 days after delivery, moved to the next pay day (day 10 of the month)',
    ],
    ['rolling', termsPresets.rollingBatches(1), '压 1 批：其后第 1 批交货时付清本批', 'due when delivery number 1 after it arrives'],
  ])('%s', (_, terms, chinese, english) => {
    expect([sentence(cn, terms), sentence(en, terms)]).toEqual([[chinese], [english]])
  })
  test('parts, roll and discount are sentences of their own', () => {
    const terms: PaymentTerms = {
      ...termsPresets.instalments([
        { name: '货款', share: { percent: '90' }, rule: daysAfter('delivery', 30) },
        retentionPart('质保金', '10', 12),
      ]),
      earlyPaymentDiscount: { percent: '2', withinDays: 10, on: 'gross', partPayment: 'none' },
    }
    expect(termsSentence(terms).map((said) => say(tw, said))).toEqual([
      '货款（90%）：交貨日起 30 天內付款',
      '质保金（10%）：驗收日起 12 個月內付款',
      '到期日逢休息日順延到下一個工作日',
      '10 天內付款，按含稅金額優惠 2%',
    ])
  })
})
