import { expect, test } from 'vitest'
import { partsNamedIn } from './part-names.ts'
import { standardTermsSet } from './standard-terms.ts'
import { termsPresets } from './terms-presets.ts'

const named = (language: 'zh-CN' | 'zh-TW' | 'en') =>
  standardTermsSet.flatMap(({ definition }) => partsNamedIn(definition, language).parts.map(({ name }) => name))

test('parts of the terms that a company starts with are named in its language', () => {
  expect(named('en').slice(-3)).toEqual(['Prepayment', 'After delivery', 'Retention'])
  expect(named('en').filter((name) => /\p{Script=Han}/u.test(name))).toEqual([])
  expect(named('zh-TW').slice(-3)).toEqual(['預付款', '到貨款', '保固款'])
  expect(named('zh-CN')).toEqual(standardTermsSet.flatMap(({ definition }) => definition.parts.map(({ name }) => name)))
})

test('what somebody has called a part stays, and nothing else changes', () => {
  const own = termsPresets.instalments([{ ...termsPresets.prepaid().parts[0]!, name: '首付' }])
  expect(partsNamedIn(own, 'en')).toEqual(own)
})
