import type { Day } from '../../kernel/day.ts'
import { basisPoints } from '../../kernel/percent.ts'
import { overdueDays } from './overdue-days.ts'

export const receivableStatuses = ['open', 'partPaid', 'overdue', 'settled', 'voided'] as const
type ReceivableStatus = (typeof receivableStatuses)[number]
/** `progress`: settled share in basis points; below 10,000 unless all is settled, above 0 once something is. */
export type ReceivablePosition = { readonly status: ReceivableStatus; readonly overdueDays: number; readonly progress: number }

/** The word for a receivable from its amounts (minor units) and days. Overdue goes before part paid; what is settled is never overdue. */
export function receivableStatus(
  receivable: { readonly amount: bigint; readonly open: bigint; readonly dueOn: Day; readonly voided?: boolean },
  asOf: Day,
): ReceivablePosition {
  const { amount, open, dueOn } = receivable
  if (receivable.voided) return { status: 'voided', overdueDays: 0, progress: 0 }
  if (open === 0n) return { status: 'settled', overdueDays: 0, progress: 10_000 }
  const days = overdueDays(dueOn, asOf)
  const progress = open === amount ? 0 : Math.min(9_999, Math.max(1, basisPoints(amount - open, amount)))
  return { status: days > 0 ? 'overdue' : open < amount ? 'partPaid' : 'open', overdueDays: days, progress }
}
