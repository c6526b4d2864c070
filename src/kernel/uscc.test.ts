import { describe, expect, test } from 'vitest'
import { checkUscc, normaliseUscc, usccCheckCharacter } from './uscc.ts'

describe('checkUscc', () => {
  test.each<[string, string, ReturnType<typeof checkUscc>]>([
    ['a company on the stock exchange', '91440300708461136T', { ok: true }],
    ['another one', '91110000802100433B', { ok: true }],
    ['too short', '9144030070846113', { ok: false, reason: 'length' }],
    ['the letter I is not used', '9144030070846113IT', { ok: false, reason: 'character' }],
    ['lower case is not normalised here', '91440300708461136t', { ok: false, reason: 'character' }],
    ['one digit mistyped', '91440300708461137T', { ok: false, reason: 'checkDigit' }],
    ['two digits swapped', '91440300708416136T', { ok: false, reason: 'checkDigit' }],
  ])('%s', (_, code, result) => {
    expect(checkUscc(code)).toEqual(result)
  })
  test('an inner check that fails is only a warning', () => {
    const first17 = '91440300708461137'
    expect(checkUscc(first17 + usccCheckCharacter(first17))).toEqual({ ok: true, warning: 'organisationCode' })
  })
  test('every single wrong character is found', () => {
    const good = '91440300708461136T'
    for (let i = 0; i < 18; i++) {
      for (const char of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
        if (char !== good[i]) expect(checkUscc(good.slice(0, i) + char + good.slice(i + 1)).ok).toBe(false)
      }
    }
  })
})

test('what people paste is made comparable', () => {
  expect(normaliseUscc(' ９１440300 708461136t\u200b')).toBe('91440300708461136T')
})
