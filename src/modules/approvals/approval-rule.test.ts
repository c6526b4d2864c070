import { describe, expect, test } from 'vitest'
import { day } from '../../kernel/day.ts'
import type { Role } from '../people/roles.ts'
import { type ApprovalFacts, type ApprovalRule, cumulativeAmount, neededSteps, ruleIssues } from './approval-rule.ts'

const rule = (name: string, position: number, conditions: ApprovalRule['conditions'], ...roles: Role[]): ApprovalRule => ({
  id: name,
  kind: 'order',
  position,
  name,
  conditions,
  steps: roles.map((role) => ({ role })),
})
const rules = [
  rule('class C', 3, { customerClasses: ['C'] }, 'arAccountant'),
  rule('large', 1, { amountFrom: '10000' }, 'salesManager', 'financeManager'),
  rule('held', 2, { creditResults: ['hold'] }, 'financeManager'),
]
const facts: ApprovalFacts = { amountBase: 9_999_00n, on: day('2026-11-21'), customerClass: 'A', creditResult: 'pass' }
const needed = (change: Partial<ApprovalFacts>) =>
  neededSteps(rules, { ...facts, ...change }, 'CNY').map((step) => `${step.role}: ${step.rules.join(', ')}`)

describe('neededSteps', () => {
  test.each<[string, Partial<ApprovalFacts>, string[]]>([
    ['a small order passes by rule', {}, []],
    ['one cent below the bound', { amountBase: 9_999_99n }, []],
    ['the bound itself', { amountBase: 10_000_00n }, ['salesManager: large', 'financeManager: large']],
    ['held by credit', { creditResult: 'hold' }, ['financeManager: held']],
    [
      'large and held: a role is asked once, for both',
      { amountBase: 10_000_00n, creditResult: 'hold' },
      ['salesManager: large', 'financeManager: large, held'],
    ],
    ['class C', { customerClass: 'C' }, ['arAccountant: class C']],
    ['no class known', { customerClass: null }, []],
  ])('%s', (_, change, expected) => {
    expect(needed(change)).toEqual(expected)
  })
  test('ten orders of 9,999 in a week count as one', () => {
    const cumulative = [rule('large', 1, { amountFrom: '10000', withinDays: 7 }, 'financeManager')]
    const recent = Array.from({ length: 9 }, () => ({ amountBase: 9_999_00n, on: day('2026-11-20') }))
    expect(neededSteps(cumulative, { ...facts, recent }, 'CNY')).toEqual([{ role: 'financeManager', rules: ['large'] }])
    expect(neededSteps(cumulative, { ...facts, recent: recent.map((one) => ({ ...one, on: day('2026-11-14') })) }, 'CNY')).toEqual([])
  })
  test('the window of days includes its first day and today', () => {
    const on = (text: string) => ({ amountBase: 1n, on: day(text) })
    expect(
      cumulativeAmount({ ...facts, amountBase: 0n, recent: [on('2026-11-14'), on('2026-11-15'), on('2026-11-21'), on('2026-11-22')] }, 7),
    ).toBe(2n)
  })
})

test.each<[string, Partial<ApprovalRule>, string[]]>([
  ['a good rule', {}, []],
  ['an amount as exponent', { conditions: { amountFrom: '1e4' } }, ['conditions.amountFrom approvals.amount']],
  ['an empty range', { conditions: { amountFrom: '100', amountBelow: '100' } }, ['conditions.amountBelow approvals.amountsCrossed']],
  ['half a day', { conditions: { withinDays: 0.5 } }, ['conditions.withinDays approvals.withinDays']],
  ['no name', { name: ' ' }, ['name approvals.nameMissing']],
  ['no step', { steps: [] }, ['steps approvals.stepsMissing']],
  ['a role twice', { steps: [{ role: 'financeManager' }, { role: 'financeManager' }] }, ['steps approvals.roleTwice']],
  ['a role that may not decide', { steps: [{ role: 'auditor' }] }, ['steps.0.role approvals.roleCannotDecide']],
])('ruleIssues: %s', (_, change, issues) => {
  expect(
    ruleIssues({ ...rules[1]!, ...change }, 'CNY', ['financeManager', 'salesManager']).map((issue) => `${issue.path} ${issue.code}`),
  ).toEqual(issues)
})
