import { formatMinor, mostMinor } from '../../kernel/money.ts'
import { basisPoints, formatPercent } from '../../kernel/percent.ts'
import { type Phrase, phrase } from '../../kernel/phrase.ts'
import type { EffectiveLimit } from './effective-limit.ts'

/** 信用检查: may this order pass? Amounts in minor units of `currency`, the base currency. */
export type CreditQuestion = {
  readonly currency: string
  /** What the order would add: its amount less what is prepaid. Needs no credit when 0. */
  readonly orderAmount: bigint
  readonly prepaid: bigint
  readonly onHold: boolean
  readonly holdReason?: string | undefined
  /** The customer itself, then every ancestor up to the group's root; the exposure of an ancestor is that of its whole subtree. */
  readonly accounts: readonly CreditAccountPosition[]
  readonly oldestOverdueDays: number
  readonly oldestOverdueNo?: string | undefined
  readonly overdue: bigint
  /** All open receivables, due or not; looked at only where something is overdue. */
  readonly receivables: bigint
}
type CreditAccountPosition = {
  readonly customerId: string
  readonly name: string
  readonly limit: EffectiveLimit
  readonly exposure: bigint
}

/** Data, so that a company sets its own. Shares in basis points; undefined switches a rule off. */
export type CreditThresholds = {
  readonly limitWarnBasisPoints: number | undefined
  readonly oldestOverdueWarnDays: number | undefined
  readonly oldestOverdueHoldDays: number | undefined
  readonly overdueShareWarnBasisPoints: number | undefined
  readonly overdueShareHoldBasisPoints: number | undefined
  readonly whenNoLimit: 'unlimited' | 'none'
}
export const defaultThresholds: CreditThresholds = {
  limitWarnBasisPoints: 9_000,
  oldestOverdueWarnDays: 60,
  oldestOverdueHoldDays: 90,
  overdueShareWarnBasisPoints: 4_000,
  overdueShareHoldBasisPoints: undefined,
  whenNoLimit: 'unlimited',
}

export type CreditResult = 'pass' | 'warn' | 'hold'
type CreditRule = 'hold' | 'limit' | 'groupLimit' | 'oldestOverdue' | 'overdueShare'
/** `over` = by how much the limit is passed, 0 if it is not. `customerId` names the account for limit rules. */
type RuleResult = {
  readonly rule: CreditRule
  readonly result: CreditResult
  readonly reason: Phrase
  readonly over: bigint
  readonly customerId?: string
}
export type CreditAnswer = {
  readonly result: CreditResult
  readonly rules: readonly RuleResult[]
  /** What the order adds to the exposure. */
  readonly added: bigint
  /** The most by which any limit is passed. */
  readonly over: bigint
}

/** Every rule with its own result, and the worst of them. An order wholly prepaid needs no credit and always passes, except on a hold. */
export function creditCheck(question: CreditQuestion, thresholds: CreditThresholds = defaultThresholds): CreditAnswer {
  const added = question.orderAmount > question.prepaid ? question.orderAmount - question.prepaid : 0n
  const rules = [
    holdRule(question),
    ...question.accounts.map((account, i) => limitRule(account, i === 0 ? 'limit' : 'groupLimit', added, question.currency, thresholds)),
    oldestOverdueRule(question, added, thresholds),
    overdueShareRule(question, added, thresholds),
  ]
  const over = rules.map((rule) => rule.over).reduce(mostMinor, 0n)
  return { result: worst(rules.map((rule) => rule.result)), rules, added, over }
}

function holdRule(question: CreditQuestion): RuleResult {
  const said = question.onHold ? phrase('credit.rules.onHold', { reason: question.holdReason ?? '' }) : phrase('credit.rules.notOnHold')
  return { rule: 'hold', result: question.onHold ? 'hold' : 'pass', reason: said, over: 0n }
}

function limitRule(
  account: CreditAccountPosition,
  rule: 'limit' | 'groupLimit',
  added: bigint,
  currency: string,
  thresholds: CreditThresholds,
): RuleResult {
  const { limit, customerId, name } = account
  const amount = (minor: bigint) => formatMinor(minor, currency)
  const answer = (result: CreditResult, reason: Phrase, over = 0n): RuleResult => ({ rule, result, reason, over, customerId })
  if (added === 0n) return answer('pass', phrase('credit.rules.prepaid'))
  const unlimited =
    limit.kind === 'unlimited' || (limit.kind === 'none' && (rule === 'groupLimit' || thresholds.whenNoLimit === 'unlimited'))
  if (unlimited) return answer('pass', phrase(limit.kind === 'none' ? 'credit.rules.notSet' : 'credit.rules.unlimited', { name }))
  const most = limit.kind === 'limited' ? limit.limit : 0n
  const used = account.exposure + added
  if (used > most) {
    const key = limit.kind === 'limited' ? 'over' : 'noLimit'
    return answer('hold', phrase(`credit.rules.${key}`, { name, overAmount: amount(used - most), limitAmount: amount(most) }), used - most)
  }
  const share = basisPoints(used, most)
  const warns = thresholds.limitWarnBasisPoints !== undefined && used * 10_000n >= most * BigInt(thresholds.limitWarnBasisPoints)
  return answer(
    warns ? 'warn' : 'pass',
    phrase(`credit.rules.${warns ? 'nearLimit' : 'within'}`, { name, share: percent(share), freeAmount: amount(most - used) }),
  )
}

function oldestOverdueRule(question: CreditQuestion, added: bigint, thresholds: CreditThresholds): RuleResult {
  const days = question.oldestOverdueDays
  const { oldestOverdueHoldDays: hold, oldestOverdueWarnDays: warn } = thresholds
  const answer = (result: CreditResult, reason: Phrase): RuleResult => ({ rule: 'oldestOverdue', result, reason, over: 0n })
  if (added === 0n) return answer('pass', phrase('credit.rules.prepaid'))
  const params = { days, no: question.oldestOverdueNo ?? '' }
  if (hold !== undefined && days > hold) return answer('hold', phrase('credit.rules.oldestTooOld', { ...params, limit: hold }))
  if (warn !== undefined && days > warn) return answer('warn', phrase('credit.rules.oldestOld', { ...params, limit: warn }))
  return answer('pass', days > 0 ? phrase('credit.rules.oldestFine', params) : phrase('credit.rules.nothingOverdue'))
}

function overdueShareRule(question: CreditQuestion, added: bigint, thresholds: CreditThresholds): RuleResult {
  const share = percent(basisPoints(question.overdue, question.receivables))
  const { overdueShareHoldBasisPoints: hold, overdueShareWarnBasisPoints: warn } = thresholds
  const answer = (result: CreditResult, reason: Phrase): RuleResult => ({ rule: 'overdueShare', result, reason, over: 0n })
  if (added === 0n) return answer('pass', phrase('credit.rules.prepaid'))
  const above = (limit: number | undefined): limit is number =>
    limit !== undefined && question.overdue > 0n && question.overdue * 10_000n > question.receivables * BigInt(limit)
  if (above(hold)) return answer('hold', phrase('credit.rules.shareTooHigh', { share, limit: percent(hold) }))
  if (above(warn)) return answer('warn', phrase('credit.rules.shareHigh', { share, limit: percent(warn) }))
  return answer('pass', phrase('credit.rules.shareFine', { share }))
}

function worst(results: readonly CreditResult[]): CreditResult {
  return results.includes('hold') ? 'hold' : results.includes('warn') ? 'warn' : 'pass'
}

function percent(basis: number): string {
  return formatPercent((basis / 10_000).toFixed(4))
}
