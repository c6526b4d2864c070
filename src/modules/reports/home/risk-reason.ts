import { type Phrase, phrase } from '../../../kernel/phrase.ts'

/** What is known of a customer among the top risks. Minor units of the base currency; `limit` null = none. */
export type RiskFacts = {
  readonly overdue: bigint
  readonly oldestDays: number
  readonly limit: bigint | null
  readonly used: bigint
  readonly onHold: boolean
  readonly holdReason: string | null
  readonly disputed: bigint
  /** Days late on average over twelve months; null where nothing was paid. */
  readonly averageDaysLate: number | null
  /** Dunning has flagged the customer as a high risk. */
  readonly highRisk: boolean
}
/** Words of the status vocabulary. */
export type RiskStatus = 'creditHold' | 'highRisk' | 'overLimit' | 'nearLimit' | 'disputed' | 'overdue'

/** Shares of the limit in per cent from which it is said. */
const NEAR_LIMIT = 90n
/** Days late on average that are worth saying. */
const LATE_DAYS = 15

/**
 * Why a customer is a risk, in the order of what weighs most, and the word for its state:
 * 信用冻结 (held) > 高风险 (flagged by dunning) > 超出额度, 额度将满 (limit used by 100 %, 90 %) > 争议中 (something disputed) > 逾期. Reasons that are true are said, at most two; the age stands beside.
 */
export function riskReason(facts: RiskFacts, amount: (minor: bigint) => string): { status: RiskStatus; reasons: Phrase[] } {
  const usedPercent = facts.limit === null || facts.limit === 0n ? null : (facts.used * 100n) / facts.limit
  const isOver = facts.limit !== null && facts.used > facts.limit
  const isNear = !isOver && usedPercent !== null && usedPercent >= NEAR_LIMIT
  const reasons = [
    facts.onHold && facts.holdReason ? phrase('home.risks.held', { reason: facts.holdReason }) : undefined,
    facts.disputed > 0n ? phrase('home.risks.disputed', { amount: amount(facts.disputed) }) : undefined,
    (isOver || isNear) && usedPercent !== null ? phrase('home.risks.limitUsed', { percent: Number(usedPercent) }) : undefined,
    isOver && usedPercent === null ? phrase('home.risks.noLimit') : undefined,
    facts.averageDaysLate !== null && facts.averageDaysLate >= LATE_DAYS
      ? phrase('home.risks.paysLate', { days: Math.round(facts.averageDaysLate) })
      : undefined,
    phrase('home.risks.oldest', { days: facts.oldestDays }),
  ].filter((reason) => reason !== undefined)
  return { status: statusOf(facts, isOver, isNear), reasons: reasons.slice(0, 2) }
}

function statusOf({ onHold, highRisk, disputed }: RiskFacts, isOver: boolean, isNear: boolean): RiskStatus {
  if (onHold) return 'creditHold'
  if (highRisk) return 'highRisk'
  if (isOver) return 'overLimit'
  if (isNear) return 'nearLimit'
  return disputed > 0n ? 'disputed' : 'overdue'
}
