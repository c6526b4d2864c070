/** 统一社会信用代码 (GB 32100-2015): 18 characters, the last one a check character, 9–17 the organisation code (GB 11714). */
export type UsccCheck =
  | { readonly ok: true; readonly warning?: 'organisationCode' }
  | { readonly ok: false; readonly reason: 'length' | 'character' | 'checkDigit' }

const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const ORGANISATION_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/**
 * Checks the shape and the check character. `code` must already be upper case without spaces (`normaliseUscc`).
 * Some old organisation codes fail their own inner check: that is a warning, never a refusal.
 */
export function checkUscc(code: string): UsccCheck {
  if (code.length !== 18) return { ok: false, reason: 'length' }
  if ([...code].some((char) => !CHARACTERS.includes(char))) return { ok: false, reason: 'character' }
  if (code[17] !== usccCheckCharacter(code)) return { ok: false, reason: 'checkDigit' }
  return code[16] === organisationCheckCharacter(code.slice(8, 16)) ? { ok: true } : { ok: true, warning: 'organisationCode' }
}

/** Full-width letters and digits to half width, upper case, without white space, invisible characters and hyphens: what people type or paste. */
export function normaliseUscc(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Pd}]/gu, '')
    .toUpperCase()
}

/** The 18th character that belongs to the first 17, which must be legal characters. */
export function usccCheckCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * CHARACTERS.indexOf(first17[i]!), 0)
  return CHARACTERS[(31 - (sum % 31)) % 31]!
}

/** The 9th character of an organisation code (GB 11714) that belongs to its first 8. */
export function organisationCheckCharacter(first8: string): string {
  const sum = ORGANISATION_WEIGHTS.reduce((total, weight, i) => total + weight * ORGANISATION_CHARACTERS.indexOf(first8[i]!), 0)
  const check = 11 - (sum % 11)
  return check === 10 ? 'X' : check === 11 ? '0' : String(check)
}
