import { expect, test } from 'vitest'
import { standardTermsSet } from '../../../modules/terms/standard-terms.ts'
import { termsPresets } from '../../../modules/terms/terms-presets.ts'
import { definitionOf, valuesOf } from './terms-values.ts'

test.each([
  ...standardTermsSet.map((terms) => [terms.code, terms.definition] as const),
  ['rolling', termsPresets.rollingBatches(2)] as const,
  ['pay day', termsPresets.payDayAfterDays(25, 30)] as const,
])('%s survives the form unchanged', (code, definition) => {
  expect(definitionOf(valuesOf({ code, name: code, status: 'active', definition }))).toEqual(definition)
})
test('a discount survives', () => {
  const definition = {
    ...termsPresets.daysAfterDelivery(30),
    earlyPaymentDiscount: { percent: '2', withinDays: 10, on: 'gross', partPayment: 'none' },
  } as const
  expect(definitionOf(valuesOf({ code: 'a', name: 'a', status: 'active', definition }))).toEqual(definition)
})
