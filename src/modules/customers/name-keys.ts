import { simplified } from './traditional-characters.ts'

/** What two spellings of one name have in common. `exact`: the same name however it was typed; `loose`: also without legal form. */
export type NameKeys = { readonly exactKey: string; readonly looseKey: string }

/** Legal forms, longest first. A name that is nothing but a legal form keeps it. */
const LEGAL_FORMS = [
  '股份有限责任公司', '有限责任公司', '股份有限公司', '集团有限公司', '有限合伙企业', '有限公司', '股份公司', '集团公司', '个体工商户', '总公司', '集团', '公司',
  'companylimited', 'incorporated', 'corporation', 'coltd', 'limited', 'gmbh', 'pteltd', 'ptyltd', 'inc', 'corp', 'ltd', 'llc', 'plc', 'company', 'co',
] as const // biome-ignore format: a list
const LONGEST_FORM_ROUNDS = 3

/**
 * 客户名称标准化. Full width to half width (NFKC), invisible and direction-changing characters gone, case folded, traditional to simplified, brackets and
 * punctuation gone; the loose key is also without 有限公司, Co., Ltd. and the like. Only for comparing: the name itself is kept as it was typed (T51).
 */
export function nameKeys(name: string): NameKeys {
  const folded = simplified(name.normalize('NFKC')).normalize('NFKC').toLowerCase()
  const exactKey = folded.replace(/[^\p{L}\p{N}]/gu, '') || folded.replace(/[\s\p{Cf}]/gu, '')
  return { exactKey, looseKey: withoutLegalForm(exactKey) }
}

function withoutLegalForm(key: string): string {
  let rest = key
  for (let round = 0; round < LONGEST_FORM_ROUNDS; round += 1) {
    const form = LEGAL_FORMS.find((candidate) => rest.endsWith(candidate) && rest.length > candidate.length + 1)
    if (form === undefined) break
    rest = rest.slice(0, -form.length)
  }
  return rest
}
