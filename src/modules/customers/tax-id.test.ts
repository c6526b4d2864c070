import { describe, expect, test } from 'vitest'
import { checkTaxId } from './tax-id.ts'

describe('the tax id of a customer', () => {
  test.each([
    ['a valid code', '91350100M000100Y43', null, { kind: 'uscc' }],
    ['typed with spaces, full width, lower case', ' ９1350100m000100y43 ', 'CN', { kind: 'uscc', taxId: '91350100M000100Y43' }],
    ['a wrong check digit', '91350100M000100Y44', null, { refused: 'customers.usccCheckDigit' }],
    ['a letter that the code does not use', '91350100I000100Y43', 'CN', { refused: 'customers.usccCharacter' }],
    ['the identity number of a sole trader', '11010519491231002X', 'CN', { kind: 'personal' }],
    ['fifteen digits, as before 2015', '330206123456789', 'CN', { kind: 'old', warning: 'customers.taxIdOld' }],
    ['an unusual length', '12345', null, { warning: 'customers.taxIdLength' }],
    ['abroad nothing is judged', 'DE 811 569 869', 'DE', { kind: 'other', taxId: 'DE 811 569 869' }],
    ['abroad, eighteen characters', '91350100M000100Y44', 'US', { kind: 'other' }],
  ] as const)('%s', (_, taxId, country, expected) => {
    const found = checkTaxId(taxId, country)
    expect(found).toMatchObject(expected)
    if (!('refused' in expected)) expect(found.refused).toBeUndefined()
  })
})
