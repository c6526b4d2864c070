import { checkUscc, normaliseUscc } from '../../kernel/uscc.ts'

/** What a tax id turned out to be. `warning` is shown beside the field, `refused` stops the save. Codes are of `customers.problems`. */
export type TaxIdCheck = {
  readonly taxId: string
  readonly kind: 'uscc' | 'personal' | 'old' | 'other'
  readonly warning?: string
  readonly refused?: string
}

const PERSONAL_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const PERSONAL_CHECK = '10X98765432'

/**
 * 税号 of a customer. A customer in mainland China with 18 characters claims a 统一社会信用代码: a wrong one is refused (the invoice would be refused
 * later), unless it is a valid resident identity number (个体户 invoice under it). 15 and 20 characters are the forms before 2015: kept with a
 * warning, like any other length. Customers elsewhere are not judged.
 */
export function checkTaxId(text: string, country: string | null): TaxIdCheck {
  const taxId = normaliseUscc(text)
  if (country !== null && country !== 'CN') return { taxId: text.normalize('NFKC').trim(), kind: 'other' }
  if (taxId.length === 18) {
    const uscc = checkUscc(taxId)
    if (uscc.ok) return { taxId, kind: 'uscc', ...(uscc.warning ? { warning: 'customers.usccOrganisationCode' } : {}) }
    return isPersonalId(taxId)
      ? { taxId, kind: 'personal' }
      : { taxId, kind: 'uscc', refused: uscc.reason === 'character' ? 'customers.usccCharacter' : 'customers.usccCheckDigit' }
  }
  const isOld = /^[0-9A-Z]{15}$|^[0-9A-Z]{20}$/.test(taxId)
  return { taxId, kind: isOld ? 'old' : 'other', warning: isOld ? 'customers.taxIdOld' : 'customers.taxIdLength' }
}

/** 公民身份号码 (GB 11643): 17 digits and a check character. */
function isPersonalId(id: string): boolean {
  if (!/^\d{17}[\dX]$/.test(id)) return false
  const sum = PERSONAL_WEIGHTS.reduce((total, weight, i) => total + weight * Number(id[i]), 0)
  return PERSONAL_CHECK[sum % 11] === id[17]
}
