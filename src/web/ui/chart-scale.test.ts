import { describe, expect, test } from 'vitest'
import { amountScale, axisText, chartScale, exactText, shortAmount } from './chart-scale.ts'

describe('the scale of a chart', () => {
  test.each([
    ['zh-CN', 99_999, '', '99,999'],
    ['zh-CN', 48_363_000, '万', '4,836.3'],
    ['zh-TW', 48_363_000, '萬', '4,836.3'],
    ['zh-CN', 12_000_000_000, '亿', '120'],
    ['en', 250_000, 'K', '250'],
    ['en', 123_450_000, 'M', '123.5'],
  ] as const)('%s %d is written in %s as %s', (language, value, word, text) => {
    const scale = amountScale(value, language)
    expect([scale.word, shortAmount(value, scale)]).toEqual([word, text])
  })

  test('a stack counts as high as it stands; percentages and days are never shortened', () => {
    const series = (stack?: string) => ({
      name: 'a',
      kind: 'bar' as const,
      tint: 'text' as const,
      values: ['60000.00'],
      ...(stack ? { stack } : {}),
    })
    const data = { categories: ['1'], unit: 'amount' as const }
    expect(chartScale({ ...data, series: [series('s'), series('s')] }, 'zh-CN').word).toBe('万')
    expect(chartScale({ ...data, series: [series(), series()] }, 'zh-CN').word).toBe('')
    expect(chartScale({ ...data, unit: 'days', series: [{ ...series(), values: [900_000] }] }, 'zh-CN').word).toBe('')
  })

  test('tooltip and table keep the exact figure', () => {
    expect(exactText('48363000.05', 'amount')).toBe('48,363,000.05')
    expect(exactText(38.2, 'percent')).toBe('38.2%')
    expect(exactText(null, 'amount')).toBe('–')
    expect(axisText(35, 'percent', amountScale(35, 'en'))).toBe('35%')
  })
})
