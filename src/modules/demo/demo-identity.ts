import { organisationCheckCharacter, usccCheckCharacter } from '../../kernel/uscc.ts'
import type { Random } from './random.ts'

const ORGANISATION_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
/** Organisation codes of the demo begin so; those that are given out do not. */
const DEMO_MARK = 'DEM'

/** 统一社会信用代码 of a made-up company, with both check characters right (GB 32100, GB 11714). `adminCode`: six digits of its place. */
export function demoTaxId(adminCode: string, random: Random): string {
  const own = Array.from({ length: 5 }, () => ORGANISATION_CHARACTERS[random.int(0, ORGANISATION_CHARACTERS.length - 1)]).join('')
  const organisation = `${DEMO_MARK}${own}`
  const first17 = `91${adminCode}${organisation}${organisationCheckCharacter(organisation)}`
  return `${first17}${usccCheckCharacter(first17)}`
}

/** A bank account of 19 digits that passes the Luhn check (ISO/IEC 7812-1). The bank identifier 629999 is not given out. */
export function demoBankAccount(random: Random): string {
  const first18 = `629999${Array.from({ length: 12 }, () => random.int(0, 9)).join('')}`
  return `${first18}${luhnDigit(first18)}`
}

/** The digit that belongs behind these. */
export function luhnDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, char, index) => {
    const doubled = Number(char) * (index % 2 === 0 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return (10 - (sum % 10)) % 10
}

/** A landline whose local part begins with 0: no exchange in China has such numbers, so it reaches nobody. */
export function demoPhone(areaCode: string, random: Random): string {
  const local = String(random.int(0, 999_999)).padStart(6, '0')
  return `${areaCode}-00${areaCode.length === 3 ? local : local.slice(0, 5)}`
}
