import { expect, test } from 'vitest'
import { validateTerms } from './payment-terms.ts'
import { standardTermsSet } from './standard-terms.ts'

test.each(standardTermsSet.map((terms) => [terms.code, terms] as const))(
  '%s can be used and is named in three languages',
  (_, { definition, names }) => {
    expect(validateTerms(definition)).toEqual([])
    expect(Object.keys(names)).toEqual(['zh-CN', 'zh-TW', 'en'])
  },
)
