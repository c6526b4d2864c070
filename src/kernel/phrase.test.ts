import { expect, test } from 'vitest'
import { phrase, speak } from './phrase.ts'

const words: Record<string, string> = {
  'terms.within': '{{base}} + {{count}}',
  'terms.delivery': '交货日',
  'credit.over': 'over by {{overAmount}}',
}
const translate = (key: string, params: Record<string, string | number>) =>
  words[key]!.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name]))

test('a phrase inside a phrase is spoken first', () => {
  expect(speak(phrase('terms.within', { base: phrase('terms.delivery'), count: 30 }), translate)).toBe('交货日 + 30')
})
test('amounts are formatted, other figures are not', () => {
  expect(speak(phrase('credit.over', { overAmount: '1000.00' }), translate, (text) => `<${text}>`)).toBe('over by <1000.00>')
})
