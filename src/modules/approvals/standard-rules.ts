import type { ApprovalRule } from './approval-rule.ts'

/** The rules with which a company starts; all of them can be changed or switched off. Amounts in the base currency. */
export const standardRules: readonly Omit<ApprovalRule, 'id' | 'position'>[] = [
  { kind: 'order', name: 'credit hold', conditions: { creditResults: ['hold'] }, steps: [{ role: 'financeManager' }] },
  { kind: 'order', name: 'large order', conditions: { amountFrom: '500000', withinDays: 7 }, steps: [{ role: 'salesManager' }] },
  { kind: 'creditLimit', name: 'credit limit', conditions: {}, steps: [{ role: 'financeManager' }] },
  { kind: 'writeOff', name: 'write-off', conditions: {}, steps: [{ role: 'financeManager' }] },
]

/** Their names in the language of the company. */
export const standardRuleNames: { readonly [language: string]: Readonly<Record<string, string>> } = {
  'zh-CN': {
    'credit hold': '信用检查不通过的订单',
    'large order': '大额订单（7 天内同一客户合计）',
    'credit limit': '信用额度调整',
    'write-off': '坏账核销',
  },
  'zh-TW': {
    'credit hold': '信用檢核未通過的訂單',
    'large order': '大額訂單（7 天內同一客戶合計）',
    'credit limit': '信用額度調整',
    'write-off': '沖銷呆帳',
  },
  en: {
    'credit hold': 'Orders on credit hold',
    'large order': 'Large orders (same customer within 7 days)',
    'credit limit': 'Credit limit changes',
    'write-off': 'Write-offs',
  },
}
