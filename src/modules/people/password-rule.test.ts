import { describe, expect, it } from 'vitest'
import { passwordWeakness } from './password-rule.ts'

describe('a password', () => {
  it.each([
    ['short12', 'people.passwordTooShort'],
    ['九个字的密码还不够', 'people.passwordTooShort'],
    ['x'.repeat(129), 'people.passwordTooLong'],
    ['aaaaaaaaaaaa', 'people.passwordCommon'],
    ['password123', 'people.passwordCommon'],
    ['Password2026!', 'people.passwordCommon'],
    ['1234567890', 'people.passwordCommon'],
    ['qwertyuiop', 'people.passwordCommon'],
    ['abcabcabcabc', 'people.passwordCommon'],
    ['huikuan2026', 'people.passwordCommon'],
    ['chenwei-2026', 'people.passwordOwn'],
  ])('%s is refused: %s', (password, code) => {
    expect(passwordWeakness(password, ['chenwei@example.com', '陈伟'])).toBe(code)
  })

  it.each(['tin lamp river', 'correct horse battery', '应收回款二零二六年秋', 'k7#pWq2!zR', 'chenwei likes long walks'])(
    '%s is good',
    (password) => {
      expect(passwordWeakness(password, ['chenwei@example.com'])).toBeUndefined()
    },
  )
})
