import type { PaymentTerms } from './payment-terms.ts'

/** What the parts of presets and of the terms that a company starts with are called, by the name that they have there. */
const partNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  全款: { 'zh-CN': '全款', 'zh-TW': '全款', en: 'In full' },
  预付款: { 'zh-CN': '预付款', 'zh-TW': '預付款', en: 'Prepayment' },
  到货款: { 'zh-CN': '到货款', 'zh-TW': '到貨款', en: 'After delivery' },
  质保金: { 'zh-CN': '质保金', 'zh-TW': '保固款', en: 'Retention' },
}

/** The same terms, their parts named in a language; names that somebody has given stay. */
export function partsNamedIn(terms: PaymentTerms, language: string): PaymentTerms {
  return { ...terms, parts: terms.parts.map((part) => ({ ...part, name: partNames[part.name]?.[language] ?? part.name })) }
}
