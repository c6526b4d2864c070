import { addDays, type Day } from '../../kernel/day.ts'
import { parseMinor } from '../../kernel/money.ts'
import type { Issue } from '../../kernel/problem.ts'
import type { Role } from '../people/roles.ts'
import type { ApprovalKind } from './approval-events.ts'

/** 审批规则 as data. Every condition that is given must hold; amounts are decimal text in base currency, from included, below excluded. */
export type ApprovalRule = {
  readonly id: string
  readonly kind: ApprovalKind
  readonly position: number
  readonly name: string
  readonly conditions: ApprovalConditions
  /** Who must say yes, one after the other. */
  readonly steps: readonly { readonly role: Role }[]
}
type ApprovalConditions = {
  readonly amountFrom?: string | undefined
  readonly amountBelow?: string | undefined
  readonly customerClasses?: readonly string[] | undefined
  readonly creditResults?: readonly ('pass' | 'warn' | 'hold')[] | undefined
  /** Count what the same customer asked for in the last so many days into the amount, so that a split order is seen whole. */
  readonly withinDays?: number | undefined
}

/** What the rules look at. Minor units of the base currency; `recent` = the same customer's other live requests of this kind. */
export type ApprovalFacts = {
  readonly amountBase: bigint
  readonly on: Day
  readonly customerClass?: string | null | undefined
  readonly creditResult?: 'pass' | 'warn' | 'hold' | null | undefined
  readonly recent?: readonly { readonly amountBase: bigint; readonly on: Day }[]
}
/** One step of a request, with the names of the rules that asked for it. */
export type NeededStep = { readonly role: Role; readonly rules: readonly string[] }

const MOST_STEPS = 10
const MOST_DAYS = 31

/** The steps that all fitting rules together ask for, in order of position, a role only once. Empty: approved by rule. */
export function neededSteps(rules: readonly ApprovalRule[], facts: ApprovalFacts, baseCurrency: string): NeededStep[] {
  const askedBy = new Map<Role, string[]>()
  for (const rule of [...rules].sort((a, b) => a.position - b.position)) {
    if (!fits(rule.conditions, facts, baseCurrency)) continue
    for (const { role } of rule.steps) askedBy.set(role, [...(askedBy.get(role) ?? []), rule.name])
  }
  return [...askedBy].map(([role, names]) => ({ role, rules: names }))
}

/** The amount with the customer's other requests of the last `days` days (today included): ten orders of 9,999 are one of 99,990. */
export function cumulativeAmount(facts: ApprovalFacts, days: number): bigint {
  const from = addDays(facts.on, -Math.max(0, days - 1))
  const counted = days === 0 ? [] : (facts.recent ?? []).filter((one) => from <= one.on && one.on <= facts.on)
  return counted.reduce((sum, one) => sum + one.amountBase, facts.amountBase)
}

/** Every fault of a rule, with its path. `decidingRoles`: the roles that may decide at all. */
export function ruleIssues(rule: Omit<ApprovalRule, 'id' | 'position'>, baseCurrency: string, decidingRoles: readonly Role[]): Issue[] {
  const { amountFrom, amountBelow, withinDays } = rule.conditions
  const issues: Issue[] = []
  const from = amountFrom === undefined ? 0n : parseMinor(amountFrom, baseCurrency)
  const below = amountBelow === undefined ? undefined : parseMinor(amountBelow, baseCurrency)
  if (from === undefined || from < 0n) issues.push({ path: 'conditions.amountFrom', code: 'approvals.amount' })
  if (amountBelow !== undefined && below === undefined) issues.push({ path: 'conditions.amountBelow', code: 'approvals.amount' })
  if (from !== undefined && below !== undefined && below <= from)
    issues.push({ path: 'conditions.amountBelow', code: 'approvals.amountsCrossed' })
  if (withinDays !== undefined && !(Number.isInteger(withinDays) && withinDays >= 0 && withinDays <= MOST_DAYS)) {
    issues.push({ path: 'conditions.withinDays', code: 'approvals.withinDays', params: { most: MOST_DAYS } })
  }
  if (rule.name.trim() === '') issues.push({ path: 'name', code: 'approvals.nameMissing' })
  if (rule.steps.length === 0) issues.push({ path: 'steps', code: 'approvals.stepsMissing' })
  if (rule.steps.length > MOST_STEPS) issues.push({ path: 'steps', code: 'approvals.tooManySteps', params: { most: MOST_STEPS } })
  if (new Set(rule.steps.map((step) => step.role)).size < rule.steps.length) issues.push({ path: 'steps', code: 'approvals.roleTwice' })
  rule.steps.forEach(({ role }, i) => {
    if (!decidingRoles.includes(role)) issues.push({ path: `steps.${i}.role`, code: 'approvals.roleCannotDecide' })
  })
  return issues
}

function fits(conditions: ApprovalConditions, facts: ApprovalFacts, baseCurrency: string): boolean {
  const { amountFrom, amountBelow, customerClasses, creditResults, withinDays } = conditions
  const amount = withinDays === undefined ? facts.amountBase : cumulativeAmount(facts, withinDays)
  const minor = (text: string) => parseMinor(text, baseCurrency) ?? 0n
  return (
    (amountFrom === undefined || amount >= minor(amountFrom)) &&
    (amountBelow === undefined || amount < minor(amountBelow)) &&
    (customerClasses === undefined || (typeof facts.customerClass === 'string' && customerClasses.includes(facts.customerClass))) &&
    (creditResults === undefined || (typeof facts.creditResult === 'string' && creditResults.includes(facts.creditResult)))
  )
}
