import { addDays, type Day } from '../../kernel/day.ts'
import { parseMinor } from '../../kernel/money.ts'
import type { Issue } from '../../kernel/problem.ts'

export const approvalKinds = ['order', 'creditLimit', 'creditOverride', 'receipt', 'writeOff', 'shortPayment', 'terms'] as const
export type ApprovalKind = (typeof approvalKinds)[number]

/** 审批规则 as data. Every condition that is given must hold; amounts are decimal text in base currency, from included, below excluded. */
export type ApprovalRule = {
  readonly id: string
  readonly kind: ApprovalKind
  readonly position: number
  readonly name: string
  readonly conditions: ApprovalConditions
  /** Who must say yes, one after the other. No steps: the rule itself says yes. */
  readonly steps: readonly ApprovalStep[]
}
export type ApprovalConditions = {
  readonly amountFrom?: string
  readonly amountBelow?: string
  readonly customerClasses?: readonly string[]
  readonly creditResults?: readonly ('pass' | 'warn' | 'hold')[]
  /** Count the customer's requests of the last so many days into the amount, so that a split order is seen whole. */
  readonly cumulativeDays?: number
}
export type ApprovalStep = { readonly role: string }

/** What is asked for. `amount` in minor units of the base currency; `recent` = the same customer's other live requests of this kind. */
export type ApprovalSubject = {
  readonly kind: ApprovalKind
  readonly amount: bigint
  readonly baseCurrency: string
  readonly on: Day
  readonly customerClass?: string | undefined
  readonly creditResult?: 'pass' | 'warn' | 'hold' | undefined
  readonly recent?: readonly { readonly amount: bigint; readonly on: Day }[]
}
export type ApprovalAnswer = { readonly steps: readonly ApprovalStep[]; readonly rules: readonly string[] }

const MOST_STEPS = 10
const MOST_DAYS = 366

/**
 * The steps a subject needs: those of the first rule that fits (by position), or of all that fit, a role never twice. `fallback` is used when no
 * rule of the kind fits: silence must not mean consent.
 */
export function approvalSteps(
  rules: readonly ApprovalRule[],
  subject: ApprovalSubject,
  mode: 'firstMatch' | 'allMatching' = 'firstMatch',
  fallback: readonly ApprovalStep[] = [{ role: 'financeManager' }],
): ApprovalAnswer {
  const fitting = rules
    .filter((rule) => rule.kind === subject.kind && fits(rule.conditions, subject))
    .sort((a, b) => a.position - b.position)
  const used = mode === 'firstMatch' ? fitting.slice(0, 1) : fitting
  if (used.length === 0) return { steps: fallback, rules: [] }
  const roles = new Set(used.flatMap((rule) => rule.steps.map((step) => step.role)))
  return { steps: [...roles].map((role) => ({ role })), rules: used.map((rule) => rule.id) }
}

/** The amount with the customer's other requests of the last `days` days (today included): ten orders of 9,999 are one of 99,990. */
export function cumulativeAmount(subject: ApprovalSubject, days: number): bigint {
  const from = addDays(subject.on, -(days - 1))
  const counted = (subject.recent ?? []).filter((one) => from <= one.on && one.on <= subject.on)
  return counted.reduce((sum, one) => sum + one.amount, subject.amount)
}

/** Every fault of a rule, with its path. */
export function approvalRuleIssues(rule: ApprovalRule, baseCurrency: string): Issue[] {
  const { amountFrom, amountBelow, cumulativeDays } = rule.conditions
  const issues: Issue[] = []
  const from = amountFrom === undefined ? 0n : parseMinor(amountFrom, baseCurrency)
  const below = amountBelow === undefined ? undefined : parseMinor(amountBelow, baseCurrency)
  if (from === undefined || from < 0n) issues.push({ path: 'conditions.amountFrom', code: 'approvals.amount' })
  if (amountBelow !== undefined && below === undefined) issues.push({ path: 'conditions.amountBelow', code: 'approvals.amount' })
  if (from !== undefined && below !== undefined && below <= from)
    issues.push({ path: 'conditions.amountBelow', code: 'approvals.amountsCrossed' })
  if (cumulativeDays !== undefined && !(Number.isInteger(cumulativeDays) && cumulativeDays >= 1 && cumulativeDays <= MOST_DAYS)) {
    issues.push({ path: 'conditions.cumulativeDays', code: 'approvals.cumulativeDays', params: { most: MOST_DAYS } })
  }
  if (rule.name.trim() === '') issues.push({ path: 'name', code: 'approvals.nameMissing' })
  if (rule.steps.length > MOST_STEPS) issues.push({ path: 'steps', code: 'approvals.tooManySteps', params: { most: MOST_STEPS } })
  if (new Set(rule.steps.map((step) => step.role)).size < rule.steps.length) issues.push({ path: 'steps', code: 'approvals.roleTwice' })
  return issues
}

function fits(conditions: ApprovalConditions, subject: ApprovalSubject): boolean {
  const { amountFrom, amountBelow, customerClasses, creditResults, cumulativeDays } = conditions
  const amount = cumulativeDays === undefined ? subject.amount : cumulativeAmount(subject, cumulativeDays)
  const minor = (text: string) => parseMinor(text, subject.baseCurrency) ?? 0n
  return (
    (amountFrom === undefined || amount >= minor(amountFrom)) &&
    (amountBelow === undefined || amount < minor(amountBelow)) &&
    (customerClasses === undefined || (subject.customerClass !== undefined && customerClasses.includes(subject.customerClass))) &&
    (creditResults === undefined || (subject.creditResult !== undefined && creditResults.includes(subject.creditResult)))
  )
}
