import { describe, expect, test } from 'vitest'
import { day } from '../../kernel/day.ts'
import { type ApprovalRule, type ApprovalSubject, approvalRuleIssues, approvalSteps, cumulativeAmount } from './approval-rule.ts'

const rule = (id: string, position: number, conditions: ApprovalRule['conditions'], ...roles: string[]): ApprovalRule => ({
  id,
  kind: 'order',
  position,
  name: id,
  conditions,
  steps: roles.map((role) => ({ role })),
})
const rules = [
  rule('large', 1, { amountFrom: '10000' }, 'salesManager', 'financeManager'),
  rule('held', 2, { creditResults: ['hold'] }, 'financeManager'),
  rule('class C', 3, { customerClasses: ['C'] }, 'arAccountant'),
  rule('small', 9, { amountBelow: '10000' }),
]
const subject: ApprovalSubject = {
  kind: 'order',
  amount: 9_999_00n,
  baseCurrency: 'CNY',
  on: day('2026-11-21'),
  customerClass: 'A',
  creditResult: 'pass',
}
const roles = (change: Partial<ApprovalSubject>, mode?: 'firstMatch' | 'allMatching') =>
  approvalSteps(rules, { ...subject, ...change }, mode).steps.map((step) => step.role)

describe('approvalSteps', () => {
  test.each<[string, Partial<ApprovalSubject>, string[]]>([
    ['a small order passes by rule', {}, []],
    ['one cent below the bound', { amount: 9_999_99n }, []],
    ['the bound itself', { amount: 10_000_00n }, ['salesManager', 'financeManager']],
    ['held by credit', { creditResult: 'hold' }, ['financeManager']],
    ['large and held: the first rule only', { amount: 10_000_00n, creditResult: 'hold' }, ['salesManager', 'financeManager']],
    ['class C', { customerClass: 'C' }, ['arAccountant']],
    ['no class known', { customerClass: undefined }, []],
    ['nothing fits the kind: never silently', { kind: 'writeOff' }, ['financeManager']],
  ])('%s', (_, change, expected) => {
    expect(roles(change)).toEqual(expected)
  })
  test('all matching: every rule, a role once, in order of position', () => {
    expect(roles({ amount: 10_000_00n, creditResult: 'hold', customerClass: 'C' }, 'allMatching')).toEqual([
      'salesManager',
      'financeManager',
      'arAccountant',
    ])
  })
  test('ten orders of 9,999 in a week count as one', () => {
    const cumulative = [rule('large', 1, { amountFrom: '10000', cumulativeDays: 7 }, 'financeManager'), rule('small', 2, {})]
    const recent = Array.from({ length: 9 }, () => ({ amount: 9_999_00n, on: day('2026-11-20') }))
    expect(approvalSteps(cumulative, { ...subject, recent }).rules).toEqual(['large'])
    expect(approvalSteps(cumulative, { ...subject, recent: recent.map((one) => ({ ...one, on: day('2026-11-14') })) }).rules).toEqual([
      'small',
    ])
  })
  test('the window of days includes its first day and today', () => {
    const on = (text: string) => ({ amount: 1n, on: day(text) })
    expect(
      cumulativeAmount({ ...subject, amount: 0n, recent: [on('2026-11-14'), on('2026-11-15'), on('2026-11-21'), on('2026-11-22')] }, 7),
    ).toBe(2n)
  })
})

test.each<[string, Partial<ApprovalRule>, string[]]>([
  ['a good rule', {}, []],
  ['an amount as exponent', { conditions: { amountFrom: '1e4' } }, ['conditions.amountFrom approvals.amount']],
  ['an empty range', { conditions: { amountFrom: '100', amountBelow: '100' } }, ['conditions.amountBelow approvals.amountsCrossed']],
  ['a window of no days', { conditions: { cumulativeDays: 0 } }, ['conditions.cumulativeDays approvals.cumulativeDays']],
  ['no name', { name: ' ' }, ['name approvals.nameMissing']],
  ['a role twice', { steps: [{ role: 'x' }, { role: 'x' }] }, ['steps approvals.roleTwice']],
])('approvalRuleIssues: %s', (_, change, issues) => {
  expect(approvalRuleIssues({ ...rules[0]!, ...change }, 'CNY').map((issue) => `${issue.path} ${issue.code}`)).toEqual(issues)
})
