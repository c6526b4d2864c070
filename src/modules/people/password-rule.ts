const PASSWORD_LEAST = 10
const PASSWORD_MOST = 128

/** Beginnings and whole words that every list of stolen passwords starts with, of ten characters or more once digits and signs are taken off their end. */
const COMMON = [
  'password',
  'passw0rd',
  'p@ssw0rd',
  'p@ssword',
  'qwertyuiop',
  'qwerty',
  '1q2w3e4r',
  '1qaz2wsx',
  'qazwsx',
  'asdfghjkl',
  'zxcvbnm',
  'iloveyou',
  'woaini',
  'wangluo',
  'letmein',
  'welcome',
  'administrator',
  'admin',
  'changeme',
  'football',
  'baseball',
  'superman',
  'sunshine',
  'princess',
  'dragon',
  'monkey',
  'computer',
  'internet',
  'huikuan',
  'abcdefghij',
  'abc',
  'abcd',
  'test',
  'temp',
  'default',
  'secret',
]
const ROWS = ['01234567890123456789', '09876543210987654321', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm']

/**
 * Why a password is refused, as the code of a sentence; undefined when it is good. Length counts, composition rules do not (NIST SP 800-63B 5.1.1.2):
 * 10 characters, none of the common ones, no single character repeated, no keyboard row, not the person's own name or e-mail.
 */
export function passwordWeakness(
  password: string,
  own: readonly string[] = [],
): 'people.passwordTooShort' | 'people.passwordTooLong' | 'people.passwordCommon' | 'people.passwordOwn' | undefined {
  const length = [...password].length
  if (length < PASSWORD_LEAST) return 'people.passwordTooShort'
  if (length > PASSWORD_MOST) return 'people.passwordTooLong'
  const plain = password.toLowerCase()
  const bare = plain.replace(/[^\p{L}]+$/u, '').replace(/^[^\p{L}]+/u, '')
  if (new Set(plain).size < 4 || COMMON.includes(plain) || COMMON.includes(bare) || COMMON.includes(plain.replace(/\d+$/, '')))
    return 'people.passwordCommon'
  if (ROWS.some((row) => row.includes(plain)) || isRepeated(plain)) return 'people.passwordCommon'
  const words = own.flatMap((text) => text.toLowerCase().split(/[@\s]/)).filter((word) => word.length >= 5)
  return words.some((word) => plain.includes(word)) && length < 16 ? 'people.passwordOwn' : undefined
}

/** abcabcabcabc, 1212121212 */
function isRepeated(text: string): boolean {
  return /^(.{1,4})\1{2,}.{0,3}$/u.test(text)
}
