import type { PaymentTerms } from './payment-terms.ts'
import { daysAfter, retentionPart, termsPresets } from './terms-presets.ts'

/** The terms a company starts with; all of them can be changed or disabled. Names in the company's language. */
export const standardTermsSet: readonly { readonly code: string; readonly names: Readonly<Record<string, string>>; readonly definition: PaymentTerms }[] = [
  { code: 'PREPAID', names: { 'zh-CN': '款到发货', 'zh-TW': '款到發貨', en: 'Prepaid' }, definition: termsPresets.prepaid() },
  { code: 'COD', names: { 'zh-CN': '货到付款', 'zh-TW': '貨到付款', en: 'On delivery' }, definition: termsPresets.cashOnDelivery() },
  { code: 'NET30', names: { 'zh-CN': '货到 30 天', 'zh-TW': '貨到 30 天', en: '30 days after delivery' }, definition: termsPresets.daysAfterDelivery(30) },
  { code: 'NET60', names: { 'zh-CN': '货到 60 天', 'zh-TW': '貨到 60 天', en: '60 days after delivery' }, definition: termsPresets.daysAfterDelivery(60) },
  { code: 'INV30', names: { 'zh-CN': '票到 30 天', 'zh-TW': '票到 30 天', en: '30 days after the invoice arrives' }, definition: termsPresets.daysAfterInvoiceReceived(30) },
  { code: 'EOM30', names: { 'zh-CN': '月结 30 天（月末起算）', 'zh-TW': '月結 30 天（月底起算）', en: '30 days from month end' }, definition: termsPresets.monthEndPlusDays(30) },
  { code: 'EOM25', names: { 'zh-CN': '月结，次月 25 日付款', 'zh-TW': '月結，次月 25 日付款', en: '25th of the next month' }, definition: termsPresets.monthsThenPayDay(1, 25) },
  { code: 'P361', names: { 'zh-CN': '3-6-1 分期（含质保金）', 'zh-TW': '3-6-1 分期（含保固款）', en: '30-60-10 with retention' }, definition: instalments() },
] // biome-ignore format: one line a set of terms

function instalments(): PaymentTerms {
  return termsPresets.instalments([
    { name: '预付款', share: { percent: '30' }, rule: { ...daysAfter('order', 0), beforeDelivery: true } },
    { name: '到货款', share: { percent: '60' }, rule: daysAfter('delivery', 30) },
    retentionPart('质保金', '10', 12),
  ])
}
