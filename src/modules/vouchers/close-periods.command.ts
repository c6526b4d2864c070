import { dayOf, endOfMonth } from '../../kernel/day.ts'
import { missing, Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { accountBalances, tieOutAt } from './balances.query.ts'
import { periodText } from './open-periods.command.ts'
import { savePeriodStatus } from './period.store.ts'
import { lockPeriod } from './periods.query.ts'

type Wanted = { readonly version: number; readonly reason: string }

/**
 * 结账: nothing is posted into the period any more. Postings under way finish first: they hold it FOR SHARE. Throws vouchers.periodNotOver, vouchers.earlierPeriodOpen,
 * vouchers.unbalanced, vouchers.notTied (the receivables account differs from the ledger at the period's last day), vouchers.periodClosed, platform.staleVersion.
 */
export async function closePeriod(tx: Tx, period: number, { version, reason }: Wanted): Promise<void> {
  const found = await lockPeriod(tx, period)
  if (found === undefined) throw missing('period')
  requireVersion(found.version, version)
  if (found.status === 'closed') throw new Problem('vouchers.periodClosed', { period: periodText(period) }, { kind: 'conflict' })
  const last = endOfMonth(dayOf(Math.floor(period / 100), period % 100, 1))
  if (last >= tx.today) throw new Problem('vouchers.periodNotOver', { period: periodText(period) })
  if (found.earlierOpen !== null) throw new Problem('vouchers.earlierPeriodOpen', { period: periodText(found.earlierOpen) })
  const [balances, tied] = await Promise.all([accountBalances(tx, last, last), tieOutAt(tx, last)])
  const difference = balances.reduce((sum, one) => sum + one.opening + one.debit - one.credit, 0n)
  if (difference !== 0n) throw new Problem('vouchers.unbalanced', { period: periodText(period) })
  if (tied.account !== tied.ledger || tied.ledger !== tied.open) throw new Problem('vouchers.notTied', { period: periodText(period) })
  savePeriodStatus(tx, { period, version, status: 'closed', closedBy: tx.caller.actorId, closedAt: tx.at })
  tx.audit({
    action: 'periods.closed',
    entity: 'period',
    before: { status: 'open' },
    after: { status: 'closed' },
    detail: { period, reason },
  })
}

/** 反结账: on the record, with a reason, the last closed period only. Throws vouchers.periodOpen, vouchers.laterPeriodClosed, vouchers.reasonMissing. */
export async function reopenPeriod(tx: Tx, period: number, { version, reason }: Wanted): Promise<void> {
  const found = await lockPeriod(tx, period)
  if (found === undefined) throw missing('period')
  requireVersion(found.version, version)
  if (reason === '') throw new Problem('vouchers.reasonMissing', {}, { path: 'reason' })
  if (found.status === 'open') throw new Problem('vouchers.periodOpen', { period: periodText(period) }, { kind: 'conflict' })
  if (found.laterClosed !== null) throw new Problem('vouchers.laterPeriodClosed', { period: periodText(found.laterClosed) })
  savePeriodStatus(tx, { period, version, status: 'open', closedBy: null, closedAt: null })
  tx.audit({
    action: 'periods.reopened',
    entity: 'period',
    before: { status: 'closed' },
    after: { status: 'open' },
    detail: { period, reason },
  })
}

function requireVersion(current: number, version: number): void {
  if (current !== version) throw new Problem('platform.staleVersion', { version: current }, { kind: 'conflict' })
}
