import { describe, expect, test } from 'vitest'
import { type ApprovalConditions, type ApprovalFacts, type ApprovalRule, neededSteps, ruleIssues, ruleMatches } from './approval-rule.ts'

const rule = (position: number, conditions: ApprovalConditions, ...roles: ApprovalRule['steps'][number]['role'][]): ApprovalRule => ({
  id: `rule ${position}`, kind: 'order', position, name: `rule ${position}`, conditions, steps: roles.map((role) => ({ role })),
})

describe('a rule matches when', () => {
  const cases: [string, ApprovalConditions, ApprovalFacts, boolean][] = [
    ['it names nothing', {}, { amountBase: 1n }, true],
    ['the amount is reached exactly', { amountFrom: '500000' }, { amountBase: 50_000_000n }, true],
    ['not a cent below', { amountFrom: '500000' }, { amountBase: 49_999_999n }, false],
    ['split orders add up', { amountFrom: '1000', withinDays: 7 }, { amountBase: 10_000n, recent: [{ daysAgo: 0, amountBase: 50_000n }, { daysAgo: 6, amountBase: 40_000n }] }, true],
    ['but only within its days', { amountFrom: '1000', withinDays: 7 }, { amountBase: 10_000n, recent: [{ daysAgo: 7, amountBase: 900_000n }] }, false],
    ['and not where it does not add up', { amountFrom: '1000' }, { amountBase: 10_000n, recent: [{ daysAgo: 0, amountBase: 900_000n }] }, false],
    ['the customer class is named', { customerClasses: ['C', 'D'] }, { amountBase: 1n, customerClass: 'C' }, true],
    ['not another class', { customerClasses: ['C'] }, { amountBase: 1n, customerClass: 'A' }, false],
    ['not an unknown class', { customerClasses: ['C'] }, { amountBase: 1n, customerClass: null }, false],
    ['the credit result is named', { creditResults: ['hold', 'warn'] }, { amountBase: 1n, creditResult: 'warn' }, true],
    ['not without a credit check', { creditResults: ['hold'] }, { amountBase: 1n }, false],
    ['every condition must hold', { amountFrom: '1', creditResults: ['hold'] }, { amountBase: 100n, creditResult: 'pass' }, false],
  ]
  test.each(cases)('%s', (_, conditions, facts, expected) => {
    expect(ruleMatches(conditions, facts, 'CNY')).toBe(expected)
  })
})

test('steps of all matching rules follow the rules’ order, each role once, and say which rules asked', () => {
  const rules = [rule(20, {}, 'salesManager', 'financeManager'), rule(10, {}, 'financeManager'), rule(30, { amountFrom: '9' }, 'administrator')]
  expect(neededSteps(rules, { amountBase: 1n }, 'CNY')).toEqual([
    { role: 'financeManager', rules: ['rule 10', 'rule 20'] },
    { role: 'salesManager', rules: ['rule 20'] },
  ])
  expect(neededSteps([rule(1, { amountFrom: '9' }, 'financeManager')], { amountBase: 1n }, 'CNY')).toEqual([])
})

test('faults of a rule are named by field', () => {
  const wrong = { kind: 'order' as const, name: 'x', conditions: { amountFrom: '1.234', withinDays: 99 }, steps: [{ role: 'financeManager' as const }, { role: 'financeManager' as const }, { role: 'auditor' as const }] }
  expect(ruleIssues(wrong, 'CNY', ['financeManager']).map(({ path, code }) => [path, code])).toEqual([
    ['conditions.amountFrom', 'approvals.amountFrom'],
    ['conditions.withinDays', 'approvals.withinDays'],
    ['steps.1.role', 'approvals.roleTwice'],
    ['steps.2.role', 'approvals.roleDecidesNothing'],
  ])
  expect(ruleIssues({ ...wrong, conditions: {}, steps: [] }, 'CNY', [])).toHaveLength(1)
})
