import type { DueRule, PaymentTerms, TermsPart } from './payment-terms.ts'

/** The kinds of terms that people know by name, each as the data it means. Forms start from these; nothing stores the name. */
export const termsPresets = {
  /** 款到发货 */
  prepaid: () => single({ baseDate: 'order', countFrom: 'baseDate', period: { count: 0, unit: 'day' }, beforeDelivery: true }),
  /** 现结、货到付款 */
  cashOnDelivery: () => single(daysAfter('delivery', 0)),
  /** 货到 N 天 */
  daysAfterDelivery: (days: number) => single(daysAfter('delivery', days)),
  /** 票到 N 天 */
  daysAfterInvoiceReceived: (days: number, transitDays = 5) => single(daysAfter('invoiceReceived', days), transitDays),
  /** 开票后 N 天 */
  daysAfterInvoice: (days: number) => single(daysAfter('invoice', days)),
  /** 月结 N 天: from the cut-off day (31 = month end) that follows delivery */
  monthEndPlusDays: (days: number, cutOffDay = 31) =>
    single({ baseDate: 'delivery', countFrom: 'cutOff', cutOffDay, period: { count: days, unit: 'day' } }),
  /** 月结 k 月 P 日 */
  monthsThenPayDay: (months: number, payDay: number, cutOffDay = 31) =>
    single({ baseDate: 'delivery', countFrom: 'cutOff', cutOffDay, period: { count: months, unit: 'month' }, payDay }),
  /** 季结 N 天 */
  quarterEndPlusDays: (days: number) => single({ baseDate: 'delivery', countFrom: 'quarterEnd', period: { count: days, unit: 'day' } }),
  /** 固定付款日: the next day P at least M days after delivery */
  payDayAfterDays: (payDay: number, atLeastDays: number) => single({ ...daysAfter('delivery', atLeastDays), payDay }),
  /** 压 k 批: a delivery is due when the k-th delivery after it arrives */
  rollingBatches: (batches: number) => single({ ...daysAfter('nextDelivery', 0), batches }),
  /** 分期、里程碑, for example 3-6-1 */
  instalments: (parts: readonly TermsPart[]): PaymentTerms => ({ ...base, parts }),
}

/** 质保金: the last part, due when the warranty that starts with acceptance is over. */
export function retentionPart(name: string, percent: string, warrantyMonths: number): TermsPart {
  const rule: DueRule = { baseDate: 'acceptance', countFrom: 'baseDate', period: { count: warrantyMonths, unit: 'month' } }
  return { name, share: { percent }, rule, retention: true }
}

/** A part due `days` days after an event. */
export function daysAfter(baseDate: DueRule['baseDate'], days: number): DueRule {
  return { baseDate, countFrom: 'baseDate', period: { count: days, unit: 'day' } }
}

const base = { parts: [], roll: 'next', calendar: 'cn', transitDays: 5 } as const

function single(rule: DueRule, transitDays: number = base.transitDays): PaymentTerms {
  return { ...base, transitDays, parts: [{ name: '全款', share: { percent: '100' }, rule }] }
}
