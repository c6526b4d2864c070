import { type Day, daysBetween } from '../../kernel/day.ts'
import { formatMinor } from '../../kernel/money.ts'
import { type LeftOutReason, leftOutReasons, PLAN_ROWS_MOST } from './left-out.ts'
import type { NotPlanned } from './plan.ts'

/** What a person should look at comes first; who simply has time comes last. */
const ORDER: readonly LeftOutReason[] = ['noAddress', 'tooManyContacts', 'blocked', 'itemsExcluded', 'covered', 'belowMinimum', 'ladderEnded', 'tooSoon', 'doneToday', 'notYet'] // biome-ignore format: one line

export type LeftOutShown = {
  readonly customerId: string
  readonly customerCode: string
  readonly customerName: string
  readonly reason: LeftOutReason
  readonly onDay: Day | null
  readonly note: string | null
  readonly net: string
  readonly overdueDays: number
}

/** How many customers were left out for which reason. */
export function leftOutCounts(left: readonly NotPlanned[]): { readonly reason: LeftOutReason; readonly customers: number }[] {
  return leftOutReasons
    .map((reason) => ({ reason, customers: left.filter((one) => one.reason === reason).length }))
    .filter(({ customers }) => customers > 0)
}

/** By name, what needs somebody first, the largest debts first. */
export function leftOutShown(left: readonly NotPlanned[], currency: string, today: Day): LeftOutShown[] {
  return left
    .toSorted(
      (a, b) =>
        ORDER.indexOf(a.reason) - ORDER.indexOf(b.reason) || Number(b.netBase - a.netBase > 0n) - Number(a.netBase - b.netBase > 0n),
    )
    .slice(0, PLAN_ROWS_MOST)
    .map(({ customer, reason, onDay, note, netBase, oldestDueOn }) => ({
      customerId: customer.customerId,
      customerCode: customer.code,
      customerName: customer.name,
      reason,
      onDay,
      note,
      net: formatMinor(netBase, currency),
      overdueDays: Math.max(0, daysBetween(oldestDueOn, today)),
    }))
}
